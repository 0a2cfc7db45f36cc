import { commentOf } from "../../../../src/backups/extra-databases.ts";
import { applyProperties } from "../../../../src/checks/database-properties.ts";
import {
  commentOnDatabase,
  dropDatabase,
  exchangeStatements,
} from "../../../../src/commands/databases.ts";
import {
  BEGUN,
  creating,
  DROPPED_INCOMING,
  DROPPED_UNMARKED,
  exchangeAs,
  FINISHED,
  filestoreLive,
  firstRename,
  PUT_BACK,
  placing,
  refusal,
  secondRename,
  stage,
  stopped,
  TO_REPLACE,
  unpack,
  untouched,
  VACANT,
} from "./deeds.ts";
import { cutLeaves } from "./left-by-cuts.ts";
import { NAMES, PRODUCTION } from "./planted-site.ts";
import type { Deed, Settled, Story } from "./story.ts";

export const replaced: Settled = {
  production: "restored",
  filestore: "restored",
  left: cutLeaves("serves", [], ["live", "before"], ["live"]),
  says: () => [FINISHED],
};

export const onlyTold: Settled = {
  production: "none",
  filestore: "old",
  left: cutLeaves("vacant names-services closed", [], ["live"]),
  says: () => [],
  refuses: refusal,
};

export const replacedDeeds: readonly Deed[] = [
  {
    done: "what has production's name makes room",
    make: (site) =>
      exchangeAs(site, NAMES.restored, { name: NAMES.vacant, comment: commentOf(site.vacant) }),
    left: cutLeaves("serves", [VACANT], ["before", "live"], ["live"]),
    settled: { ...replaced, says: () => [] },
  },
  {
    done: "the services run again",
    services: "running",
    left: cutLeaves("serves", [VACANT], ["before", "live"], ["live"]),
    settled: { ...replaced, says: () => [] },
  },
  {
    done: "and that is dropped",
    make: (site) => site.drop(NAMES.vacant),
    left: replaced.left,
    settled: { ...replaced, says: () => [] },
  },
];

export const REPLACE: Story = {
  name: "a replacement",
  deeds: [
    { ...BEGUN, done: "the safety backup is taken" },
    {
      done: "the new database is created",
      make: (site) => site.batch(creating(site, true).slice(0, 1)),
      left: cutLeaves("serves", ["restore unmarked"], ["live"]),
      settled: untouched(DROPPED_UNMARKED(NAMES.restored)),
    },
    {
      done: "it has its mark and its name",
      make: (site) => site.batch(creating(site, true).slice(1)),
      left: cutLeaves("serves", [TO_REPLACE], ["live"]),
      settled: untouched(DROPPED_INCOMING),
    },
    {
      done: "the services are stopped",
      services: "stopped",
      left: cutLeaves("serves", [TO_REPLACE], ["live"]),
      settled: untouched(DROPPED_INCOMING),
    },
    {
      done: "what is to have production's name is created",
      make: (site) => site.batch(placing(site).slice(0, 1)),
      left: cutLeaves("serves", [TO_REPLACE, "vacant unmarked"], ["live"]),
      settled: untouched(DROPPED_INCOMING, DROPPED_UNMARKED(NAMES.vacant)),
    },
    {
      done: "that has its mark, and nobody can connect to it",
      make: (site) => site.batch(placing(site).slice(1)),
      left: cutLeaves("serves", [TO_REPLACE, VACANT], ["live"]),
      settled: untouched(DROPPED_INCOMING),
    },
    {
      done: "it has production's name",
      make: (site) =>
        site.batch(
          exchangeStatements({
            production: PRODUCTION,
            incoming: NAMES.vacant,
            comment: commentOf(site.vacant),
            aside: {
              name: NAMES.former,
              comment: commentOf({ ...site.marks.former, doomed: true }),
            },
          }),
        ),
      left: cutLeaves(
        "vacant names-services closed",
        ["before former doomed names-filestore", TO_REPLACE],
        ["live"],
      ),
      settled: untouched(PUT_BACK, DROPPED_INCOMING),
    },
    {
      done: "the dropping of production has begun",
      make: (site) =>
        site.batch([`UPDATE pg_database SET datconnlimit = -2 WHERE datname = '${NAMES.former}'`]),
      left: cutLeaves(
        "vacant names-services closed",
        ["before former doomed names-filestore broken", TO_REPLACE],
        ["live"],
      ),
      settled: onlyTold,
    },
    {
      done: "production is dropped",
      make: (site) => site.batch([dropDatabase(NAMES.former)]),
      left: cutLeaves("vacant names-services closed", [TO_REPLACE], ["live"]),
      settled: onlyTold,
    },
    {
      done: "the filestore is being unpacked",
      make: unpack,
      left: cutLeaves("vacant names-services closed", [TO_REPLACE], ["live", "restore.part"]),
      settled: onlyTold,
    },
    {
      done: "the filestore is staged",
      make: stage,
      left: cutLeaves("vacant names-services closed", [TO_REPLACE], ["live", "restore"]),
      settled: onlyTold,
    },
    ...provenDeeds(),
    ...replacedDeeds,
  ],
};

function provenDeeds(): readonly Deed[] {
  const proven = "restore incoming proven names-services names-filestore";
  const left = (folders: readonly string[], ...records: readonly string[]) =>
    cutLeaves("vacant names-services closed", [proven], folders, records);
  const both: Settled = {
    ...replaced,
    says: (site) => [FINISHED, filestoreLive("")(site)],
  };
  return [
    {
      done: "all is proven, and has production's properties",
      make: (site) =>
        site.batch([
          ...applyProperties(NAMES.restored, site.properties),
          commentOnDatabase(
            NAMES.restored,
            commentOf({ ...site.marks.incoming, ...stopped(site), proven: true }),
          ),
        ]),
      left: left(["live", "restore"]),
      settled: replaced,
    },
    {
      done: "the record of the filestore is written",
      make: (site) => site.remember(site.record({})),
      left: left(["live", "restore"], "proven"),
      settled: both,
    },
    {
      done: "the live filestore has gone aside",
      make: firstRename,
      left: left(["before", "restore"], "proven"),
      settled: both,
    },
    {
      done: "the restored filestore is live",
      make: secondRename,
      left: left(["before", "live"], "proven"),
      settled: both,
    },
    {
      done: "the record says so",
      make: (site) => site.remember(site.record({ state: "live" })),
      left: left(["before", "live"], "live"),
      settled: replaced,
    },
  ];
}

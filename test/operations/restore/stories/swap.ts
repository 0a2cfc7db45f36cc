import { commentOf } from "../../../../src/backups/extra-databases.ts";
import { applyProperties } from "../../../../src/checks/database-properties.ts";
import { commentOnDatabase } from "../../../../src/commands/databases.ts";
import {
  BEGUN,
  confirmed,
  creating,
  DROPPED_INCOMING,
  DROPPED_UNMARKED,
  exchangeAs,
  firstRename,
  INCOMING,
  secondRename,
  stage,
  stopped,
  TO_REPLACE,
  unpack,
  untouched,
} from "./deeds.ts";
import { cutLeaves } from "./left-by-cuts.ts";
import { NAMES } from "./planted-site.ts";
import type { Deed, Settled, Story } from "./story.ts";

/** When the services do not become healthy, it is all taken back, the same way: that passes through states that are here already. */
export const SWAP: Story = {
  name: "a swap",
  deeds: [
    BEGUN,
    {
      done: "the new database is created",
      make: (site) => site.batch(creating(site, false).slice(0, 1)),
      left: cutLeaves("serves", ["restore unmarked"], ["live"]),
      settled: untouched(DROPPED_UNMARKED(NAMES.restored)),
    },
    {
      done: "it has its mark and its name",
      make: (site) => site.batch(creating(site, false).slice(1)),
      left: cutLeaves("serves", [`${INCOMING} names-filestore`], ["live"]),
      settled: untouched(DROPPED_INCOMING),
    },
    {
      done: "the filestore is being unpacked",
      make: unpack,
      left: cutLeaves("serves", [`${INCOMING} names-filestore`], ["live", "restore.part"]),
      settled: untouched(DROPPED_INCOMING),
    },
    {
      done: "the filestore is staged",
      make: stage,
      left: cutLeaves("serves", [`${INCOMING} names-filestore`], ["live", "restore"]),
      settled: untouched(DROPPED_INCOMING),
    },
    {
      done: "it has production's properties, and its mark names the services",
      make: (site) =>
        site.batch([
          ...applyProperties(NAMES.restored, site.properties),
          commentOnDatabase(
            NAMES.restored,
            commentOf({ ...site.marks.incoming, ...stopped(site) }),
          ),
        ]),
      left: cutLeaves("serves", [TO_REPLACE], ["live", "restore"]),
      settled: untouched(DROPPED_INCOMING),
    },
    {
      done: "the services are stopped",
      services: "stopped",
      left: cutLeaves("serves", [TO_REPLACE], ["live", "restore"]),
      settled: untouched(DROPPED_INCOMING),
    },
    ...exchangedDeeds(),
  ],
};

function exchangedDeeds(): readonly Deed[] {
  const former = "before former names-services names-filestore";
  const settled: Settled = {
    production: "restored",
    filestore: "restored",
    says: confirmed(NAMES.former),
    left: cutLeaves("serves", ["before former confirmed names-filestore"], ["live", "before"]),
  };
  return [
    {
      done: "the databases are exchanged",
      make: (site) =>
        exchangeAs(site, NAMES.restored, {
          name: NAMES.former,
          comment: commentOf({ ...site.marks.former, ...stopped(site) }),
        }),
      left: cutLeaves("serves", [former], ["live", "restore"]),
      settled,
    },
    {
      done: "the live filestore has gone aside",
      make: firstRename,
      left: cutLeaves("serves", [former], ["before", "restore"]),
      settled,
    },
    {
      done: "the restored filestore is live",
      make: secondRename,
      left: cutLeaves("serves", [former], ["before", "live"]),
      settled,
    },
    {
      done: "the services run",
      services: "running",
      left: cutLeaves("serves", [former], ["before", "live"]),
      settled,
    },
    {
      done: "it is confirmed",
      make: (site) =>
        site.batch([
          commentOnDatabase(NAMES.former, commentOf({ ...site.marks.former, confirmed: true })),
        ]),
      left: settled.left,
      settled: { ...settled, says: () => [] },
    },
  ];
}

import { commentOf } from "../../../../src/backups/extra-databases.ts";
import { applyProperties } from "../../../../src/checks/database-properties.ts";
import { commentOnDatabase } from "../../../../src/commands/databases.ts";
import {
  creating,
  exchangeAs,
  firstRename,
  INCOMING,
  placing,
  secondRename,
  stage,
  stopped,
  TO_REPLACE,
  unpack,
} from "./deeds.ts";
import { cutLeaves } from "./left-by-cuts.ts";
import { NAMES, PRODUCTION } from "./planted-site.ts";
import { onlyTold, replacedDeeds } from "./replace.ts";
import type { Deed, Settled, Story } from "./story.ts";

/** A swap where production was dropped before: by a replacement that did not end. */
export const SWAP_INTO_PLACEHOLDER: Story = {
  name: "a swap where production was dropped",
  deeds: vacancyDeeds(),
};

function vacancyDeeds(): readonly Deed[] {
  const vacant = "vacant names-services closed";
  const live: Settled = {
    ...onlyTold,
    filestore: "restored",
    left: cutLeaves(vacant, [], ["before", "live"], ["live"]),
  };
  return [
    {
      done: "nothing that lasts",
      make: async (site) => {
        await site.batch(placing(site).slice(0, 1));
        await site.batch(placing(site).slice(1));
        await site.drop(PRODUCTION);
        await exchangeAs(site, NAMES.vacant);
        await site.batch([commentOnDatabase(PRODUCTION, commentOf(site.vacant))]);
      },
      left: onlyTold.left,
      settled: onlyTold,
    },
    {
      done: "the new database has its mark, and the filestore is staged",
      make: async (site) => {
        await site.batch(creating(site, false).slice(0, 1));
        await site.batch(creating(site, false).slice(1));
        await unpack(site);
        await stage(site);
      },
      left: cutLeaves(vacant, [`${INCOMING} names-filestore`], ["live", "restore"]),
      settled: onlyTold,
    },
    {
      done: "its mark names the services, and these are stopped",
      services: "stopped",
      make: (site) =>
        site.batch([
          ...applyProperties(NAMES.restored, site.properties),
          commentOnDatabase(
            NAMES.restored,
            commentOf({ ...site.marks.incoming, ...stopped(site) }),
          ),
        ]),
      left: cutLeaves(vacant, [TO_REPLACE], ["live", "restore"]),
      settled: onlyTold,
    },
    {
      done: "the record of the filestore is written",
      make: (site) => site.remember(site.record({})),
      left: cutLeaves(vacant, [TO_REPLACE], ["live", "restore"], ["proven"]),
      settled: live,
    },
    {
      done: "the live filestore has gone aside",
      make: firstRename,
      left: cutLeaves(vacant, [TO_REPLACE], ["before", "restore"], ["proven"]),
      settled: live,
    },
    {
      done: "the restored filestore is live",
      make: secondRename,
      left: cutLeaves(vacant, [TO_REPLACE], ["before", "live"], ["proven"]),
      settled: live,
    },
    {
      done: "the record says so",
      make: (site) => site.remember(site.record({ state: "live" })),
      left: cutLeaves(vacant, [TO_REPLACE], ["before", "live"], ["live"]),
      settled: live,
    },
    ...replacedDeeds,
  ];
}

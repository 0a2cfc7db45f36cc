import { commentOf } from "../../../../src/backups/extra-databases.ts";
import { applyProperties } from "../../../../src/checks/database-properties.ts";
import { commentOnDatabase } from "../../../../src/commands/databases.ts";
import {
  confirmed,
  creating,
  exchangeAs,
  firstRename,
  secondRename,
  stage,
  stopped,
  unpack,
} from "./deeds.ts";
import { cutLeaves } from "./left-by-cuts.ts";
import { FOLDERS, NAMES, type PlantedSite } from "./planted-site.ts";
import type { Deed, Settled, Story } from "./story.ts";

/** What a swap replaced takes production's place again. */
export const UNDO: Story = { name: "an undo", deeds: undoDeeds() };

function undoDeeds(): readonly Deed[] {
  const kept = "before former confirmed names-filestore";
  const naming = "before former confirmed names-services names-filestore";
  const back = "before former undone names-services names-filestore";
  const former = (site: PlantedSite) => ({ ...site.marks.former, confirmed: true });
  const before: Settled = {
    production: "restored",
    filestore: "restored",
    says: () => [],
    left: cutLeaves("serves", [kept], ["before", "live"]),
  };
  const undone: Settled = {
    production: "former",
    filestore: "old",
    says: confirmed(NAMES.undone),
    left: cutLeaves(
      "serves",
      ["before former confirmed undone names-filestore"],
      ["before", "live"],
    ),
  };
  return [
    {
      done: "nothing that lasts",
      make: async (site) => {
        await site.batch(creating(site, false).slice(0, 1));
        await site.batch([
          ...creating(site, false).slice(1),
          ...applyProperties(NAMES.restored, site.properties),
        ]);
        await exchangeAs(site, NAMES.restored, {
          name: NAMES.former,
          comment: commentOf(former(site)),
        });
        await unpack(site);
        await stage(site);
        await firstRename(site);
        await secondRename(site);
      },
      left: before.left,
      settled: before,
    },
    {
      done: "the mark of the former database names the services",
      make: (site) =>
        site.batch([
          commentOnDatabase(NAMES.former, commentOf({ ...former(site), ...stopped(site) })),
        ]),
      left: cutLeaves("serves", [naming], ["before", "live"]),
      settled: before,
    },
    {
      done: "the services are stopped",
      services: "stopped",
      left: cutLeaves("serves", [naming], ["before", "live"]),
      settled: before,
    },
    {
      done: "the databases are exchanged",
      make: (site) =>
        exchangeAs(site, NAMES.former, {
          name: NAMES.undone,
          comment: commentOf({
            ...site.marks.former,
            ...stopped(site),
            undone: true,
            filestore: { next: FOLDERS.before, aside: FOLDERS.undone },
          }),
        }),
      left: cutLeaves("serves", [back], ["before", "live"]),
      settled: undone,
    },
    {
      done: "the live filestore has gone aside",
      make: (site) => site.inFilestores(`mv ${FOLDERS.live} ${FOLDERS.undone}`),
      left: cutLeaves("serves", [back], ["before", "before"]),
      settled: undone,
    },
    {
      done: "the former filestore is live",
      make: (site) => site.inFilestores(`mv ${FOLDERS.before} ${FOLDERS.live}`),
      left: cutLeaves("serves", [back], ["before", "live"]),
      settled: undone,
    },
    {
      done: "the services run",
      services: "running",
      left: cutLeaves("serves", [back], ["before", "live"]),
      settled: undone,
    },
  ];
}

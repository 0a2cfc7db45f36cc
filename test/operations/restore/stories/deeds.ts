import { commentOf } from "../../../../src/backups/extra-databases.ts";
import {
  allowConnections,
  createMarkedStatements,
  exchangeStatements,
  unmarkedNameOf,
} from "../../../../src/commands/databases.ts";
import { cutLeaves } from "./left-by-cuts.ts";
import { BACKUP, FOLDERS, NAMES, type PlantedSite, PRODUCTION, SAFETY } from "./planted-site.ts";
import type { Deed, Settled } from "./story.ts";

export const INCOMING = "restore incoming";
export const TO_REPLACE = "restore incoming names-services names-filestore";
export const VACANT = "vacant vacant names-services closed";

export const untouched = (...says: readonly string[]): Settled => ({
  production: "former",
  filestore: "old",
  left: cutLeaves("serves", [], ["live"]),
  says: () => says,
});

export const DROPPED_UNMARKED = (name: string) =>
  `Dropped the throwaway database ${unmarkedNameOf(name)}.`;
export const DROPPED_INCOMING = `A restore of ${BACKUP} did not end: it had not taken the place of ${PRODUCTION}. Dropped ${NAMES.restored}.`;
export const PUT_BACK = `A restore of ${BACKUP} was cut off before it had dropped ${PRODUCTION}: that is production again, as it was.`;
export const FINISHED = `A restore of ${BACKUP} was cut off when all of it was proven: it is finished now, and ${PRODUCTION} is the restored database.`;
export const HAD_TAKEN = `The restore of ${BACKUP} was cut off after it had taken the place of ${PRODUCTION}`;
export const FILESTORE_CUT = `A restore of the filestore of ${BACKUP} was cut off`;
export const FILESTORE_REMOVED = `${FILESTORE_CUT} before it was proven: that of ${PRODUCTION} is as it was.`;

export const dayOf = ({ marks }: PlantedSite) => marks.former.until.slice(0, 10);

export const confirmed = (kept: string) => (site: PlantedSite) => [
  `${HAD_TAKEN}. The services are healthy on it, so it stays; the former database is kept as ${kept} until ${dayOf(site)}.`,
];

export const filestoreLive = (more: string) => (site: PlantedSite) =>
  `${FILESTORE_CUT} when it was proven: it is live now, and the former one is kept as ${FOLDERS.before} until ${dayOf(site)}.${more}`;

export const refusal = () =>
  new RegExp(
    `^There is no production database: ${PRODUCTION} was dropped at .* UTC for a restore of ${BACKUP} that did not end\\.\\n` +
      `State: As it was, it is in the safety backup ${SAFETY}\\. Nobody can connect to ${PRODUCTION} until a backup is restored\\.\\n` +
      `Next: Finish it: openspp-backup restore --backup ${BACKUP} --strategy replace; or go back to what it was: openspp-backup restore --backup ${SAFETY} --strategy replace$`,
  );

export const stopped = (site: PlantedSite) => ({ stopped: site.containers });
export const exchangeAs = (
  site: PlantedSite,
  incoming: string,
  aside?: { name: string; comment: string },
) =>
  site.batch(
    exchangeStatements({
      production: PRODUCTION,
      incoming,
      comment: site.properties.comment,
      ...(aside && { aside }),
    }),
  );

/** The statements that create the database which is restored into, with what its mark says besides. */
export const creating = (site: PlantedSite, stops: boolean) =>
  createMarkedStatements({
    name: NAMES.restored,
    owner: site.lab.database.owner,
    locale: site.facts,
    comment: commentOf({ ...site.marks.incoming, ...(stops && stopped(site)) }),
  });

export const placing = (site: PlantedSite) =>
  createMarkedStatements({
    name: NAMES.vacant,
    owner: site.lab.database.admin,
    locale: site.facts,
    comment: commentOf(site.vacant),
    finish: (unmarked) => [allowConnections(unmarked, false)],
  });

/** The restored filestore, in its two steps. */
export const unpack = (site: PlantedSite) =>
  site.inFilestores(`mkdir ${FOLDERS.part} && echo restored > ${FOLDERS.part}/which`);
export const stage = (site: PlantedSite) =>
  site.inFilestores(`mv ${FOLDERS.part} ${FOLDERS.staged}`);
export const firstRename = (site: PlantedSite) =>
  site.inFilestores(`mv ${FOLDERS.live} ${FOLDERS.before}`);
export const secondRename = (site: PlantedSite) =>
  site.inFilestores(`mv ${FOLDERS.staged} ${FOLDERS.live}`);

export const BEGUN: Deed = {
  done: "nothing that lasts",
  left: cutLeaves("serves", [], ["live"]),
  settled: untouched(),
};

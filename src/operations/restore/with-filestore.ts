import { type Check, passed } from "../../checks/check.ts";
import { UserMistake } from "../../failure.ts";
import type { Report } from "../../report/report.ts";
import type { Archive } from "../archive.ts";
import {
  exchangeFilestores,
  type FilestoreExchange,
  filestoreNamesOf,
  proveStaged,
  removeStaged,
  stageFilestore,
} from "../filestore/restore.ts";
import type { ServerRun } from "./on-server.ts";
import { isProven, notDone, reportOf } from "./outcome.ts";
import { containersOf, unhealthyOne, whileStopped } from "./services.ts";

/** Given a run and an opened archive, return which filestore goes where with the database; nothing when the database comes alone. Throws UserMistake. */
export function filestoreOf(run: ServerRun, { backup }: Archive): FilestoreExchange | undefined {
  const { what, strategy } = run.settings.restore;
  if (strategy === "copy" || what === "database") return undefined;
  const { filestore } = run.deployment;
  if (what === "auto" && !(backup.filestore && filestore)) return undefined;
  if (!backup.filestore) {
    throw new UserMistake({
      what: `The backup ${backup.name} holds no filestore.`,
      next: "Restore the database alone (`what: database`), or another backup: openspp-backup list",
    });
  }
  const { staged, before } = filestoreNamesOf(run.deployment.database.name, run.stamp);
  return { next: staged, aside: before };
}

/** Given a run, an opened archive and a database restored from it, put its filestore beside the live one and prove it against that database. */
export async function stageAndProve(
  run: ServerRun,
  archive: Archive,
  database: string,
): Promise<Check> {
  const { journal, stamp } = run;
  await journal.phase("Restore the filestore beside the live one", () =>
    stageFilestore(run, archive, stamp),
  );
  return journal.phase("Prove the filestore", () => proveStaged(run, stamp, database));
}

/** Given a run and an opened archive, restore the filestore alone: proven against the database that stands, then exchanged. */
export async function restoreFilestoreAlone(
  run: ServerRun,
  archive: Archive,
  names: FilestoreExchange,
): Promise<Report> {
  const { deployment, clock, stamp, settings, journal } = run;
  const known = [archive.check, await stageAndProve(run, archive, deployment.database.name)];
  if (!isProven(run, known)) {
    await removeStaged(run, stamp);
    return reportOf(run, archive, [...known, notDone("The filestore is as it was")], {}, {});
  }
  const containers = await containersOf(run);
  const start = clock.seconds();
  const within = settings.restore.healthyWithinSeconds;
  const exchange = (which: FilestoreExchange) =>
    journal.phase("Stop the services, exchange the filestores, start", async () => {
      await whileStopped(run, containers, () => exchangeFilestores(run, which));
      return unhealthyOne(run, containers, within);
    });
  const ill = await exchange(names);
  if (ill !== undefined) await exchange({ next: names.aside, aside: names.next });
  const downtimeSeconds = clock.seconds() - start;
  const swap =
    ill === undefined
      ? passed(
          "swap",
          `The restored filestore is live; the former one stands beside it as ${names.aside}, until somebody removes it.`,
        )
      : {
          ...passed(
            "swap",
            `The services were not healthy (${ill}), so the former filestore is live again.`,
          ),
          status: "failed" as const,
        };
  return reportOf(run, archive, [...known, swap], { downtimeSeconds }, {});
}

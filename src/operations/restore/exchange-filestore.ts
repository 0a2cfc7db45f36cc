import { UserMistake } from "../../failure.ts";
import { type Check, failed, passed } from "../../report/check.ts";
import type { Report } from "../../report/report-schema.ts";
import {
  keptFilestoreOf,
  removeKeptFilestore,
  saveKeptFilestore,
} from "../filestore/kept-filestores.ts";
import type { KeptFilestore } from "../filestore/kept-record.ts";
import {
  exchangeFilestores,
  type FilestoreExchange,
  filestoreNamesOf,
  proveStaged,
  stageFilestore,
} from "../filestore/restore-filestore.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { GoLiveResult } from "./go-live-result.ts";
import { isProven, notExchangedCheck, reportOf } from "./restore-report.ts";
import type { ServerRun } from "./server-run.ts";
import { containersOf, unhealthyService, whileStopped } from "./stop-services.ts";

/** Undefined when the database is restored without a filestore. Throws UserMistake when the backup lacks the one asked for. */
export function filestoreExchangeOf(
  run: ServerRun,
  { backup }: Archive,
): FilestoreExchange | undefined {
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

/** Proves the filestore against the attachments of `database`. */
export async function stageAndProveFilestore(
  run: ServerRun,
  archive: Archive,
  database: string,
): Promise<Check> {
  const { journal, stamp } = run;
  await journal.phase("Restore the filestore next to the live one", () =>
    stageFilestore(run, archive, stamp),
  );
  return journal.phase("Prove the filestore", () => proveStaged(run, stamp, database));
}

/** The filestore is proven against the production database, then exchanged. Throws UserMistake when there is none. */
export async function restoreFilestoreAlone(
  run: ServerRun,
  archive: Archive,
  names: FilestoreExchange,
): Promise<Report> {
  const { deployment, production } = run;
  if (production === null) throw nothingToProveAgainst(deployment.database.name);
  const record = keptFilestoreOf(run, archive.backup.name, names, true);
  await saveKeptFilestore(run, { ...record, state: "staging" });
  let known: readonly Check[] = [];
  try {
    known = [archive.check, await stageAndProveFilestore(run, archive, deployment.database.name)];
  } finally {
    // A cut leaves the record, so that the next run knows what to remove.
    if (!isProven(run, known) && !run.signal.aborted) {
      await removeKeptFilestore(run, record, record.next);
    }
  }
  if (!isProven(run, known)) {
    return reportOf(
      run,
      archive,
      [...known, notExchangedCheck("The filestore is as it was")],
      {},
      {},
    );
  }
  const live = await exchangeFilestoreAlone(run, record);
  const { downtimeSeconds, kept } = live;
  if (!kept) {
    // A cut in the middle of this leaves a record, so that the next run removes what is left.
    await saveKeptFilestore(run, { ...record, state: "staging" });
    await removeKeptFilestore(run, record, record.next);
  }
  return reportOf(run, archive, [...known, ...live.checks], { downtimeSeconds, kept }, {});
}

/**
 * Stops the services, exchanges, and starts them. The filestore of the record must be complete. When the services do not
 * become healthy in time, the former filestore is exchanged back; then the caller decides about the record.
 */
export async function exchangeFilestoreAlone(
  run: ServerRun,
  record: KeptFilestore,
): Promise<GoLiveResult> {
  const { clock, settings, journal } = run;
  const { aside, next, until } = record;
  const containers = await containersOf(run);
  const start = clock.seconds();
  await saveKeptFilestore(run, { ...record, state: "proven", stopped: containers });
  const within = settings.restore.healthyWithinSeconds;
  const exchange = (which: FilestoreExchange) =>
    journal.phase("Stop the services, exchange the filestores, start", async () => {
      await whileStopped(run, containers, () => exchangeFilestores(run, which));
      return unhealthyService(run, containers, within);
    });
  const unhealthy = await exchange({ next, aside });
  if (unhealthy !== undefined) {
    await exchange({ next: aside, aside: next });
    const swap = failed(
      "swap",
      `The services were not healthy (${unhealthy}), so the former filestore is live again.`,
      "Read why: docker compose logs odoo.",
    );
    return { checks: [swap], downtimeSeconds: clock.seconds() - start };
  }
  await saveKeptFilestore(run, { ...record, state: "live" });
  return {
    downtimeSeconds: clock.seconds() - start,
    kept: { name: aside, until },
    checks: [
      passed(
        "swap",
        `The restored filestore is live; the former one is kept as ${aside} until ${until.slice(0, 10)}.`,
      ),
    ],
  };
}

function nothingToProveAgainst(database: string): UserMistake {
  return new UserMistake({
    what: `There is no database ${database} that a filestore could be proven against.`,
    next: "Restore both: `what: both`.",
  });
}

import { extraDatabaseName } from "../../backups/extra-databases.ts";
import { chooseBackup, type ListedBackup } from "../../backups/listing.ts";
import { Failed } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";
import type { Check } from "../../report/check.ts";
import type { Report } from "../../report/report-schema.ts";
import { tryDropLeftover } from "../drop-leftover.ts";
import type { Effects } from "../effects.ts";
import { type FilestoreExchange, removeStaged } from "../filestore/restore-filestore.ts";
import { withFetchedCopy } from "../offsite/fetched-copy.ts";
import { type Archive, openArchive } from "../proof/open-archive.ts";
import { removeLeftovers } from "../sweep.ts";
import { refuseOtherDatabase, refuseUnconfirmed } from "./confirmation.ts";
import {
  filestoreExchangeOf,
  restoreFilestoreAlone,
  stageAndProveFilestore,
} from "./exchange-filestore.ts";
import { goLive } from "./go-live.ts";
import { createIncoming, restoreIncoming } from "./incoming-database.ts";
import { planText } from "./plan-text.ts";
import { type Preconditions, requirePreconditions } from "./preconditions.ts";
import { replaceProduction } from "./replace-production.ts";
import { restoreCopy } from "./restore-copy.ts";
import {
  isProven,
  marksOf,
  notExchangedCheck,
  type RestoreMarks,
  reportOf,
} from "./restore-report.ts";
import { reloadServerState, type ServerRun, withServer } from "./server-run.ts";
import { undoRestore } from "./undo-restore.ts";

/**
 * By strategy:
 *
 * - `swap`: restored and proven next to production, then exchanged for it within seconds;
 * - `replace`: restored in production's place, for a disk that cannot hold both;
 * - `copy`: restored for people to look at; production is not touched.
 */
export async function restore(settings: Settings, effects: Effects): Promise<Report> {
  refuseUnconfirmed(settings);
  return withServer(settings, effects, async (run) => {
    refuseOtherDatabase(settings, run.deployment.database.name);
    if (settings.restore.dryRun) return restoreChosen(run);
    await removeLeftovers(run);
    const resolved = await reloadServerState(run);
    return settings.restore.undo ? undoRestore(resolved) : restoreChosen(resolved);
  });
}

async function restoreChosen(run: ServerRun): Promise<Report> {
  const { source, backup } = run.settings.restore;
  return source === "local"
    ? restoreBackup(run, chooseBackup(run.listing, backup, 0), run.clock.seconds())
    : withFetchedCopy(run, backup, (fetched, since) => restoreBackup(run, fetched, since));
}

/** `since`, in seconds of the clock, is when recovering began. */
async function restoreBackup(run: ServerRun, backup: ListedBackup, since: number): Promise<Report> {
  const { archive, preconditions } = await openAndCheck(run, backup);
  const { strategy, what, dryRun: planned } = run.settings.restore;
  if (planned) return dryRun(run, archive, preconditions);
  const filestore = filestoreExchangeOf(run, archive);
  if (filestore && what === "filestore") return restoreFilestoreAlone(run, archive, filestore);
  const marks = marksOf(run, archive, filestore);
  switch (strategy) {
    case "copy": {
      const { findings, kept } = await restoreCopy(run, archive, preconditions, marks);
      return reportOf(run, archive, [preconditions.check, ...findings.checks], { kept }, findings);
    }
    case "swap":
      return swap(run, archive, preconditions, marks, filestore, since);
    case "replace":
      return replaceProduction(run, archive, preconditions, marks, filestore);
  }
}

/** Checks only what can be known beforehand. */
async function dryRun(
  run: ServerRun,
  archive: Archive,
  preconditions: Preconditions,
): Promise<Report> {
  const plan = await planText(run, archive, preconditions);
  return reportOf(run, archive, [archive.check, preconditions.check], { plan }, {});
}

/** Throws UserMistake or Failed when the backup cannot be restored here. */
async function openAndCheck(
  run: ServerRun,
  backup: ListedBackup,
): Promise<{ archive: Archive; preconditions: Preconditions }> {
  return run.journal.phase(`Open ${backup.name}`, async () => {
    const archive = await openArchive(run, backup);
    if (archive.check.status !== "passed") throw damaged(archive.check);
    return { archive, preconditions: await requirePreconditions(run, archive) };
  });
}

function damaged({ message, next }: Check): Failed {
  return new Failed({
    what: message,
    state: "Nothing was restored, and production is as it was.",
    next: next?.replace("Drill another", "Restore another"),
  });
}

/** Only what is proven takes production's place. */
async function swap(
  run: ServerRun,
  archive: Archive,
  preconditions: Preconditions,
  marks: RestoreMarks,
  filestore: FilestoreExchange | undefined,
  since: number,
): Promise<Report> {
  const { deployment, stamp, clock } = run;
  const name = extraDatabaseName(deployment.database.name, "restore", stamp);
  await createIncoming(run, archive, name, marks.incoming);
  let exchanged = false;
  try {
    const findings = await restoreIncoming(run, archive, preconditions, name);
    const files =
      filestore && findings.proven ? [await stageAndProveFilestore(run, archive, name)] : [];
    const checks = [archive.check, preconditions.check, ...findings.checks, ...files];
    if (!isProven(run, checks)) {
      return reportOf(
        run,
        archive,
        [
          ...checks,
          notExchangedCheck(`${deployment.database.name} is as it was, and was never stopped`),
        ],
        {},
        findings,
      );
    }
    exchanged = true;
    const {
      checks: liveChecks,
      downtimeSeconds,
      kept,
    } = await goLive(run, {
      name,
      mark: marks.incoming,
      formerMark: marks.former,
      ...(filestore && { filestore }),
    });
    const summary = { downtimeSeconds, kept };
    const rtoSeconds = clock.seconds() - since;
    return reportOf(run, archive, [...checks, ...liveChecks], summary, { ...findings, rtoSeconds });
  } finally {
    // After the exchange, its name and mark say what it is, and nothing is removed here.
    // The filestore goes first, since the mark names it: after a cut in between, the next run can still find it.
    if (!exchanged && filestore) await removeStaged(run, stamp);
    if (!exchanged) await tryDropLeftover(run, name);
  }
}

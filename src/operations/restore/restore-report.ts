import type { CopyMark, FormerMark, IncomingMark } from "../../backups/extra-databases.ts";
import { type Check, notRun, verdictOf, withSwitchedOff } from "../../report/check.ts";
import type { Report, RestoreSummary } from "../../report/report-schema.ts";
import { assembleReport } from "../assemble-report.ts";
import type { Dated } from "../filestore/kept-filestores.ts";
import type { FilestoreExchange } from "../filestore/restore-filestore.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { ServerRun } from "./server-run.ts";

export interface RestoreMarks {
  readonly incoming: IncomingMark;
  readonly former: FormerMark;
  readonly copy: CopyMark;
}

const SECONDS_PER_DAY = 86_400;

/** Dated by the server's own clock. */
export function marksOf(
  { facts, deployment, settings }: Dated,
  { backup }: { readonly backup: Pick<Archive["backup"], "name"> },
  filestore: FilestoreExchange | undefined,
): RestoreMarks {
  const since = new Date(facts.now).toISOString();
  const kept = settings.restore.keepDays * SECONDS_PER_DAY * 1000;
  const until = new Date(Date.parse(since) + kept).toISOString();
  const common = { of: deployment.database.name, backup: backup.name, since };
  return {
    incoming: { is: "incoming", ...common, ...(filestore && { filestore }) },
    former: { is: "former", ...common, until, confirmed: false, ...(filestore && { filestore }) },
    copy: { is: "copy", ...common, until },
  };
}

/** For a restore whose result is not proven. `productionState` is a sentence without its full stop. */
export function notExchangedCheck(productionState: string): Check {
  return notRun(
    "swap",
    `Not done: what was restored is not proven. ${productionState}.`,
    "Restore another backup; or accept what could not be proven by name: `skip-checks`.",
  );
}

/** Only then may what was restored become production. */
export function isProven({ settings }: ServerRun, checks: readonly Check[]): boolean {
  return verdictOf(withSwitchedOff(checks, settings.proof.skipChecks)) === "passed";
}

export function reportOf(
  run: ServerRun,
  archive: Archive,
  checks: readonly Check[],
  summary: Omit<RestoreSummary, "strategy">,
  findings: Partial<Report>,
): Report {
  const { settings, facts } = run;
  const { backup, manifest, sha256 } = archive;
  const takenAt = manifest ? new Date(manifest.takenAt) : backup.takenAt;
  const { tables = [], rows = 0, rtoSeconds, postgis, partners } = findings;
  return assembleReport(run, "restore", {
    checks: withSwitchedOff(checks, settings.proof.skipChecks),
    tables,
    rows,
    ...(rtoSeconds !== undefined && { rtoSeconds }),
    ...(postgis !== undefined && { postgis }),
    ...(partners !== undefined && { partners }),
    rpoSeconds: (Date.parse(facts.now) - takenAt.getTime()) / 1000,
    backup: {
      name: backup.name,
      bytes: backup.bytes,
      sha256,
      takenAt: takenAt.toISOString(),
      manifest: manifest !== undefined,
    },
    restore: { strategy: settings.restore.strategy, ...summary },
    ...(findings.recovery !== undefined && { recovery: findings.recovery }),
  });
}

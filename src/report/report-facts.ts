import { formatBytes } from "../words/bytes.ts";
import { counted, formatCount } from "../words/count.ts";
import { formatMoment } from "../words/moment.ts";
import type { RehearsalSummary, Report, RestoreSummary, SyncSummary } from "./report-schema.ts";

/** A line of a report's small print. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** A value that people copy, or compare letter by letter. */
  readonly verbatim?: true;
}

/** What every face shows of the backup and the deployment. Unknown values are left out. */
export function factsOf(report: Report): readonly Fact[] {
  const { backup, deployment, rehearsal, postgis, partners, sync, restore } = report;
  return [
    ...(backup ? backupFacts(backup) : []),
    fact("Scenario", rehearsal && scenarioOf(rehearsal)),
    ...(restore ? restoreFacts(restore) : []),
    ...(sync ? syncFacts(sync) : []),
    fact("Policy", deployment.policy),
    fact("PostgreSQL", deployment.postgresql),
    fact("PostGIS", postgis),
    fact("Partners", partners === undefined ? undefined : formatCount(partners)),
  ].filter((one) => one !== undefined);
}

const PLACE: Readonly<Record<RehearsalSummary["where"], string>> = {
  host: "the deployment's host",
  fresh: "a fresh server on that host",
  runner: "a fresh server at the runner",
};

function scenarioOf({ scenario, source, where, remote }: RehearsalSummary): string {
  const copy = source === "local" ? "local copy" : `off-site copy${remote ? ` on ${remote}` : ""}`;
  return `${scenario}: ${copy}, restored on ${PLACE[where]}`;
}

function backupFacts(backup: NonNullable<Report["backup"]>): readonly (Fact | undefined)[] {
  return [
    verbatim("Backup", backup.name),
    fact("Taken", formatMoment(backup.takenAt)),
    fact("Size", formatBytes(backup.bytes)),
    verbatim("SHA-256", backup.sha256),
    fact("Manifest", backup.manifest ? "yes" : "no: the content cannot be proven"),
  ];
}

function restoreFacts({
  strategy,
  kept,
  safetyBackup,
}: RestoreSummary): readonly (Fact | undefined)[] {
  return [
    fact("Strategy", strategy),
    fact("Kept", kept && `${kept.name} until ${kept.until.slice(0, 10)}`),
    verbatim("Safety backup", safetyBackup),
  ];
}

function syncFacts(sync: SyncSummary): readonly (Fact | undefined)[] {
  const { remote, tool, from, mode, copied, bytes, deleted, verified } = sync;
  return [
    verbatim("Remote", remote),
    fact("Copied", `${counted(copied, "backup")}, ${formatBytes(bytes)}`),
    fact("Deleted", deleted === 0 ? undefined : counted(deleted, "file")),
    fact("Proof", verified ?? "none"),
    fact("By", `${tool} on the ${from}, mode ${mode}`),
  ];
}

function fact(label: string, value: string | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value };
}

function verbatim(label: string, value: string | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value, verbatim: true };
}

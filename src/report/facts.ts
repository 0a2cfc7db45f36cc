import { formatBytes } from "./bytes.ts";
import { formatCount } from "./count.ts";
import { formatMoment } from "./moment.ts";
import type { Report } from "./report.ts";

/** A line of a report's small print. */
export interface Fact {
  readonly label: string;
  readonly value: string;
  /** A value that people copy, or compare letter by letter. */
  readonly verbatim?: true;
}

/** Given a report, return what every face shows of its backup and its deployment; what is not known is left out. */
export function factsOf({ backup, deployment, postgis, partners }: Report): readonly Fact[] {
  return [
    ...(backup ? backupFacts(backup) : []),
    fact("Policy", deployment.policy),
    fact("PostgreSQL", deployment.postgresql),
    fact("PostGIS", postgis),
    fact("Partners", partners === undefined ? undefined : formatCount(partners)),
  ].filter((one) => one !== undefined);
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

function fact(label: string, value: string | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value };
}

function verbatim(label: string, value: string | undefined): Fact | undefined {
  return value === undefined ? undefined : { label, value, verbatim: true };
}

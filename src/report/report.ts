import type { Check, Verdict } from "../checks/check.ts";

/** What a report can be about. */
export type Operation = "backup" | "drill" | "cycle" | "prune";

/** The one result of an operation, which every renderer reads. Fields may be added, never renamed. */
export interface Report {
  readonly schemaVersion: 1;
  readonly operation: Operation;
  readonly verdict: Verdict;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly deployment: DeploymentSummary;
  /** The backup that was taken, copied, drilled or restored; absent where the operation is about none. */
  readonly backup?: BackupSummary;
  readonly checks: readonly Check[];
  readonly phases: readonly Phase[];
  /** Every table with what the manifest expects and what was restored; empty for a backup without a manifest. */
  readonly tables: readonly TableResult[];
  readonly rows: number;
  /** Seconds from the start of the restore to a proven database; absent when nothing was restored. */
  readonly rtoSeconds?: number;
  readonly rtoObjectiveSeconds?: number;
  /** Seconds between the backup's snapshot and the start of the run: what a loss now would cost. */
  readonly rpoSeconds?: number;
  readonly rpoObjectiveSeconds?: number;
  /** `PostGIS_Version()` of the restored database, as the guide asks. */
  readonly postgis?: string;
  /** `SELECT COUNT(*) FROM res_partner` of the restored database, as the guide asks. */
  readonly partners?: number;
  /** What the retention keeps, made and removed. */
  readonly retention?: RetentionSummary;
  /** What was left behind, when it is not nothing. */
  readonly state?: string;
}

/** The report of an operation on one backup. */
export interface BackupReport extends Report {
  readonly backup: BackupSummary;
}

export interface DeploymentSummary {
  readonly host: string;
  readonly project: string;
  readonly database: string;
  readonly policy: string;
  readonly postgresql?: string;
}

export interface BackupSummary {
  readonly name: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  readonly bytes: number;
  readonly sha256?: string;
  readonly manifest: boolean;
}

export interface RetentionSummary {
  /** Whether it was only planned. */
  readonly dryRun: boolean;
  readonly promoted: readonly RetentionDecision[];
  readonly removed: readonly RetentionDecision[];
  readonly kept: readonly RetentionDecision[];
}

export interface RetentionDecision {
  /** Its folder and the dump's name: `weekly/openspp_20260118_020000.dump`. */
  readonly backup: string;
  readonly reason: string;
}

export interface Phase {
  readonly name: string;
  /** Seconds since the run started. */
  readonly startedAfter: number;
  readonly seconds: number;
}

export interface TableResult {
  readonly schema: string;
  readonly name: string;
  readonly rows: { readonly expected: number; readonly restored: number | null };
  readonly hash: { readonly expected: string; readonly restored: string | null };
}

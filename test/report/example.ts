import { failed, notRun, passed, switchedOff } from "../../src/report/check.ts";
import type { BackupReport, TableResult } from "../../src/report/report-schema.ts";

/** A drill that passed; each test changes what it is about. */
export const PASSED: BackupReport = {
  schemaVersion: 1,
  operation: "drill",
  verdict: "passed",
  startedAt: "2026-01-15T07:03:00.000Z",
  seconds: 100,
  deployment: {
    host: "backup@vps.example.org:22",
    project: "openspp",
    database: "openspp",
    policy: "strict",
    postgresql: "18.6",
  },
  backup: {
    name: "openspp_20260115_020000.dump",
    takenAt: "2026-01-15T02:00:00.000Z",
    bytes: 88_100_000,
    sha256: "ab".repeat(32),
    manifest: true,
  },
  checks: [
    passed("archive", "The archive is the one that the manifest describes."),
    passed("content", "All 2 tables hold what they held."),
  ],
  phases: [
    { name: "Prove every table", startedAfter: 60, seconds: 40 },
    { name: "Restore", startedAfter: 10, seconds: 50 },
  ],
  tables: [same("res_users", 12), same("res_partner", 1_000_000)],
  rows: 1_000_012,
  rtoSeconds: 90.2,
  rtoObjectiveSeconds: 1800,
  rpoSeconds: 18_180,
  rpoObjectiveSeconds: 86_400,
  postgis: "3.6 USE_GEOS=1",
  partners: 1_000_000,
};

/** The same drill, red: a table differs, a check did not run, one was switched off, a database was left behind. */
export const FAILED: BackupReport = {
  ...PASSED,
  verdict: "failed",
  checks: [
    passed("archive", "The archive is whole."),
    switchedOff("rto"),
    notRun("geometry", "The database closed the connection.", "Run the drill again."),
    failed(
      "content",
      "1 table differs: `res_users`.",
      "Restore an older backup: openspp-backup list",
    ),
  ],
  tables: [same("res_partner", 1_000_000), changed("res_users", 12, 11)],
  state: "database `openspp_test` still exists.",
};

export function same(name: string, rows: number): TableResult {
  return {
    schema: "public",
    name,
    rows: { expected: rows, restored: rows },
    hash: { expected: "77", restored: "77" },
  };
}

export function changed(name: string, expected: number, restored: number | null): TableResult {
  return {
    schema: "public",
    name,
    rows: { expected, restored },
    hash: { expected: "77", restored: restored === null ? null : "78" },
  };
}

import * as z from "zod/mini";
import { CHECK_NAMES, type Check } from "./check.ts";
import { PLACES, SCENARIOS, SOURCES } from "./scenario.ts";

/**
 * The one result of an operation, which every renderer reads. This is its only definition. The types are
 * inferred from it, and `npm run generate` writes the published `schema/report.schema.json`. Fields may be
 * added, never renamed.
 */

const count = z.int().check(z.nonnegative());
const seconds = z.number();
const moment = z.iso.datetime().check(z.describe("ISO 8601, UTC."));
const verdict = z.enum(["passed", "failed", "not-run"]);

const check = z.readonly(
  z.object({
    name: z.union([z.enum(CHECK_NAMES), z.templateLiteral(["sql: ", z.string()])]),
    status: verdict,
    message: z.string().check(z.describe("A sentence that a tired person understands.")),
    next: z.optional(z.string().check(z.describe("What to do, when it did not pass."))),
    switchedOff: z.optional(
      z
        .literal(true)
        .check(z.describe("The user switched it off by name: it fails nothing, and is not green.")),
    ),
    warning: z.optional(
      z.literal(true).check(z.describe("It passed, but will soon fail: act on it.")),
    ),
  }),
) satisfies z.ZodMiniType<Check>;

const deployment = z.readonly(
  z.object({
    host: z.string(),
    project: z.string(),
    database: z.string(),
    policy: z.string(),
    postgresql: z.optional(z.string()),
  }),
);

const backup = z.readonly(
  z.object({
    name: z.string(),
    takenAt: moment,
    bytes: count,
    sha256: z.optional(z.string()),
    manifest: z.boolean(),
  }),
);

const phase = z.readonly(
  z.object({
    name: z.string(),
    startedAfter: seconds.check(z.describe("Seconds since the run started.")),
    seconds,
  }),
);

const table = z.readonly(
  z.object({
    schema: z.string(),
    name: z.string(),
    rows: z.readonly(z.object({ expected: count, restored: z.nullable(count) })),
    hash: z.readonly(z.object({ expected: z.string(), restored: z.nullable(z.string()) })),
  }),
);

const sync = z.readonly(
  z.object({
    remote: z.string(),
    tool: z.enum(["rclone", "rsync"]),
    from: z.enum(["host", "runner"]),
    mode: z.enum(["copy", "sync"]),
    copied: count.check(z.describe("Backups that this run has copied.")),
    bytes: count.check(z.describe("The bytes of their files.")),
    deleted: count.check(z.describe("Files that this run has deleted on the remote.")),
    backups: count.check(z.describe("Backups that are on the remote now.")),
    newest: z.optional(z.string().check(z.describe("The newest backup on the remote."))),
    verified: z.optional(
      z
        .enum(["size", "hash", "download"])
        .check(z.describe("The proof of the copy that ran and held; absent when none did.")),
    ),
  }),
);

const rehearsal = z.readonly(
  z.object({
    scenario: z
      .enum(SCENARIOS)
      .check(z.describe("One of the guide's scenarios, whose objective applies.")),
    source: z.enum(SOURCES).check(z.describe("Which copy of the backup was restored.")),
    where: z.enum(PLACES).check(z.describe("Where it was restored.")),
    remote: z.optional(z.string().check(z.describe("Where the off-site copy was fetched from."))),
  }),
);

const retentionDecision = z.readonly(
  z.object({
    backup: z
      .string()
      .check(z.describe("Its folder and the dump's name: `weekly/openspp_20260118_020000.dump`.")),
    reason: z.string(),
  }),
);

const retentionDecisions = z.readonly(z.array(retentionDecision));

const retention = z.readonly(
  z.object({
    dryRun: z.boolean().check(z.describe("Whether it was only planned.")),
    promoted: retentionDecisions,
    removed: retentionDecisions,
    kept: retentionDecisions,
  }),
);

const restore = z.readonly(
  z.object({
    strategy: z.enum(["swap", "replace", "copy", "undo"]),
    downtimeSeconds: z.optional(
      seconds.check(
        z.describe(
          "From the moment the services were stopped until they were healthy again; absent when they were not stopped.",
        ),
      ),
    ),
    kept: z.optional(
      z
        .readonly(z.object({ name: z.string(), until: moment }))
        .check(
          z.describe(
            "A database, or a filestore, kept for a while: what was production, or a copy.",
          ),
        ),
    ),
    plan: z.optional(
      z.string().check(z.describe("Of a dry run, every command; nothing was changed.")),
    ),
    safetyBackup: z.optional(
      z.string().check(z.describe("The backup that was taken before production was dropped.")),
    ),
  }),
);

const seen = z.readonly(
  z.object({
    verdict,
    endedAt: moment,
    backup: z.optional(z.string().check(z.describe("The backup's name."))),
    takenAt: z.optional(moment),
    rtoSeconds: z.optional(seconds),
  }),
);

export const reportSchema = z.readonly(
  z.object({
    schemaVersion: z.literal(1),
    operation: z
      .enum(["backup", "drill", "cycle", "restore", "prune", "sync", "monitor"])
      .check(z.describe("What the report is about.")),
    verdict,
    startedAt: moment,
    seconds,
    deployment,
    backup: z.optional(
      backup.check(
        z.describe(
          "The backup that was taken, copied, drilled or restored; absent where it is about none.",
        ),
      ),
    ),
    rehearsal: z.optional(
      rehearsal.check(z.describe("What a drill rehearsed; absent where nothing was drilled.")),
    ),
    checks: z.readonly(z.array(check)),
    phases: z.readonly(z.array(phase)),
    tables: z.readonly(
      z
        .array(table)
        .check(
          z.describe(
            "Every table with what the manifest expects and what was restored; empty for a backup without a manifest.",
          ),
        ),
    ),
    rows: count,
    rtoSeconds: z.optional(
      seconds.check(
        z.describe(
          "From the start of the restore to a proven database; absent when nothing was restored.",
        ),
      ),
    ),
    rtoObjectiveSeconds: z.optional(seconds),
    rpoSeconds: z.optional(
      seconds.check(
        z.describe(
          "Between the backup's snapshot and the start of the run: what a loss now would cost.",
        ),
      ),
    ),
    rpoObjectiveSeconds: z.optional(seconds),
    postgis: z.optional(
      z
        .string()
        .check(z.describe("`PostGIS_Version()` of the restored database, as the guide asks.")),
    ),
    partners: z.optional(
      count.check(
        z.describe(
          "`SELECT COUNT(*) FROM res_partner` of the restored database, as the guide asks.",
        ),
      ),
    ),
    retention: z.optional(
      retention.check(z.describe("What the retention keeps, made and removed.")),
    ),
    restore: z.optional(restore.check(z.describe("What a restore did."))),
    sync: z.optional(
      sync.check(
        z.describe("The result of copying the backups off-site; absent when nobody asked for it."),
      ),
    ),
    recovery: z.optional(
      z
        .string()
        .check(z.describe("RECOVERY.md: the same restore of this very deployment, by hand.")),
    ),
    lastDrill: z.optional(
      seen.check(z.describe("What the monitor knows of the last restore drill.")),
    ),
    lastSync: z.optional(
      seen.check(
        z.describe(
          "What the monitor knows of the copies off-site: what it saw on the remote, or what the last copy left.",
        ),
      ),
    ),
    state: z.optional(
      z.string().check(z.describe("What was left behind, when it is not nothing.")),
    ),
  }),
);

export type Report = z.infer<typeof reportSchema>;

/** What a report can be about. */
export type Operation = Report["operation"];

export type BackupSummary = z.infer<typeof backup>;
export type RestoreSummary = z.infer<typeof restore>;
export type SyncSummary = z.infer<typeof sync>;
export type RetentionSummary = z.infer<typeof retention>;
export type RetentionDecision = z.infer<typeof retentionDecision>;
export type LastRun = z.infer<typeof seen>;
export type RehearsalSummary = z.infer<typeof rehearsal>;
export type Phase = z.infer<typeof phase>;
export type TableResult = z.infer<typeof table>;

/** The report of an operation on one backup. */
export type BackupReport = Report & { readonly backup: BackupSummary };

import type { FilestoreKind } from "../backups/backup-name.ts";
import type { RetentionPolicy } from "../backups/retention-plan.ts";
import type { Policy } from "../deployment/deployment.ts";
import type { Operation } from "../report/report-schema.ts";
import type { Rehearsal, Source } from "../report/scenario.ts";
import type { WebhookFormat } from "../report/webhook-message.ts";
import type { Secret } from "../secret.ts";
import type { RcloneConfig } from "./rclone-config.ts";

/** Everything a user may say, read once from inputs or options (inputs.ts) and validated there. */
export interface Settings {
  /** Absent for a drill on the runner, which uses no host. */
  readonly connection?: Connection;
  readonly deployment: DeploymentSettings;
  readonly backup: BackupSettings;
  readonly drill: DrillSettings;
  readonly sync: SyncSettings;
  readonly proof: ProofSettings;
  readonly retention: RetentionSettings;
  readonly restore: RestoreSettings;
  readonly monitor: MonitorSettings;
  /** What a dead man's switch is told at. */
  readonly pingUrl?: Secret;
}

/** The settings of everything that does use the host. */
export type HostSettings = Settings & { readonly connection: Connection };

export interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** A private key in OpenSSH or PEM format; without it the agent at SSH_AUTH_SOCK is asked. */
  readonly key?: Secret;
  readonly passphrase?: Secret;
  readonly agent?: string;
  /** The text of a known_hosts file. */
  readonly knownHosts: string;
  /** The host to go through first; its key is checked against the same known_hosts text. */
  readonly jump?: { readonly host: string; readonly port: number; readonly user: string };
}

/** What discovery starts from, and what overrides it. */
export interface DeploymentSettings {
  /** Empty where no deployment is used. */
  readonly directory: string;
  /** Relative to the directory. */
  readonly composeFile: string;
  readonly envFile: string;
  readonly databaseService: string;
  readonly backupService: string;
  readonly odooService: string;
  readonly database?: string;
  readonly databaseUser?: string;
  readonly databasePassword?: Secret;
  readonly adminUser?: string;
  readonly adminPassword?: Secret;
  readonly policy?: Policy;
  readonly backupDirectory?: string;
  /** Where the Odoo service has the filestores of all databases. */
  readonly filestoreDirectory?: string;
}

export interface BackupSettings {
  /** `snapshot`: our own dump with a manifest; `script`: the deployment's /backup.sh. */
  readonly mode: "snapshot" | "script";
  /** As pg_dump's `--compress` takes it: `gzip:6`, `zstd:3`, `lz4`. */
  readonly compression: string;
  /** In an archive of each backup's own, as a list of files in a pool, or not at all. */
  readonly filestore: FilestoreKind | "off";
  /** Sessions that hash tables beside the dump; half the host's cores by default. */
  readonly jobs?: number;
}

export interface RetentionSettings {
  /** Whether it is applied after a good backup. */
  readonly on: boolean;
  /** Only print the plan. */
  readonly dryRun: boolean;
  /** What overrides the deployment's own policy. */
  readonly policy: Partial<RetentionPolicy>;
}

export interface MonitorSettings {
  /** The oldest that the newest backup may be; by the deployment's schedule without it. */
  readonly backupSeconds?: number;
  /** The oldest that the last passed drill may be. */
  readonly drillSeconds: number;
  /** From which severity on a finding makes the run red. */
  readonly failOn: "critical" | "warning";
  /** The production database's name, when every session on it is to be ended. */
  readonly endSessionsOf?: string;
}

export interface DrillSettings extends Rehearsal {
  /** `latest`, `random`, or a backup's name. */
  readonly backup: string;
  readonly throwawayDatabase: string;
  readonly keepDatabase: boolean;
  readonly rpoSeconds: number;
  /** Of the container that is a fresh server; by the manifest's versions without it. */
  readonly runnerImage?: string;
}

/** How an archive is restored and proven, wherever to. */
export interface ProofSettings {
  /** For `pg_restore -j` and the proof; the host's cores by default. */
  readonly jobs?: number;
  readonly sqlChecks: readonly SqlCheck[];
  readonly skipChecks: readonly string[];
  /** The share by which counts may differ from the live database, for a backup without a manifest. */
  readonly countTolerance: number;
}

export interface RestoreSettings {
  /** `latest`, or a backup's name. */
  readonly backup: string;
  readonly source: Source;
  /** What the user typed to confirm. */
  readonly confirmation?: string;
  /** `auto`: the database, and the filestore where the backup holds one. */
  readonly what: "auto" | "database" | "filestore" | "both";
  readonly strategy: "swap" | "replace" | "copy";
  /** Only these tables, into a copy to look at; all of them without it. */
  readonly tables: readonly string[];
  readonly neutralize: boolean;
  /** Compose services that use the database, and are stopped meanwhile. */
  readonly services: readonly string[];
  readonly healthyWithinSeconds: number;
  /** How long the former database, or a copy, is kept. */
  readonly keepDays: number;
  readonly safetyBackup: boolean;
  /** Bring the former database back instead. */
  readonly undo: boolean;
  /** Only say what stands there. */
  readonly status: boolean;
  /** Only print the commands. */
  readonly dryRun: boolean;
}

/** Where copies of the backups go to. */
export interface Remote {
  readonly tool: "rclone" | "rsync";
  /** As the tool takes it: `offsite:openspp-backups`, `backup@remote.example.org:/backups/openspp`. */
  readonly address: string;
}

/** How a copy is proven: by sizes, by hashes that both ends make, by reading it back. */
export type Verify = "size" | "hash" | "download";

export interface SyncSettings {
  /** Without one, nothing is copied. */
  readonly remote?: Remote;
  /** Without it, rclone has a configuration of its own where it runs. */
  readonly rcloneConfig?: RcloneConfig;
  /** Which machine copies. */
  readonly from: "host" | "runner";
  /** `copy` adds and never changes; `sync` makes the remote what the volume is. */
  readonly mode: "copy" | "sync";
  readonly verify: Verify;
  /** Bytes per second. */
  readonly limit?: number;
  /** How often what was interrupted is tried again. */
  readonly retries: number;
  /** The share of the remote's files that a mirror may delete. */
  readonly mostDeleted: number;
  /** Whether a mirror keeps what it deletes in a dated folder of the remote. */
  readonly trash: boolean;
}

/** A check of the user's own: the statement's first column of its first row, as text, must equal `expect`. */
export interface SqlCheck {
  readonly name: string;
  readonly sql: string;
  readonly expect: string;
}

/** How the team is told what a run came to. */
export interface TellSettings {
  readonly operation: Operation;
  /** How GitHub says that the job ended which did it. */
  readonly result?: "success" | "failure" | "cancelled" | "skipped";
  /** Path of the report; without it, the run's artifact is read. */
  readonly report?: string;
  readonly token: Secret;
  /** Absent when no issue is wanted. */
  readonly issues?: { readonly labels: readonly string[]; readonly assignees: readonly string[] };
  readonly webhook?: { readonly url: Secret; readonly format: WebhookFormat };
  /** Absent when no history is wanted. */
  readonly historyBranch?: string;
  readonly pullRequest: boolean;
  readonly keepAlive: boolean;
}

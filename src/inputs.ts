import { FILESTORE_KINDS } from "./backups/backup-name.ts";
import { CHECK_NAMES } from "./checks/check.ts";
import { parseRcloneConfig } from "./commands/rclone-config.ts";
import { WEBHOOK_FORMATS } from "./report/webhook.ts";
import { PLACES, SCENARIOS, SOURCES } from "./scenario.ts";
import * as values from "./values.ts";

/**
 * The one list of what a user may say: as an input of an action (INPUT_*), as an option of the CLI,
 * or in its environment (OPENSPP_*). The action.yml files, the CLI's options and the Settings all
 * follow from it.
 */

export type Verb =
  | "backup"
  | "drill"
  | "cycle"
  | "restore"
  | "prune"
  | "monitor"
  | "checklist"
  | "list"
  | "sweep"
  | "sync";

export interface Input<T = unknown> {
  readonly description: string;
  /** Given what the user wrote, return what it means; throws Refused. */
  readonly parse: (text: string) => T;
  readonly default?: string;
  /** `host`: only where the deployment's host is used, which a drill on the runner does not. */
  readonly required?: true | "host";
  /** Shown to someone who got it wrong; the default is the example where there is one. */
  readonly example?: string;
  /** Never printed, and never an argument of a command line. */
  readonly secret?: true;
  /** May hold line breaks. */
  readonly multiline?: true;
  readonly verbs: readonly (Verb | "report")[];
  /** Only the actions, or only the CLI, have it. */
  readonly face?: "action" | "cli";
}

const EVERY: readonly Verb[] = [
  ...(["backup", "drill", "cycle", "sync", "restore", "prune"] as const),
  ...(["monitor", "checklist", "list", "sweep"] as const),
];
const RUNS: readonly Verb[] = ["backup", "drill", "cycle", "restore"];
const PUBLISHED: readonly Verb[] = ["backup", "drill", "cycle", "sync", "restore", "monitor"];
const SYNCS: readonly Verb[] = ["sync", "cycle"];
const REMOTES: readonly Verb[] = ["sync", "drill", "cycle", "restore"];
const BACKUPS: readonly Verb[] = ["backup", "cycle"];
const PRUNES: readonly Verb[] = ["backup", "cycle", "sync", "prune", "monitor"];
/** Those that end with a report. */
export const REPORTS: readonly Verb[] = [
  ...(["backup", "drill", "cycle", "sync", "restore"] as const),
  ...(["prune", "monitor"] as const),
];
const WATCHES: readonly Verb[] = ["monitor", "checklist"];
const DRILLS: readonly Verb[] = ["drill", "cycle"];
const RESTORES: readonly Verb[] = ["restore"];
const PROOFS: readonly Verb[] = [...DRILLS, ...RESTORES];

const TELLS = ["report"] as const;

const text = (given: string): string => given;

export const INPUTS = {
  command: {
    description:
      "What to do: `cycle` takes a backup, copies it off-site when `remote` is given, and drills it; `backup`, `sync` and `drill` do one of these.",
    parse: values.oneOf("cycle", "backup", "sync", "drill"),
    default: "cycle",
    verbs: ["cycle"],
    face: "action",
  },
  "ssh-host": {
    description: "Name or address of the deployment's host.",
    parse: values.hostName,
    required: "host",
    example: "vps.example.org",
    verbs: EVERY,
  },
  "ssh-port": {
    description: "Port of its SSH server.",
    parse: values.port,
    default: "22",
    verbs: EVERY,
  },
  "ssh-user": {
    description: "User on the host who may run `docker`.",
    parse: values.userName,
    required: "host",
    example: "backup",
    verbs: EVERY,
  },
  "ssh-key": {
    description:
      "Private key of that user, in OpenSSH or PEM format. Without it, the agent at SSH_AUTH_SOCK is asked.",
    parse: text,
    example: "-----BEGIN OPENSSH PRIVATE KEY-----…",
    secret: true,
    multiline: true,
    verbs: EVERY,
  },
  "ssh-key-passphrase": {
    description: "Passphrase of the private key, when it has one.",
    parse: text,
    secret: true,
    verbs: EVERY,
  },
  "ssh-known-hosts": {
    description:
      "The host's public keys, as `ssh-keyscan` prints them. The host key is always checked.",
    parse: text,
    required: "host",
    example: "vps.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…",
    multiline: true,
    verbs: EVERY,
  },
  "ssh-jump": {
    description:
      "Host to go through first, as `user@host:port`. Its key must stand in `ssh-known-hosts` too.",
    parse: values.jumpHost,
    example: "jump@gate.example.org:22",
    verbs: EVERY,
  },
  "project-directory": {
    description: "Folder on the host that holds the Compose file.",
    parse: values.absolutePath,
    required: "host",
    example: "/opt/openspp/docker",
    verbs: EVERY,
  },
  "compose-file": {
    description: "Compose file, relative to the project folder.",
    parse: values.filePath,
    default: "docker-compose.production.yml",
    verbs: EVERY,
  },
  "env-file": {
    description: "File with the deployment's variables, relative to the project folder.",
    parse: values.filePath,
    default: ".env.production",
    verbs: EVERY,
  },
  "database-service": {
    description: "Compose service that runs PostgreSQL.",
    parse: values.serviceName,
    default: "db",
    verbs: EVERY,
  },
  "backup-service": {
    description: "Compose service that mounts the backup volume.",
    parse: values.serviceName,
    default: "backup",
    verbs: EVERY,
  },
  "odoo-service": {
    description: "Compose service that runs Odoo, whose volume holds the filestore.",
    parse: values.serviceName,
    default: "odoo",
    verbs: EVERY,
  },
  database: {
    description: "Production database, when it is not the one that the deployment names.",
    parse: values.databaseName,
    example: "openspp",
    verbs: EVERY,
  },
  "database-user": {
    description: "Role that Odoo connects as, when it is not the one that the deployment names.",
    parse: values.postgresName,
    example: "odoo",
    verbs: EVERY,
  },
  "database-password": {
    description: "Password of that role, when it is not the one that the deployment names.",
    parse: text,
    secret: true,
    verbs: EVERY,
  },
  "admin-user": {
    description:
      "Role that creates and drops databases, when it is not the one that the deployment names.",
    parse: values.postgresName,
    example: "admin",
    verbs: EVERY,
  },
  "admin-password": {
    description: "Password of that role, when it is not the one that the deployment names.",
    parse: text,
    secret: true,
    verbs: EVERY,
  },
  policy: {
    description:
      "Database policy of the guide: `strict` (an admin role creates and drops), `flexible` (the Odoo role does), or `auto` to discover it.",
    parse: values.oneOf("auto", "strict", "flexible"),
    default: "auto",
    verbs: EVERY,
  },
  "backup-directory": {
    description:
      "Where the backup volume is mounted in the backup service, when it cannot be discovered.",
    parse: values.absolutePath,
    example: "/backups",
    verbs: EVERY,
  },
  "filestore-directory": {
    description:
      "Where the Odoo service has the filestores of all databases, when it is not Odoo's default.",
    parse: values.absolutePath,
    example: "/var/lib/odoo/filestore",
    verbs: EVERY,
  },
  mode: {
    description:
      "`snapshot` takes a dump with a manifest of its own snapshot; `script` runs the deployment's `/backup.sh`, whose content cannot be proven.",
    parse: values.oneOf("snapshot", "script"),
    default: "snapshot",
    verbs: BACKUPS,
  },
  compression: {
    description: "Compression of the dump: `gzip:1` to `gzip:9`, `zstd:N`, `lz4:N` or `none`.",
    parse: values.compression,
    default: "gzip:6",
    verbs: BACKUPS,
  },
  filestore: {
    description:
      "How each backup keeps the filestore: `tar.gz` or `tar.zst`, an archive of all its files; `incremental`, a list of files in a pool to which only new ones are copied; or `off`.",
    parse: values.oneOf(...FILESTORE_KINDS, "off"),
    default: "tar.gz",
    verbs: BACKUPS,
  },
  jobs: {
    description:
      "Parallel sessions for fingerprint, restore and proof. Default: the host's cores; beside a dump, half of them.",
    parse: values.wholeNumber(1, 256),
    example: "4",
    verbs: RUNS,
  },
  retention: {
    description:
      "After a good backup, `on` makes weekly and monthly copies and removes what the retention policy no longer keeps; `off` removes nothing. In a sync, the same for what stands on the remote.",
    parse: values.oneOf("on", "off"),
    default: "on",
    verbs: ["backup", "cycle", "sync"],
  },
  "keep-daily": {
    description:
      "Days of which every backup is kept, counted by days that have one. Default: the deployment's BACKUP_KEEP_DAYS.",
    parse: values.wholeNumber(1, 3660),
    example: "7",
    verbs: PRUNES,
  },
  "keep-weekly": {
    description:
      "Weeks of which Sunday's backup is kept, or the next one. Default: the deployment's BACKUP_KEEP_WEEKS.",
    parse: values.wholeNumber(0, 520),
    example: "4",
    verbs: PRUNES,
  },
  "keep-monthly": {
    description:
      "Months of which the backup of the 1st is kept, or the next one. Default: the deployment's BACKUP_KEEP_MONTHS.",
    parse: values.wholeNumber(0, 120),
    example: "6",
    verbs: PRUNES,
  },
  "dry-run": {
    description: "Print what would be done, and change nothing.",
    parse: values.boolean,
    default: "false",
    verbs: ["prune", "restore"],
  },
  "ping-url": {
    description:
      "Address of a dead man's switch, which is told that a run starts, ends well or fails (the protocol of healthchecks.io; any address that takes a POST).",
    parse: values.httpsUrl,
    example: "https://hc-ping.com/…",
    secret: true,
    verbs: [...REPORTS, "checklist"],
  },
  "backup-within": {
    description:
      "The oldest that the newest backup may be. Default: the pause in the deployment's BACKUP_SCHEDULE, and a quarter of it, 2 hours at most.",
    parse: values.duration,
    example: "26h",
    verbs: WATCHES,
  },
  "drill-within": {
    description: "The oldest that the last passed restore drill may be.",
    parse: values.duration,
    default: "100d",
    verbs: WATCHES,
  },
  "fail-on": {
    description:
      "From which severity on a finding makes the run red: `critical`, or already a `warning`.",
    parse: values.oneOf("critical", "warning"),
    default: "critical",
    verbs: ["monitor"],
  },
  "end-sessions": {
    description:
      "Name of the production database, to end every session on it but ours: the guide's force-disconnect before a restore by hand.",
    parse: values.databaseName,
    example: "openspp",
    verbs: ["monitor"],
    face: "cli",
  },
  scenario: {
    description:
      "What the drill rehearses, as in the guide: `database-corruption` (local copy, host, 30 minutes), `server-failure` (off-site copy, runner, 4 hours) or `datacenter-outage` (off-site copy, runner, 8 hours).",
    parse: values.oneOf(...SCENARIOS),
    default: "database-corruption",
    verbs: DRILLS,
  },
  source: {
    description:
      "Which copy is restored: `local`, from the deployment's backup volume, or `offsite`, from `remote`. Default: a drill's is its scenario's, a restore's `local`.",
    parse: values.oneOf(...SOURCES),
    example: "offsite",
    verbs: PROOFS,
  },
  where: {
    description:
      "Where it is restored: `host`, on the deployment's own server, or `runner`, in a throwaway PostGIS container here, which uses nothing of the host: no `ssh-*` input is needed. Default: the scenario's.",
    parse: values.oneOf(...PLACES),
    example: "runner",
    verbs: ["drill", "cycle", "sweep"],
  },
  "runner-image": {
    description:
      "Image of that container. Default: `postgis/postgis` in the versions that the backup's manifest names.",
    parse: values.imageName,
    example: "postgis/postgis:18-3.6-alpine",
    verbs: DRILLS,
  },
  backup: {
    description: "Backup to restore: `latest`, `random`, or one by its name.",
    parse: values.backupChoice,
    default: "latest",
    example: "openspp_20260115_020000.dump",
    verbs: ["drill", "restore"],
  },
  confirm: {
    description:
      "The exact text `restore <database> on <ssh-host>`, without which nothing is restored into production.",
    parse: text,
    example: "restore openspp on vps.example.org",
    verbs: RESTORES,
  },
  what: {
    description:
      "What to restore: `database`, `filestore`, `both`, or `auto`: both where the backup holds a filestore. A copy is of the database alone.",
    parse: values.oneOf("auto", "database", "filestore", "both"),
    default: "auto",
    verbs: RESTORES,
  },
  strategy: {
    description:
      "`swap` restores beside production, proves it, and exchanges the two within seconds; `replace` drops production first, for a disk that cannot hold both; `copy` leaves production alone.",
    parse: values.oneOf("swap", "replace", "copy"),
    default: "swap",
    verbs: RESTORES,
  },
  "safety-backup": {
    description:
      "What `replace` does before it drops production: `take` a backup, or `none` of it.",
    parse: values.oneOf("take", "none"),
    default: "take",
    verbs: RESTORES,
  },
  tables: {
    description:
      "Restore only these tables, separated by commas, into a copy to look at. Never into production.",
    parse: values.tableNames,
    example: "res_partner, spp_program",
    multiline: true,
    verbs: RESTORES,
  },
  neutralize: {
    description:
      "Of a copy: switch off its mail servers and scheduled jobs by Odoo's own command, so that people may open it.",
    parse: values.boolean,
    default: "false",
    verbs: RESTORES,
  },
  services: {
    description:
      "Compose services that use the database and are stopped while names are exchanged. Others with a session are found.",
    parse: values.serviceNames,
    default: "odoo, queue-worker",
    verbs: RESTORES,
  },
  "healthy-within": {
    description:
      "How long the services may take to become healthy on the restored database before the former one is brought back.",
    parse: values.duration,
    default: "5m",
    verbs: RESTORES,
  },
  "keep-days": {
    description: "How many days the former production database, or a copy, is kept.",
    parse: values.wholeNumber(1, 3650),
    default: "7",
    verbs: RESTORES,
  },
  undo: {
    description: "Bring back the database that the last restore replaced, as long as it is kept.",
    parse: values.boolean,
    default: "false",
    verbs: RESTORES,
  },
  status: {
    description:
      "Say what earlier restores left: interrupted ones, databases that are kept and until when.",
    parse: values.boolean,
    default: "false",
    verbs: RESTORES,
    face: "cli",
  },
  "throwaway-database": {
    description: "Database that the drill creates and drops.",
    parse: values.throwawayName,
    default: "openspp_test",
    verbs: ["drill", "cycle", "sweep"],
  },
  "keep-database": {
    description: "Keep the throwaway database after the drill, to look at it.",
    parse: values.boolean,
    default: "false",
    verbs: DRILLS,
  },
  rpo: {
    description: "Recovery point objective: the oldest that the restored backup may be.",
    parse: values.duration,
    default: "24h",
    verbs: DRILLS,
  },
  rto: {
    description:
      "Recovery time objective: the longest that recovery may take. Default: the scenario's, `30m`, `4h` or `8h`.",
    parse: values.duration,
    example: "30m",
    verbs: DRILLS,
  },
  "sql-checks": {
    description:
      "Checks of your own, a YAML or JSON list of `name`, `sql`, `expect`: the first column of the first row must equal `expect`.",
    parse: text,
    example: '[{"name": "programmes", "sql": "SELECT count(*) FROM spp_program", "expect": "12"}]',
    multiline: true,
    verbs: PROOFS,
  },
  "skip-checks": {
    description: "Checks to switch off, by name, separated by commas. The report says which.",
    parse: skippedChecks,
    example: "rto, geometry",
    multiline: true,
    verbs: ["backup", ...PROOFS, "monitor"],
  },
  "count-tolerance": {
    description:
      "How far row counts may differ from the live database, for a backup without a manifest.",
    parse: values.percentage,
    default: "1%",
    verbs: DRILLS,
  },
  remote: {
    description:
      "Where the copies of the backups are: an rclone remote (`offsite:openspp-backups`) or an rsync target (`backup@remote.example.org:/backups/openspp`). A cycle copies when it is given.",
    parse: values.remote,
    example: "offsite:openspp-backups",
    verbs: REMOTES,
  },
  "rclone-config": {
    description:
      "rclone's configuration, the text of an `rclone.conf`. It reaches no disk. Without it, rclone uses the configuration of the machine that it runs on.",
    parse: parseRcloneConfig,
    secret: true,
    multiline: true,
    verbs: REMOTES,
  },
  from: {
    description:
      "Which machine copies: the deployment's `host`, with its own rclone or rsync; or the `runner`, with rclone, for a host that must not hold the remote's credentials.",
    parse: values.oneOf("host", "runner"),
    default: "host",
    verbs: SYNCS,
  },
  "sync-mode": {
    description:
      "`copy` adds what is new and changes nothing that is there; `sync` makes the remote what the backup volume is, deletions too, within limits.",
    parse: values.oneOf("copy", "sync"),
    default: "copy",
    verbs: SYNCS,
  },
  verify: {
    description:
      "How the copy is proven: by `size`; by `hash`, which both ends make, or by reading back where the remote has none; by `download`, which always reads back.",
    parse: values.oneOf("size", "hash", "download"),
    default: "hash",
    verbs: SYNCS,
  },
  "bandwidth-limit": {
    description: "The most bytes per second that a copy may take.",
    parse: values.bandwidth,
    example: "10M",
    verbs: REMOTES,
  },
  "max-delete": {
    description: "The most of the remote's files that `sync-mode: sync` may delete in one run.",
    parse: values.percentage,
    default: "50%",
    verbs: SYNCS,
  },
  "deleted-files": {
    description:
      "What becomes of files that `sync-mode: sync` replaces or deletes: `trash` keeps them in a dated folder of the remote, `gone` does not.",
    parse: values.oneOf("trash", "gone"),
    default: "trash",
    verbs: SYNCS,
  },
  artifact: {
    description:
      "Keep the report (`report.json`, `report.html`, `junit.xml`, `summary.md`) as an artifact of the workflow run.",
    parse: values.boolean,
    default: "true",
    verbs: PUBLISHED,
    face: "action",
  },
  "artifact-days": {
    description: "Days that GitHub keeps that artifact; no more than the repository's own limit.",
    parse: values.wholeNumber(1, 400),
    default: "90",
    verbs: PUBLISHED,
    face: "action",
  },
  operation: {
    description:
      "What the job did whose report this is: `backup`, `sync`, `drill`, `cycle`, `restore` or `monitor`.",
    parse: values.oneOf("backup", "sync", "drill", "cycle", "restore", "monitor"),
    required: true,
    example: "drill",
    verbs: TELLS,
    face: "action",
  },
  result: {
    description:
      "How that job ended, `needs.<job>.result`: what is told when it left no report. Without it, the report must be there.",
    parse: values.oneOf("success", "failure", "cancelled", "skipped"),
    example: "failure",
    verbs: TELLS,
    face: "action",
  },
  report: {
    description:
      "Path of the report, in the job that made it. Without it, the artifact of the workflow run is read.",
    parse: values.filePath,
    example: "report.json",
    verbs: TELLS,
    face: "action",
  },
  "github-token": {
    description: "Token for GitHub's API, with the permissions of what is switched on.",
    parse: text,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills it in
    default: "${{ github.token }}",
    secret: true,
    verbs: TELLS,
    face: "action",
  },
  alert: {
    description:
      "Open an issue when a run is red, and close it by the next green one. Needs `issues: write`.",
    parse: values.boolean,
    default: "true",
    verbs: TELLS,
    face: "action",
  },
  "alert-labels": {
    description: "Labels of that issue beside `openspp-backup`, separated by commas.",
    parse: values.list,
    example: "ops, urgent",
    verbs: TELLS,
    face: "action",
  },
  "alert-assignees": {
    description: "Who is assigned to it: logins, separated by commas.",
    parse: values.list,
    example: "octocat",
    verbs: TELLS,
    face: "action",
  },
  "webhook-url": {
    description: "Webhook of a chat that is told of each red run, and of the green one after it.",
    parse: values.httpsUrl,
    example: "https://chat.example.org/hooks/…",
    secret: true,
    verbs: TELLS,
    face: "action",
  },
  "webhook-format": {
    description:
      "What that chat understands: `slack`, `teams`, `mattermost`, or plain JSON: `generic`.",
    parse: values.oneOf(...WEBHOOK_FORMATS),
    default: "generic",
    verbs: TELLS,
    face: "action",
  },
  history: {
    description: "Keep the report, and an index of all, on a branch. Needs `contents: write`.",
    parse: values.boolean,
    default: "true",
    verbs: TELLS,
    face: "action",
  },
  "history-branch": {
    description: "That branch.",
    parse: values.branchName,
    default: "drill-reports",
    verbs: TELLS,
    face: "action",
  },
  "pull-request": {
    description:
      "On a pull request, write the result as a comment; on a schedule, open one that adds the quarter's drill to the repository. Needs `pull-requests: write`, the latter `contents: write`, too.",
    parse: values.boolean,
    default: "true",
    verbs: TELLS,
    face: "action",
  },
  "keep-alive": {
    description:
      "Keep the schedules of `backup.yml`, `drill.yml` and `monitor.yml` from being switched off after 60 days. Needs `actions: write`.",
    parse: values.boolean,
    default: "false",
    verbs: TELLS,
    face: "action",
  },
} as const satisfies Record<string, Input>;

export type InputName = keyof typeof INPUTS;

export const INPUT_NAMES = Object.keys(INPUTS) as InputName[];

/** The inputs of whatever connects to a deployment; those of the reporting of a run that is over stand apart. */
export const RUN_INPUT_NAMES = INPUT_NAMES.filter(
  (name): name is Exclude<InputName, ToldName> => !isTold(name),
);

/** The inputs of the action that tells what a run came to. */
export const TELL_INPUT_NAMES = INPUT_NAMES.filter(isTold);

type ToldName = {
  [Name in InputName]: (typeof INPUTS)[Name]["verbs"] extends typeof TELLS ? Name : never;
}[InputName];

function isTold(name: InputName): name is ToldName {
  const input: Input = INPUTS[name];
  return input.verbs === TELLS;
}

/** Given the verbs that an action or a command of the CLI can do, return the names of its inputs, in the table's order. */
export function inputsOf(
  face: "action" | "cli",
  verbs: readonly (Verb | "report")[],
): readonly InputName[] {
  return INPUT_NAMES.filter((name) => {
    const input: Input = INPUTS[name];
    return verbs.some((verb) => input.verbs.includes(verb)) && (input.face ?? face) === face;
  });
}

function skippedChecks(given: string): readonly string[] {
  const names = values.list(given);
  const unknown = names.find(
    (name) => !CHECK_NAMES.some((known) => known === name) && !/^sql: ./.test(name),
  );
  if (unknown !== undefined) {
    throw new values.Refused(
      `names ${values.shown(unknown)}, but the checks are ${CHECK_NAMES.join(", ")} and "sql: <name>"`,
    );
  }
  return names;
}

import type { RetentionPolicy } from "../backups/retention-plan.ts";
import { type Rehearsal, rehearsalOf } from "../report/scenario.ts";
import { Secret } from "../secret.ts";
import { typeIn } from "./rclone-config.ts";
import { readChecks } from "./read-sql-checks.ts";
import {
  type InputSource,
  type Mistake,
  mistaken,
  readValues,
  type Values,
} from "./read-values.ts";
import type { Connection, HostSettings, Settings, TellSettings } from "./settings.ts";
import { INPUTS, type Input, RUN_INPUT_NAMES, TELL_INPUT_NAMES, type Verb } from "./table.ts";
import { shown } from "./values.ts";

/**
 * Given where inputs come from, the socket of an SSH agent for someone who gives no key, and what is to be done, return
 * the Settings. Throws UserMistake.
 */
export function readSettings(source: InputSource, agent?: string): Promise<HostSettings>;
export function readSettings(
  source: InputSource,
  agent: string | undefined,
  verb: Verb,
): Promise<Settings>;
export async function readSettings(
  source: InputSource,
  agent?: string,
  verb?: Verb,
): Promise<Settings> {
  const place = placeOf(source, verb);
  const values =
    place === "host" ? readValues(source) : readValues<keyof Values>(source, USED[place]);
  refuseContradictions(values, source);
  refuseMissingRemote(values, source, verb);
  refuseUnknownRemote(values, source);
  return {
    ...(place !== "runner" && { connection: connectionIn(values, source, agent) }),
    deployment: {
      directory: place === "host" ? values["project-directory"] : "",
      composeFile: values["compose-file"],
      envFile: values["env-file"],
      databaseService: values["database-service"],
      backupService: values["backup-service"],
      odooService: values["odoo-service"],
      database: values.database,
      databaseUser: values["database-user"],
      databasePassword: secret(values["database-password"]),
      adminUser: values["admin-user"],
      adminPassword: secret(values["admin-password"]),
      policy: values.policy === "auto" ? undefined : values.policy,
      backupDirectory: values["backup-directory"],
      filestoreDirectory: values["filestore-directory"],
    },
    backup: {
      mode: values.mode,
      compression: values.compression,
      filestore: values.filestore,
      jobs: values.jobs,
    },
    drill: {
      backup: values.backup,
      throwawayDatabase: values["throwaway-database"],
      keepDatabase: values["keep-database"],
      rpoSeconds: values.rpo,
      ...rehearsalIn(values),
      runnerImage: values["runner-image"],
    },
    restore: {
      backup: values.backup,
      source: values.source ?? "local",
      confirmation: values.confirm,
      what: values.what,
      strategy: values.tables ? "copy" : values.strategy,
      tables: values.tables ?? [],
      neutralize: values.neutralize,
      services: values.services,
      healthyWithinSeconds: values["healthy-within"],
      keepDays: values["keep-days"],
      safetyBackup: values["safety-backup"] === "take",
      undo: values.undo,
      status: values.status,
      dryRun: values["dry-run"],
    },
    proof: {
      jobs: values.jobs,
      ...(await readChecks(values, source)),
      countTolerance: values["count-tolerance"],
    },
    retention: {
      on: values.retention === "on",
      dryRun: values["dry-run"],
      policy: retentionPolicy(values),
    },
    sync: {
      remote: values.remote,
      rcloneConfig: values["rclone-config"],
      from: values.from,
      mode: values["sync-mode"],
      verify: values.verify,
      limit: values["bandwidth-limit"],
      retries: values.retries,
      mostDeleted: values["max-delete"],
      trash: values["deleted-files"] === "trash",
    },
    monitor: {
      backupSeconds: values["backup-within"],
      drillSeconds: values["drill-within"],
      failOn: values["fail-on"],
      endSessionsOf: values["end-sessions"],
    },
    pingUrl: secret(values["ping-url"]),
  };
}

/** Given where inputs come from, return how the team is to be told of a run. Throws UserMistake. */
export function readTellSettings(source: InputSource): TellSettings {
  const values = readValues(source, TELL_INPUT_NAMES);
  const url = secret(values["webhook-url"]);
  return {
    operation: values.operation,
    result: values.result,
    report: values.report,
    token: new Secret(values["github-token"]),
    ...(values.alert && {
      issues: {
        labels: values["alert-labels"] ?? [],
        assignees: values["alert-assignees"] ?? [],
      },
    }),
    ...(url && { webhook: { url, format: values["webhook-format"] } }),
    ...(values.history && { historyBranch: values["history-branch"] }),
    pullRequest: values["pull-request"],
    keepAlive: values["keep-alive"],
  };
}

/** Told before anything is connected: without a remote there is no off-site copy, to make or to restore. */
function refuseMissingRemote(values: Values, source: InputSource, verb?: Verb): void {
  const needed =
    verb === "sync" ||
    (verb === "restore" && values.source === "offsite") ||
    ((verb === "drill" || verb === "cycle") && rehearsalIn(values).source === "offsite");
  if (values.remote || !needed) return;
  throw mistaken(
    [{ name: "remote", reason: "is missing, and it says where the off-site copy is" }],
    source,
  );
}

/** What only rclone can, and only on the host; and a configuration that was handed in is all that rclone gets to see. */
function refuseUnknownRemote(values: Values, source: InputSource): void {
  const { remote, from, "rclone-config": config } = values;
  if (remote?.tool === "rsync" && from === "runner") {
    const reason =
      "is `runner`, which only rclone can: rsync does not copy from one server to another";
    throw mistaken([{ name: "from", reason }], source);
  }
  if (values["sync-mode"] === "sync" && from === "runner") {
    const reason = "is `runner`, which copies file by file: a mirror is made by the host";
    throw mistaken([{ name: "from", reason }], source);
  }
  const name = remote?.address.split(":")[0] ?? "";
  if (remote?.tool !== "rclone" || !config || typeIn(config, name) !== undefined) return;
  const reason = `names ${shown(name)}, which is not in ${source.call("rclone-config")}`;
  throw mistaken([{ name: "remote", reason }], source);
}

/** What is read for a drill on a fresh server, wherever that is. */
const USED = { fresh: namesBut("deployment"), runner: namesBut("deployment", "host") } as const;

function namesBut(...needs: readonly Input["required"][]) {
  return RUN_INPUT_NAMES.filter((name) => {
    const input: Input = INPUTS[name];
    return !input.required || !needs.includes(input.required);
  });
}

/** Only a drill on a fresh server, and the sweep after it, use nothing of a deployment. */
function placeOf(source: InputSource, verb?: Verb): Rehearsal["where"] {
  if (verb !== "drill" && verb !== "sweep") return "host";
  return rehearsalIn(readValues(source, ["scenario", "source", "where", "rto"])).where;
}

type Told = Pick<Values, "scenario" | "source" | "where" | "rto">;

function rehearsalIn({ scenario, source, where, rto: rtoSeconds }: Told): Rehearsal {
  return rehearsalOf(scenario, { source, where, rtoSeconds });
}

function connectionIn(values: Values, source: InputSource, agent?: string): Connection {
  if (!values["ssh-key"] && !agent) {
    throw mistaken(
      [{ name: "ssh-key", reason: "is missing, and no SSH agent is running" }],
      source,
    );
  }
  return {
    host: values["ssh-host"],
    port: values["ssh-port"],
    user: values["ssh-user"],
    key: secret(values["ssh-key"]),
    passphrase: secret(values["ssh-key-passphrase"]),
    agent: values["ssh-key"] ? undefined : agent,
    knownHosts: values["ssh-known-hosts"],
    jump: values["ssh-jump"],
  };
}

/** Inputs of which each could be, and not all of them together. */
function refuseContradictions(values: Values, source: InputSource): void {
  const mistakes: Mistake[] = [];
  if (values["throwaway-database"] === values.database?.toLowerCase()) {
    const reason = `is ${shown(values.database)}, the production database`;
    mistakes.push({ name: "throwaway-database", reason });
  }
  const { where } = rehearsalIn(values);
  if (where !== "host" && values.source === "local") {
    const reason = "is local, but a fresh server has only the off-site copy";
    mistakes.push({ name: "source", reason });
  }
  if (where !== "host" && values["keep-database"]) {
    const reason = "is true, but on a fresh server nothing is kept";
    mistakes.push({ name: "keep-database", reason });
  }
  if (values["dry-run"] && values.source === "offsite") {
    const reason = "is offsite, but the commands would name files that stand here only meanwhile";
    mistakes.push({ name: "source", reason });
  }
  if (mistakes.length > 0) throw mistaken(mistakes, source);
}

function secret(value: string | undefined): Secret | undefined {
  return value === undefined ? undefined : new Secret(value);
}

/** What the user did not say is left to the deployment's own policy. */
function retentionPolicy(values: Values): Partial<RetentionPolicy> {
  const { "keep-daily": days, "keep-weekly": weeks, "keep-monthly": months } = values;
  return {
    ...(days !== undefined && { days }),
    ...(weeks !== undefined && { weeks }),
    ...(months !== undefined && { months }),
  };
}

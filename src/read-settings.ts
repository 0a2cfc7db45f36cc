import type { RetentionPolicy } from "./backups/retention.ts";
import { typeIn } from "./commands/rclone-config.ts";
import { Secret } from "./commands/secret.ts";
import { UserMistake } from "./failure.ts";
import {
  INPUTS,
  type Input,
  type InputName,
  RUN_INPUT_NAMES,
  TELL_INPUT_NAMES,
  type Verb,
} from "./inputs.ts";
import { type Rehearsal, rehearsalOf } from "./scenario.ts";
import type { Connection, HostSettings, Settings, SqlCheck, TellSettings } from "./settings.ts";
import { Refused, shown } from "./values.ts";

/** Where inputs come from: an action's environment, or the CLI's options, files and environment. */
export interface InputSource {
  /** Given an input's name, return what the user gave, or nothing. */
  read(name: InputName): string | undefined;
  /** Given an input's name, return how a message calls it, for example `--ssh-host`. */
  call(name: InputName): string;
  /** Given an input's name and an example of its value, return how a user would write it. */
  show(name: InputName, example: string): string;
}

type Meaning<I extends Input> = I extends { default: string } | { required: Input["required"] }
  ? ReturnType<I["parse"]>
  : ReturnType<I["parse"]> | undefined;

export type Values<Name extends InputName = (typeof RUN_INPUT_NAMES)[number]> = {
  readonly [One in Name]: Meaning<(typeof INPUTS)[One]>;
};

/**
 * Given where inputs come from and their names, those of a run by default, return what each means. Throws one
 * UserMistake that names all the inputs that are wrong or missing.
 */
export function readValues(source: InputSource): Values;
export function readValues<Name extends InputName>(
  source: InputSource,
  names: readonly Name[],
): Values<Name>;
export function readValues(
  source: InputSource,
  names: readonly InputName[] = RUN_INPUT_NAMES,
): Values {
  const mistakes: Mistake[] = [];
  const entries = names.map((name) => {
    try {
      return [name, meaningOf(name, source)];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      mistakes.push({ name, reason: error.message });
      return [name, undefined];
    }
  });
  if (mistakes.length > 0) throw mistaken(mistakes, source);
  return Object.fromEntries(entries) as Values;
}

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
  const onHost = usesHost(source, verb);
  const values = onHost ? readValues(source) : readValues<keyof Values>(source, WITHOUT_HOST);
  refuseContradictions(values, source);
  refuseUnknownRemote(values, source);
  return {
    ...(onHost && { connection: connectionIn(values, source, agent) }),
    deployment: {
      directory: onHost ? values["project-directory"] : "",
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

const WITHOUT_HOST = RUN_INPUT_NAMES.filter((name) => {
  const input: Input = INPUTS[name];
  return input.required !== "host";
});

/** A drill on the runner, and the sweep after it, use nothing of the deployment's host. */
function usesHost(source: InputSource, verb?: Verb): boolean {
  if (verb !== "drill" && verb !== "sweep") return true;
  return rehearsalIn(readValues(source, ["scenario", "source", "where", "rto"])).where === "host";
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
  if (where === "runner" && values.source === "local") {
    const reason = "is local, but the runner has only the off-site copy";
    mistakes.push({ name: "source", reason });
  }
  if (where === "runner" && values["keep-database"]) {
    const reason = "is true, but on the runner the database goes with its container";
    mistakes.push({ name: "keep-database", reason });
  }
  if (values["dry-run"] && values.source === "offsite") {
    const reason = "is offsite, but the commands would name files that stand here only meanwhile";
    mistakes.push({ name: "source", reason });
  }
  if (mistakes.length > 0) throw mistaken(mistakes, source);
}

interface Mistake {
  readonly name: InputName;
  readonly reason: string;
}

function mistaken(mistakes: readonly Mistake[], source: InputSource): UserMistake {
  const sentences = mistakes.map(({ name, reason }) => `${source.call(name)} ${reason}.`);
  const examples = mistakes.flatMap(({ name }) => {
    const input: Input = INPUTS[name];
    const example = input.example ?? input.default;
    return example === undefined ? [] : [source.show(name, example)];
  });
  return new UserMistake({
    what: sentences.join("\n"),
    state: "Nothing was done.",
    next: examples.length > 0 ? ["write for example", ...examples].join("\n  ") : undefined,
  });
}

function meaningOf(name: InputName, source: InputSource): unknown {
  const input: Input = INPUTS[name];
  const given = tidy(source.read(name) ?? "", input) || input.default;
  if (given === undefined) {
    if (input.required) throw new Refused("is missing");
    return undefined;
  }
  refuseControlCharacters(given, input);
  return input.parse(given);
}

/**
 * What surrounds a value is an accident of YAML or of a copied file; but spaces may belong to a password, and those
 * before the first item of a list to its indentation.
 */
function tidy(given: string, input: Input): string {
  if (input.secret && !input.multiline) return given.replace(/[\r\n]+$/, "");
  if (input.secret || !input.multiline) return given.trim();
  return given.replace(/^(?:[ \t]*\r?\n)+/, "").trimEnd();
}

function refuseControlCharacters(given: string, { multiline }: Input): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const found = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
  for (const [character] of given.matchAll(found)) {
    if (multiline && /[\t\r\n]/.test(character)) continue;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const called = /[\r\n]/.test(character) ? "a line break" : `the control character U+${code}`;
    throw new Refused(`holds ${called}, which no value of it can`);
  }
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

async function readChecks(
  values: Values,
  source: InputSource,
): Promise<{ sqlChecks: readonly SqlCheck[]; skipChecks: readonly string[] }> {
  const sqlChecks = values["sql-checks"] ? await readSqlChecks(values["sql-checks"], source) : [];
  const skipChecks = values["skip-checks"] ?? [];
  const known = sqlChecks.map(({ name }) => `sql: ${name}`);
  const unknown = skipChecks.find((name) => name.startsWith("sql: ") && !known.includes(name));
  if (unknown !== undefined) {
    const reason = `names ${shown(unknown)}, which is not in ${source.call("sql-checks")}`;
    throw mistaken([{ name: "skip-checks", reason }], source);
  }
  return { sqlChecks, skipChecks };
}

/** YAML's failsafe schema keeps every scalar as it was written, so that `expect: 1.0` stays "1.0"; JSON is YAML too. */
async function readSqlChecks(given: string, source: InputSource): Promise<readonly SqlCheck[]> {
  const refuse = (reason: string) => mistaken([{ name: "sql-checks", reason }], source);
  const { parse } = await import("yaml");
  let items: unknown;
  try {
    items = parse(given, { schema: "failsafe", maxAliasCount: 0 });
  } catch (error) {
    throw refuse(`is neither YAML nor JSON (${(error as Error).message.split("\n")[0]})`);
  }
  if (!Array.isArray(items)) throw refuse("is not a list");
  const checks = items.map((item: unknown, index) => {
    const broken = whyNoSqlCheck(item);
    if (broken) throw refuse(`has an item ${index + 1} that ${broken}`);
    const { name, sql, expect } = item as SqlCheck;
    return { name, sql, expect };
  });
  const repeated = checks.find(
    ({ name }, index) => checks.findIndex((one) => one.name === name) < index,
  );
  if (repeated) throw refuse(`has two items named ${shown(repeated.name)}`);
  return checks;
}

function whyNoSqlCheck(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return "is not a mapping";
  const fields = item as Record<string, unknown>;
  const keys = ["name", "sql", "expect"];
  const missing = keys.find((key) => typeof fields[key] !== "string");
  if (missing) return `has no text as ${missing}`;
  const foreign = Object.keys(fields).find((key) => !keys.includes(key));
  if (foreign !== undefined) return `has ${shown(foreign)}, which is not ${keys.join(", ")}`;
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._:/()-]{0,79}$/u.test(String(fields.name))) {
    return "has a name that is not up to 80 letters, digits, spaces and . _ : / ( ) -";
  }
  return String(fields.sql).trim() === "" ? "has an empty sql" : undefined;
}

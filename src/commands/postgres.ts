import type { ListRule } from "../backups/restore-selection.ts";
import type { TablespaceMove } from "../backups/tablespace-moves.ts";
import {
  connectionOptions,
  SUPERUSER_SETTINGS,
  TOOL_SETTINGS,
} from "../checks/session-settings.ts";
import { identifier, qualified } from "../checks/sql.ts";
import type { Role } from "../deployment/deployment.ts";
import type { Secret } from "../secret.ts";
import { and, type Joined, type Program, program } from "./command.ts";

/**
 * How a PostgreSQL client in the backup container reaches the server, and by what name it can be
 * found there.
 */
export interface ClientConnection {
  host: string;
  port: number;
  role: Role;
  database: string;
  /** Shown in pg_stat_activity. By it, a client can be ended even when its SSH connection is gone. */
  applicationName: string;
  /** Settings of the session, over those that every tool has. */
  settings?: Readonly<Record<string, string>>;
}

export interface DumpOptions {
  file: string;
  /** As `--compress` takes it. */
  compression: string;
  /** The snapshot that the manifest's session has exported. */
  snapshot: string;
  /** The database's own: a role may have set another one, which cannot hold all characters. */
  encoding: string;
}

/** A dump of one snapshot in custom format (the guide's "Backup Format"). */
export function pgDump(connection: ClientConnection, options: DumpOptions): Program {
  return client(
    ["pg_dump", "--format=custom", `--compress=${options.compression}`].concat(
      `--snapshot=${options.snapshot}`,
      `--encoding=${options.encoding}`,
      `--file=${options.file}`,
    ),
    connection,
  );
}

/**
 * Prints an archive's table of contents, and fails when it cannot be read. `parseTableOfContents`
 * (backups/table-of-contents.ts) reads it. Only a verbose list says what an entry depends on.
 */
export function pgRestoreList(file: string, detail?: "verbose"): Program {
  return program(["pg_restore", "--list", ...(detail ? ["--verbose"] : []), file]);
}

export interface RestoreOptions {
  file: string;
  /** A file that names the entries to restore, in the format of `pg_restore --list`. */
  list: string;
  jobs: number;
  /** The restoring role owns everything. */
  noOwner: boolean;
  /** Everything is put into the database's own tablespace. */
  noTablespaces: boolean;
  /** Also prints what the server warns of, below a line for each entry. Without it pg_restore drops warnings. */
  verbose: boolean;
}

/** Restores the listed entries of an archive, and stops at the first error. */
export function pgRestore(connection: ClientConnection, options: RestoreOptions): Program {
  return client(
    [
      "pg_restore",
      ...(options.noOwner ? ["--no-owner"] : []),
      ...(options.noTablespaces ? ["--no-tablespaces"] : []),
      ...(options.verbose ? ["--verbose"] : []),
      "--exit-on-error",
      `--jobs=${options.jobs}`,
      `--use-list=${options.list}`,
      `--dbname=${connection.database}`,
      options.file,
    ],
    connection,
  );
}

/** Runs statements one by one, and stops at the first error. */
export function psql(connection: ClientConnection, statements: readonly string[]): Program {
  return client(
    ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"].concat(
      statements.map((statement) => `--command=${statement}`),
    ),
    connection,
  );
}

/**
 * Runs commands of psql one by one, and stops at the first error. It prints only the values that
 * they answer.
 */
export function ask(connection: ClientConnection, commands: readonly string[]): Program {
  return client(
    [
      "psql",
      "--no-psqlrc",
      "--quiet",
      "--tuples-only",
      "--no-align",
      "--set=ON_ERROR_STOP=1",
    ].concat(commands.map((command) => `--command=${command}`)),
    connection,
  );
}

/** Writes the whole list of an archive to a file. */
export function writeWholeList(archive: string, whole: string): Program {
  return program(["pg_restore", "--list", archive], { output: whole });
}

/** Writes those entries of a whole list that the rules keep to a file. */
export function writeRestoreList(whole: string, list: string, rules: readonly ListRule[]): Program {
  const commands = rules.map((rule) => `/${fitting(rule)}/${rule.action === "keep" ? "b" : "d"}`);
  return program(["sed", "-E", ...[...commands, "d"].flatMap((one) => ["-e", one]), whole], {
    output: list,
  });
}

/** An extended regular expression for the lines of a list, in an address of sed. */
function fitting({ ids = [], lines = [] }: ListRule): string {
  const alternatives = [
    ...(ids.length > 0 ? [`^(${ids.join("|")});`] : []),
    ...(lines.length > 0 ? [`^[0-9]+; [0-9]+ [0-9]+ (${lines.join("|")})`] : []),
  ];
  return alternatives.join("|").replaceAll("/", "\\/");
}

/** Prints the statements that restore the entries that the rules keep. */
export function restoreStatements(
  archive: string,
  list: string,
  rules: readonly ListRule[],
): Joined {
  const whole = `${list}.whole`;
  return and(
    writeWholeList(archive, whole),
    writeRestoreList(whole, list, rules),
    program(["pg_restore", `--use-list=${list}`, "--file=-", archive]),
    program(["rm", whole, list]),
  );
}

/** Prints the heads of the definitions that have a tablespace of their own (backups/tablespace-moves.ts). */
export function printTablespaces(archive: string, scratch: string): Joined {
  return and(
    program(["pg_restore", "--schema-only", `--file=${scratch}`, archive]),
    program(["sed", "-n", "/^-- Name: .*; Tablespace: /p", scratch]),
    program(["rm", scratch]),
  );
}

/** For the admin role. The relation may be missing: the list was made from another archive. */
export function moveToTablespace({ kind, schema, name, tablespace }: TablespaceMove): string {
  return `ALTER ${kind} IF EXISTS ${qualified(schema, name)} SET TABLESPACE ${identifier(tablespace)}`;
}

/** Reads every block of an archive, and fails when one cannot be read. */
export function readArchive(file: string): Program {
  return program(["pg_restore", "--file=/dev/null", file]);
}

function client(argv: readonly string[], connection: ClientConnection): Program {
  const env = {
    ...connectionEnv(connection),
    PGOPTIONS: toolOptions(connection.role, connection.settings),
    // Messages are read for what they say, and a container may speak any language.
    LC_ALL: "C",
  };
  return program(argv, { env });
}

/** What `PGOPTIONS` holds for a tool that connects as the role. */
function toolOptions(
  role: Pick<Role, "superuser">,
  settings: Readonly<Record<string, string>> = {},
): string {
  const own = role.superuser ? SUPERUSER_SETTINGS : {};
  return connectionOptions({ ...TOOL_SETTINGS, ...own, ...settings });
}

/** For a person who reads or pastes commands of both roles: shell variables for what their tools have in `PGOPTIONS`. */
export function optionVariables(
  admin: Role,
  owner: Role,
): readonly (readonly [options: string, variable: string])[] {
  return [
    [toolOptions(admin), "ADMIN_SETTINGS"],
    ...(owner === admin ? [] : [[toolOptions(owner), "OWNER_SETTINGS"] as const]),
  ];
}

/** The variables that libpq reads. */
export function connectionEnv(
  connection: ClientConnection,
): Readonly<Record<string, string | Secret>> {
  return {
    PGHOST: connection.host,
    PGPORT: String(connection.port),
    PGUSER: connection.role.name,
    PGPASSWORD: connection.role.password,
    PGDATABASE: connection.database,
    PGAPPNAME: connection.applicationName,
  };
}

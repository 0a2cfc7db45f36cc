import type { Entries } from "../backups/restore-plan.ts";
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
  /** Settings of the session, as `PGOPTIONS` takes them. */
  settings?: Readonly<Record<string, string>>;
}

export interface DumpOptions {
  file: string;
  /** As `--compress` takes it. */
  compression: string;
  /** The snapshot that the manifest's session has exported. */
  snapshot: string;
}

/** A dump of one snapshot in custom format (the guide's "Backup Format"). */
export function pgDump(connection: ClientConnection, options: DumpOptions): Program {
  return client(
    ["pg_dump", "--format=custom", `--compress=${options.compression}`].concat(
      `--snapshot=${options.snapshot}`,
      `--file=${options.file}`,
    ),
    connection,
  );
}

/**
 * Prints an archive's table of contents, and fails when it cannot be read. `parseTableOfContents`
 * (backups/table-of-contents.ts) reads it.
 */
export function pgRestoreList(file: string): Program {
  return program(["pg_restore", "--list", file]);
}

export interface RestoreOptions {
  file: string;
  /** A file that names the entries to restore, in the format of `pg_restore --list`. */
  list: string;
  jobs: number;
  /** The restoring role owns everything: the guide's strict policy. */
  noOwner: boolean;
}

/** Restores the listed entries of an archive, and stops at the first error. */
export function pgRestore(connection: ClientConnection, options: RestoreOptions): Program {
  return client(
    ["pg_restore", ...(options.noOwner ? ["--no-owner"] : []), "--exit-on-error"].concat(
      `--jobs=${options.jobs}`,
      `--use-list=${options.list}`,
      `--dbname=${connection.database}`,
      options.file,
    ),
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

/** An extended regular expression for the lines of entries in the format of `pg_restore --list`. */
function linesOf(entries: Entries): string {
  const { ids = [], lines } = "lines" in entries ? entries : { ids: entries, lines: [] };
  const alternatives = [
    ...(ids.length > 0 ? [`^(${ids.join("|")});`] : []),
    ...(lines.length > 0 ? [`^[0-9]+; [0-9]+ [0-9]+ (${lines.join("|")})`] : []),
  ];
  return alternatives.join("|") || "^$";
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

/** Writes a restore list to a file: only these entries (`keep`), or all others (`leave out`). */
export function writeRestoreList(
  archive: string,
  list: string,
  mode: "keep" | "leave out",
  entries: Entries,
): Joined {
  const lines = linesOf(entries).replaceAll("/", "\\/");
  const sed = mode === "keep" ? ["-n", "-E", `/${lines}/p`] : ["-E", `/${lines}/d`];
  const whole = `${list}.whole`;
  return and(
    program(["pg_restore", "--list", archive], { output: whole }),
    program(["sed", ...sed, whole], { output: list }),
    program(["rm", whole]),
  );
}

/** Prints the statements that restore the entries of these ids. `dumpNeeds` (checks/dump-needs.ts) judges them. */
export function restoreStatements(archive: string, list: string, ids: readonly number[]): Joined {
  return and(
    writeRestoreList(archive, list, "keep", ids),
    program(["pg_restore", `--use-list=${list}`, "--file=-", archive]),
    program(["rm", list]),
  );
}

/** Reads every block of an archive, and fails when one cannot be read. */
export function readArchive(file: string): Program {
  return program(["pg_restore", "--file=/dev/null", file]);
}

function client(argv: readonly string[], connection: ClientConnection): Program {
  return program(argv, { env: connectionEnv(connection) });
}

/** The variables that libpq reads. */
export function connectionEnv(
  connection: ClientConnection,
): Readonly<Record<string, string | Secret>> {
  const settings = Object.entries(connection.settings ?? {})
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, "\\$&")}`)
    .join(" ");
  return {
    PGHOST: connection.host,
    PGPORT: String(connection.port),
    PGUSER: connection.role.name,
    PGPASSWORD: connection.role.password,
    PGDATABASE: connection.database,
    PGAPPNAME: connection.applicationName,
    ...(settings && { PGOPTIONS: settings }),
  };
}

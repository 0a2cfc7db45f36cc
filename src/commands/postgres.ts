import type { Entries } from "../backups/restore-plan.ts";
import type { Role } from "../deployment/deployment.ts";
import type { Secret } from "../secret.ts";
import { and, type Joined, type Program, program } from "./command.ts";

/** How a PostgreSQL client in the backup container reaches the server, and by which name it can be found there. */
export interface ClientConnection {
  host: string;
  port: number;
  role: Role;
  database: string;
  /** Shown in pg_stat_activity, so that a client can be ended even when its SSH connection is gone. */
  applicationName: string;
  /** Settings of the session, as `PGOPTIONS` takes them. */
  settings?: Readonly<Record<string, string>>;
}

export interface DumpOptions {
  file: string;
  /** As `--compress` takes it. */
  compression: string;
  /** The snapshot exported by the session that writes the manifest. */
  snapshot: string;
}

/** Given a connection and where to, return the dump in custom format (the guide's "Backup Format"), of one snapshot. */
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
 * Prints an archive's table of contents; it fails when that cannot be read. What its entries are is knowledge of backups, so
 * `parseTableOfContents` is there (backups/table-of-contents.ts).
 */
export function pgRestoreList(file: string): Program {
  return program(["pg_restore", "--list", file]);
}

export interface RestoreOptions {
  file: string;
  /** A file that names the entries to restore, in the form of `pg_restore --list`. */
  list: string;
  jobs: number;
  /** Leaves ownership to the restoring role: the guide's strict policy. */
  noOwner: boolean;
}

/** Given a connection and an archive, return the restore of the listed entries, which stops at the first error. */
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

/** Given a connection and statements, return the command that runs them one by one and stops at the first error. */
export function psql(connection: ClientConnection, statements: readonly string[]): Program {
  return client(
    ["psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"].concat(
      statements.map((statement) => `--command=${statement}`),
    ),
    connection,
  );
}

/** Given which entries, return the extended regular expression of their lines in the form of `pg_restore --list`. */
function linesOf(entries: Entries): string {
  const { ids = [], lines } = "lines" in entries ? entries : { ids: entries, lines: [] };
  const alternatives = [
    ...(ids.length > 0 ? [`^(${ids.join("|")});`] : []),
    ...(lines.length > 0 ? [`^[0-9]+; [0-9]+ [0-9]+ (${lines.join("|")})`] : []),
  ];
  return alternatives.join("|") || "^$";
}

/**
 * Given a connection and commands of psql, return the command that runs them one by one, stops at the first error, and
 * prints nothing but the values that they answer.
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

/**
 * Given an archive and which entries, return the command that writes a list with these entries
 * alone (`keep`) or all others (`leave out`) to a file.
 */
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

/** Given an archive, return the command that reads every block of it, and fails when one cannot be read. */
export function readArchive(file: string): Program {
  return program(["pg_restore", "--file=/dev/null", file]);
}

function client(argv: readonly string[], connection: ClientConnection): Program {
  return program(argv, { env: connectionEnv(connection) });
}

/** Given a connection, return the environment by which libpq makes it. */
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

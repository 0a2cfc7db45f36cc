/**
 * What a server, a database or a role may have set (`ALTER SYSTEM`, `ALTER DATABASE … SET`, `ALTER ROLE … SET`), and what
 * would change what we see or keep us from finishing. Options of a connection go before all of these.
 */
type Settings = Readonly<Record<string, string>>;

/**
 * For every connection to PostgreSQL, our own and that of each tool. Any role may set them. Where a tool sets one of them
 * itself, that is what counts.
 *
 * Left as they are, because they change neither what we see nor whether we finish: what steers the planner or the log, how
 * values are compressed, and `synchronous_commit`: a server that waits for a standby keeps Odoo waiting, too.
 */
export const CONNECTION_SETTINGS: Settings = {
  // Limits that would cut our own work.
  statement_timeout: "0",
  lock_timeout: "0",
  transaction_timeout: "0",
  idle_in_transaction_session_timeout: "0",
  idle_session_timeout: "0",
  exit_on_error: "off",
  // Who a session is, and what it may do.
  role: "none",
  row_security: "off",
  default_transaction_read_only: "off",
  default_transaction_isolation: "read committed",
  default_transaction_deferrable: "off",
  restrict_nonsystem_relation_kind: "",
  // How SQL is read.
  standard_conforming_strings: "on",
  transform_null_equals: "off",
  array_nulls: "on",
  xmloption: "content",
  check_function_bodies: "off",
  // How values and definitions are printed, and read again.
  quote_all_identifiers: "off",
  timezone: "UTC",
  datestyle: "ISO, YMD",
  intervalstyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
  lc_monetary: "C",
  xmlbinary: "base64",
  default_tablespace: "",
};

/**
 * Only a superuser may set these; for another role the login would fail. Event triggers are off: one on a login runs in
 * each of our sessions, and one on DDL may forbid a restore. Damage of a page is an error again, not a page of zeros.
 */
export const SUPERUSER_SETTINGS: Settings = {
  event_triggers: "off",
  session_replication_role: "origin",
  zero_damaged_pages: "off",
  ignore_checksum_failure: "off",
  temp_file_limit: "-1",
  lc_messages: "C",
};

/**
 * For our own sessions, which compare. The printed form of definitions depends on `search_path`. `row_security = off` makes a
 * hidden row an error instead of a missing row.
 */
export const COMPARING_SETTINGS: Settings = {
  ...CONNECTION_SETTINGS,
  search_path: "pg_catalog",
  // Tables are read, and nothing that only has a table's name: a view is code of whoever owns it.
  restrict_nonsystem_relation_kind: "view, foreign-table",
  client_min_messages: "error",
  jit: "off",
  // Else planning a statement would run functions in check constraints.
  constraint_exclusion: "off",
  max_parallel_workers_per_gather: "0",
};

/** For tools: what they restore is looked up where Odoo has it, and the restore's own warnings are shown. */
export const TOOL_SETTINGS: Settings = {
  ...CONNECTION_SETTINGS,
  client_encoding: "UTF8",
  search_path: "public",
  client_min_messages: "warning",
};

/** As the connection option `options` takes them, which `PGOPTIONS` holds for a tool. */
export function connectionOptions(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, "\\$&")}`)
    .join(" ");
}

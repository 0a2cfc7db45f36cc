import { alone, byAdmin } from "../variation.ts";

/** One setting of the database and of the two roles, which each of our sessions and each tool meets. */
const everywhere = (setting: string, value: string) =>
  `ALTER DATABASE {database} SET ${setting} = ${value}; ALTER ROLE {admin} SET ${setting} = ${value}; ALTER ROLE {owner} SET ${setting} = ${value}`;

/** Settings of the server, of the database or of a role. */
export const SETTINGS = alone(
  byAdmin([
    ["statement_timeout", everywhere("statement_timeout", "'200ms'")],
    ["transaction_timeout", everywhere("transaction_timeout", "'1s'")],
    ["idle_session_timeout", everywhere("idle_session_timeout", "'300ms'")],
    [
      "idle_in_transaction_session_timeout",
      everywhere("idle_in_transaction_session_timeout", "'300ms'"),
    ],
    ["lock_timeout", everywhere("lock_timeout", "'1ms'")],
    ["quote_all_identifiers", everywhere("quote_all_identifiers", "on")],
    [
      "standard_conforming_strings off",
      `${everywhere("standard_conforming_strings", "off")}; CREATE TABLE v_backslash (a text DEFAULT E'a\\\\b', CHECK (a <> E'\\\\')); INSERT INTO v_backslash VALUES (E'\\\\x')`,
    ],
    ["default_transaction_read_only", everywhere("default_transaction_read_only", "on")],
    [
      "default_transaction_isolation and deferrable",
      `${everywhere("default_transaction_isolation", "'serializable'")}; ${everywhere("default_transaction_deferrable", "on")}`,
    ],
    ["search_path", everywhere("search_path", "spp_reporting, public")],
    ["an empty search_path", everywhere("search_path", "''")],
    ["row_security off", everywhere("row_security", "off")],
    ["client_encoding LATIN1", everywhere("client_encoding", "'LATIN1'")],
    ["client_encoding SQL_ASCII", everywhere("client_encoding", "'SQL_ASCII'")],
    [
      "DateStyle, IntervalStyle and TimeZone",
      `${everywhere("datestyle", "'German, DMY'")}; ${everywhere("intervalstyle", "'iso_8601'")}; ${everywhere("timezone", "'Asia/Kathmandu'")}`,
    ],
    [
      "extra_float_digits, bytea_output and xmlbinary",
      `${everywhere("extra_float_digits", "-5")}; ${everywhere("bytea_output", "'escape'")}; ${everywhere("xmlbinary", "'hex'")}; ${everywhere("xmloption", "'document'")}`,
    ],
    [
      "check_function_bodies, array_nulls and transform_null_equals",
      `${everywhere("array_nulls", "off")}; ${everywhere("transform_null_equals", "on")}; ${everywhere("check_function_bodies", "off")}`,
    ],
    [
      "default_toast_compression and default_table_access_method",
      `${everywhere("default_toast_compression", "'pglz'")}; CREATE ACCESS METHOD v_default_method TYPE TABLE HANDLER heap_tableam_handler; ALTER DATABASE {database} SET default_table_access_method = v_default_method`,
    ],
    ["session_replication_role", everywhere("session_replication_role", "replica")],
    ["event_triggers off", "ALTER DATABASE {database} SET event_triggers = off"],
    [
      "restrict_nonsystem_relation_kind",
      everywhere("restrict_nonsystem_relation_kind", "'view, foreign-table'"),
    ],
    [
      "little memory, no parallel work and geqo",
      `${everywhere("work_mem", "'64kB'")}; ${everywhere("enable_hashagg", "off")}; ${everywhere("temp_file_limit", "'1GB'")}; ${everywhere("geqo_threshold", "2")}`,
    ],
    [
      "settings of an extension and of Odoo's own",
      `ALTER DATABASE {database} SET v.setting = 'a b'; ALTER ROLE {owner} IN DATABASE {database} SET pg_trgm.similarity_threshold = 0.5; ALTER DATABASE {database} CONNECTION LIMIT 50`,
    ],
    [
      "log settings that print every statement",
      `${everywhere("log_statement", "'all'")}; ${everywhere("client_min_messages", "'debug1'")}; ${everywhere("debug_print_parse", "off")}`,
    ],
    [
      "lc_messages and lc_monetary",
      `${everywhere("lc_monetary", "'C'")}; ${everywhere("lc_messages", "'C'")}; ${everywhere("default_text_search_config", "'pg_catalog.french'")}`,
    ],
    [
      "backslash_quote, escape_string_warning and synchronize_seqscans",
      `${everywhere("backslash_quote", "off")}; ${everywhere("escape_string_warning", "on")}; ${everywhere("synchronize_seqscans", "on")}; ${everywhere("exit_on_error", "on")}`,
    ],
    [
      "autocommit of large objects by old rights",
      `${everywhere("lo_compat_privileges", "on")}; ${everywhere("createrole_self_grant", "'set'")}`,
    ],
    ["the database belongs to Odoo", "ALTER DATABASE {database} OWNER TO {owner}"],
    [
      "a role without a right to connect",
      "REVOKE ALL ON DATABASE {database} FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {owner}",
    ],
  ]),
);

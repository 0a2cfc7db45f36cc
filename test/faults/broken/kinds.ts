import { seenBy } from "../fault.ts";

/** Types, text search, statistics, publications, foreign data and schemas. */
export const KINDS = seenBy("structure", [
  ["a domain lacks its check", "ALTER DOMAIN g_domain DROP CONSTRAINT g_domain_short"],
  [
    "a domain has another check",
    "ALTER DOMAIN g_domain DROP CONSTRAINT g_domain_short; ALTER DOMAIN g_domain ADD CONSTRAINT g_domain_short CHECK (length(VALUE) <= 10)",
  ],
  ["a domain has another default", "ALTER DOMAIN g_domain SET DEFAULT 'y'"],
  ["a domain may be null", "ALTER DOMAIN g_domain DROP NOT NULL"],
  [
    "a domain's NOT NULL has another name",
    "ALTER DOMAIN g_domain RENAME CONSTRAINT g_domain_filled TO g_domain_not_null",
  ],
  [
    "a domain has another collation",
    `DROP DOMAIN g_domain; CREATE DOMAIN g_domain AS text COLLATE "POSIX" DEFAULT 'x' CONSTRAINT g_domain_filled NOT NULL CONSTRAINT g_domain_short CHECK (length(VALUE) < 10); COMMENT ON DOMAIN g_domain IS 'A domain'; COMMENT ON CONSTRAINT g_domain_short ON DOMAIN g_domain IS 'A constraint of a domain'; ALTER DOMAIN g_domain OWNER TO {owner}`,
  ],
  ["a domain's comment is missing", "COMMENT ON DOMAIN g_domain IS NULL"],
  [
    "the comment of a domain's check is missing",
    "COMMENT ON CONSTRAINT g_domain_short ON DOMAIN g_domain IS NULL",
  ],
  [
    "an enum lacks a label",
    "DROP TYPE g_enum; CREATE TYPE g_enum AS ENUM ('low', 'high'); COMMENT ON TYPE g_enum IS 'An enumeration'; REVOKE USAGE ON TYPE g_enum FROM PUBLIC; GRANT USAGE ON TYPE g_enum TO openspp_reader; ALTER TYPE g_enum OWNER TO {owner}",
  ],
  ["an enum has a label more", "ALTER TYPE g_enum ADD VALUE 'highest'"],
  [
    "an enum's labels are in another order",
    "UPDATE pg_enum SET enumsortorder = 4 WHERE enumtypid = 'g_enum'::regtype AND enumlabel = 'low'",
  ],
  ["an enum has another label", "ALTER TYPE g_enum RENAME VALUE 'low' TO 'Low'"],
  [
    "an enum's labels are joined",
    "ALTER TYPE g_enum RENAME VALUE 'low' TO 'low,middle'; DELETE FROM pg_enum WHERE enumtypid = 'g_enum'::regtype AND enumlabel = 'middle'",
  ],
  ["an enum's comment is missing", "COMMENT ON TYPE g_enum IS NULL"],
  [
    "a range has no difference function",
    "UPDATE pg_range SET rngsubdiff = 0 WHERE rngtypid = 'g_interval'::regtype",
  ],
  ["a range's multirange has another name", "ALTER TYPE g_intervals RENAME TO g_interval_sets"],
  ["a composite type lacks an attribute", "ALTER TYPE spp_address DROP ATTRIBUTE tags"],
  ["a composite type's attribute has no comment", "COMMENT ON COLUMN g_row.note IS NULL"],
  [
    "a base type has another category",
    "UPDATE pg_type SET typcategory = 'Y' WHERE oid = 'g_base'::regtype",
  ],
  [
    "a base type has another delimiter",
    "UPDATE pg_type SET typdelim = ',' WHERE oid = 'g_base'::regtype",
  ],
  ["a base type has another storage", "ALTER TYPE g_base SET (STORAGE = external)"],
  [
    "a base type receives in binary",
    `CREATE FUNCTION g_base_recv(internal) RETURNS g_base LANGUAGE internal STRICT AS 'textrecv';
    ALTER TYPE g_base SET (RECEIVE = g_base_recv)`,
  ],
  ["a base type's comment is missing", "COMMENT ON TYPE g_base IS NULL"],
  ["a collation is missing", "DROP COLLATION g_collation"],
  [
    "a collation is of another locale",
    "DROP COLLATION g_collation; CREATE COLLATION g_collation (PROVIDER = libc, LOCALE = 'POSIX'); COMMENT ON COLLATION g_collation IS 'A collation'; ALTER COLLATION g_collation OWNER TO {owner}",
  ],
  [
    "a collation is of another provider",
    "DROP COLLATION g_collation; CREATE COLLATION g_collation (PROVIDER = builtin, LOCALE = 'C'); COMMENT ON COLLATION g_collation IS 'A collation'; ALTER COLLATION g_collation OWNER TO {owner}",
  ],
  ["a collation's comment is missing", "COMMENT ON COLLATION g_collation IS NULL"],
  ["a text search configuration is missing", "DROP TEXT SEARCH CONFIGURATION x_simple"],
  [
    "a text search configuration lacks a mapping",
    "ALTER TEXT SEARCH CONFIGURATION g_configuration DROP MAPPING FOR email",
  ],
  [
    "a text search configuration asks in another order",
    "ALTER TEXT SEARCH CONFIGURATION g_configuration ALTER MAPPING FOR asciiword WITH english_stem, g_dictionary",
  ],
  [
    "a text search configuration has another parser",
    "UPDATE pg_ts_config SET cfgparser = (SELECT oid FROM pg_ts_parser WHERE prsname = 'g_parser') WHERE cfgname = 'x_simple'",
  ],
  [
    "a text search configuration's comment is missing",
    "COMMENT ON TEXT SEARCH CONFIGURATION g_configuration IS NULL",
  ],
  [
    "a text search dictionary has another option",
    "ALTER TEXT SEARCH DICTIONARY g_dictionary (ACCEPT = false)",
  ],
  [
    "a text search dictionary is of another template",
    "UPDATE pg_ts_dict SET dicttemplate = (SELECT oid FROM pg_ts_template WHERE tmplname = 'g_template') WHERE dictname = 'g_dictionary'",
  ],
  ["a text search parser is missing", "DROP TEXT SEARCH PARSER g_parser"],
  [
    "a text search parser has no headline",
    "UPDATE pg_ts_parser SET prsheadline = 0 WHERE prsname = 'g_parser'",
  ],
  ["a text search parser's comment is missing", "COMMENT ON TEXT SEARCH PARSER g_parser IS NULL"],
  ["a text search template is missing", "DROP TEXT SEARCH TEMPLATE g_template"],
  [
    "a text search template has no initializer",
    "UPDATE pg_ts_template SET tmplinit = 0 WHERE tmplname = 'g_template'",
  ],
  ["extended statistics are missing", "DROP STATISTICS g_statistics"],
  [
    "extended statistics are of other kinds",
    "DROP STATISTICS g_statistics; CREATE STATISTICS g_statistics (ndistinct, mcv) ON state, age FROM g_person; ALTER STATISTICS g_statistics SET STATISTICS 300; COMMENT ON STATISTICS g_statistics IS 'Statistics'; ALTER STATISTICS g_statistics OWNER TO {owner}",
  ],
  ["extended statistics have another target", "ALTER STATISTICS g_statistics SET STATISTICS 301"],
  [
    "extended statistics are on another expression",
    "DROP STATISTICS g_statistics_expression; CREATE STATISTICS g_statistics_expression ON (age % 8), lower(plain) FROM g_person; ALTER STATISTICS g_statistics_expression OWNER TO {owner}",
  ],
  ["the comment of extended statistics is missing", "COMMENT ON STATISTICS g_statistics IS NULL"],
  ["a publication is missing", "DROP PUBLICATION g_publication"],
  ["a publication lacks a table", "ALTER PUBLICATION g_publication DROP TABLE res_company"],
  [
    "a publication is of all tables",
    "DROP PUBLICATION g_publication; CREATE PUBLICATION g_publication FOR ALL TABLES WITH (publish = 'insert, update'); COMMENT ON PUBLICATION g_publication IS 'A publication'",
  ],
  [
    "a publication shows other rows",
    "ALTER PUBLICATION g_publication SET TABLE res_partner (id, name) WHERE (id >= 5), res_company",
  ],
  [
    "a publication shows other columns",
    "ALTER PUBLICATION g_publication SET TABLE res_partner (id) WHERE (id > 5), res_company",
  ],
  [
    "a publication tells of other changes",
    "ALTER PUBLICATION g_publication SET (publish = 'insert, update, delete')",
  ],
  [
    "a publication no longer goes by its root",
    "ALTER PUBLICATION g_publication_schema SET (publish_via_partition_root = false)",
  ],
  [
    "a publication lacks a schema",
    "ALTER PUBLICATION g_publication_schema DROP TABLES IN SCHEMA spp_reporting",
  ],
  ["a publication's comment is missing", "COMMENT ON PUBLICATION g_publication IS NULL"],
  ["a foreign-data wrapper is missing", "DROP FOREIGN DATA WRAPPER g_wrapper"],
  [
    "a foreign-data wrapper has another option",
    "ALTER FOREIGN DATA WRAPPER g_wrapper OPTIONS (SET debug 'false')",
  ],
  [
    "a foreign-data wrapper's comment is missing",
    "COMMENT ON FOREIGN DATA WRAPPER g_wrapper IS NULL",
  ],
  ["a foreign server has another option", "ALTER SERVER g_server OPTIONS (SET host '192.0.2.2')"],
  ["a foreign server has another version", "ALTER SERVER g_server VERSION '2'"],
  ["a foreign server's comment is missing", "COMMENT ON SERVER g_server IS NULL"],
  ["a user mapping is missing", "DROP USER MAPPING FOR {owner} SERVER g_server"],
  [
    "a user mapping has another option",
    "ALTER USER MAPPING FOR {owner} SERVER g_server OPTIONS (SET user 'near')",
  ],
  ["a foreign table is missing", "DROP FOREIGN TABLE g_foreign"],
  [
    "a foreign table has another option",
    "ALTER FOREIGN TABLE g_foreign OPTIONS (SET table_name 'there')",
  ],
  [
    "a foreign table's column lacks an option",
    "ALTER FOREIGN TABLE g_foreign ALTER id OPTIONS (DROP column_name)",
  ],
  ["a schema is missing", "DROP SCHEMA g_schema"],
  ["a schema more", "CREATE SCHEMA g_more"],
  ["the comment of the schema public is missing", "COMMENT ON SCHEMA public IS NULL"],
  [
    "the comment of the schema public is PostgreSQL's own again",
    "COMMENT ON SCHEMA public IS 'standard public schema'",
  ],
  [
    "an extension's comment is PostgreSQL's own again",
    "COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams'",
  ],
  ["a large object's comment is missing", "COMMENT ON LARGE OBJECT 910001 IS NULL"],
]);

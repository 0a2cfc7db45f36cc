import { byAdmin, byOdoo, type Variation } from "../variation.ts";

const COMMENTED =
  "CREATE TABLE v_commented (id integer CONSTRAINT v_commented_key PRIMARY KEY, name text CHECK (name <> ''));";

/** Kinds of objects that Odoo's role may make. */
const OF_ODOO = byOdoo([
  [
    "comments on everything",
    `${COMMENTED} CREATE VIEW v_commented_view AS SELECT 1 AS one; CREATE MATERIALIZED VIEW v_commented_kept AS SELECT 1 AS one; CREATE SEQUENCE v_commented_sequence; CREATE INDEX v_commented_index ON v_commented (name); CREATE FUNCTION v_commented_function(a integer) RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$`.replace(
      "(a integer)",
      "()",
    ) +
      `; CREATE TRIGGER v_commented_trigger AFTER INSERT ON v_commented FOR EACH ROW EXECUTE FUNCTION v_commented_function(); CREATE RULE v_commented_rule AS ON DELETE TO v_commented DO ALSO NOTHING; CREATE POLICY v_commented_policy ON v_commented; CREATE TYPE v_commented_enum AS ENUM ('a'); CREATE DOMAIN v_commented_domain AS text CONSTRAINT v_commented_check CHECK (VALUE <> ''); CREATE TYPE v_commented_row AS (a integer); CREATE STATISTICS v_commented_statistics ON id, name FROM v_commented; CREATE COLLATION v_commented_collation FROM "C"; CREATE AGGREGATE v_commented_sum(integer) (SFUNC = int4pl, STYPE = integer); CREATE PROCEDURE v_commented_procedure() LANGUAGE sql AS 'SELECT 1'; CREATE TEXT SEARCH CONFIGURATION v_commented_configuration (COPY = simple); CREATE TEXT SEARCH DICTIONARY v_commented_dictionary (TEMPLATE = simple); CREATE OPERATOR ==> (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq);
COMMENT ON TABLE v_commented IS E'a\\nb; \\\\ ''c'' $$'; COMMENT ON COLUMN v_commented.name IS 'x'; COMMENT ON CONSTRAINT v_commented_key ON v_commented IS 'x'; COMMENT ON CONSTRAINT v_commented_name_check ON v_commented IS 'x'; COMMENT ON VIEW v_commented_view IS 'x'; COMMENT ON COLUMN v_commented_view.one IS 'x'; COMMENT ON MATERIALIZED VIEW v_commented_kept IS 'x'; COMMENT ON SEQUENCE v_commented_sequence IS 'x'; COMMENT ON INDEX v_commented_index IS 'x'; COMMENT ON FUNCTION v_commented_function() IS 'x'; COMMENT ON TRIGGER v_commented_trigger ON v_commented IS 'x'; COMMENT ON RULE v_commented_rule ON v_commented IS 'x'; COMMENT ON POLICY v_commented_policy ON v_commented IS 'x'; COMMENT ON TYPE v_commented_enum IS 'x'; COMMENT ON DOMAIN v_commented_domain IS 'x'; COMMENT ON CONSTRAINT v_commented_check ON DOMAIN v_commented_domain IS 'x'; COMMENT ON COLUMN v_commented_row.a IS 'x'; COMMENT ON STATISTICS v_commented_statistics IS 'x'; COMMENT ON COLLATION v_commented_collation IS 'x'; COMMENT ON AGGREGATE v_commented_sum(integer) IS 'x'; COMMENT ON PROCEDURE v_commented_procedure() IS 'x'; COMMENT ON TEXT SEARCH CONFIGURATION v_commented_configuration IS 'x'; COMMENT ON TEXT SEARCH DICTIONARY v_commented_dictionary IS 'x'; COMMENT ON OPERATOR ==> (text, text) IS 'x'`,
  ],
  [
    "large objects: sparse, empty, with holes and odd numbers",
    "SELECT lo_from_bytea(4294967295, 'x'), lo_from_bytea(7, ''), lo_from_bytea(930001, '\\x00'); SELECT lo_put(930001, 3000000, 'end'); SELECT lo_from_bytea(930002, decode(repeat('00', 10000), 'hex')); GRANT SELECT, UPDATE ON LARGE OBJECT 930002 TO openspp_reader WITH GRANT OPTION; COMMENT ON LARGE OBJECT 7 IS 'empty'",
  ],
  [
    "types whose values print in odd ways",
    "CREATE TABLE v_odd_types (a xid8, b pg_snapshot, c tid, d jsonpath, e \"char\", f aclitem[], g regtype, h regprocedure, i int2vector, j oidvector, k txid_snapshot, l pg_lsn, m line, n lseg, o box, p path, q varbit, r money[], s bpchar, t regrole, u cid, v name[], w interval SECOND(2), x numeric(3, 5), y timetz(2), z regnamespace); INSERT INTO v_odd_types VALUES ('18446744073709551615', '10:20:10,14,15', '(1,2)', '$.a[*] ? (@ > 1)', '\\377', '{openspp_reader=r/odoo}', 'integer', 'lower(text)', '1 2', '1 2', '10:20:', '0/1', '{1,2,3}', '[(0,0),(1,1)]', '((0,0),(1,1))', '((0,0),(1,1))', '', '{1.5}', 'a   ', 'odoo', '7', '{a,\"b c\"}', '1.239', 0.00123, '12:00:00.129+02', 'public')",
    {},
  ],
  [
    "text of every plane, and numbers at the ends",
    "CREATE TABLE v_ends (a text, b char(4), c bytea, d numeric, e float8, f bigint, g timestamptz, h interval); INSERT INTO v_ends SELECT string_agg(chr(n), '' ORDER BY n), 'a', decode(repeat('00ff5c27', 9), 'hex'), 'NaN', '5e-324', -9223372036854775808, '-infinity', '-178000000 years' FROM generate_series(1, 55295) n; INSERT INTO v_ends VALUES (chr(1114109), '    ', '', 1e-1000, '-0', 0, '4713-01-01 00:00+00 BC', '-infinity')",
  ],
  [
    "geometries that are not finite, empty or surfaces",
    "CREATE TABLE v_shapes (id integer, shape geometry, z geometry(PointZ, 4326), any_point geometry(Point)); INSERT INTO v_shapes (id, shape) VALUES (1, ST_MakePoint('Infinity', '-Infinity')), (2, ST_MakePoint('NaN', 1)), (3, ST_MakeLine(ST_MakePoint(0, 0), ST_MakePoint('NaN', 'NaN'))), (4, 'POINT EMPTY'), (5, 'GEOMETRYCOLLECTION EMPTY'), (6, 'MULTIPOINT(EMPTY, 1 1)'), (7, 'TIN(((0 0,0 1,1 1,0 0)))'), (8, 'TRIANGLE((0 0,0 1,1 1,0 0))'), (9, 'POLYHEDRALSURFACE(((0 0 0,0 1 0,1 1 0,0 0 0)))'), (10, 'CURVEPOLYGON(CIRCULARSTRING(0 0,1 1,2 0,1 -1,0 0))'), (11, 'COMPOUNDCURVE((0 0,1 1),CIRCULARSTRING(1 1,2 2,3 1))'), (12, 'MULTISURFACE(((0 0,0 1,1 1,0 0)))'), (13, 'POLYGON((0 0,1 1,1 0,0 1,0 0))'), (14, 'MULTICURVE((0 0,1 1))'), (15, 'POINT M(1 2 3)')",
  ],
  [
    "a point that is nowhere",
    "CREATE TABLE v_nowhere (id integer, shape geometry); INSERT INTO v_nowhere VALUES (1, ST_MakePoint('NaN', 'NaN'))",
  ],
  [
    "ranges, text search and collations of its own",
    "CREATE FUNCTION v_distance(date, date) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT ($1 - $2)::float8'; CREATE TYPE v_days AS RANGE (SUBTYPE = date, SUBTYPE_DIFF = v_distance, MULTIRANGE_TYPE_NAME = v_day_sets); CREATE TYPE v_texts AS RANGE (SUBTYPE = text, COLLATION = \"C\"); CREATE COLLATION v_icu (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false); CREATE COLLATION v_icu_rules (PROVIDER = icu, LOCALE = 'und', RULES = '&a < g'); CREATE TABLE v_kinds (a v_days, b v_day_sets, c v_texts, d text COLLATE v_icu UNIQUE, e text COLLATE v_icu_rules); CREATE INDEX v_kinds_index ON v_kinds (e, d COLLATE v_icu_rules); INSERT INTO v_kinds VALUES ('[2025-01-01,2025-02-01)', '{[2025-01-01,2025-02-01)}', '[a,b]', 'A', 'g'); CREATE TEXT SEARCH DICTIONARY v_words (TEMPLATE = snowball, LANGUAGE = french, STOPWORDS = 'french'); CREATE TEXT SEARCH CONFIGURATION v_search (PARSER = \"default\"); ALTER TEXT SEARCH CONFIGURATION v_search ADD MAPPING FOR asciiword, word WITH v_words, simple; CREATE INDEX v_kinds_search ON v_kinds USING gin (to_tsvector('public.v_search'::regconfig, e))",
  ],
  [
    "row security of every form",
    "CREATE TABLE v_secured (id integer, owner name); INSERT INTO v_secured VALUES (1, 'odoo'), (2, 'other'); ALTER TABLE v_secured ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; CREATE POLICY v_none ON v_secured USING (false); CREATE POLICY v_select ON v_secured FOR SELECT TO openspp_reader, CURRENT_USER USING (owner = SESSION_USER); CREATE POLICY v_insert ON v_secured FOR INSERT WITH CHECK (id > 0); CREATE TABLE v_secured_no_policy (id integer); INSERT INTO v_secured_no_policy VALUES (1); ALTER TABLE v_secured_no_policy ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
  ],
  [
    "a function with search_path, and what its column needs",
    "CREATE FUNCTION v_key(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$ BEGIN RETURN lower(unaccent(value)); END $$; CREATE TABLE v_searched (id serial PRIMARY KEY, name text, key text GENERATED ALWAYS AS (v_key(name)) STORED); INSERT INTO v_searched (name) VALUES ('Zoé'), ('Ayşe'); CREATE INDEX v_searched_index ON v_searched (v_key(name))",
  ],
  [
    "rights of all kinds, given away and passed on",
    "CREATE TABLE v_rights (id integer, a text, b text); GRANT ALL ON v_rights TO openspp_reader WITH GRANT OPTION; GRANT SELECT (a), UPDATE (b), REFERENCES (a) ON v_rights TO PUBLIC; REVOKE ALL ON v_rights FROM odoo; CREATE FUNCTION v_rights_function() RETURNS integer LANGUAGE sql AS 'SELECT 1'; REVOKE ALL ON FUNCTION v_rights_function() FROM PUBLIC, odoo; CREATE TYPE v_rights_type AS ENUM ('a'); REVOKE ALL ON TYPE v_rights_type FROM PUBLIC; CREATE SEQUENCE v_rights_sequence; GRANT USAGE ON SEQUENCE v_rights_sequence TO PUBLIC; GRANT MAINTAIN, TRIGGER, TRUNCATE ON v_rights TO PUBLIC; CREATE SCHEMA v_rights_schema; GRANT USAGE, CREATE ON SCHEMA v_rights_schema TO PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA v_rights_schema GRANT ALL ON TABLES TO PUBLIC; ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC".replace(
      "CREATE SCHEMA v_rights_schema; GRANT USAGE, CREATE ON SCHEMA v_rights_schema TO PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA v_rights_schema GRANT",
      "ALTER DEFAULT PRIVILEGES IN SCHEMA spp_reporting GRANT",
    ),
    {
      alone: true,
      keeps: [
        "SELECT relacl::text FROM pg_class WHERE relname IN ('v_rights', 'v_rights_sequence') ORDER BY relname",
        "SELECT proacl::text FROM pg_proc WHERE proname = 'v_rights_function'",
      ],
    },
  ],
]);

/** Kinds of objects that only a superuser may make, and of which the rights matter. */
const OF_ADMIN = byAdmin([
  [
    "an audit trail that Odoo may only add to, and a function that lends one right",
    "CREATE TABLE v_trail (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz DEFAULT now(), what text); INSERT INTO v_trail (what) VALUES ('enrolled'), ('paid'); REVOKE ALL ON v_trail FROM PUBLIC; GRANT SELECT, INSERT ON v_trail TO {owner}; CREATE FUNCTION v_log_files() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT count(*) FROM pg_catalog.pg_ls_logdir() $$; GRANT EXECUTE ON FUNCTION v_log_files() TO {owner}",
    {
      keeps: [
        "SELECT relowner::regrole::text, relacl::text FROM pg_class WHERE relname = 'v_trail'",
        "SELECT proowner::regrole::text, proacl::text, prosecdef FROM pg_proc WHERE proname = 'v_log_files'",
      ],
    },
  ],
  [
    "rights on all functions of the schema public",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO openspp_reader",
    {
      alone: true,
      keeps: [
        "SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND has_function_privilege('openspp_reader', oid, 'EXECUTE') AND proacl::text LIKE '%openspp_reader%'",
      ],
    },
  ],
  [
    "rights on an extension's sequences",
    "GRANT USAGE ON ALL SEQUENCES IN SCHEMA topology TO openspp_reader",
    {
      keeps: [
        "SELECT relacl::text FROM pg_class WHERE relnamespace = 'topology'::regnamespace AND relkind = 'S' ORDER BY relname",
      ],
    },
  ],
  [
    "rights on tables and functions of pg_catalog",
    "GRANT SELECT ON pg_authid TO openspp_reader; GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO openspp_reader; GRANT SELECT (rolname) ON pg_authid TO {owner}; REVOKE SELECT ON pg_stat_activity FROM PUBLIC; GRANT SELECT ON pg_stat_activity TO PUBLIC".replace(
      "; REVOKE SELECT ON pg_stat_activity FROM PUBLIC; GRANT SELECT ON pg_stat_activity TO PUBLIC",
      "",
    ),
    {
      keeps: [
        "SELECT relacl::text FROM pg_class WHERE oid = 'pg_authid'::regclass",
        "SELECT proacl::text FROM pg_proc WHERE oid = 'pg_ls_dir(text)'::regprocedure",
      ],
    },
  ],
  [
    "rights on pg_stat_statements_reset",
    "CREATE EXTENSION pg_stat_statements; GRANT EXECUTE ON FUNCTION pg_stat_statements_reset TO openspp_reader; GRANT SELECT ON pg_stat_statements TO openspp_reader WITH GRANT OPTION",
    { keeps: ["SELECT proacl::text FROM pg_proc WHERE proname = 'pg_stat_statements_reset'"] },
  ],
  [
    "functions and languages that not everybody may use",
    "REVOKE EXECUTE ON FUNCTION similarity(text, text) FROM PUBLIC; REVOKE USAGE ON LANGUAGE sql FROM PUBLIC; GRANT USAGE ON LANGUAGE sql TO {owner}; GRANT USAGE ON LANGUAGE plpgsql TO openspp_reader; REVOKE SELECT ON geometry_columns FROM PUBLIC",
    {
      alone: true,
      keeps: [
        "SELECT proacl::text FROM pg_proc WHERE oid = 'similarity(text, text)'::regprocedure",
        "SELECT lanacl::text FROM pg_language WHERE lanname IN ('sql', 'plpgsql') ORDER BY lanname",
      ],
    },
  ],
  [
    "a right that was passed on",
    "CREATE ROLE v_passing NOLOGIN; CREATE TABLE v_passed (id integer); ALTER TABLE v_passed OWNER TO {owner}; GRANT SELECT ON v_passed TO v_passing WITH GRANT OPTION; SET ROLE v_passing; GRANT SELECT ON v_passed TO openspp_reader; RESET ROLE",
    { keeps: ["SELECT relacl::text FROM pg_class WHERE relname = 'v_passed'"] },
  ],
  [
    "objects of third roles",
    "CREATE ROLE v_third NOLOGIN; CREATE ROLE \"v_Third, Role\" NOLOGIN; GRANT CREATE ON SCHEMA public TO v_third, \"v_Third, Role\"; SET ROLE v_third; CREATE TABLE v_third_table (id serial PRIMARY KEY, note text DEFAULT 'x'); INSERT INTO v_third_table VALUES (1, 'a'); CREATE VIEW v_third_view AS SELECT * FROM v_third_table; CREATE FUNCTION v_third_function() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'; CREATE TYPE v_third_type AS ENUM ('a'); CREATE MATERIALIZED VIEW v_third_kept AS SELECT 1 AS one; GRANT SELECT ON v_third_table TO {owner}; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {owner}; RESET ROLE; SET ROLE \"v_Third, Role\"; CREATE TABLE v_third_odd (id integer); RESET ROLE; CREATE SCHEMA v_third_schema AUTHORIZATION v_third",
    {
      keeps: [
        "SELECT relname, relowner::regrole::text FROM pg_class WHERE relname LIKE 'v\\_third%' ORDER BY relname",
      ],
    },
  ],
  [
    "hundreds of roles",
    `DO $$ BEGIN FOR n IN 1 .. 300 LOOP EXECUTE format('CREATE ROLE v_many_%s NOLOGIN', n); EXECUTE format('GRANT SELECT ON res_company TO v_many_%s', n); END LOOP; END $$`,
    {
      alone: true,
      keeps: [
        "SELECT cardinality(relacl) FROM pg_class WHERE oid = 'public.res_company'::regclass",
      ],
    },
  ],
  [
    "default privileges of several roles",
    "CREATE ROLE v_defaults NOLOGIN; ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults GRANT SELECT ON TABLES TO {owner}; ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC; ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON TYPES TO openspp_reader; ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults GRANT USAGE ON SCHEMAS TO PUBLIC; ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults GRANT SELECT ON LARGE OBJECTS TO openspp_reader",
    {
      alone: true,
      keeps: [
        "SELECT defaclrole::regrole::text, defaclnamespace::regnamespace::text, defaclobjtype, defaclacl::text FROM pg_default_acl ORDER BY 1, 2, 3",
      ],
    },
  ],
  [
    "default privileges that reach whatever is restored",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO openspp_reader; ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO PUBLIC",
    {
      alone: true,
      keeps: ["SELECT count(*) FROM pg_class WHERE relacl::text LIKE '%openspp_reader=r%'"],
    },
  ],
  [
    "the schema public belongs to Odoo",
    "ALTER SCHEMA public OWNER TO {owner}",
    {
      alone: true,
      keeps: [
        "SELECT nspowner::regrole::text, nspacl::text FROM pg_namespace WHERE nspname = 'public'",
      ],
    },
  ],
  [
    "the schema public belongs to the administrator",
    "ALTER SCHEMA public OWNER TO {admin}",
    {
      alone: true,
      keeps: ["SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = 'public'"],
    },
  ],
  [
    "the schema public belongs to a third role, and has another comment",
    "CREATE ROLE v_public NOLOGIN; ALTER SCHEMA public OWNER TO v_public; COMMENT ON SCHEMA public IS NULL; GRANT CREATE ON SCHEMA public TO PUBLIC",
    {
      alone: true,
      keeps: [
        "SELECT nspowner::regrole::text, nspacl::text, obj_description(oid) FROM pg_namespace WHERE nspname = 'public'",
      ],
    },
  ],
  [
    "an extension in pg_catalog",
    "CREATE EXTENSION v_catalog",
    {
      alone: true,
      prepare: `d=$(pg_config --sharedir 2>/dev/null || echo /usr/share/postgresql/18)/extension; printf '%s\\n' 'comment = stand-in' 'default_version = 1.0' 'relocatable = false' 'schema = pg_catalog' 'superuser = true' > $d/v_catalog.control; echo 'CREATE FUNCTION v_catalog_one() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 1 $$;' > $d/v_catalog--1.0.sql`,
    },
  ],
  [
    "an extension in a schema of its own, and a function of its name in public",
    "DROP EXTENSION IF EXISTS unaccent CASCADE; DROP INDEX IF EXISTS res_partner__family_name_index; CREATE SCHEMA v_unaccent; CREATE EXTENSION unaccent WITH SCHEMA v_unaccent; GRANT USAGE ON SCHEMA v_unaccent TO {owner}; SET ROLE {owner}; CREATE FUNCTION public.unaccent(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT v_unaccent.unaccent('v_unaccent.unaccent', value) $$; CREATE INDEX v_given_name_index ON res_partner USING gin (public.unaccent((given_name)::text) gin_trgm_ops)",
    { alone: true },
  ],
  [
    "extensions of many kinds, with comments and moved",
    "CREATE EXTENSION hstore; CREATE SCHEMA v_extensions; CREATE EXTENSION citext SCHEMA v_extensions; CREATE EXTENSION btree_gist; CREATE EXTENSION ltree VERSION '1.2'; CREATE EXTENSION intarray; COMMENT ON EXTENSION hstore IS 'ours'; COMMENT ON EXTENSION citext IS NULL; CREATE TABLE v_extended (a hstore, b v_extensions.citext UNIQUE, c ltree, d integer[], EXCLUDE USING gist (b WITH =)); INSERT INTO v_extended VALUES ('a=>1', 'X', 'a.b', '{1}')".replace(
      ", EXCLUDE USING gist (b WITH =)",
      "",
    ),
    { alone: true },
  ],
  [
    "postgres_fdw with server, mapping, foreign table and rights",
    "CREATE EXTENSION postgres_fdw; CREATE SERVER v_far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '192.0.2.1', dbname 'far'); GRANT USAGE ON FOREIGN SERVER v_far TO {owner}; CREATE USER MAPPING FOR {owner} SERVER v_far OPTIONS (user 'far', password 'x'); CREATE USER MAPPING FOR PUBLIC SERVER v_far OPTIONS (user 'all', password 'y'); CREATE FOREIGN TABLE v_far_table (id integer OPTIONS (column_name 'ID') NOT NULL, name varchar(9) DEFAULT 'x', CHECK (name IN ('a', 'x'))) SERVER v_far OPTIONS (table_name 'here'); GRANT SELECT ON v_far_table TO {owner}; SET ROLE {owner}; CREATE FOREIGN TABLE v_far_own (id integer) SERVER v_far; RESET ROLE",
    {
      keeps: [
        "SELECT srvacl::text, srvowner::regrole::text FROM pg_foreign_server ORDER BY srvname",
        "SELECT umuser::regrole::text, umoptions FROM pg_user_mapping ORDER BY 1",
      ],
    },
  ],
  [
    "file_fdw, and partitions that are foreign tables",
    "CREATE EXTENSION file_fdw; CREATE SERVER v_files FOREIGN DATA WRAPPER file_fdw; CREATE TABLE v_mixed (id integer, note text) PARTITION BY RANGE (id); CREATE TABLE v_mixed_1 PARTITION OF v_mixed FOR VALUES FROM (0) TO (9); CREATE FOREIGN TABLE v_mixed_2 PARTITION OF v_mixed FOR VALUES FROM (9) TO (19) SERVER v_files OPTIONS (filename '/nowhere'); INSERT INTO v_mixed_1 VALUES (1, 'x')",
  ],
  [
    "a foreign-data wrapper of its own",
    "CREATE FOREIGN DATA WRAPPER v_wrapper OPTIONS (debug 'true'); COMMENT ON FOREIGN DATA WRAPPER v_wrapper IS 'x'; GRANT USAGE ON FOREIGN DATA WRAPPER v_wrapper TO {owner}; CREATE SERVER v_wrapped TYPE 't' VERSION 'v' FOREIGN DATA WRAPPER v_wrapper OPTIONS (a 'b'); COMMENT ON SERVER v_wrapped IS 'x'; CREATE FOREIGN TABLE v_wrapped_table (id integer) SERVER v_wrapped",
  ],
  [
    "publications of every form",
    "CREATE TABLE v_published (id integer PRIMARY KEY, a text, b text); ALTER TABLE v_published OWNER TO {owner}; CREATE PUBLICATION v_all FOR ALL TABLES; CREATE PUBLICATION v_some FOR TABLE v_published (id, a) WHERE (id > 5 AND a IN ('x', 'y')), ONLY res_company WITH (publish = 'insert'); CREATE PUBLICATION v_schema FOR TABLES IN SCHEMA spp_reporting, public WITH (publish_via_partition_root, publish_generated_columns = stored); CREATE PUBLICATION v_none; COMMENT ON PUBLICATION v_some IS 'x'",
  ],
  [
    "a subscription that is not connected",
    "CREATE SUBSCRIPTION v_subscription CONNECTION 'host=192.0.2.1 dbname=far' PUBLICATION far WITH (connect = false, enabled = false, slot_name = 'far', binary = true)",
    { alone: true },
  ],
  [
    "event triggers, with comments, one of them disabled",
    "CREATE FUNCTION v_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$; CREATE EVENT TRIGGER v_event_end ON ddl_command_end WHEN TAG IN ('CREATE POLICY') EXECUTE FUNCTION v_event(); COMMENT ON EVENT TRIGGER v_event_end IS 'x'; CREATE EVENT TRIGGER v_event_drop ON sql_drop EXECUTE FUNCTION v_event(); ALTER EVENT TRIGGER v_event_drop DISABLE; CREATE EVENT TRIGGER v_event_login ON login EXECUTE FUNCTION v_event(); ALTER EVENT TRIGGER v_event_login ENABLE ALWAYS; CREATE EVENT TRIGGER v_event_rewrite ON table_rewrite EXECUTE FUNCTION v_event()",
  ],
  [
    "an event trigger that forbids every command that makes something",
    "CREATE FUNCTION v_forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not by hand: %', tg_tag; END $$; CREATE EVENT TRIGGER v_forbid ON ddl_command_start EXECUTE FUNCTION v_forbid()",
    { alone: true },
  ],
  [
    "own operator classes, and indexes that use them",
    "CREATE FUNCTION v_compare(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $2 - $1'; CREATE OPERATOR CLASS v_backwards FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 v_compare(integer, integer); CREATE OPERATOR FAMILY v_family USING hash; CREATE TABLE v_classes (id integer); CREATE INDEX v_classes_index ON v_classes (id v_backwards); ALTER OPERATOR FAMILY integer_ops USING btree ADD OPERATOR 1 < (integer, oid), FUNCTION 1 (integer, oid) btoidcmp(oid, oid)".replace(
      /; ALTER OPERATOR FAMILY integer_ops.*/,
      "",
    ),
  ],
  [
    "operators, casts and functions that only a superuser may make",
    "CREATE FUNCTION v_c(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt'; CREATE OPERATOR <<| (LEFTARG = integer, RIGHTARG = integer, FUNCTION = v_c, COMMUTATOR = |>>, NEGATOR = |>=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel); CREATE FUNCTION v_leakproof(integer) RETURNS integer LANGUAGE sql LEAKPROOF AS 'SELECT $1'; CREATE CAST (bytea AS uuid) WITH INOUT; CREATE FUNCTION v_support(integer) RETURNS integer LANGUAGE sql SUPPORT generate_series_int4_support AS 'SELECT $1'; CREATE CONVERSION v_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8",
  ],
  [
    "a base type",
    "CREATE TYPE v_base; CREATE FUNCTION v_base_in(cstring) RETURNS v_base LANGUAGE internal IMMUTABLE STRICT AS 'textin'; CREATE FUNCTION v_base_out(v_base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'; CREATE TYPE v_base (INPUT = v_base_in, OUTPUT = v_base_out, LIKE = text, CATEGORY = 'Z', DELIMITER = ';', COLLATABLE = true, DEFAULT = 'a'); CREATE TYPE v_shell; CREATE TABLE v_bases (a v_base, b v_base[]); INSERT INTO v_bases VALUES ('x', '{a;b}')",
  ],
  [
    "a language, an access method and a transform",
    "CREATE FUNCTION v_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'; CREATE LANGUAGE v_language HANDLER v_handler; REVOKE USAGE ON LANGUAGE v_language FROM PUBLIC; COMMENT ON LANGUAGE v_language IS 'x'; CREATE ACCESS METHOD v_method TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE v_methods (id integer) USING v_method; INSERT INTO v_methods VALUES (1); CREATE TYPE v_transformed AS ENUM ('a'); CREATE TRANSFORM FOR v_transformed LANGUAGE v_language (FROM SQL WITH FUNCTION prsd_lextype(internal)); CREATE TEXT SEARCH PARSER v_parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype); CREATE TEXT SEARCH TEMPLATE v_template (LEXIZE = dsimple_lexize)",
  ],
  [
    "a tablespace",
    "CREATE TABLESPACE v_space LOCATION '/var/lib/postgresql/v_space'; CREATE TABLE v_spaced (id integer PRIMARY KEY, note text) TABLESPACE v_space; CREATE INDEX v_spaced_index ON v_spaced (note) TABLESPACE v_space; INSERT INTO v_spaced VALUES (1, 'x')",
    {
      alone: true,
      prepare:
        "rm -rf /var/lib/postgresql/v_space; mkdir /var/lib/postgresql/v_space; chown postgres /var/lib/postgresql/v_space",
      keeps: [
        "SELECT relname, (SELECT spcname FROM pg_tablespace s WHERE s.oid = reltablespace) FROM pg_class WHERE relname LIKE 'v\\_spaced%' ORDER BY relname",
      ],
    },
  ],
  [
    "the administrator's tables, views and functions",
    "CREATE TABLE v_admins (id serial PRIMARY KEY, note varchar(9) CHECK (note IN ('a', 'b'))); INSERT INTO v_admins (note) VALUES ('a'); CREATE MATERIALIZED VIEW v_admins_kept AS SELECT note, count(*) FROM v_admins GROUP BY note; CREATE VIEW v_admins_view AS SELECT * FROM v_admins; GRANT SELECT ON v_admins_view TO {owner}; CREATE SCHEMA v_admins_schema; CREATE TABLE v_admins_schema.hidden (id integer REFERENCES public.v_admins); INSERT INTO v_admins_schema.hidden VALUES (1); CREATE INDEX v_admins_index ON v_admins (note); CREATE STATISTICS v_admins_statistics ON id, note FROM v_admins; SELECT lo_from_bytea(940001, 'x'); GRANT SELECT ON LARGE OBJECT 940001 TO {owner}",
    {
      keeps: [
        "SELECT relname, relowner::regrole::text, relacl::text FROM pg_class WHERE relname LIKE 'v\\_admins%' ORDER BY relname",
        "SELECT lomowner::regrole::text, lomacl::text FROM pg_largeobject_metadata WHERE oid = 940001",
      ],
    },
  ],
  [
    "a key from Odoo's table to the administrator's, and back",
    "CREATE TABLE v_key_admin (id integer PRIMARY KEY, partner_id integer REFERENCES res_partner); INSERT INTO v_key_admin SELECT 1, min(id) FROM res_partner; GRANT REFERENCES, SELECT ON v_key_admin TO {owner}; SET ROLE {owner}; CREATE TABLE v_key_odoo (id integer REFERENCES v_key_admin); INSERT INTO v_key_odoo VALUES (1); RESET ROLE",
  ],
  [
    "triggers of keys that are disabled",
    "CREATE TABLE v_off_a (id integer PRIMARY KEY); CREATE TABLE v_off_b (a_id integer REFERENCES v_off_a); ALTER TABLE v_off_a OWNER TO {owner}; ALTER TABLE v_off_b OWNER TO {owner}; ALTER TABLE v_off_b DISABLE TRIGGER ALL",
  ],
  [
    "an index that is invalid",
    "CREATE TABLE v_index_invalid (id integer); ALTER TABLE v_index_invalid OWNER TO {owner}; CREATE INDEX v_index_invalid_index ON v_index_invalid (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'v_index_invalid_index'::regclass",
  ],
  [
    "comments on the schema public and on extensions",
    "COMMENT ON SCHEMA public IS 'ours'; COMMENT ON EXTENSION pg_trgm IS 'ours'; COMMENT ON EXTENSION postgis IS NULL; COMMENT ON SCHEMA topology IS 'x'",
    {
      alone: true,
      keeps: [
        "SELECT obj_description('public'::regnamespace), (SELECT obj_description(oid) FROM pg_extension WHERE extname = 'pg_trgm')",
      ],
    },
  ],
  [
    "a topology",
    "SELECT topology.CreateTopology('v_city', 4326); CREATE TABLE v_parcel (id integer PRIMARY KEY, name text); SELECT topology.AddTopoGeometryColumn('v_city', 'public', 'v_parcel', 'shape', 'POLYGON'); INSERT INTO v_parcel (id, name, shape) SELECT 1, 'a', topology.toTopoGeom('SRID=4326;POLYGON((0 0,0 1,1 1,1 0,0 0))'::geometry, 'v_city', 1)",
    { alone: true },
  ],
  [
    "Odoo's own spatial references",
    "INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) VALUES (990002, 'X', 990002, '', '+proj=longlat'); UPDATE spatial_ref_sys SET proj4text = '+proj=longlat +x' WHERE srid = 990001",
    { alone: true },
  ],
  [
    "a sparse large object of 1.1 GB",
    "SELECT lo_put(lo_from_bytea(950001, 'start'), 1180000000, 'end')",
    { alone: true, policy: "flexible" },
  ],
]);

export const OBJECTS: readonly Variation[] = [...OF_ODOO, ...OF_ADMIN];

-- What only a superuser may make, one or two of each kind, for the faults to break. `{owner}` is Odoo's role.

-- An audit trail that the application may only add to, and a function that lends one right.
CREATE TABLE g_trail (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz DEFAULT now(), what text);
INSERT INTO g_trail (what) VALUES ('enrolled'), ('paid');
REVOKE ALL ON g_trail FROM PUBLIC;
GRANT SELECT, INSERT ON g_trail TO {owner};
CREATE FUNCTION g_log_files() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
  AS $$ SELECT count(*) FROM pg_catalog.pg_ls_logdir() $$;
REVOKE EXECUTE ON FUNCTION g_log_files() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION g_log_files() TO {owner};

-- A base type, with what belongs to it.
CREATE TYPE g_base;
CREATE FUNCTION g_base_in(cstring) RETURNS g_base LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION g_base_out(g_base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE g_base (INPUT = g_base_in, OUTPUT = g_base_out, LIKE = text, CATEGORY = 'Z', DELIMITER = ';', COLLATABLE = true);
COMMENT ON TYPE g_base IS 'A base type';
CREATE FUNCTION g_base_text(g_base) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT g_base_out($1)::text $$;
CREATE CAST (g_base AS text) WITH FUNCTION g_base_text(g_base) AS ASSIGNMENT;
COMMENT ON CAST (g_base AS text) IS 'A cast';

CREATE FUNCTION g_int_less(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
CREATE OPERATOR <<< (LEFTARG = integer, RIGHTARG = integer, FUNCTION = g_int_less, COMMUTATOR = >>>, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
COMMENT ON OPERATOR <<< (integer, integer) IS 'An operator';
CREATE OPERATOR FAMILY g_family USING btree;
CREATE OPERATOR CLASS g_class FOR TYPE integer USING btree FAMILY g_family AS
  OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR FAMILY g_family USING btree ADD
  OPERATOR 1 < (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
CREATE FUNCTION g_json_hash(json) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT hashtext($1::text) $$;
CREATE OPERATOR CLASS g_class_json FOR TYPE json USING hash AS FUNCTION 1 g_json_hash(json);
COMMENT ON OPERATOR CLASS g_class USING btree IS 'An operator class';
COMMENT ON OPERATOR FAMILY g_family USING btree IS 'An operator family';

CREATE ACCESS METHOD g_method TYPE TABLE HANDLER heap_tableam_handler;
COMMENT ON ACCESS METHOD g_method IS 'An access method';
CREATE TABLE g_other_method (id integer) USING g_method;
INSERT INTO g_other_method VALUES (1);

-- pg_dump keeps a language whose handler is not PostgreSQL's own.
CREATE FUNCTION g_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION g_inline(internal) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE FUNCTION g_validator(oid) RETURNS void LANGUAGE c STRICT AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE g_language HANDLER g_handler INLINE g_inline VALIDATOR g_validator;
REVOKE USAGE ON LANGUAGE g_language FROM PUBLIC;
GRANT USAGE ON LANGUAGE g_language TO openspp_reader;
COMMENT ON LANGUAGE g_language IS 'A language';

CREATE FUNCTION g_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
CREATE EVENT TRIGGER g_event_trigger ON ddl_command_end WHEN TAG IN ('CREATE POLICY', 'DROP POLICY') EXECUTE FUNCTION g_event();
COMMENT ON EVENT TRIGGER g_event_trigger IS 'An event trigger';

CREATE EXTENSION postgres_fdw;
CREATE SERVER g_server TYPE 'registry' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '192.0.2.1', dbname 'far');
GRANT USAGE ON FOREIGN SERVER g_server TO {owner};
COMMENT ON SERVER g_server IS 'A server';
CREATE USER MAPPING FOR {owner} SERVER g_server OPTIONS (user 'far', password 'x');
CREATE FOREIGN TABLE g_foreign (id integer OPTIONS (column_name 'ID') NOT NULL, name text) SERVER g_server OPTIONS (table_name 'here');
GRANT SELECT ON g_foreign TO {owner};
CREATE FOREIGN DATA WRAPPER g_wrapper OPTIONS (debug 'true');
GRANT USAGE ON FOREIGN DATA WRAPPER g_wrapper TO openspp_reader;
COMMENT ON FOREIGN DATA WRAPPER g_wrapper IS 'A wrapper';

CREATE TRANSFORM FOR g_base LANGUAGE g_language (FROM SQL WITH FUNCTION prsd_lextype(internal));
CREATE TEXT SEARCH PARSER g_parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);
COMMENT ON TEXT SEARCH PARSER g_parser IS 'A parser';
CREATE TEXT SEARCH TEMPLATE g_template (INIT = dsimple_init, LEXIZE = dsimple_lexize);
COMMENT ON TEXT SEARCH TEMPLATE g_template IS 'A template';

CREATE PUBLICATION g_publication FOR TABLE res_partner (id, name) WHERE (id > 5), res_company WITH (publish = 'insert, update');
CREATE PUBLICATION g_publication_schema FOR TABLES IN SCHEMA spp_reporting WITH (publish_via_partition_root = true);
COMMENT ON PUBLICATION g_publication IS 'A publication';

GRANT EXECUTE ON FUNCTION unaccent(text) TO openspp_reader;
REVOKE EXECUTE ON FUNCTION similarity(text, text) FROM PUBLIC;
GRANT SELECT ON pg_authid TO openspp_reader;
GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO openspp_reader;
GRANT SELECT (rolname) ON pg_authid TO openspp_auditor;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO openspp_auditor;
COMMENT ON SCHEMA public IS 'The registry';
COMMENT ON EXTENSION pg_trgm IS 'Trigrams, of our own words';
CREATE SCHEMA g_schema;
GRANT USAGE ON SCHEMA g_schema TO {owner};
ALTER DATABASE {database} SET work_mem = '5MB';

SET ROLE openspp_auditor;
CREATE TABLE g_audited (id integer PRIMARY KEY, note text);
INSERT INTO g_audited VALUES (1, 'seen');
GRANT SELECT ON g_audited TO {owner};
RESET ROLE;

-- Everything that others than the Odoo role own, grant or may create, as deployments have it. Run as the admin role in the
-- production database of a strict lab.
CREATE ROLE x_third NOLOGIN;
CREATE ROLE "data steward" NOLOGIN;

-- The usual cure for "permission denied for schema public" since PostgreSQL 15.
ALTER SCHEMA public OWNER TO odoo;

-- Rights on PostgreSQL's own objects, on an extension's, and on a language.
GRANT SELECT ON pg_authid TO x_third;
GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO x_third;
CREATE EXTENSION pg_stat_statements;
GRANT EXECUTE ON FUNCTION pg_stat_statements_reset TO openspp_reader;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO openspp_reader;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA topology TO openspp_reader;
REVOKE EXECUTE ON FUNCTION similarity(text, text) FROM PUBLIC;
REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC;

-- An extension in pg_catalog, and trusted ones that others than the admin created.
CREATE EXTENSION x_catalog;
GRANT CREATE ON DATABASE openspp TO odoo, x_third;
SET ROLE odoo; CREATE EXTENSION hstore; RESET ROLE;
SET ROLE x_third; CREATE EXTENSION citext; RESET ROLE;
REVOKE CREATE ON DATABASE openspp FROM odoo, x_third;

CREATE ROLE x_once_superuser SUPERUSER NOLOGIN;
SET ROLE x_once_superuser; CREATE EXTENSION pageinspect; RESET ROLE;
ALTER ROLE x_once_superuser NOSUPERUSER;

-- Foreign data.
CREATE EXTENSION postgres_fdw;
GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO odoo;
SET ROLE odoo;
CREATE SERVER x_server FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'nowhere.example.org', dbname 'registry');
CREATE USER MAPPING FOR odoo SERVER x_server OPTIONS (user 'reader', password 'it''s');
CREATE USER MAPPING FOR PUBLIC SERVER x_server OPTIONS (user 'nobody');
CREATE FOREIGN TABLE x_remote (id integer, name text) SERVER x_server OPTIONS (table_name 'people');
GRANT SELECT ON x_remote TO openspp_reader;
GRANT USAGE ON FOREIGN SERVER x_server TO x_third;
RESET ROLE;
CREATE FOREIGN DATA WRAPPER x_wrapper VALIDATOR postgresql_fdw_validator;
COMMENT ON FOREIGN DATA WRAPPER x_wrapper IS 'Ours';

-- A right that was passed on.
GRANT SELECT ON res_partner TO x_third WITH GRANT OPTION;
SET ROLE x_third; GRANT SELECT ON res_partner TO "data steward"; RESET ROLE;

-- What only a superuser may create, and Odoo's role owns.
CREATE FUNCTION x_root(double precision DEFAULT 4) RETURNS double precision LANGUAGE internal IMMUTABLE STRICT AS 'dsqrt';
ALTER FUNCTION x_root OWNER TO odoo;
CREATE FUNCTION x_same(text) RETURNS text LANGUAGE sql IMMUTABLE LEAKPROOF AS $$ SELECT $1 $$;
ALTER FUNCTION x_same OWNER TO odoo;
CREATE AGGREGATE x_joined(text, text) (SFUNC = string_agg_transfn, STYPE = internal, FINALFUNC = string_agg_finalfn);
ALTER AGGREGATE x_joined(text, text) OWNER TO odoo;
CREATE TYPE x_word;
CREATE FUNCTION x_word_in(cstring) RETURNS x_word LANGUAGE internal IMMUTABLE STRICT AS 'textin';
CREATE FUNCTION x_word_out(x_word) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
CREATE TYPE x_word (INPUT = x_word_in, OUTPUT = x_word_out, LIKE = text);
CREATE CAST (x_word AS text) WITHOUT FUNCTION;
COMMENT ON CAST (x_word AS text) IS 'A word is a text';
ALTER TYPE x_word OWNER TO odoo;
ALTER FUNCTION x_word_in OWNER TO odoo;
CREATE OPERATOR FAMILY x_family USING btree;
CREATE OPERATOR CLASS x_backwards FOR TYPE integer USING btree FAMILY x_family AS OPERATOR 1 >, OPERATOR 3 =, OPERATOR 5 <, FUNCTION 1 btint4cmp(integer, integer);
ALTER OPERATOR FAMILY x_family USING btree OWNER TO odoo;
CREATE TEXT SEARCH TEMPLATE x_template (LEXIZE = dsimple_lexize, INIT = dsimple_init);
CREATE TEXT SEARCH PARSER x_parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
CREATE ACCESS METHOD x_method TYPE INDEX HANDLER bthandler;
COMMENT ON ACCESS METHOD x_method IS 'Another btree';
SET ROLE odoo;
CREATE TABLE x_words (id integer PRIMARY KEY, word x_word);
INSERT INTO x_words VALUES (1, 'one'), (2, 'two');
CREATE INDEX x_words_backwards ON x_words (id x_backwards);
CREATE TEXT SEARCH DICTIONARY x_dictionary (TEMPLATE = x_template);
CREATE VIEW x_words_text AS SELECT id, word::text AS word, x_root(id) AS root FROM x_words;
RESET ROLE;

-- An audit trail that the application may add to and nothing else, and a function that lends one right of the admin's.
CREATE TABLE x_trail (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz DEFAULT now(), what text, partner_id integer);
ALTER TABLE x_trail ADD FOREIGN KEY (partner_id) REFERENCES res_partner (id);
INSERT INTO x_trail (what, partner_id) SELECT 'enrolled', id FROM res_partner;
REVOKE ALL ON x_trail FROM PUBLIC;
GRANT SELECT, INSERT ON x_trail TO odoo;
COMMENT ON TABLE x_trail IS 'Only added to';
CREATE FUNCTION x_server_file_count() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT count(*) FROM pg_catalog.pg_ls_logdir() $$;
REVOKE EXECUTE ON FUNCTION x_server_file_count() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION x_server_file_count() TO odoo;
CREATE FUNCTION x_note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$ BEGIN INSERT INTO public.x_trail (what) VALUES (tg_op); RETURN NULL; END $$;
REVOKE EXECUTE ON FUNCTION x_note_change() FROM PUBLIC;
CREATE TRIGGER x_note_change AFTER DELETE ON x_words FOR EACH ROW EXECUTE FUNCTION x_note_change();

-- The admin's and the Odoo role's objects, each on top of the other's.
CREATE SCHEMA x_admin;
GRANT USAGE ON SCHEMA x_admin TO odoo;
CREATE TYPE x_admin.kind AS ENUM ('a', 'b');
REVOKE USAGE ON TYPE x_admin.kind FROM PUBLIC;
GRANT USAGE ON TYPE x_admin.kind TO odoo;
CREATE TABLE x_admin.lookup (id integer PRIMARY KEY, kind x_admin.kind DEFAULT 'a') TABLESPACE x_fast;
INSERT INTO x_admin.lookup VALUES (1, 'a'), (2, 'b');
GRANT SELECT, REFERENCES ON x_admin.lookup TO odoo;
CREATE VIEW x_admin.partners AS SELECT id, name FROM res_partner;
GRANT SELECT (id) ON x_admin.partners TO odoo WITH GRANT OPTION;
GRANT SELECT ON x_admin.partners TO odoo;
CREATE MATERIALIZED VIEW x_admin.counted AS SELECT count(*) FROM x_admin.partners;
GRANT SELECT ON x_admin.counted TO odoo;
SET ROLE odoo;
CREATE TABLE x_using (id integer PRIMARY KEY, kind x_admin.kind, lookup_id integer REFERENCES x_admin.lookup);
INSERT INTO x_using VALUES (1, 'b', 2);
CREATE VIEW x_on_admins AS SELECT id FROM x_admin.partners;
CREATE MATERIALIZED VIEW x_doubled AS SELECT 2 * count AS count FROM x_admin.counted;
RESET ROLE;
CREATE VIEW x_admin.on_top AS SELECT id FROM x_on_admins;

-- Tablespaces that the Odoo role has no right to.
SET ROLE odoo;
CREATE TABLE x_moved (id integer CONSTRAINT x_moved_key PRIMARY KEY, word text);
INSERT INTO x_moved SELECT n, 'word ' || n FROM generate_series(1, 100) n;
CREATE INDEX "x_moved, by word" ON x_moved (word);
RESET ROLE;
ALTER TABLE x_moved SET TABLESPACE x_fast;
ALTER INDEX x_moved_key SET TABLESPACE x_fast;
ALTER INDEX "x_moved, by word" SET TABLESPACE x_fast;
ALTER MATERIALIZED VIEW x_doubled SET TABLESPACE x_fast;

-- Third roles.
CREATE SCHEMA x_bi AUTHORIZATION "data steward";
GRANT SELECT ON spp_area TO "data steward";
SET ROLE "data steward";
CREATE TABLE x_bi.targets (id integer PRIMARY KEY, name text);
INSERT INTO x_bi.targets VALUES (1, 'one');
CREATE MATERIALIZED VIEW x_bi.areas AS SELECT count(*) FROM public.spp_area;
COMMENT ON SCHEMA x_bi IS 'The stewards'' own';
ALTER DEFAULT PRIVILEGES IN SCHEMA x_bi GRANT SELECT ON TABLES TO x_third;
RESET ROLE;
ALTER DEFAULT PRIVILEGES FOR ROLE x_third REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
CREATE POLICY x_stewards ON x_case_note FOR SELECT TO "data steward", x_third USING (true);
SELECT lo_create(910001);
ALTER LARGE OBJECT 910001 OWNER TO x_third;
GRANT SELECT ON LARGE OBJECT 910001 TO "data steward";

-- What acts on everything that comes after it.
CREATE FUNCTION x_on_ddl() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$;
CREATE PUBLICATION x_published FOR TABLE res_partner, x_trail;
COMMENT ON PUBLICATION x_published IS 'For the ministry';
ALTER PUBLICATION x_published OWNER TO odoo;
CREATE PUBLICATION x_all FOR TABLES IN SCHEMA x_admin;
CREATE SUBSCRIPTION x_subscribed CONNECTION 'host=nowhere.example.org' PUBLICATION x_other WITH (connect = false, slot_name = NONE);
CREATE EVENT TRIGGER x_on_ddl ON ddl_command_start WHEN TAG IN ('CREATE VIEW', 'ALTER TABLE', 'GRANT', 'REFRESH MATERIALIZED VIEW') EXECUTE FUNCTION x_on_ddl();
COMMENT ON EVENT TRIGGER x_on_ddl IS 'Nobody changes this';

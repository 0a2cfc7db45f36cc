import { byAdmin } from "../variation.ts";

/** Kinds of objects that only a superuser may make. */
export const KINDS_OF_ADMIN = byAdmin([
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
    `
      DROP EXTENSION IF EXISTS unaccent CASCADE;
      DROP INDEX IF EXISTS res_partner__family_name_index;
      CREATE SCHEMA v_unaccent;
      CREATE EXTENSION unaccent WITH SCHEMA v_unaccent;
      GRANT USAGE ON SCHEMA v_unaccent TO {owner};
      SET ROLE {owner};
      CREATE FUNCTION public.unaccent(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$ SELECT v_unaccent.unaccent('v_unaccent.unaccent', value) $$;
      CREATE INDEX v_given_name_index ON res_partner USING gin (public.unaccent((given_name)::text) gin_trgm_ops)`,
    { alone: true },
  ],
  [
    "file_fdw, and partitions that are foreign tables",
    `
      CREATE EXTENSION file_fdw;
      CREATE SERVER v_files FOREIGN DATA WRAPPER file_fdw;
      CREATE TABLE v_mixed (id integer, note text) PARTITION BY RANGE (id);
      CREATE TABLE v_mixed_1 PARTITION OF v_mixed FOR VALUES FROM (0) TO (9);
      CREATE FOREIGN TABLE v_mixed_2 PARTITION OF v_mixed FOR VALUES FROM (9) TO (19) SERVER v_files OPTIONS (filename '/nowhere');
      INSERT INTO v_mixed_1 VALUES (1, 'x')`,
  ],
  [
    "a foreign key that is not checked, which a restored database does again",
    `
      CREATE TABLE v_checked (id integer PRIMARY KEY, parent_id integer REFERENCES v_checked);
      ALTER TABLE v_checked OWNER TO {owner};
      ALTER TABLE v_checked DISABLE TRIGGER ALL`,
  ],
  [
    "a foreign-data wrapper of its own",
    `
      CREATE FOREIGN DATA WRAPPER v_wrapper OPTIONS (debug 'true');
      COMMENT ON FOREIGN DATA WRAPPER v_wrapper IS 'x';
      GRANT USAGE ON FOREIGN DATA WRAPPER v_wrapper TO {owner};
      CREATE SERVER v_wrapped TYPE 't' VERSION 'v' FOREIGN DATA WRAPPER v_wrapper OPTIONS (a 'b');
      COMMENT ON SERVER v_wrapped IS 'x';
      CREATE FOREIGN TABLE v_wrapped_table (id integer) SERVER v_wrapped`,
  ],
  [
    "publications of every form",
    `
      CREATE TABLE v_published (id integer PRIMARY KEY, a text, b text);
      ALTER TABLE v_published OWNER TO {owner};
      CREATE PUBLICATION v_all FOR ALL TABLES;
      CREATE PUBLICATION v_some FOR TABLE v_published (id, a) WHERE (id > 5 AND a IN ('x', 'y')), ONLY res_company WITH (publish = 'insert');
      CREATE PUBLICATION v_schema FOR TABLES IN SCHEMA spp_reporting, public WITH (publish_via_partition_root, publish_generated_columns = stored);
      CREATE PUBLICATION v_none;
      COMMENT ON PUBLICATION v_some IS 'x'`,
  ],
  [
    "a subscription that is not connected",
    `
      CREATE SUBSCRIPTION v_subscription CONNECTION 'host=192.0.2.1 dbname=far' PUBLICATION far WITH (connect = false, enabled = false, slot_name = 'far', binary = true)`,
    { alone: true },
  ],
  [
    "an event trigger that forbids every command that makes something",
    `
      CREATE FUNCTION v_forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not by hand: %', tg_tag; END $$;
      CREATE EVENT TRIGGER v_forbid ON ddl_command_start EXECUTE FUNCTION v_forbid()`,
    { alone: true },
  ],
  [
    "own operator classes, and indexes that use them",
    `
      CREATE FUNCTION v_compare(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $2 - $1';
      CREATE OPERATOR CLASS v_backwards FOR TYPE integer USING btree AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >, FUNCTION 1 v_compare(integer, integer);
      CREATE OPERATOR FAMILY v_family USING hash;
      CREATE TABLE v_classes (id integer);
      CREATE INDEX v_classes_index ON v_classes (id v_backwards)`,
  ],
  [
    "operators, casts and functions that only a superuser may make",
    `
      CREATE FUNCTION v_c(integer, integer) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4lt';
      CREATE OPERATOR <<| (LEFTARG = integer, RIGHTARG = integer, FUNCTION = v_c, COMMUTATOR = |>>, NEGATOR = |>=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel);
      CREATE FUNCTION v_leakproof(integer) RETURNS integer LANGUAGE sql LEAKPROOF AS 'SELECT $1';
      CREATE CAST (bytea AS uuid) WITH INOUT;
      CREATE FUNCTION v_support(integer) RETURNS integer LANGUAGE sql SUPPORT generate_series_int4_support AS 'SELECT $1';
      CREATE CONVERSION v_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`,
  ],
  [
    "a base type",
    `
      CREATE TYPE v_base;
      CREATE FUNCTION v_base_in(cstring) RETURNS v_base LANGUAGE internal IMMUTABLE STRICT AS 'textin';
      CREATE FUNCTION v_base_out(v_base) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout';
      CREATE TYPE v_base (INPUT = v_base_in, OUTPUT = v_base_out, LIKE = text, CATEGORY = 'Z', DELIMITER = ';', COLLATABLE = true, DEFAULT = 'a');
      CREATE TYPE v_shell;
      CREATE TABLE v_bases (a v_base, b v_base[]);
      INSERT INTO v_bases VALUES ('x', '{a;b}')`,
  ],
  [
    "a language, an access method and a transform",
    `
      CREATE FUNCTION v_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
      CREATE TRUSTED LANGUAGE v_language HANDLER v_handler;
      REVOKE USAGE ON LANGUAGE v_language FROM PUBLIC;
      COMMENT ON LANGUAGE v_language IS 'x';
      CREATE ACCESS METHOD v_method TYPE TABLE HANDLER heap_tableam_handler;
      CREATE TABLE v_methods (id integer) USING v_method;
      INSERT INTO v_methods VALUES (1);
      CREATE TYPE v_transformed AS ENUM ('a');
      CREATE TRANSFORM FOR v_transformed LANGUAGE v_language (FROM SQL WITH FUNCTION prsd_lextype(internal));
      CREATE TEXT SEARCH PARSER v_parser (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);
      CREATE TEXT SEARCH TEMPLATE v_template (LEXIZE = dsimple_lexize)`,
  ],
  [
    "a tablespace",
    `
      CREATE TABLE v_spaced (id integer PRIMARY KEY, note text) TABLESPACE v_space;
      CREATE INDEX v_spaced_index ON v_spaced (note) TABLESPACE v_space;
      INSERT INTO v_spaced VALUES (1, 'x')`,
    {
      alone: true,
      prepare: `rm -rf /var/lib/postgresql/v_space; mkdir /var/lib/postgresql/v_space; chown postgres /var/lib/postgresql/v_space; psql -U {admin} -d {database} -c "CREATE TABLESPACE v_space LOCATION '/var/lib/postgresql/v_space'"`,
      keeps: [
        "SELECT relname, (SELECT spcname FROM pg_tablespace s WHERE s.oid = reltablespace) FROM pg_class WHERE relname LIKE 'v\\_spaced%' ORDER BY relname",
      ],
    },
  ],
  [
    "the administrator's tables, views and functions",
    `
      CREATE TABLE v_admins (id serial PRIMARY KEY, note varchar(9) CHECK (note IN ('a', 'b')));
      INSERT INTO v_admins (note) VALUES ('a');
      CREATE MATERIALIZED VIEW v_admins_kept AS SELECT note, count(*) FROM v_admins GROUP BY note;
      CREATE VIEW v_admins_view AS SELECT * FROM v_admins;
      GRANT SELECT ON v_admins_view TO {owner};
      CREATE SCHEMA v_admins_schema;
      CREATE TABLE v_admins_schema.hidden (id integer REFERENCES public.v_admins);
      INSERT INTO v_admins_schema.hidden VALUES (1);
      CREATE INDEX v_admins_index ON v_admins (note);
      CREATE STATISTICS v_admins_statistics ON id, note FROM v_admins;
      SELECT lo_from_bytea(940001, 'x');
      GRANT SELECT ON LARGE OBJECT 940001 TO {owner}`,
    {
      keeps: [
        "SELECT relname, relowner::regrole::text, coalesce(relacl, acldefault('r', relowner))::text FROM pg_class WHERE relname LIKE 'v\\_admins%' ORDER BY relname",
        "SELECT lomowner::regrole::text, coalesce(lomacl, acldefault('L', lomowner))::text FROM pg_largeobject_metadata WHERE oid = 940001",
      ],
    },
  ],
  [
    "a key from Odoo's table to the administrator's, and back",
    `
      CREATE TABLE v_key_admin (id integer PRIMARY KEY, partner_id integer REFERENCES res_partner);
      INSERT INTO v_key_admin SELECT 1, min(id) FROM res_partner;
      GRANT REFERENCES, SELECT ON v_key_admin TO {owner};
      SET ROLE {owner};
      CREATE TABLE v_key_odoo (id integer REFERENCES v_key_admin);
      INSERT INTO v_key_odoo VALUES (1);
      RESET ROLE`,
  ],
  [
    "triggers of keys that are disabled",
    `
      CREATE TABLE v_off_a (id integer PRIMARY KEY);
      CREATE TABLE v_off_b (a_id integer REFERENCES v_off_a);
      ALTER TABLE v_off_a OWNER TO {owner};
      ALTER TABLE v_off_b OWNER TO {owner};
      ALTER TABLE v_off_b DISABLE TRIGGER ALL`,
  ],
  [
    "an index that is invalid",
    `
      CREATE TABLE v_index_invalid (id integer);
      ALTER TABLE v_index_invalid OWNER TO {owner};
      CREATE INDEX v_index_invalid_index ON v_index_invalid (id);
      UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'v_index_invalid_index'::regclass`,
  ],
  [
    "a topology",
    `
      SELECT topology.CreateTopology('v_city', 4326);
      CREATE TABLE v_parcel (id integer PRIMARY KEY, name text);
      SELECT topology.AddTopoGeometryColumn('v_city', 'public', 'v_parcel', 'shape', 'POLYGON');
      INSERT INTO v_parcel (id, name, shape) SELECT 1, 'a', topology.toTopoGeom('SRID=4326;POLYGON((0 0,0 1,1 1,1 0,0 0))'::geometry, 'v_city', 1)`,
    { alone: true },
  ],
  [
    "Odoo's own spatial references",
    `
      INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text) VALUES (990002, 'X', 990002, '', '+proj=longlat');
      UPDATE spatial_ref_sys SET proj4text = '+proj=longlat +x' WHERE srid = 990001`,
    { alone: true },
  ],
  [
    "a sparse large object of 1.1 GB",
    "SELECT lo_put(lo_from_bytea(950001, 'start'), 1180000000, 'end')",
    { alone: true, policy: "flexible" },
  ],
]);

import { byAdmin } from "../variation.ts";

/** Who owns what and who may do what. */
export const OWNERS_AND_RIGHTS = byAdmin([
  [
    "an audit trail that Odoo may only add to, and a function that lends one right",
    `
      CREATE TABLE v_trail (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz DEFAULT now(), what text);
      INSERT INTO v_trail (what) VALUES ('enrolled'), ('paid');
      REVOKE ALL ON v_trail FROM PUBLIC;
      GRANT SELECT, INSERT ON v_trail TO {owner};
      CREATE FUNCTION v_log_files() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$ SELECT count(*) FROM pg_catalog.pg_ls_logdir() $$;
      GRANT EXECUTE ON FUNCTION v_log_files() TO {owner}`,
    {
      keeps: [
        "SELECT relowner::regrole::text, a.* FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) a WHERE relname = 'v_trail' ORDER BY a.grantee::regrole::text, a.privilege_type",
        "SELECT proowner::regrole::text, prosecdef, a.* FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) a WHERE proname = 'v_log_files' ORDER BY a.grantee, a.privilege_type",
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
    `
      GRANT SELECT ON pg_authid TO openspp_reader;
      GRANT EXECUTE ON FUNCTION pg_ls_dir(text) TO openspp_reader;
      GRANT SELECT (rolname) ON pg_authid TO {owner}`,
    {
      keeps: [
        "SELECT relacl::text FROM pg_class WHERE oid = 'pg_authid'::regclass",
        "SELECT proacl::text FROM pg_proc WHERE oid = 'pg_ls_dir(text)'::regprocedure",
      ],
    },
  ],
  [
    "rights on pg_stat_statements_reset",
    `
      CREATE EXTENSION pg_stat_statements;
      GRANT EXECUTE ON FUNCTION pg_stat_statements_reset TO openspp_reader;
      GRANT SELECT ON pg_stat_statements TO openspp_reader WITH GRANT OPTION`,
    { keeps: ["SELECT proacl::text FROM pg_proc WHERE proname = 'pg_stat_statements_reset'"] },
  ],
  [
    "functions and languages that not everybody may use",
    `
      REVOKE EXECUTE ON FUNCTION similarity(text, text) FROM PUBLIC;
      REVOKE USAGE ON LANGUAGE sql FROM PUBLIC;
      GRANT USAGE ON LANGUAGE sql TO {owner};
      GRANT USAGE ON LANGUAGE plpgsql TO openspp_reader;
      REVOKE SELECT ON geometry_columns FROM PUBLIC`,
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
    `
      CREATE ROLE v_passing NOLOGIN;
      CREATE TABLE v_passed (id integer);
      ALTER TABLE v_passed OWNER TO {owner};
      GRANT SELECT ON v_passed TO v_passing WITH GRANT OPTION;
      SET ROLE v_passing;
      GRANT SELECT ON v_passed TO openspp_reader;
      RESET ROLE`,
    { keeps: ["SELECT relacl::text FROM pg_class WHERE relname = 'v_passed'"] },
  ],
  [
    "objects of third roles",
    `
      CREATE ROLE v_third NOLOGIN;
      CREATE ROLE "v_Third, Role" NOLOGIN;
      GRANT CREATE ON SCHEMA public TO v_third, "v_Third, Role";
      SET ROLE v_third;
      CREATE TABLE v_third_table (id serial PRIMARY KEY, note text DEFAULT 'x');
      INSERT INTO v_third_table VALUES (1, 'a');
      CREATE VIEW v_third_view AS SELECT * FROM v_third_table;
      CREATE FUNCTION v_third_function() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
      CREATE TYPE v_third_type AS ENUM ('a');
      CREATE MATERIALIZED VIEW v_third_kept AS SELECT 1 AS one;
      GRANT SELECT ON v_third_table TO {owner};
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {owner};
      RESET ROLE;
      SET ROLE "v_Third, Role";
      CREATE TABLE v_third_odd (id integer);
      RESET ROLE;
      CREATE SCHEMA v_third_schema AUTHORIZATION v_third`,
    {
      keeps: [
        "SELECT relname, relowner::regrole::text FROM pg_class WHERE relname LIKE 'v\\_third%' ORDER BY relname",
      ],
    },
  ],
  [
    "hundreds of roles",
    `
      DO $$ BEGIN FOR n IN 1 .. 300 LOOP EXECUTE format('CREATE ROLE v_many_%s NOLOGIN', n); EXECUTE format('GRANT SELECT ON res_company TO v_many_%s', n); END LOOP; END $$`,
    {
      alone: true,
      keeps: [
        "SELECT cardinality(relacl) FROM pg_class WHERE oid = 'public.res_company'::regclass",
      ],
    },
  ],
  [
    "default privileges of several roles",
    `
      CREATE ROLE v_defaults NOLOGIN;
      ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults GRANT SELECT ON TABLES TO {owner};
      ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON TYPES TO openspp_reader;
      ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults GRANT USAGE ON SCHEMAS TO PUBLIC;
      ALTER DEFAULT PRIVILEGES FOR ROLE v_defaults GRANT SELECT ON LARGE OBJECTS TO openspp_reader`,
    {
      alone: true,
      keeps: [
        "SELECT defaclrole::regrole::text, defaclnamespace::regnamespace::text, defaclobjtype, defaclacl::text FROM pg_default_acl ORDER BY 1, 2, 3",
      ],
    },
  ],
  [
    "default privileges that reach whatever is restored",
    `
      ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO openspp_reader;
      ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT ALL ON TABLES TO PUBLIC`,
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
    `
      CREATE ROLE v_public NOLOGIN;
      ALTER SCHEMA public OWNER TO v_public;
      COMMENT ON SCHEMA public IS NULL;
      GRANT CREATE ON SCHEMA public TO PUBLIC`,
    {
      alone: true,
      keeps: [
        "SELECT nspowner::regrole::text, nspacl::text, obj_description(oid) FROM pg_namespace WHERE nspname = 'public'",
      ],
    },
  ],
  [
    "extensions of many kinds, with comments and moved",
    `
      CREATE EXTENSION hstore;
      CREATE SCHEMA v_extensions;
      CREATE EXTENSION citext SCHEMA v_extensions;
      CREATE EXTENSION btree_gist;
      CREATE EXTENSION ltree VERSION '1.2';
      CREATE EXTENSION intarray;
      COMMENT ON EXTENSION hstore IS 'ours';
      COMMENT ON EXTENSION citext IS NULL;
      CREATE TABLE v_extended (a hstore, b v_extensions.citext UNIQUE, c ltree, d integer[]);
      INSERT INTO v_extended VALUES ('a=>1', 'X', 'a.b', '{1}')`,
    { alone: true },
  ],
  [
    "postgres_fdw with server, mapping, foreign table and rights",
    `
      CREATE EXTENSION postgres_fdw;
      CREATE SERVER v_far FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '192.0.2.1', dbname 'far');
      GRANT USAGE ON FOREIGN SERVER v_far TO {owner};
      CREATE USER MAPPING FOR {owner} SERVER v_far OPTIONS (user 'far', password 'x');
      CREATE USER MAPPING FOR PUBLIC SERVER v_far OPTIONS (user 'all', password 'y');
      CREATE FOREIGN TABLE v_far_table (id integer OPTIONS (column_name 'ID') NOT NULL, name varchar(9) DEFAULT 'x', CHECK (name IN ('a', 'x'))) SERVER v_far OPTIONS (table_name 'here');
      GRANT SELECT ON v_far_table TO {owner};
      SET ROLE {owner};
      CREATE FOREIGN TABLE v_far_own (id integer) SERVER v_far;
      RESET ROLE`,
    {
      keeps: [
        "SELECT srvowner::regrole::text, a.* FROM pg_foreign_server, aclexplode(coalesce(srvacl, acldefault('S', srvowner))) a ORDER BY srvname, a.grantee",
        "SELECT umuser::regrole::text, o FROM pg_user_mapping, unnest(umoptions) o ORDER BY 1, 2",
      ],
    },
  ],
  [
    "event triggers, with comments, one of them disabled",
    `
      CREATE FUNCTION v_event() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$;
      CREATE EVENT TRIGGER v_event_end ON ddl_command_end WHEN TAG IN ('CREATE POLICY') EXECUTE FUNCTION v_event();
      COMMENT ON EVENT TRIGGER v_event_end IS 'x';
      CREATE EVENT TRIGGER v_event_drop ON sql_drop EXECUTE FUNCTION v_event();
      ALTER EVENT TRIGGER v_event_drop DISABLE;
      CREATE EVENT TRIGGER v_event_login ON login EXECUTE FUNCTION v_event();
      ALTER EVENT TRIGGER v_event_login ENABLE ALWAYS;
      CREATE EVENT TRIGGER v_event_rewrite ON table_rewrite EXECUTE FUNCTION v_event()`,
  ],
  [
    "comments on the schema public and on extensions",
    `
      COMMENT ON SCHEMA public IS 'ours';
      COMMENT ON EXTENSION pg_trgm IS 'ours';
      COMMENT ON EXTENSION postgis IS NULL;
      COMMENT ON SCHEMA topology IS 'x'`,
    {
      alone: true,
      keeps: [
        "SELECT obj_description('public'::regnamespace), (SELECT obj_description(oid) FROM pg_extension WHERE extname = 'pg_trgm')",
      ],
    },
  ],
]);

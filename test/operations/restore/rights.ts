import type { Lab } from "../../lab/lab.ts";

/** What a restore must leave as it was, beside the content: of the database itself, and who owns and may do what in it. */
const QUERIES: Readonly<Record<string, string>> = {
  database: `SELECT d.datdba::regrole, ARRAY(SELECT a::text FROM unnest(d.datacl) a ORDER BY 1) AS acl, d.datconnlimit, d.datallowconn, d.datistemplate, d.encoding, d.datlocprovider,
    d.datcollate, d.datctype, d.datlocale, d.daticurules, d.dattablespace, shobj_description(d.oid, 'pg_database') AS comment
    FROM pg_database d WHERE d.datname = current_database()`,
  settings: `SELECT setrole::regrole::text, ARRAY(SELECT c FROM unnest(setconfig) c ORDER BY 1) AS config FROM pg_db_role_setting
    WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY 1`,
  schemas:
    "SELECT nspname, nspowner::regrole, ARRAY(SELECT a::text FROM unnest(nspacl) a ORDER BY 1) AS acl FROM pg_namespace WHERE nspname !~ '^pg_(toast|temp)' ORDER BY 1",
  relations: `SELECT c.oid::regclass::text AS name, c.relowner::regrole, ARRAY(SELECT a::text FROM unnest(c.relacl) a ORDER BY 1) AS acl FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`,
  routines: `SELECT p.oid::regprocedure::text AS name, p.proowner::regrole, ARRAY(SELECT a::text FROM unnest(p.proacl) a ORDER BY 1) AS acl FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' ORDER BY 1`,
  "default privileges":
    "SELECT defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, ARRAY(SELECT a::text FROM unnest(defaclacl) a ORDER BY 1) AS acl FROM pg_default_acl ORDER BY 1, 2, 3",
  extensions: "SELECT extname, extowner::regrole, extversion FROM pg_extension ORDER BY 1",
};

export type Rights = Readonly<Record<string, readonly unknown[]>>;

/** Given a lab, return what its production database is beside its content. */
export async function rightsOf(lab: Lab): Promise<Rights> {
  const client = await lab.connect(lab.database.admin);
  try {
    const found: Record<string, readonly unknown[]> = {};
    for (const [what, query] of Object.entries(QUERIES)) {
      found[what] = (await client.query(query)).rows;
    }
    return found;
  } finally {
    await client.end();
  }
}

/** Statements that give a production database everything that a restore could lose. */
export const PECULIARITIES = `
DO $$ BEGIN CREATE ROLE auditor NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
ALTER DATABASE openspp CONNECTION LIMIT 57;
ALTER DATABASE openspp SET work_mem = '11MB';
ALTER DATABASE openspp SET search_path = "$user", public, "Données à part";
ALTER DATABASE openspp SET "odoo.mode" = 'it''s \\ odd';
ALTER ROLE odoo IN DATABASE openspp SET statement_timeout = '17min';
COMMENT ON DATABASE openspp IS 'The registry; don''t touch {"a": 1}';
REVOKE CONNECT ON DATABASE openspp FROM PUBLIC;
GRANT CONNECT ON DATABASE openspp TO odoo;
GRANT TEMPORARY ON DATABASE openspp TO auditor WITH GRANT OPTION;
GRANT SELECT ON res_partner TO auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE odoo IN SCHEMA public GRANT SELECT ON TABLES TO auditor`;

/** What takes them away again. */
export const NO_PECULIARITIES = `
ALTER DATABASE openspp CONNECTION LIMIT -1;
ALTER DATABASE openspp RESET ALL;
ALTER ROLE odoo IN DATABASE openspp RESET ALL;
COMMENT ON DATABASE openspp IS NULL;
GRANT CONNECT ON DATABASE openspp TO PUBLIC;
REVOKE ALL ON DATABASE openspp FROM auditor;
REVOKE SELECT ON res_partner FROM auditor;
ALTER DEFAULT PRIVILEGES FOR ROLE odoo IN SCHEMA public REVOKE SELECT ON TABLES FROM auditor`;

import { seenBy } from "../fault.ts";

/** Owners, rights and default rights, of each kind of object, also those of the policy's own two roles. */
export const RIGHTS = seenBy("structure", [
  ["a third role's table is Odoo's", "ALTER TABLE g_audited OWNER TO {owner}"],
  ["a table of Odoo's is a third role's", "ALTER TABLE g_swap OWNER TO openspp_auditor"],
  ["the administrator's table is Odoo's", "ALTER TABLE g_trail OWNER TO {owner}", "strict"],
  ["a table of Odoo's is the administrator's", "ALTER TABLE g_swap OWNER TO {admin}", "strict"],
  [
    "a function of the administrator's is Odoo's",
    "ALTER FUNCTION g_log_files OWNER TO {owner}",
    "strict",
  ],
  [
    "a function of Odoo's is the administrator's",
    "ALTER FUNCTION g_rows OWNER TO {admin}",
    "strict",
  ],
  ["a schema has another owner", "ALTER SCHEMA g_schema OWNER TO openspp_auditor"],
  ["the schema public has another owner", "ALTER SCHEMA public OWNER TO openspp_auditor"],
  ["a view has another owner", "ALTER VIEW g_view OWNER TO openspp_auditor"],
  [
    "a materialized view has another owner",
    "ALTER MATERIALIZED VIEW g_materialized OWNER TO openspp_auditor",
  ],
  [
    "a sequence has another owner",
    "ALTER SEQUENCE g_sequence OWNED BY NONE; ALTER SEQUENCE g_sequence OWNER TO openspp_auditor",
  ],
  ["a domain has another owner", "ALTER DOMAIN g_domain OWNER TO openspp_auditor"],
  ["an enum has another owner", "ALTER TYPE g_enum OWNER TO openspp_auditor"],
  ["a base type has another owner", "ALTER TYPE g_base OWNER TO openspp_auditor"],
  ["an aggregate has another owner", "ALTER AGGREGATE g_sum(integer) OWNER TO openspp_auditor"],
  ["a procedure has another owner", "ALTER PROCEDURE g_procedure OWNER TO openspp_auditor"],
  ["an operator has another owner", "ALTER OPERATOR === (text, text) OWNER TO openspp_auditor"],
  [
    "an operator class has another owner",
    "ALTER OPERATOR CLASS g_class USING btree OWNER TO openspp_auditor",
  ],
  [
    "an operator family has another owner",
    "ALTER OPERATOR FAMILY g_family USING btree OWNER TO openspp_auditor",
  ],
  ["a collation has another owner", "ALTER COLLATION g_collation OWNER TO openspp_auditor"],
  ["a conversion has another owner", "ALTER CONVERSION g_conversion OWNER TO openspp_auditor"],
  ["a language has another owner", "ALTER LANGUAGE g_language OWNER TO openspp_auditor"],
  [
    "a text search configuration has another owner",
    "ALTER TEXT SEARCH CONFIGURATION g_configuration OWNER TO openspp_auditor",
  ],
  [
    "a text search dictionary has another owner",
    "ALTER TEXT SEARCH DICTIONARY g_dictionary OWNER TO openspp_auditor",
  ],
  [
    "extended statistics have another owner",
    "ALTER STATISTICS g_statistics OWNER TO openspp_auditor",
  ],
  [
    "a publication has another owner",
    "UPDATE pg_publication SET pubowner = 'openspp_auditor'::regrole WHERE pubname = 'g_publication'",
  ],
  [
    "a foreign server has another owner",
    "UPDATE pg_foreign_server SET srvowner = 'openspp_auditor'::regrole",
  ],
  ["a foreign table has another owner", "ALTER FOREIGN TABLE g_foreign OWNER TO openspp_auditor"],
  ["a large object has another owner", "ALTER LARGE OBJECT 910001 OWNER TO openspp_auditor"],
  ["Odoo may delete from the audit trail", "GRANT DELETE ON g_trail TO {owner}", "strict"],
  ["Odoo may not add to the audit trail", "REVOKE INSERT ON g_trail FROM {owner}", "strict"],
  ["Odoo's role may delete again what it gave up", "GRANT DELETE ON g_person TO {owner}"],
  ["a right on a table is missing", "REVOKE UPDATE ON g_person FROM openspp_reader"],
  ["a right on a table more", "GRANT DELETE ON g_person TO openspp_reader"],
  [
    "a right on a table may be passed on",
    "GRANT SELECT ON g_person TO openspp_reader WITH GRANT OPTION",
  ],
  ["everybody may read a table", "GRANT SELECT ON g_person TO PUBLIC"],
  [
    "a right was granted by another role",
    "REVOKE GRANT OPTION FOR USAGE ON SEQUENCE ir_sequence_001 FROM openspp_reader CASCADE",
  ],
  ["a right on a column is missing", "REVOKE UPDATE (name) ON g_person FROM openspp_auditor"],
  [
    "a right on a column is one on the table",
    "REVOKE UPDATE (name) ON g_person FROM openspp_auditor; GRANT UPDATE ON g_person TO openspp_auditor",
  ],
  ["a right on a sequence is missing", "REVOKE USAGE ON SEQUENCE g_sequence FROM openspp_reader"],
  ["a right on a schema is missing", "REVOKE USAGE ON SCHEMA spp_reporting FROM openspp_reader"],
  ["everybody may create in the schema public", "GRANT CREATE ON SCHEMA public TO PUBLIC"],
  ["nobody may use the schema public", "REVOKE USAGE ON SCHEMA public FROM PUBLIC"],
  ["everybody may run a function again", "GRANT EXECUTE ON FUNCTION g_rows TO PUBLIC"],
  ["a right on a function is missing", "REVOKE EXECUTE ON FUNCTION g_rows FROM openspp_reader"],
  [
    "everybody may run a function of the administrator's",
    "GRANT EXECUTE ON FUNCTION g_log_files TO PUBLIC",
  ],
  ["everybody may use a type again", "GRANT USAGE ON TYPE g_enum TO PUBLIC"],
  ["a right on a type is missing", "REVOKE USAGE ON TYPE g_enum FROM openspp_reader"],
  ["everybody may use a language again", "GRANT USAGE ON LANGUAGE g_language TO PUBLIC"],
  ["a right on a language is missing", "REVOKE USAGE ON LANGUAGE g_language FROM openspp_reader"],
  ["nobody may use plpgsql", "REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC"],
  [
    "a right on a large object is missing",
    "REVOKE SELECT ON LARGE OBJECT 910001 FROM openspp_reader",
  ],
  [
    "a right on a foreign server is missing",
    "REVOKE USAGE ON FOREIGN SERVER g_server FROM {owner}",
    "strict",
  ],
  [
    "a right on a foreign-data wrapper is missing",
    "REVOKE USAGE ON FOREIGN DATA WRAPPER g_wrapper FROM openspp_reader",
  ],
  ["a right on a foreign table is missing", "REVOKE SELECT ON g_foreign FROM {owner}", "strict"],
  ["a right on a third role's table is missing", "REVOKE SELECT ON g_audited FROM {owner}"],
  [
    "default rights are missing",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA spp_reporting REVOKE EXECUTE ON FUNCTIONS FROM openspp_reader",
  ],
  [
    "default rights of the administrator's are missing",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {admin} IN SCHEMA public REVOKE SELECT ON TABLES FROM openspp_auditor",
  ],
  [
    "default rights more",
    "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} GRANT SELECT ON TABLES TO openspp_reader",
  ],
  [
    "everybody may run an extension's function again",
    "GRANT EXECUTE ON FUNCTION similarity(text, text) TO PUBLIC",
  ],
  [
    "a right on an extension's function is missing",
    "REVOKE EXECUTE ON FUNCTION unaccent(text) FROM openspp_reader",
  ],
  [
    "a right on an extension's function more",
    "GRANT EXECUTE ON FUNCTION st_area(geometry) TO openspp_reader WITH GRANT OPTION",
  ],
  ["a right on an extension's table more", "GRANT UPDATE ON spatial_ref_sys TO openspp_reader"],
  ["a right on an extension's table is missing", "REVOKE SELECT ON spatial_ref_sys FROM PUBLIC"],
  ["a right on a table of pg_catalog is missing", "REVOKE SELECT ON pg_authid FROM openspp_reader"],
  [
    "a right on a column of pg_catalog is missing",
    "REVOKE SELECT (rolname) ON pg_authid FROM openspp_auditor",
  ],
  [
    "a right on a function of pg_catalog is missing",
    "REVOKE EXECUTE ON FUNCTION pg_ls_dir(text) FROM openspp_reader",
  ],
  [
    "everybody may run a function of pg_catalog",
    "GRANT EXECUTE ON FUNCTION pg_ls_logdir() TO PUBLIC",
  ],
]);

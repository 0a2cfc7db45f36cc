/** Catalogs that are not compared, with the reason. */
const CLUSTER = "belongs to the whole server, and no dump of a database holds it";

export const NOT_COMPARED: Readonly<Record<string, string>> = {
  pg_auth_members: CLUSTER,
  pg_authid: CLUSTER,
  pg_database: "the database's own properties are compared by the check `properties`",
  pg_db_role_setting: "the database's own settings are compared by the check `properties`",
  pg_init_privs: "what an extension's script and initdb granted: rights are compared with it",
  pg_largeobject: "compared by the check `large-objects`",
  pg_parameter_acl: CLUSTER,
  pg_replication_origin: CLUSTER,
  pg_shdepend: "follows from owners and rights",
  pg_shdescription: "comments on databases, roles and tablespaces, which no dump holds",
  pg_shseclabel: "labels of databases, roles and tablespaces, which no dump holds",
  pg_statistic: "gathered by ANALYZE",
  pg_statistic_ext_data: "gathered by ANALYZE",
  pg_subscription: "a subscription is not created in a copy, and comes back disabled in production",
  pg_subscription_rel: "the state of a subscription's tables",
  pg_tablespace: CLUSTER,
};

import { userSchema } from "../../sql.ts";
import {
  type Catalog,
  columnNames,
  identityOf,
  isUsers,
  ownObject,
  sortedOptions,
} from "../catalog.ts";
import { IN_DUMP, NUMBER } from "./in-dump.ts";

const IN_USER_SCHEMA = (column: string) => userSchema(`${column}::regnamespace::text`);

/** A dump holds who owns `public` and what is said of it, though initdb made it. */
const IS_PUBLIC = "'public'::regnamespace";

/** Comments on a table's columns are part of one object, as an Odoo database has one for each. */
const OF_RELATION = "o.classoid = 'pg_class'::regclass";

/** Schemas, comments, text search, publications, foreign data and what is rare. */
export const OTHER_CATALOGS: readonly Catalog[] = [
  {
    catalog: "pg_namespace",
    where: `${userSchema("o.nspname")} AND (o.oid = ${IS_PUBLIC} OR ${ownObject("pg_namespace")})`,
    named: ["nspname"],
    references: { nspowner: "regrole" },
    rights: ["nspacl"],
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_extension",
    where: isUsers(),
    named: ["extname"],
    values: ["extrelocatable"],
    references: { extowner: "regrole", extnamespace: "regnamespace" },
    left: {
      oid: NUMBER,
      extversion: "compared by the check `extensions`",
      extconfig: "set by the extension's own script",
      extcondition: "set by the extension's own script",
    },
  },
  {
    catalog: "pg_description",
    where: `${OF_RELATION} AND ${IN_DUMP("o.objoid")}`,
    object: { kind: "'comments on'", name: identityOf("pg_class", "o.objoid") },
    together: "o.objsubid",
    named: ["objoid", "classoid"],
    values: ["description"],
    printed: {
      objsubid:
        "(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = o.objoid AND a.attnum = o.objsubid)",
    },
  },
  {
    catalog: "pg_description",
    // Creating an extension brings its own comment back, also where somebody had removed it.
    joins: "CROSS JOIN LATERAL pg_identify_object(o.classoid, o.objoid, o.objsubid) i",
    where: `NOT ${OF_RELATION} AND (${isUsers("o.objoid")} OR o.classoid = 'pg_namespace'::regclass AND o.objoid = ${IS_PUBLIC})
      AND NOT EXISTS (SELECT FROM member m WHERE m.classid = o.classoid AND m.objid = o.objoid)
      AND NOT (o.classoid = 'pg_extension'::regclass AND EXISTS (SELECT FROM pg_available_extensions e
        JOIN pg_extension x ON x.extname = e.name WHERE x.oid = o.objoid AND e.comment = o.description))`,
    object: { kind: "'comment on ' || i.type", name: "i.identity" },
    values: ["description"],
  },
  {
    catalog: "pg_seclabel",
    joins: "CROSS JOIN LATERAL pg_identify_object(o.classoid, o.objoid, o.objsubid) i",
    where: isUsers("o.objoid"),
    object: { kind: "'security label of ' || o.provider || ' on ' || i.type", name: "i.identity" },
    named: ["objoid", "classoid", "objsubid", "provider"],
    values: ["label"],
  },
  {
    catalog: "pg_depend",
    where: `o.classid = 'pg_class'::regclass AND o.refclassid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
      AND o.objid IN (SELECT r.oid FROM relation r WHERE r.relkind = 'S')`,
    object: { kind: "'column that owns'", name: identityOf("pg_class", "o.objid") },
    named: ["classid", "objid"],
    values: ["deptype"],
    references: { refobjid: "regclass" },
    printed: {
      refobjsubid:
        "(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = o.refobjid AND a.attnum = o.refobjsubid)",
    },
    left: {
      objsubid: "a sequence has no parts",
      refclassid: "always that of relations",
    },
  },
  {
    catalog: "pg_depend",
    joins:
      "CROSS JOIN LATERAL pg_identify_object(o.classid, o.objid, o.objsubid) i JOIN pg_extension x ON x.oid = o.refobjid",
    where: "o.deptype = 'x'",
    object: { kind: "'dependence on ' || x.extname || ' of ' || i.type", name: "i.identity" },
    values: ["deptype"],
  },
  {
    catalog: "pg_default_acl",
    where: "true",
    named: ["defaclrole", "defaclnamespace", "defaclobjtype"],
    printed: {
      defaclacl: `(SELECT json_agg(x.one ORDER BY x.one) FROM (SELECT concat_ws(' ', g.grantor::regrole, g.grantee::regrole, g.privilege_type, g.is_grantable)
        FROM aclexplode(o.defaclacl) g) x (one))`,
    },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_event_trigger",
    where: ownObject("pg_event_trigger"),
    named: ["evtname"],
    values: ["evtevent", "evtenabled", "evttags"],
    references: { evtowner: "regrole", evtfoid: "regprocedure" },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_foreign_data_wrapper",
    where: ownObject("pg_foreign_data_wrapper"),
    named: ["fdwname"],
    printed: { fdwoptions: sortedOptions("o.fdwoptions") },
    references: { fdwowner: "regrole", fdwhandler: "regprocedure", fdwvalidator: "regprocedure" },
    rights: ["fdwacl"],
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_foreign_server",
    where: ownObject("pg_foreign_server"),
    named: ["srvname"],
    values: ["srvtype", "srvversion"],
    printed: { srvoptions: sortedOptions("o.srvoptions") },
    references: { srvowner: "regrole", srvfdw: "pg_foreign_data_wrapper" },
    rights: ["srvacl"],
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_user_mapping",
    where: ownObject("pg_foreign_server", "o.umserver"),
    named: ["umuser", "umserver"],
    printed: { umoptions: sortedOptions("o.umoptions") },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_publication",
    where: ownObject("pg_publication"),
    named: ["pubname"],
    values: [
      "puballtables",
      "pubinsert",
      "pubupdate",
      "pubdelete",
      "pubtruncate",
      "pubviaroot",
      "pubgencols",
    ],
    references: { pubowner: "regrole" },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_publication_namespace",
    where: ownObject("pg_publication", "o.pnpubid"),
    named: ["pnpubid", "pnnspid"],
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_publication_rel",
    where: ownObject("pg_publication", "o.prpubid"),
    named: ["prpubid", "prrelid"],
    printed: {
      prattrs: `(SELECT json_agg(x.name ORDER BY x.name) FROM json_array_elements_text(${columnNames("o.prrelid", "o.prattrs::int2[]")}) x (name))`,
    },
    expressions: {
      columns: ["prqual"],
      prints: "CASE WHEN o.prqual IS NOT NULL THEN ARRAY[pg_get_expr(o.prqual, o.prrelid)] END",
      owner: "SELECT p.pubowner::regrole FROM pg_publication p WHERE p.oid = o.prpubid",
      again: `ARRAY[format('ALTER PUBLICATION %I SET TABLE ONLY %s WHERE ({print 1})', (SELECT p.pubname FROM pg_publication p WHERE p.oid = o.prpubid), o.prrelid::regclass)]`,
      made: `format('o.prrelid = %L::regclass AND o.prpubid = %s', o.prrelid::regclass, o.prpubid)`,
    },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_ts_parser",
    where: `${IN_USER_SCHEMA("o.prsnamespace")} AND ${ownObject("pg_ts_parser")}`,
    named: ["prsname", "prsnamespace"],
    references: {
      prsstart: "regprocedure",
      prstoken: "regprocedure",
      prsend: "regprocedure",
      prsheadline: "regprocedure",
      prslextype: "regprocedure",
    },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_ts_template",
    where: `${IN_USER_SCHEMA("o.tmplnamespace")} AND ${ownObject("pg_ts_template")}`,
    named: ["tmplname", "tmplnamespace"],
    references: { tmplinit: "regprocedure", tmpllexize: "regprocedure" },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_ts_dict",
    where: `${IN_USER_SCHEMA("o.dictnamespace")} AND ${ownObject("pg_ts_dict")}`,
    named: ["dictname", "dictnamespace"],
    values: ["dictinitoption"],
    references: { dictowner: "regrole", dicttemplate: "pg_ts_template" },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_ts_config",
    where: `${IN_USER_SCHEMA("o.cfgnamespace")} AND ${ownObject("pg_ts_config")}`,
    named: ["cfgname", "cfgnamespace"],
    references: { cfgowner: "regrole", cfgparser: "pg_ts_parser" },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_ts_config_map",
    where: ownObject("pg_ts_config", "o.mapcfg"),
    object: { kind: "'dictionaries of'", name: "o.mapcfg::regconfig" },
    together: "o.maptokentype, o.mapseqno",
    named: ["mapcfg"],
    values: ["maptokentype"],
    references: { mapdict: "regdictionary" },
    left: { mapseqno: "compared as the order" },
  },
  {
    catalog: "pg_largeobject_metadata",
    where: "true",
    // Their content is proven by the check `large-objects`. There may be millions of them.
    object: { kind: "'large objects'", name: "'owners'" },
    together: "o.oid",
    values: ["oid"],
    references: { lomowner: "regrole" },
    rights: ["lomacl"],
  },
];

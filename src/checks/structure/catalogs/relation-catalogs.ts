import { type Catalog, columnNames, isUsers, noMember, sortedOptions } from "../catalog.ts";
import {
  DERIVED,
  DISABLED_KEYS,
  IN_DEFINITION,
  IN_DUMP,
  likeTable,
  madeIn,
  NAME_OF,
  NUMBER,
  OWNER_OF,
  PRINT_TABLE,
  STORAGE,
} from "./in-dump.ts";

const IS_INDEX = "(SELECT c.relkind IN ('i', 'I') FROM pg_class c WHERE c.oid = o.attrelid)";

const IS_CHILD = `EXISTS (SELECT FROM pg_inherits h JOIN pg_class c ON c.oid = h.inhrelid
  WHERE h.inhrelid = o.attrelid AND NOT c.relispartition AND c.relkind IN ('r', 'f'))`;

/** Tables, views, sequences, indexes and composite types, and what hangs on them. */
export const RELATION_CATALOGS: readonly Catalog[] = [
  {
    catalog: "pg_class",
    where: IN_DUMP("o.oid"),
    named: ["relname", "relnamespace"],
    values: [
      "relkind",
      "relrowsecurity",
      "relforcerowsecurity",
      "relispopulated",
      "relreplident",
      "relispartition",
    ],
    references: { reloftype: "regtype", relam: "pg_am" },
    printed: {
      // An index follows its table.
      relowner: "CASE WHEN o.relkind NOT IN ('i', 'I') THEN o.relowner::regrole END",
      relpersistence: "CASE WHEN o.relkind NOT IN ('i', 'I') THEN o.relpersistence END",
      // A view's check option can come back in another place.
      reloptions:
        "(SELECT json_agg(x.option ORDER BY x.option) FROM unnest(o.reloptions) x (option))",
      reltoastrelid: "(SELECT t.reloptions FROM pg_class t WHERE t.oid = o.reltoastrelid)",
      relpartbound: "pg_get_expr(o.relpartbound, o.oid)",
    },
    rights: ["relacl"],
    left: {
      oid: NUMBER,
      reltype: DERIVED,
      relfilenode: STORAGE,
      reltablespace: "compared as `tablespace of` (see below), as a fresh server has none",
      relpages: STORAGE,
      reltuples: "an estimate of ANALYZE",
      relallvisible: STORAGE,
      relallfrozen: STORAGE,
      relhasindex: DERIVED,
      relisshared: "only PostgreSQL's own are",
      relnatts: "counts dropped columns, too",
      relchecks: DERIVED,
      relhasrules: DERIVED,
      relhastriggers: DERIVED,
      relhassubclass: DERIVED,
      relrewrite: STORAGE,
      relfrozenxid: STORAGE,
      relminmxid: STORAGE,
    },
  },
  {
    catalog: "pg_attribute",
    where: `o.attnum > 0 AND NOT o.attisdropped AND ${IN_DUMP("o.attrelid")}
      AND (NOT ${IS_INDEX} OR o.attstattarget IS NOT NULL OR o.attoptions IS NOT NULL)`,
    object: { kind: "'columns of'", name: NAME_OF("o.attrelid") },
    // A dump creates what a child inherits first, so the order of its columns can change.
    together: `CASE WHEN ${IS_CHILD} THEN o.attname END, o.attnum`,
    named: ["attrelid"],
    values: [
      "attnotnull",
      "attidentity",
      "attgenerated",
      "attislocal",
      "attinhcount",
      "attcompression",
      "attstattarget",
      "attoptions",
    ],
    references: { attcollation: "regcollation" },
    printed: {
      attfdwoptions: sortedOptions("o.attfdwoptions"),
      // An index keeps the name that a column had when the index was made.
      attname: `CASE WHEN NOT ${IS_INDEX} THEN o.attname END`,
      atttypid: "format_type(o.atttypid, o.atttypmod)",
      attnum: `CASE WHEN ${IS_INDEX} THEN o.attnum END`,
      attstorage: `CASE WHEN NOT ${IS_INDEX} THEN o.attstorage END`,
    },
    rights: ["attacl"],
    left: {
      attlen: DERIVED,
      atttypmod: "printed with the type",
      attndims: "PostgreSQL does not use it, and a dump does not keep it",
      attbyval: DERIVED,
      attalign: DERIVED,
      atthasdef: DERIVED,
      atthasmissing: STORAGE,
      attisdropped: "a dropped column is not restored",
      attmissingval: STORAGE,
    },
  },
  {
    catalog: "pg_attrdef",
    joins: "JOIN pg_attribute a ON a.attrelid = o.adrelid AND a.attnum = o.adnum",
    where: IN_DUMP("o.adrelid"),
    named: ["adrelid", "adnum"],
    expressions: {
      columns: ["adbin"],
      prints: "ARRAY[pg_get_expr(o.adbin, o.adrelid)]",
      owner: OWNER_OF("o.adrelid"),
      // A generated column of the table itself would be computed again for each row.
      again: `CASE WHEN a.attgenerated = '' THEN
        ARRAY[format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT {print 1}', o.adrelid::regclass, a.attname)]
      ELSE ARRAY[${likeTable("o.adrelid")},
        format('ALTER TABLE ${PRINT_TABLE} DROP COLUMN %I', a.attname),
        format('ALTER TABLE ${PRINT_TABLE} ADD COLUMN %I %s GENERATED ALWAYS AS ({print 1}) STORED', a.attname, format_type(a.atttypid, a.atttypmod))] END`,
      made: `CASE WHEN a.attgenerated = '' THEN format('o.adrelid = %L::regclass AND o.adnum = %s', o.adrelid::regclass, o.adnum)
        ELSE ${madeIn("adrelid")} END`,
    },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_inherits",
    where: IN_DUMP("o.inhrelid"),
    object: { kind: "'parents of'", name: NAME_OF("o.inhrelid") },
    together: "o.inhseqno",
    named: ["inhrelid"],
    values: ["inhdetachpending"],
    references: { inhparent: "regclass" },
    left: { inhseqno: "compared as the order" },
  },
  {
    catalog: "pg_partitioned_table",
    where: IN_DUMP("o.partrelid"),
    object: { kind: "'partition key of'", name: NAME_OF("o.partrelid") },
    named: ["partrelid"],
    values: ["partstrat", "partnatts"],
    printed: {
      partattrs: columnNames("o.partrelid", "o.partattrs::int2[]"),
      partcollation: "o.partcollation::oid[]::regcollation[]",
    },
    more: ["CASE WHEN o.partexprs IS NULL THEN pg_get_partkeydef(o.partrelid) END"],
    expressions: {
      columns: ["partexprs"],
      prints: "CASE WHEN o.partexprs IS NOT NULL THEN ARRAY[pg_get_partkeydef(o.partrelid)] END",
      owner: OWNER_OF("o.partrelid"),
      again: `ARRAY[${likeTable("o.partrelid", " PARTITION BY {print 1}")}]`,
      made: madeIn("partrelid"),
    },
    left: {
      partclass: "printed with the key",
      partdefid: "the partition's own bound says it",
    },
  },
  {
    catalog: "pg_sequence",
    where: IN_DUMP("o.seqrelid"),
    object: { kind: "'parameters of'", name: NAME_OF("o.seqrelid") },
    named: ["seqrelid"],
    values: ["seqstart", "seqincrement", "seqmax", "seqmin", "seqcache", "seqcycle"],
    references: { seqtypid: "regtype" },
  },
  {
    catalog: "pg_foreign_table",
    where: IN_DUMP("o.ftrelid"),
    object: { kind: "'foreign server of'", name: NAME_OF("o.ftrelid") },
    named: ["ftrelid"],
    printed: { ftoptions: sortedOptions("o.ftoptions") },
    references: { ftserver: "pg_foreign_server" },
  },
  {
    catalog: "pg_rewrite",
    joins: "JOIN pg_class c ON c.oid = o.ev_class",
    where: IN_DUMP("o.ev_class"),
    named: ["rulename", "ev_class"],
    values: ["ev_type", "ev_enabled", "is_instead"],
    expressions: {
      columns: ["ev_qual", "ev_action"],
      prints: `ARRAY[rtrim(CASE WHEN o.rulename = '_RETURN' THEN pg_get_viewdef(o.ev_class) ELSE pg_get_ruledef(o.oid) END, ';')]`,
      owner: OWNER_OF("o.ev_class"),
      again: `CASE WHEN o.rulename <> '_RETURN' THEN ARRAY[format('DROP RULE %I ON %s', o.rulename, o.ev_class::regclass), '{print 1}']
        WHEN c.relkind = 'v' THEN ARRAY[format('CREATE OR REPLACE VIEW %s AS {print 1}', o.ev_class::regclass)]
        ELSE ARRAY['CREATE TEMPORARY VIEW openspp_print_again AS {print 1}'] END`,
      made: `CASE WHEN c.relkind = 'm' THEN ${madeIn("ev_class")}
        ELSE format('o.ev_class = %L::regclass AND o.rulename = %L', o.ev_class::regclass, o.rulename) END`,
    },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_policy",
    // A dump holds the policies of an extension's table, too.
    where: isUsers("o.polrelid"),
    named: ["polname", "polrelid"],
    values: ["polcmd", "polpermissive"],
    printed: {
      polroles:
        "(SELECT json_agg(x.role ORDER BY x.role) FROM (SELECT r::regrole::text FROM unnest(o.polroles) r) x (role))",
    },
    expressions: {
      columns: ["polqual", "polwithcheck"],
      prints: "ARRAY[pg_get_expr(o.polqual, o.polrelid), pg_get_expr(o.polwithcheck, o.polrelid)]",
      owner: OWNER_OF("o.polrelid"),
      again: `ARRAY[format('ALTER POLICY %I ON %s', o.polname, o.polrelid::regclass)
        || CASE WHEN o.polqual IS NULL THEN '' ELSE ' USING ({print 1})' END
        || CASE WHEN o.polwithcheck IS NULL THEN '' ELSE ' WITH CHECK ({print 2})' END]`,
      made: "format('o.polrelid = %L::regclass AND o.polname = %L', o.polrelid::regclass, o.polname)",
    },
    left: { oid: NUMBER },
  },
  {
    catalog: "pg_trigger",
    // A foreign key's own triggers follow from the key.
    where: `${IN_DUMP("o.tgrelid")} AND NOT o.tgisinternal`,
    named: ["tgname", "tgrelid"],
    values: ["tgenabled"],
    printed: { tgparentid: "o.tgparentid <> 0" },
    more: ["CASE WHEN o.tgqual IS NULL THEN pg_get_triggerdef(o.oid) END"],
    expressions: {
      columns: ["tgqual"],
      // A partition's trigger follows from the parent's.
      prints:
        "CASE WHEN o.tgqual IS NOT NULL AND o.tgparentid = 0 THEN ARRAY[pg_get_triggerdef(o.oid)] END",
      owner: OWNER_OF("o.tgrelid"),
      again: "ARRAY[format('DROP TRIGGER %I ON %s', o.tgname, o.tgrelid::regclass), '{print 1}']",
      made: "format('o.tgrelid = %L::regclass AND o.tgname = %L', o.tgrelid::regclass, o.tgname)",
    },
    left: {
      oid: NUMBER,
      tgfoid: IN_DEFINITION,
      tgtype: IN_DEFINITION,
      tgisinternal: "only those that are not internal are compared",
      tgconstrrelid: IN_DEFINITION,
      tgconstrindid: DERIVED,
      tgconstraint: DERIVED,
      tgdeferrable: IN_DEFINITION,
      tginitdeferred: IN_DEFINITION,
      tgnargs: IN_DEFINITION,
      tgattr: IN_DEFINITION,
      tgargs: IN_DEFINITION,
      tgoldtable: IN_DEFINITION,
      tgnewtable: IN_DEFINITION,
    },
  },
  {
    catalog: "pg_trigger",
    where: `${IN_DUMP("o.tgrelid")} AND o.tgisinternal AND o.tgenabled <> 'O'`,
    object: { kind: `'${DISABLED_KEYS}'`, name: NAME_OF("o.tgrelid") },
    together: "k.conname, o.tgtype",
    joins: "JOIN pg_constraint k ON k.oid = o.tgconstraint",
    values: ["tgenabled", "tgtype"],
    more: ["k.conname"],
  },
  {
    catalog: "pg_statistic_ext",
    where: `${IN_DUMP("o.stxrelid")} AND ${noMember("pg_statistic_ext")}`,
    named: ["stxname", "stxnamespace"],
    values: ["stxstattarget", "stxkind"],
    references: { stxrelid: "regclass", stxowner: "regrole" },
    printed: { stxkeys: columnNames("o.stxrelid", "o.stxkeys::int2[]") },
    expressions: {
      columns: ["stxexprs"],
      prints: "CASE WHEN o.stxexprs IS NOT NULL THEN ARRAY[pg_get_statisticsobjdef(o.oid)] END",
      owner: "o.stxowner::regrole",
      again: `ARRAY[format('DROP STATISTICS %s.%I', o.stxnamespace::regnamespace, o.stxname), '{print 1}']`,
      made: "format('o.stxnamespace = %L::regnamespace AND o.stxname = %L', o.stxnamespace::regnamespace, o.stxname)",
    },
    left: { oid: NUMBER },
  },
];

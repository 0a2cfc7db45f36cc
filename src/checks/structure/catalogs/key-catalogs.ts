import { type Catalog, columnNames, identitiesOf, identityOf, ownObject } from "../catalog.ts";
import {
  DERIVED,
  IN_DEFINITION,
  IN_DUMP,
  likeTable,
  NUMBER,
  OWNER_OF,
  PRINT_TABLE,
} from "./in-dump.ts";

const OF_RELATION = `(o.conrelid <> 0 AND ${IN_DUMP("o.conrelid")} OR ${ownObject("pg_type", "o.contypid")})`;

/** A check that a table has only from its parents follows from theirs. */
const IS_OWN_CHECK = "o.contype = 'c' AND o.coninhcount = 0";

/** `(expression) operator class` of each expression of an index, and `{n}` for the expression itself. */
const INDEX_KEYS = `(SELECT string_agg(format('({print %s}) %s', u.expression, ${identityOf("pg_opclass", "u.class").replace("i.identity", "split_part(i.identity, ' USING ', 1)")}), ', ' ORDER BY u.place)
      FROM (SELECT k.place, c.class, count(*) FILTER (WHERE k.number = 0) OVER (ORDER BY k.place) AS expression, k.number
        FROM unnest(o.indkey::int2[]) WITH ORDINALITY k (number, place)
        JOIN unnest(o.indclass::oid[]) WITH ORDINALITY c (class, place) USING (place)) u WHERE u.number = 0)`;

/** Constraints and indexes. */
export const KEY_CATALOGS: readonly Catalog[] = [
  {
    catalog: "pg_constraint",
    // The foreign keys of partitions follow from the partitioned table's, one for each partition.
    where: `${OF_RELATION} AND o.contype <> 'n' AND NOT (o.contype = 'f' AND o.conparentid <> 0)`,
    named: ["conname", "conrelid", "contypid"],
    values: [
      "contype",
      "condeferrable",
      "condeferred",
      "conenforced",
      "convalidated",
      "conislocal",
      "coninhcount",
      "conperiod",
    ],
    references: { confrelid: "regclass", conexclop: "regoperator[]" },
    printed: {
      // For a key it depends on how the partition was attached, and means nothing.
      connoinherit: "CASE WHEN o.contype = 'c' THEN o.connoinherit END",
      confkey: columnNames("o.confrelid", "o.confkey"),
      conkey: columnNames("o.conrelid", "o.conkey"),
      confdelsetcols: columnNames("o.conrelid", "o.confdelsetcols"),
    },
    more: ["CASE WHEN o.contype NOT IN ('c', 'x') THEN pg_get_constraintdef(o.oid) END"],
    expressions: {
      columns: ["conbin"],
      prints: `CASE WHEN ${IS_OWN_CHECK} THEN ARRAY[pg_get_expr(o.conbin, o.conrelid)] END`,
      owner: `CASE WHEN o.conrelid <> 0 THEN (${OWNER_OF("o.conrelid")})
        ELSE (SELECT t.typowner::regrole FROM pg_type t WHERE t.oid = o.contypid) END`,
      again: `(SELECT ARRAY[format('ALTER %s DROP CONSTRAINT %I', x.parent, o.conname),
          format('ALTER %s ADD CONSTRAINT %I CHECK ({print 1}) NOT VALID', x.parent, o.conname)]
        FROM (VALUES (CASE WHEN o.conrelid <> 0 THEN format('TABLE %s', o.conrelid::regclass)
          ELSE format('DOMAIN %s', o.contypid::regtype) END)) x (parent))`,
      made: `format('o.conname = %L AND ', o.conname) || CASE WHEN o.conrelid <> 0 THEN format('o.conrelid = %L::regclass', o.conrelid::regclass)
        ELSE format('o.contypid = %L::regtype', o.contypid::regtype) END`,
    },
    left: {
      oid: NUMBER,
      connamespace: "that of its table or domain",
      conindid: "PostgreSQL chooses among indexes that are alike",
      conparentid: DERIVED,
      confupdtype: IN_DEFINITION,
      confdeltype: IN_DEFINITION,
      confmatchtype: IN_DEFINITION,
      conpfeqop: DERIVED,
      conppeqop: DERIVED,
      conffeqop: DERIVED,
    },
  },
  {
    catalog: "pg_constraint",
    where: `o.contype = 'n' AND ${OF_RELATION}`,
    object: {
      kind: "'not-null constraints of'",
      name: `CASE WHEN o.conrelid <> 0 THEN ${identityOf("pg_class", "o.conrelid")} ELSE o.contypid::regtype::text END`,
    },
    together: "o.conname",
    values: ["conname", "convalidated", "conislocal", "coninhcount", "connoinherit"],
    printed: { conkey: columnNames("o.conrelid", "o.conkey") },
  },
  {
    catalog: "pg_index",
    where: IN_DUMP("o.indexrelid"),
    object: { kind: "'keys of'", name: identityOf("pg_class", "o.indexrelid") },
    named: ["indexrelid"],
    values: [
      "indnatts",
      "indnkeyatts",
      "indisunique",
      "indnullsnotdistinct",
      "indisprimary",
      "indisexclusion",
      "indimmediate",
      "indisclustered",
      "indisvalid",
      "indisready",
      "indisreplident",
      "indoption",
    ],
    references: { indrelid: "regclass", indcollation: "regcollation[]" },
    printed: {
      indkey: columnNames("o.indrelid", "o.indkey::int2[]"),
      indclass: identitiesOf("pg_opclass", "o.indclass::oid[]"),
    },
    expressions: {
      columns: ["indexprs", "indpred"],
      prints: `CASE WHEN o.indexprs IS NOT NULL OR o.indpred IS NOT NULL THEN
        (SELECT coalesce(array_agg(pg_get_indexdef(o.indexrelid, k.place::int, false) ORDER BY k.place), '{}')
          FROM unnest(o.indkey::int2[]) WITH ORDINALITY k (number, place) WHERE k.number = 0)
        || coalesce(ARRAY[pg_get_expr(o.indpred, o.indrelid)], '{}') END`,
      owner: OWNER_OF("o.indrelid"),
      // An index of the table itself would be built again. A key without an expression cannot change.
      again: `(SELECT ARRAY[${likeTable("o.indrelid")}, format('CREATE INDEX openspp_print_again_key ON ${PRINT_TABLE} USING %s (%s)%s',
          (SELECT quote_ident(m.amname) FROM pg_class c JOIN pg_am m ON m.oid = c.relam WHERE c.oid = o.indexrelid),
          coalesce(x.keys, (SELECT format('%I %s', a.attname, split_part(${identityOf("pg_opclass", "o.indclass[0]")}, ' USING ', 1)) FROM pg_attribute a WHERE a.attrelid = o.indrelid AND a.attnum = o.indkey[0])),
          CASE WHEN o.indpred IS NOT NULL THEN format(' WHERE ({print %s})', 1 + (SELECT count(*) FROM unnest(o.indkey::int2[]) k WHERE k = 0)) ELSE '' END)]
        FROM (VALUES (${INDEX_KEYS})) x (keys))`,
      made: "'o.indexrelid = ''pg_temp.openspp_print_again_key''::regclass'",
    },
    left: { indcheckxmin: "tells when it may be used", indislive: DERIVED },
  },
];

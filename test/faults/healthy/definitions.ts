import { byOdoo } from "../variation.ts";

/** Definitions whose print may change when it is parsed again. */
export const DEFINITIONS = byOdoo([
  [
    "a trigger with WHEN … IN",
    `
      CREATE TABLE v_when (id integer, state varchar(20));
      CREATE FUNCTION v_when() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER v_when BEFORE UPDATE ON v_when FOR EACH ROW WHEN (NEW.state IN ('draft', 'done') AND OLD.state NOT IN ('cancelled', 'x')) EXECUTE FUNCTION v_when()`,
  ],
  [
    "functions of the SQL standard",
    `
      CREATE TABLE v_atomic (id integer, state varchar(20));
      CREATE FUNCTION v_atomic_body(wanted varchar DEFAULT 'draft') RETURNS bigint STABLE BEGIN ATOMIC SELECT count(*) FROM v_atomic WHERE state IN ('draft', wanted, NULL); SELECT max(id)::bigint FROM v_atomic; END;
      CREATE FUNCTION v_atomic_return(a integer, b integer) RETURNS integer IMMUTABLE RETURN a + b * 2;
      CREATE PROCEDURE v_atomic_do(n integer) BEGIN ATOMIC INSERT INTO v_atomic VALUES (n, 'x'); DELETE FROM v_atomic WHERE state = ANY ('{a,b}'); END`,
  ],
  [
    "a view with EXISTS (SELECT NULL …)",
    `
      CREATE TABLE v_exists (id integer, name text);
      CREATE VIEW v_exists_view AS SELECT id FROM v_exists e WHERE EXISTS (SELECT NULL FROM v_exists f WHERE f.id = e.id) OR NOT EXISTS (SELECT NULL::text, 1 FROM v_exists)`,
  ],
  [
    "a view with UNION in a subselect",
    `
      CREATE TABLE v_union (id integer, name text);
      CREATE VIEW v_union_view AS SELECT * FROM (SELECT id, NULL AS name FROM v_union UNION ALL SELECT NULL, name FROM v_union UNION SELECT 1, 'x') AS u WHERE id IN (SELECT id FROM v_union EXCEPT SELECT 3 INTERSECT SELECT 4)`,
  ],
  [
    "a view with scalar subselects",
    `
      CREATE TABLE v_scalar (id integer, name varchar(9));
      CREATE VIEW v_scalar_view AS SELECT (SELECT max(name) FROM v_scalar) AS greatest, id = (SELECT 1) AS first, (SELECT NULL::text) AS nothing, ARRAY(SELECT name FROM v_scalar) AS names FROM v_scalar`,
  ],
  [
    "a view with windows, grouping sets and recursion",
    `
      CREATE TABLE v_window (id integer, parent_id integer, kind varchar);
      CREATE VIEW v_window_view AS SELECT kind, count(*) FILTER (WHERE kind IN ('a', 'b')) AS n, rank() OVER (PARTITION BY kind ORDER BY count(*) ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES) AS place FROM v_window GROUP BY GROUPING SETS ((kind), ());
      CREATE VIEW v_window_tree AS WITH RECURSIVE tree AS (SELECT id, parent_id FROM v_window UNION ALL SELECT w.id, w.parent_id FROM v_window w JOIN tree t ON t.id = w.parent_id) SEARCH DEPTH FIRST BY id SET path CYCLE id SET looped USING trail SELECT id, looped, path IS NULL AS pathless FROM tree`,
  ],
  [
    "a view with lateral, ordinality, sampling and json tables",
    `
      CREATE TABLE v_lateral (id integer, doc jsonb, tags text[]);
      CREATE VIEW v_lateral_view AS SELECT l.id, t.tag, t.place, j.n FROM v_lateral l TABLESAMPLE bernoulli (50) REPEATABLE (7), LATERAL unnest(l.tags) WITH ORDINALITY AS t (tag, place), JSON_TABLE(l.doc, '$[*]' COLUMNS (n integer PATH '$.n' DEFAULT 0 ON EMPTY)) AS j`,
  ],
  [
    "a view with row comparisons and value lists",
    `
      CREATE TABLE v_row (a integer, b varchar(5), c date);
      CREATE VIEW v_row_view AS SELECT *, (a, b) IN ((1, 'x'), (2, 'y')) AS known, ROW (a, b) < ROW (5, 'm') AS early, c BETWEEN SYMMETRIC '2025-01-01' AND CURRENT_DATE AS lately, a <> ALL (VALUES (1), (2)) AS other FROM v_row WHERE (b COLLATE "C") LIKE ANY (ARRAY['a%', 'b%']) AND b SIMILAR TO '(a|b)%' AND b NOT ILIKE '%c'`,
  ],
  [
    "a view with extract, overlay, trim and at time zone",
    `
      CREATE TABLE v_extract (at timestamptz, name text);
      CREATE VIEW v_extract_view AS SELECT EXTRACT(epoch FROM at) AS e, OVERLAY(name PLACING 'x' FROM 2 FOR 1) AS o, TRIM(LEADING 'a' FROM name) AS t, POSITION('b' IN name) AS p, at AT TIME ZONE 'Asia/Manila' AS z, at AT LOCAL AS l, SUBSTRING(name FROM 2) AS s, NORMALIZE(name, NFC) AS n, XMLELEMENT(NAME x, XMLATTRIBUTES(name AS y)) AS x, COALESCE(NULLIF(name, ''), 'z') AS c, GREATEST(1, 2.5) AS g FROM v_extract`,
  ],
  [
    "a view with odd joins and aliases",
    `
      CREATE TABLE v_join_a (id integer, name text);
      CREATE TABLE v_join_b (id integer, name text);
      CREATE VIEW v_join_view AS SELECT x."a b", y.* FROM (v_join_a FULL JOIN v_join_b USING (id, name) AS merged) AS x ("a b", c) LEFT JOIN v_join_b AS y ON true;
      ALTER TABLE v_join_b RENAME name TO renamed`,
  ],
  [
    "a view over a table's row and its columns",
    `
      CREATE TABLE v_whole (id integer, name text);
      CREATE VIEW v_whole_view AS SELECT w AS whole, w.*, (w).name AS again FROM v_whole w;
      ALTER TABLE v_whole RENAME name TO label`,
  ],
  [
    "a domain over an enum",
    `
      CREATE TYPE v_level AS ENUM ('low', 'high', 'very high');
      CREATE DOMAIN v_level_known AS v_level DEFAULT 'low' CHECK (VALUE IN ('low', 'high'));
      CREATE TABLE v_levels (id integer, level v_level_known, other v_level DEFAULT 'high' CHECK (other <> 'low'));
      INSERT INTO v_levels VALUES (1, 'low', 'high')`,
  ],
  [
    "domains over domains, arrays and composites",
    `
      CREATE TYPE v_pair AS (a integer, b varchar(4));
      CREATE DOMAIN v_code AS varchar(9) CHECK (VALUE ~ '^[a-z]*$');
      CREATE DOMAIN v_code_short AS v_code NOT NULL DEFAULT 'a' CHECK (length(VALUE) < 5);
      CREATE DOMAIN v_codes AS varchar(5)[] CHECK (array_length(VALUE, 1) < 9);
      CREATE DOMAIN v_pair_known AS v_pair CHECK ((VALUE).a > 0);
      CREATE TABLE v_domains (one v_code_short, many v_codes, pair v_pair_known, pairs v_pair_known[]);
      INSERT INTO v_domains VALUES ('ab', '{a,b}', ROW (1, 'x'), ARRAY[ROW (2, 'y')::v_pair_known])`,
  ],
  [
    "statistics on expressions",
    `
      CREATE TABLE v_statistics (state varchar(20), name text, at timestamp);
      CREATE STATISTICS v_statistics_case ON (CASE WHEN state IN ('a', 'b') THEN 1 ELSE 0 END), lower(name), date_trunc('day', at) FROM v_statistics;
      CREATE STATISTICS v_statistics_one ON (name || 'x') FROM v_statistics;
      INSERT INTO v_statistics SELECT 'a', n::text, timestamp '2025-01-01' FROM generate_series(1, 50) n;
      ANALYZE v_statistics`,
  ],
  [
    "policies with IN lists and casts",
    `
      CREATE TABLE v_policy (id integer, state varchar(20), owner name);
      ALTER TABLE v_policy ENABLE ROW LEVEL SECURITY;
      CREATE POLICY v_policy_in ON v_policy FOR ALL TO openspp_reader USING (state IN ('draft', 'done') AND owner = CURRENT_USER::text) WITH CHECK (id IN (SELECT NULL::integer UNION SELECT 1));
      CREATE POLICY v_policy_no ON v_policy AS RESTRICTIVE USING (state::text <> ALL ('{x,y}'::text[]))`,
  ],
  [
    "rules with IN lists and casts",
    `
      CREATE TABLE v_rule (id integer, state varchar(20));
      CREATE TABLE v_rule_log (id integer, what varchar(9));
      CREATE RULE v_rule_in AS ON UPDATE TO v_rule WHERE NEW.state IN ('done', 'cancelled') AND OLD.state <> NEW.state DO ALSO (INSERT INTO v_rule_log VALUES (NEW.id, 'done'), (OLD.id, 'was'); UPDATE v_rule_log SET what = DEFAULT WHERE what IN ('a', 'b'));
      CREATE RULE v_rule_nothing AS ON DELETE TO v_rule WHERE OLD.id > 5 DO INSTEAD NOTHING;
      CREATE RULE v_rule_notify AS ON INSERT TO v_rule DO ALSO NOTIFY v_rule`,
  ],
  [
    "checks on varchar with IN",
    `
      CREATE TABLE v_check (id integer, state varchar(20) CHECK (state IN ('draft', 'cancelled')), kind char(3) CHECK (kind NOT IN ('a', 'bb')), code varchar CHECK (code BETWEEN 'a' AND 'z' OR code = ANY (ARRAY['x'::varchar, 'y'])), amount numeric(9,2) CHECK (amount >= 0 AND amount < 1e6), CHECK ((id > 0 AND state IS NOT NULL) OR (kind || code) <> 'x'), CHECK (CASE WHEN state = 'draft' THEN id > 1 ELSE true END));
      INSERT INTO v_check VALUES (2, 'draft', 'c', 'b', 1)`,
  ],
  [
    "expression and partial indexes",
    `
      CREATE TABLE v_index (id integer, state varchar(20), name text, doc jsonb);
      CREATE INDEX v_index_state ON v_index ((state || 'x'), (lower(name) COLLATE "C")) WHERE state IN ('draft', 'done') AND name <> '';
      CREATE UNIQUE INDEX v_index_coalesce ON v_index (COALESCE(state, 'none'::varchar), (doc ->> 'a')) NULLS NOT DISTINCT;
      CREATE INDEX v_index_case ON v_index ((CASE WHEN state = ANY ('{a,b}'::varchar[]) THEN 1 END)) WHERE NOT (id = ANY (ARRAY[1, 2]));
      CREATE INDEX v_index_brin ON v_index USING brin (id) WITH (pages_per_range = 4, autosummarize = true);
      CREATE INDEX v_index_gin ON v_index USING gin (doc jsonb_path_ops, to_tsvector('english', name)) WITH (fastupdate = off)`,
  ],
  [
    "generated columns with casts",
    `
      CREATE TABLE v_generated (id integer, state varchar(20), kept text GENERATED ALWAYS AS (CASE WHEN state IN ('a', 'b') THEN state || '!' END) STORED, seen boolean GENERATED ALWAYS AS (state::text = ANY (ARRAY['a', 'b'])) VIRTUAL, double numeric GENERATED ALWAYS AS (id * 2.50) STORED, year integer GENERATED ALWAYS AS (EXTRACT(year FROM timestamp '2025-01-01')) STORED);
      INSERT INTO v_generated (id, state) VALUES (1, 'a'), (2, NULL)`,
  ],
  [
    "defaults of many forms",
    `
      CREATE TABLE v_default (a varchar(9) DEFAULT 'x'::varchar, b text[] DEFAULT ARRAY[]::text[], c date DEFAULT now()::date, d varchar(5) DEFAULT ('a' || 'b')::varchar(5), e interval DEFAULT '1 day 2 hours'::interval, f numeric DEFAULT -1.50, g timestamptz DEFAULT (now() AT TIME ZONE 'UTC'), h "char" DEFAULT 'c', i bit(3) DEFAULT B'101', j integer DEFAULT 1 + 2 * 3, k jsonb DEFAULT '{"a": [1, "it''s"]}', l uuid DEFAULT gen_random_uuid(), m name DEFAULT CURRENT_USER, n text DEFAULT E'a\\\\b\\n', o float8 DEFAULT 'NaN', p regclass DEFAULT 'v_default'::regclass, q bytea DEFAULT '\\x00ff', r point DEFAULT '(1,2)', s money DEFAULT 1.5, t boolean DEFAULT (1 > 0))`,
  ],
  [
    "a view that groups by a primary key",
    `
      CREATE TABLE v_grouped (id integer PRIMARY KEY, name text, other text);
      CREATE VIEW v_grouped_view AS SELECT id, name, other, count(*) FROM v_grouped GROUP BY id;
      CREATE MATERIALIZED VIEW v_grouped_kept AS SELECT id, name, count(*) AS n FROM v_grouped GROUP BY id`,
  ],
  [
    "views that can be written to",
    `
      CREATE TABLE v_written (id integer, name varchar(9));
      CREATE VIEW v_written_view WITH (security_invoker = true, check_option = cascaded) AS SELECT id, name FROM v_written WHERE name IN ('a', 'b');
      ALTER VIEW v_written_view ALTER name SET DEFAULT 'a';
      CREATE VIEW v_written_rule AS SELECT id FROM v_written;
      CREATE RULE v_written_insert AS ON INSERT TO v_written_rule DO INSTEAD INSERT INTO v_written VALUES (NEW.id, 'c') RETURNING id;
      CREATE FUNCTION v_written() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER v_written INSTEAD OF UPDATE ON v_written_rule FOR EACH ROW EXECUTE FUNCTION v_written()`,
  ],
  [
    "circular views",
    `
      CREATE VIEW v_circle_one AS SELECT 1 AS a, 'x'::text AS b;
      CREATE VIEW v_circle_two AS SELECT * FROM v_circle_one;
      CREATE FUNCTION v_circle() RETURNS SETOF v_circle_two LANGUAGE sql STABLE AS 'SELECT 1, ''x''::text';
      CREATE OR REPLACE VIEW v_circle_one AS SELECT a, b FROM v_circle() AS c`,
  ],
  [
    "functions that depend on tables, and tables on functions",
    `
      CREATE TABLE v_depended (id integer PRIMARY KEY, name text);
      CREATE FUNCTION v_depending(v_depended) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1.name || ''!''';
      CREATE TABLE v_depends (id integer, name text CHECK (length(name) > 0));
      CREATE FUNCTION v_next() RETURNS integer LANGUAGE sql AS 'SELECT 7';
      ALTER TABLE v_depends ALTER id SET DEFAULT v_next();
      CREATE INDEX v_depended_index ON v_depended (v_depending(v_depended));
      INSERT INTO v_depended VALUES (1, 'a')`,
  ],
  [
    "functions with every kind of argument",
    `
      CREATE FUNCTION v_arguments(IN a integer, b varchar DEFAULT 'x, y'::varchar, OUT c integer, INOUT d numeric DEFAULT 1.50, VARIADIC e anyarray DEFAULT '{}'::integer[]) RETURNS record LANGUAGE plpgsql AS $$ BEGIN c := 1; END $$;
      CREATE FUNCTION v_table("select" integer, "a b" text) RETURNS TABLE ("x y" integer, z date) LANGUAGE sql STABLE ROWS 5 COST 3 AS $f$ SELECT 1, DATE '2025-01-01' $f$;
      CREATE FUNCTION v_same(anyelement) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
      CREATE FUNCTION v_set() RETURNS SETOF record LANGUAGE sql AS 'SELECT 1'`,
  ],
  [
    "aggregates of every kind",
    `
      CREATE AGGREGATE v_sum(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0', MSFUNC = numeric_add, MINVFUNC = numeric_sub, MSTYPE = numeric, MINITCOND = '0');
      CREATE FUNCTION v_first_step(text, text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT coalesce($1, $2 || $3)';
      CREATE AGGREGATE v_first(text, text) (SFUNC = v_first_step, STYPE = text);
      CREATE FUNCTION v_ordered_step(text[], text) RETURNS text[] LANGUAGE sql IMMUTABLE AS 'SELECT array_append($1, $2)';
      CREATE FUNCTION v_ordered_end(text[], numeric) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1[1]';
      CREATE AGGREGATE v_ordered(numeric ORDER BY text) (SFUNC = v_ordered_step, STYPE = text[], FINALFUNC = v_ordered_end, FINALFUNC_MODIFY = READ_WRITE)`,
  ],
]);

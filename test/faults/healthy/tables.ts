import { byOdoo } from "../variation.ts";

/** Tables of every shape. */
export const TABLES = byOdoo([
  [
    "partitions that were attached in another order, and a key that points at them",
    `
      CREATE TABLE v_visit (id bigint, on_day date, PRIMARY KEY (id, on_day)) PARTITION BY RANGE (on_day);
      CREATE TABLE v_visit_2026 PARTITION OF v_visit FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      CREATE TABLE v_visit_line (visit_id bigint, on_day date, note text, CONSTRAINT v_visit_line_key FOREIGN KEY (visit_id, on_day) REFERENCES v_visit);
      CREATE TABLE v_visit_2025 PARTITION OF v_visit FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE v_visit_2024 PARTITION OF v_visit FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
      INSERT INTO v_visit VALUES (1, '2024-05-05'), (2, '2025-05-05'), (3, '2026-05-05');
      INSERT INTO v_visit_line VALUES (1, '2024-05-05', 'a'), (3, '2026-05-05', 'b')`,
  ],
  [
    "keys between partitioned tables",
    `
      CREATE TABLE v_part_a (id integer PRIMARY KEY, a text) PARTITION BY HASH (id);
      CREATE TABLE v_part_a0 PARTITION OF v_part_a FOR VALUES WITH (MODULUS 2, REMAINDER 0);
      CREATE TABLE v_part_a1 PARTITION OF v_part_a FOR VALUES WITH (MODULUS 2, REMAINDER 1);
      CREATE TABLE v_part_b (id integer, a_id integer REFERENCES v_part_a ON DELETE CASCADE DEFERRABLE) PARTITION BY LIST (id);
      CREATE TABLE v_part_b_rest PARTITION OF v_part_b DEFAULT;
      CREATE TABLE v_part_b1 (a_id integer, id integer);
      ALTER TABLE v_part_b1 ADD FOREIGN KEY (a_id) REFERENCES v_part_a ON DELETE CASCADE DEFERRABLE;
      ALTER TABLE v_part_b ATTACH PARTITION v_part_b1 FOR VALUES IN (1, 2, NULL);
      INSERT INTO v_part_a SELECT n, 'x' FROM generate_series(1, 9) n;
      INSERT INTO v_part_b SELECT n, n FROM generate_series(1, 9) n`,
  ],
  [
    "partitions of every strategy, of several levels",
    `
      CREATE TABLE v_level_one (id integer, kind varchar, day date, amount numeric DEFAULT 1) PARTITION BY LIST (lower(kind));
      CREATE TABLE v_level_a PARTITION OF v_level_one (amount DEFAULT 2, CHECK (id > 0)) FOR VALUES IN ('a', 'b') PARTITION BY RANGE (day, id);
      CREATE TABLE v_level_a1 PARTITION OF v_level_a FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2025-01-01', MAXVALUE) PARTITION BY HASH (id);
      CREATE TABLE v_level_a10 PARTITION OF v_level_a1 FOR VALUES WITH (MODULUS 1, REMAINDER 0);
      CREATE TABLE v_level_rest PARTITION OF v_level_one DEFAULT;
      CREATE INDEX v_level_index ON v_level_one (kind, id) WHERE kind IN ('a', 'c');
      INSERT INTO v_level_one VALUES (1, 'a', '2024-01-01'), (2, 'z', NULL)`,
  ],
  [
    "an index that some partitions lack",
    `
      CREATE TABLE v_only (id integer) PARTITION BY RANGE (id);
      CREATE TABLE v_only_1 PARTITION OF v_only FOR VALUES FROM (1) TO (9);
      CREATE INDEX v_only_index ON ONLY v_only (id);
      CREATE TABLE v_only_2 (id integer);
      CREATE INDEX v_only_2_own ON v_only_2 (id);
      ALTER TABLE v_only ATTACH PARTITION v_only_2 FOR VALUES FROM (9) TO (19)`,
  ],
  [
    "a partition with columns in another order, of which some were dropped",
    `
      CREATE TABLE v_other (a integer, b text, c date) PARTITION BY RANGE (a);
      CREATE TABLE v_other_1 (gone integer, c date, b text, gone_too text, a integer);
      ALTER TABLE v_other_1 DROP gone, DROP gone_too;
      ALTER TABLE v_other ATTACH PARTITION v_other_1 FOR VALUES FROM (0) TO (9);
      INSERT INTO v_other VALUES (1, 'x', '2025-01-01')`,
  ],
  [
    "partitions with triggers, policies and statistics of their own",
    `
      CREATE TABLE v_own (id integer NOT NULL, note text) PARTITION BY RANGE (id);
      CREATE TABLE v_own_1 PARTITION OF v_own FOR VALUES FROM (0) TO (9) WITH (fillfactor = 50);
      CREATE FUNCTION v_own_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER v_own_all BEFORE INSERT ON v_own FOR EACH ROW EXECUTE FUNCTION v_own_trigger();
      CREATE TRIGGER v_own_one AFTER UPDATE ON v_own_1 FOR EACH ROW EXECUTE FUNCTION v_own_trigger();
      ALTER TABLE v_own_1 DISABLE TRIGGER v_own_all;
      ALTER TABLE v_own_1 ENABLE ROW LEVEL SECURITY;
      ALTER TABLE v_own_1 ADD CONSTRAINT v_own_check CHECK (note <> '')`,
  ],
  [
    "many partitions",
    `
      CREATE TABLE v_many (id integer PRIMARY KEY, note text) PARTITION BY RANGE (id);
      DO $$ BEGIN FOR n IN 0 .. 59 LOOP
        EXECUTE format('CREATE TABLE v_many_%s PARTITION OF v_many FOR VALUES FROM (%s) TO (%s)', n, n, n + 1);
      END LOOP; END $$;
      INSERT INTO v_many SELECT n, 'x' FROM generate_series(0, 59) n`,
  ],
  [
    "a table of 400 columns",
    `
      DO $$ BEGIN
        EXECUTE (SELECT format('CREATE TABLE v_wide (%s)', string_agg(format('c%s integer DEFAULT %s', n, n), ', ')) FROM generate_series(1, 400) n);
      END $$;
      INSERT INTO v_wide DEFAULT VALUES`,
  ],
  [
    "inheritance from several parents",
    `
      CREATE TABLE v_mother (id integer NOT NULL, note text DEFAULT 'm' CHECK (note <> 'x'));
      CREATE TABLE v_father (id integer, note text DEFAULT 'f', age integer CONSTRAINT v_father_age NOT NULL);
      CREATE TABLE v_son (own text, note text DEFAULT 's') INHERITS (v_mother, v_father);
      ALTER TABLE v_son ALTER note SET DEFAULT 's';
      CREATE TABLE v_grandson () INHERITS (v_son);
      ALTER TABLE v_mother ADD later integer DEFAULT 5;
      ALTER TABLE ONLY v_father ADD CONSTRAINT v_father_only CHECK (age > 0) NO INHERIT;
      INSERT INTO v_grandson (id, age) VALUES (1, 2)`,
  ],
  [
    "a child whose column is its own too",
    `
      CREATE TABLE v_parent (id integer, note text);
      CREATE TABLE v_child (note text, id integer NOT NULL);
      ALTER TABLE v_child INHERIT v_parent;
      INSERT INTO v_child VALUES ('x', 1)`,
  ],
  [
    "typed tables",
    `
      CREATE TYPE v_typed_row AS (id integer, note varchar(9));
      CREATE TABLE v_typed OF v_typed_row (id WITH OPTIONS DEFAULT 7, PRIMARY KEY (id), CHECK (note IN ('a', 'b')));
      INSERT INTO v_typed VALUES (1, 'a');
      ALTER TYPE v_typed_row ADD ATTRIBUTE more date CASCADE`,
  ],
  [
    "unlogged tables and sequences",
    `
      CREATE UNLOGGED TABLE v_unlogged (id bigint GENERATED ALWAYS AS IDENTITY, note text);
      INSERT INTO v_unlogged (note) VALUES ('x');
      CREATE UNLOGGED SEQUENCE v_unlogged_sequence;
      CREATE INDEX v_unlogged_index ON v_unlogged (note)`,
  ],
  [
    "columns that were dropped, added and retyped",
    `
      CREATE TABLE v_dropped (a integer, b text, c date);
      INSERT INTO v_dropped VALUES (1, 'x', '2025-01-01');
      ALTER TABLE v_dropped DROP b;
      ALTER TABLE v_dropped ADD b integer DEFAULT 9 NOT NULL, ALTER a TYPE bigint;
      ALTER TABLE v_dropped DROP c;
      INSERT INTO v_dropped VALUES (2, 3)`,
  ],
  [
    "disabled, replica and always triggers",
    `
      CREATE TABLE v_triggers (id integer);
      CREATE FUNCTION v_triggers() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
      CREATE TRIGGER v_off BEFORE INSERT ON v_triggers FOR EACH ROW EXECUTE FUNCTION v_triggers();
      CREATE TRIGGER v_replica BEFORE INSERT ON v_triggers FOR EACH ROW EXECUTE FUNCTION v_triggers();
      CREATE TRIGGER v_always BEFORE UPDATE ON v_triggers FOR EACH ROW EXECUTE FUNCTION v_triggers();
      ALTER TABLE v_triggers DISABLE TRIGGER v_off;
      ALTER TABLE v_triggers ENABLE REPLICA TRIGGER v_replica;
      ALTER TABLE v_triggers ENABLE ALWAYS TRIGGER v_always;
      CREATE RULE v_rule_off AS ON DELETE TO v_triggers DO ALSO NOTHING;
      ALTER TABLE v_triggers DISABLE RULE v_rule_off`,
  ],
  [
    "constraints that are not valid or not enforced",
    `
      CREATE TABLE v_valid (id integer, parent_id integer);
      INSERT INTO v_valid VALUES (-1, 77);
      ALTER TABLE v_valid ADD CHECK (id > 0) NOT VALID, ADD CONSTRAINT v_valid_not_null NOT NULL parent_id NOT VALID, ADD CHECK (id < -5) NOT ENFORCED;
      CREATE TABLE v_valid_to (id integer PRIMARY KEY);
      ALTER TABLE v_valid ADD FOREIGN KEY (parent_id) REFERENCES v_valid_to NOT VALID;
      ALTER TABLE v_valid ADD CONSTRAINT v_valid_loose FOREIGN KEY (id) REFERENCES v_valid_to NOT ENFORCED`,
  ],
  [
    "an index that could not be built",
    `
      CREATE TABLE v_invalid (id integer);
      INSERT INTO v_invalid VALUES (1), (1);
      CREATE INDEX v_invalid_index ON v_invalid (id)`,
  ],
  [
    "constraints of every form",
    `
      CREATE TABLE v_constraints (a integer, b integer, c int4range, d text COLLATE "C", UNIQUE NULLS NOT DISTINCT (a) INCLUDE (b) WITH (fillfactor = 70), UNIQUE (b) DEFERRABLE INITIALLY DEFERRED, EXCLUDE USING gist (c WITH &&, int4range(a, b) WITH =) WHERE (a IN (1, 2)) DEFERRABLE, EXCLUDE USING btree ((lower(d)) WITH =));
      CREATE TABLE v_period (id int4range, valid_at daterange, PRIMARY KEY (id, valid_at WITHOUT OVERLAPS));
      CREATE TABLE v_period_line (id int4range, valid_at daterange, FOREIGN KEY (id, PERIOD valid_at) REFERENCES v_period (id, PERIOD valid_at))`,
  ],
  [
    "keys that point at each other",
    `
      CREATE TABLE v_key_a (id integer PRIMARY KEY, b_id integer);
      CREATE TABLE v_key_b (id integer PRIMARY KEY, a_id integer REFERENCES v_key_a ON DELETE SET NULL (a_id));
      ALTER TABLE v_key_a ADD FOREIGN KEY (b_id) REFERENCES v_key_b MATCH FULL ON UPDATE SET DEFAULT DEFERRABLE INITIALLY DEFERRED;
      INSERT INTO v_key_a VALUES (1, NULL);
      INSERT INTO v_key_b VALUES (1, 1);
      UPDATE v_key_a SET b_id = 1`,
  ],
  [
    "tables without columns or rows",
    `
      CREATE TABLE v_nothing ();
      INSERT INTO v_nothing DEFAULT VALUES;
      CREATE TABLE v_no_rows (id integer);
      CREATE TABLE v_nothing_child () INHERITS (v_nothing)`,
  ],
  [
    "options of tables, columns and TOAST",
    `
      CREATE TABLE v_options (a text STORAGE EXTERNAL COMPRESSION pglz, b text, c integer) WITH (fillfactor = 40, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 7, parallel_workers = 2, toast_tuple_target = 256, vacuum_truncate = off);
      ALTER TABLE v_options ALTER c SET STATISTICS 7, ALTER b SET (n_distinct = -0.5, n_distinct_inherited = 3);
      CREATE INDEX v_options_index ON v_options ((a || b));
      ALTER INDEX v_options_index ALTER COLUMN 1 SET STATISTICS 9;
      CREATE UNIQUE INDEX v_options_unique ON v_options (c);
      ALTER TABLE v_options ALTER c SET NOT NULL;
      ALTER TABLE v_options REPLICA IDENTITY USING INDEX v_options_unique;
      ALTER TABLE v_options CLUSTER ON v_options_unique`,
  ],
  [
    "sequences of every form",
    `
      CREATE SEQUENCE v_sequence AS smallint INCREMENT -3 MINVALUE -9 MAXVALUE 9 START 5 CACHE 2 CYCLE;
      SELECT nextval('v_sequence'), nextval('v_sequence'), nextval('v_sequence');
      CREATE TABLE v_shared_a (id integer DEFAULT nextval('v_sequence'));
      CREATE TABLE v_shared_b (id integer DEFAULT nextval('v_sequence'::text));
      CREATE SEQUENCE v_full MAXVALUE 2;
      SELECT nextval('v_full'), nextval('v_full');
      CREATE TABLE v_identity (id bigint GENERATED BY DEFAULT AS IDENTITY (SEQUENCE NAME v_identity_named START 9223372036854775800), note text);
      INSERT INTO v_identity (note) VALUES ('x');
      CREATE TABLE v_serial (id smallserial, other bigserial);
      ALTER SEQUENCE v_serial_other_seq OWNED BY NONE`,
  ],
  [
    "materialized views, filled or not, one over another",
    `
      CREATE TABLE v_base (id integer, kind varchar);
      INSERT INTO v_base VALUES (1, 'a'), (2, 'b');
      CREATE MATERIALIZED VIEW v_filled AS SELECT id, kind FROM v_base WHERE kind IN ('a', 'b');
      CREATE UNIQUE INDEX v_filled_index ON v_filled (id);
      CREATE MATERIALIZED VIEW v_over AS SELECT count(*) AS n FROM v_filled;
      CREATE MATERIALIZED VIEW v_unfilled AS SELECT 1 AS one WITH NO DATA;
      CREATE VIEW v_over_view AS SELECT * FROM v_over;
      INSERT INTO v_base VALUES (3, 'a')`,
    {
      keeps: [
        "SELECT relispopulated FROM pg_class WHERE relname LIKE 'v\\_%' AND relkind = 'm' ORDER BY relname",
      ],
    },
  ],
  [
    "odd names of tables and all that belongs to them",
    `
      CREATE TABLE "Données à part"."t'a;b -- c" ("col ""1""" integer PRIMARY KEY, "Größe 😀" text DEFAULT 'it''s', "select" varchar(9) CHECK ("select" IN ('a''b', 'c"d')), "\\" integer UNIQUE);
      CREATE INDEX "i ""x"", y" ON "Données à part"."t'a;b -- c" (lower("Größe 😀"));
      CREATE FUNCTION "f (x), y"("a b" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE TYPE "e '""" AS ENUM ('a,b', '{c}', 'd''e"f', '');
      CREATE DOMAIN "v d" AS "e '""" CHECK (VALUE <> 'a,b');
      CREATE VIEW "v $v$" AS SELECT "select", "\\" FROM "Données à part"."t'a;b -- c" AS "a ""lias";
      CREATE TRIGGER "t ""r" AFTER INSERT ON "Données à part"."t'a;b -- c" FOR EACH ROW EXECUTE FUNCTION x_raise('it''s', E'a\\\\b')`,
  ],
  [
    "names of 63 bytes, of upper case and reserved",
    `
      CREATE TABLE "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV" ("éééééééééééééééééééééééééééééééx" integer CONSTRAINT "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc" CHECK ("éééééééééééééééééééééééééééééééx" > 0));
      CREATE TABLE "USER" ("ORDER" integer, "GROUP" text, "from" date);
      CREATE INDEX "TABLE" ON "USER" ("ORDER");
      CREATE FUNCTION "SELECT"("in" integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE TABLE "public.v_dotted" (id integer);
      CREATE TABLE "pg_v" (id integer)`,
  ],
  [
    "objects that are named like PostgreSQL's own",
    `
      CREATE TABLE public.pg_class (oid integer, relname text);
      INSERT INTO public.pg_class VALUES (1, 'x');
      CREATE FUNCTION public.count(integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
      CREATE FUNCTION public.lower(integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
      CREATE FUNCTION public.format_type(oid, integer) RETURNS text LANGUAGE sql AS 'SELECT ''x''';
      CREATE DOMAIN public.int4 AS text;
      CREATE DOMAIN public.text AS integer;
      CREATE TABLE v_own_types (a public.int4, b public.text, c text);
      INSERT INTO v_own_types VALUES ('x', 1, 'y');
      CREATE VIEW public.pg_tables AS SELECT 1 AS one`,
    { alone: true },
  ],
  [
    "types that are named like PostGIS's own",
    `
      CREATE TYPE spp_reporting.geometry AS ENUM ('a', 'b');
      CREATE DOMAIN spp_reporting.geography AS text;
      CREATE TABLE v_no_geometry (a spp_reporting.geometry, b spp_reporting.geography, c geometry);
      INSERT INTO v_no_geometry VALUES ('a', 'x', 'POINT(1 2)')`,
  ],
  [
    "casts and operators of own types that make calls ambiguous",
    `
      CREATE TYPE v_money AS (amount numeric, currency text);
      CREATE FUNCTION v_money_text(v_money) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ($1).currency';
      CREATE CAST (v_money AS text) WITH FUNCTION v_money_text(v_money) AS IMPLICIT;
      CREATE FUNCTION v_money_join(v_money, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $2';
      CREATE OPERATOR || (LEFTARG = v_money, RIGHTARG = text, FUNCTION = v_money_join);
      CREATE FUNCTION v_money_swap(text, v_money) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1';
      CREATE OPERATOR || (LEFTARG = text, RIGHTARG = v_money, FUNCTION = v_money_swap);
      CREATE TABLE v_moneys (id integer, m v_money, ms v_money[]);
      INSERT INTO v_moneys VALUES (1, ROW (1.50, 'PHP'), ARRAY[ROW (2, 'x')::v_money])`,
  ],
  [
    "an operator || for two texts, and one for anything",
    `
      CREATE FUNCTION v_join_any(anyelement, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $2';
      CREATE OPERATOR public.|| (LEFTARG = anyelement, RIGHTARG = text, FUNCTION = v_join_any);
      CREATE FUNCTION v_join_texts(text, text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT ''wrong''';
      CREATE OPERATOR public.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = v_join_texts)`,
    { alone: true },
  ],
]);

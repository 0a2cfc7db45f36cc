-- What Odoo's role makes, one or two of each kind, for the faults to break.
CREATE TABLE g_person (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name varchar(40) COLLATE "C" DEFAULT 'draft',
  state varchar(20) CONSTRAINT g_person_state CHECK (state IN ('draft', 'cancelled', 'done')),
  code text CONSTRAINT g_person_code CHECK (code LIKE 'AB%'),
  a boolean, b boolean, c boolean,
  age integer CONSTRAINT g_person_age NOT NULL,
  parent_id integer,
  score numeric(10, 2) DEFAULT 1.5,
  double_age integer GENERATED ALWAYS AS (age * 2) STORED,
  triple_age integer GENERATED ALWAYS AS (age * 3) VIRTUAL,
  big bigint, padded char(8), free bpchar, plain text, single real, double double precision, at timestamp, at_zone timestamptz, day date, clock time,
  doc jsonb, raw bytea, tags text[], flag boolean, place geometry(Point, 4326),
  CONSTRAINT g_person_abc CHECK ((a AND b) OR c),
  CONSTRAINT g_person_code_key UNIQUE NULLS NOT DISTINCT (code, name) INCLUDE (age),
  CONSTRAINT g_person_parent FOREIGN KEY (parent_id) REFERENCES g_person (id) ON DELETE SET NULL DEFERRABLE
);
INSERT INTO g_person (name, state, code, a, b, c, age, parent_id, big, padded, free, plain, single, double, at, at_zone, day, clock, doc, raw, tags, flag, place)
SELECT 'name ' || n, (ARRAY['draft', 'cancelled', 'done'])[1 + n % 3], 'AB' || n, true, true, n % 2 = 0, 20 + n, NULLIF(n, 1) - 1, n, 'p' || n, 'p' || n || '  ', 'text ' || n, n, n,
  timestamp '2025-01-01' + n * interval '1 day', timestamptz '2025-01-01 00:00+00' + n * interval '1 day', date '2025-01-01' + n, time '08:00' + n * interval '1 minute',
  jsonb_build_object('n', n), decode(lpad(to_hex(n), 4, '0'), 'hex'), ARRAY['t' || n], n % 2 = 0, ('SRID=4326;POINT(' || n || ' 1)')::geometry
FROM generate_series(1, 12) AS n;
ALTER TABLE g_person ALTER plain SET STORAGE EXTERNAL, ALTER raw SET COMPRESSION pglz, ALTER age SET STATISTICS 500, ALTER name SET (n_distinct = 5);
ALTER TABLE g_person SET (fillfactor = 70, toast.autovacuum_enabled = false);
ALTER TABLE g_person CLUSTER ON g_person_pkey;
ALTER TABLE g_person REPLICA IDENTITY FULL;
COMMENT ON TABLE g_person IS 'People';
COMMENT ON COLUMN g_person.name IS 'Their names';
COMMENT ON CONSTRAINT g_person_abc ON g_person IS 'A constraint';
CREATE INDEX g_person_lower ON g_person (lower(plain)) WITH (fillfactor = 60) WHERE age > 18;
CREATE UNIQUE INDEX g_person_unique ON g_person (age DESC NULLS LAST) INCLUDE (name) WHERE state = 'draft';
CREATE INDEX g_person_plain ON g_person (plain text_pattern_ops, name COLLATE "POSIX");
CREATE INDEX g_person_hash ON g_person USING hash (code);
ALTER INDEX g_person_lower ALTER COLUMN 1 SET STATISTICS 400;
COMMENT ON INDEX g_person_lower IS 'An index';
GRANT SELECT, UPDATE ON g_person TO openspp_reader;
GRANT UPDATE (name) ON g_person TO openspp_auditor;
REVOKE DELETE ON g_person FROM {owner};

-- Values that a weak comparison takes for one another.
CREATE TABLE g_swap (id integer, left_value bigint, right_value bigint, note text);
INSERT INTO g_swap SELECT n, n * 10, n * 10 + 1, 'note ' || n FROM generate_series(1, 20) AS n;
INSERT INTO g_swap VALUES (21, 4294967296, 1, ''), (22, -1, 0, NULL), (22, -1, 0, NULL), (23, -4294967297, 0, '');

CREATE TABLE g_shape (id integer, shape geometry);
INSERT INTO g_shape VALUES (1, ST_MakePoint('Infinity', 1)), (2, ST_MakeLine(ST_MakePoint(0, 0), ST_MakePoint('NaN', 1))), (3, 'CIRCULARSTRING(0 0, 1 1, 2 0)');

CREATE FUNCTION g_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
CREATE TRIGGER g_after AFTER INSERT OR UPDATE OF name ON g_person FOR EACH ROW WHEN (NEW.age > 18) EXECUTE FUNCTION g_trigger('one', 'two');
CREATE TRIGGER g_tables AFTER UPDATE ON g_person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION g_trigger();
CREATE CONSTRAINT TRIGGER g_deferred AFTER DELETE ON g_person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION g_trigger();
COMMENT ON TRIGGER g_after ON g_person IS 'A trigger';
CREATE RULE g_rule AS ON DELETE TO g_swap WHERE OLD.id > 5 DO ALSO UPDATE g_swap SET note = 'gone' WHERE id = OLD.id - 1;
COMMENT ON RULE g_rule ON g_swap IS 'A rule';
CREATE TABLE g_secret (id integer PRIMARY KEY, author text, note text);
INSERT INTO g_secret VALUES (1, 'a', 'x'), (2, 'b', 'y');
ALTER TABLE g_secret ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY g_policy ON g_secret FOR UPDATE TO openspp_reader USING (author = CURRENT_USER) WITH CHECK (id > 0);
CREATE POLICY g_policy_all ON g_secret AS RESTRICTIVE USING (id < 100);
COMMENT ON POLICY g_policy ON g_secret IS 'A policy';

CREATE TABLE g_range (id integer NOT NULL, day date NOT NULL, note text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
CREATE TABLE g_range_2024 PARTITION OF g_range FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE g_range_2025 PARTITION OF g_range FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE g_range_rest PARTITION OF g_range DEFAULT;
INSERT INTO g_range VALUES (1, '2024-05-05', 'a'), (2, '2025-05-05', 'b'), (3, '2030-01-01', 'c');
CREATE TABLE g_list (id integer, kind text) PARTITION BY LIST (kind);
CREATE TABLE g_list_ab PARTITION OF g_list FOR VALUES IN ('a', 'b', NULL);
CREATE TABLE g_hash (id integer) PARTITION BY HASH (id);
CREATE TABLE g_hash_0 PARTITION OF g_hash FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE g_hash_1 PARTITION OF g_hash FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO g_hash SELECT generate_series(1, 10);
CREATE TABLE g_twin_one (id integer, note text);
CREATE TABLE g_twin_two (id integer, note text);
INSERT INTO g_twin_one VALUES (1, 'in the first');
CREATE TABLE g_parent (id integer, note text CONSTRAINT g_parent_note CHECK (note <> ''));
CREATE TABLE g_child (more text) INHERITS (g_parent);
INSERT INTO g_child VALUES (1, 'x', 'y');
CREATE TYPE g_row AS (id integer, note text);
CREATE TABLE g_typed OF g_row (PRIMARY KEY (id));
CREATE UNLOGGED TABLE g_unlogged (id integer);
CREATE TABLE g_valid (id integer, state varchar(20) CONSTRAINT g_valid_state CHECK (state IN ('draft', 'cancelled', 'done')),
  code text CONSTRAINT g_valid_code CHECK (code LIKE 'AB%'), CONSTRAINT g_valid_positive CHECK (id > 0), CONSTRAINT g_valid_never CHECK (id < 50) NOT ENFORCED);
ALTER TABLE g_valid ADD CONSTRAINT g_valid_later CHECK (id < 100) NOT VALID;

CREATE VIEW g_view WITH (security_barrier = true, security_invoker = true) AS SELECT id, name, age FROM g_person WHERE age > 18;
CREATE VIEW g_check_view WITH (check_option = cascaded) AS SELECT id, name FROM g_person WHERE id > 3;
ALTER VIEW g_view ALTER COLUMN age SET DEFAULT 21;
COMMENT ON VIEW g_view IS 'A view';
COMMENT ON COLUMN g_view.age IS 'A column of a view';
CREATE MATERIALIZED VIEW g_materialized AS SELECT state, count(*) AS people FROM g_person GROUP BY state;
CREATE UNIQUE INDEX g_materialized_state ON g_materialized (state);
COMMENT ON MATERIALIZED VIEW g_materialized IS 'A materialized view';

CREATE FUNCTION g_function(first integer, second integer DEFAULT 2, VARIADIC rest integer[] DEFAULT '{}') RETURNS integer
  LANGUAGE sql STABLE PARALLEL SAFE COST 50 SET search_path = pg_catalog AS $$ SELECT first + second $$;
CREATE FUNCTION g_rows(n integer) RETURNS SETOF integer LANGUAGE sql ROWS 7 STRICT SECURITY DEFINER AS $$ SELECT generate_series(1, n) $$;
CREATE FUNCTION g_atomic(n integer) RETURNS bigint STABLE BEGIN ATOMIC SELECT count(*) FROM g_person WHERE age > n; END;
COMMENT ON FUNCTION g_function IS 'A function';
REVOKE EXECUTE ON FUNCTION g_rows FROM PUBLIC;
GRANT EXECUTE ON FUNCTION g_rows TO openspp_reader;
CREATE PROCEDURE g_procedure(INOUT n integer) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$;
CREATE AGGREGATE g_sum(integer) (SFUNC = int4_sum, STYPE = bigint, COMBINEFUNC = int8pl, INITCOND = '0', PARALLEL = SAFE, SSPACE = 64);
COMMENT ON AGGREGATE g_sum(integer) IS 'An aggregate';
CREATE CONVERSION g_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
COMMENT ON CONVERSION g_conversion IS 'A conversion';
CREATE COLLATION g_collation (PROVIDER = libc, LOCALE = 'C');
COMMENT ON COLLATION g_collation IS 'A collation';

CREATE DOMAIN g_domain AS text COLLATE "C" DEFAULT 'x' CONSTRAINT g_domain_filled NOT NULL CONSTRAINT g_domain_short CHECK (length(VALUE) < 10);
COMMENT ON DOMAIN g_domain IS 'A domain';
COMMENT ON CONSTRAINT g_domain_short ON DOMAIN g_domain IS 'A constraint of a domain';
CREATE TYPE g_enum AS ENUM ('low', 'middle', 'high');
GRANT USAGE ON TYPE g_enum TO openspp_reader;
REVOKE USAGE ON TYPE g_enum FROM PUBLIC;
COMMENT ON TYPE g_enum IS 'An enumeration';
CREATE FUNCTION g_float_distance(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$ SELECT $1 - $2 $$;
CREATE TYPE g_interval AS RANGE (SUBTYPE = float8, SUBTYPE_DIFF = g_float_distance, MULTIRANGE_TYPE_NAME = g_intervals);
COMMENT ON COLUMN g_row.note IS 'An attribute';
CREATE TEXT SEARCH DICTIONARY g_dictionary (TEMPLATE = pg_catalog.simple, STOPWORDS = 'english', ACCEPT = true);
COMMENT ON TEXT SEARCH DICTIONARY g_dictionary IS 'A dictionary';
CREATE TEXT SEARCH CONFIGURATION g_configuration (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION g_configuration ALTER MAPPING FOR asciiword WITH g_dictionary, english_stem;
COMMENT ON TEXT SEARCH CONFIGURATION g_configuration IS 'A configuration';
CREATE STATISTICS g_statistics (ndistinct, dependencies) ON state, age FROM g_person;
ALTER STATISTICS g_statistics SET STATISTICS 300;
COMMENT ON STATISTICS g_statistics IS 'Statistics';
CREATE STATISTICS g_statistics_expression ON (age % 7), lower(plain) FROM g_person;

CREATE SEQUENCE g_sequence AS integer INCREMENT 5 MINVALUE 10 MAXVALUE 10000 START 20 CACHE 3 CYCLE;
SELECT nextval('g_sequence');
GRANT USAGE ON SEQUENCE g_sequence TO openspp_reader;
COMMENT ON SEQUENCE g_sequence IS 'A sequence';
CREATE TABLE g_owning (id integer DEFAULT nextval('g_sequence'));
ALTER SEQUENCE g_sequence OWNED BY g_owning.id;
CREATE TABLE g_serial (id serial, by_default integer GENERATED BY DEFAULT AS IDENTITY (START 7));

SELECT lo_from_bytea(910001, '\x0102'), lo_from_bytea(910002, decode(repeat('cd', 5000), 'hex'));
GRANT SELECT ON LARGE OBJECT 910001 TO openspp_reader;
COMMENT ON LARGE OBJECT 910001 IS 'A large object';
ALTER DEFAULT PRIVILEGES IN SCHEMA spp_reporting GRANT EXECUTE ON FUNCTIONS TO openspp_reader;

-- Nothing depends on these columns, so that they may be changed.
CREATE TABLE g_check_target (short varchar(40) DEFAULT 'draft', number integer, amount numeric(10, 2), twice integer GENERATED ALWAYS AS (number * 2) VIRTUAL, untyped text DEFAULT 'a');

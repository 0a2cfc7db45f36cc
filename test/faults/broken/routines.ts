import { seenBy } from "../fault.ts";

const procedure = (definition: string) =>
  `CREATE OR REPLACE PROCEDURE g_procedure(INOUT n integer) ${definition}`;
const aggregate = (definition: string) =>
  `DROP AGGREGATE g_sum(integer); CREATE AGGREGATE g_sum(integer) (${definition}); COMMENT ON AGGREGATE g_sum(integer) IS 'An aggregate'; ALTER AGGREGATE g_sum(integer) OWNER TO {owner}`;

/** Functions, procedures, aggregates, operators, casts and what belongs to them. */
export const ROUTINES = seenBy("structure", [
  ["a function is missing", "DROP FUNCTION g_rows(integer)"],
  ["a function more", "CREATE FUNCTION g_more() RETURNS integer LANGUAGE sql AS 'SELECT 1'"],
  [
    "a function has another body",
    "CREATE OR REPLACE FUNCTION g_rows(n integer) RETURNS SETOF integer LANGUAGE sql ROWS 7 STRICT SECURITY DEFINER AS $$ SELECT generate_series(0, n) $$",
  ],
  [
    "a function's body has another blank",
    "CREATE OR REPLACE FUNCTION g_rows(n integer) RETURNS SETOF integer LANGUAGE sql ROWS 7 STRICT SECURITY DEFINER AS $$ SELECT  generate_series(1, n) $$",
  ],
  [
    "a function of the SQL standard has another body",
    "CREATE OR REPLACE FUNCTION g_atomic(n integer) RETURNS bigint STABLE BEGIN ATOMIC SELECT count(*) FROM g_person WHERE age >= n; END",
  ],
  [
    "a function is in another language",
    "SET check_function_bodies = off; CREATE OR REPLACE FUNCTION g_rows(n integer) RETURNS SETOF integer LANGUAGE plpgsql ROWS 7 STRICT SECURITY DEFINER AS $$ SELECT generate_series(1, n) $$",
  ],
  ["a function is volatile", "ALTER FUNCTION g_function VOLATILE"],
  ["a function is immutable", "ALTER FUNCTION g_function IMMUTABLE"],
  ["a function is called on NULL", "ALTER FUNCTION g_rows CALLED ON NULL INPUT"],
  ["a function is leakproof", "ALTER FUNCTION g_function LEAKPROOF"],
  ["a function is not parallel safe", "ALTER FUNCTION g_function PARALLEL RESTRICTED"],
  ["a function has another cost", "ALTER FUNCTION g_function COST 51"],
  ["a function returns more rows", "ALTER FUNCTION g_rows ROWS 8"],
  [
    "a function has a support function",
    "ALTER FUNCTION g_rows SUPPORT generate_series_int4_support",
  ],
  ["a function runs with its caller's rights", "ALTER FUNCTION g_rows SECURITY INVOKER"],
  ["a function has another search_path", "ALTER FUNCTION g_function SET search_path = public"],
  ["a function has no search_path", "ALTER FUNCTION g_function RESET search_path"],
  ["a function has a setting more", "ALTER FUNCTION g_function SET work_mem = '5MB'"],
  [
    "a function has another default",
    "CREATE OR REPLACE FUNCTION g_function(first integer, second integer DEFAULT 3, VARIADIC rest integer[] DEFAULT '{}') RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE COST 50 SET search_path = pg_catalog AS $$ SELECT first + second $$",
  ],
  [
    "a function is not variadic",
    "DROP FUNCTION g_function; CREATE FUNCTION g_function(first integer, second integer DEFAULT 2, rest integer[] DEFAULT '{}') RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE COST 50 SET search_path = pg_catalog AS $$ SELECT first + second $$; COMMENT ON FUNCTION g_function IS 'A function'",
  ],
  ["a function's comment is missing", "COMMENT ON FUNCTION g_function IS NULL"],
  ["a procedure has another body", procedure("LANGUAGE plpgsql AS $$ BEGIN n := n + 2; END $$")],
  [
    "a procedure runs with its owner's rights",
    procedure("LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN n := n + 1; END $$"),
  ],
  [
    "a procedure is a function",
    "DROP PROCEDURE g_procedure; CREATE FUNCTION g_procedure(INOUT n integer) LANGUAGE plpgsql AS $$ BEGIN n := n + 1; END $$",
  ],
  ["an aggregate is missing", "DROP AGGREGATE g_sum(integer)"],
  [
    "an aggregate has another transition",
    `CREATE FUNCTION g_sum_step(bigint, integer) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + $2';
    ${aggregate("SFUNC = g_sum_step, STYPE = bigint, COMBINEFUNC = int8pl, INITCOND = '0', PARALLEL = SAFE, SSPACE = 64")}`,
  ],
  [
    "an aggregate does not combine",
    aggregate("SFUNC = int4_sum, STYPE = bigint, INITCOND = '0', PARALLEL = SAFE, SSPACE = 64"),
  ],
  [
    "an aggregate begins elsewhere",
    aggregate(
      "SFUNC = int4_sum, STYPE = bigint, COMBINEFUNC = int8pl, INITCOND = '1', PARALLEL = SAFE, SSPACE = 64",
    ),
  ],
  [
    "an aggregate is not parallel safe",
    aggregate(
      "SFUNC = int4_sum, STYPE = bigint, COMBINEFUNC = int8pl, INITCOND = '0', PARALLEL = RESTRICTED, SSPACE = 64",
    ),
  ],
  [
    "an aggregate takes other space",
    aggregate(
      "SFUNC = int4_sum, STYPE = bigint, COMBINEFUNC = int8pl, INITCOND = '0', PARALLEL = SAFE, SSPACE = 65",
    ),
  ],
  [
    "an aggregate ends with a function",
    aggregate(
      "SFUNC = int4_sum, STYPE = bigint, COMBINEFUNC = int8pl, FINALFUNC = int8um, INITCOND = '0', PARALLEL = SAFE, SSPACE = 64",
    ),
  ],
  [
    "an aggregate has a sort operator",
    aggregate(
      "SFUNC = int4_sum, STYPE = bigint, COMBINEFUNC = int8pl, INITCOND = '0', PARALLEL = SAFE, SSPACE = 64, SORTOP = <",
    ),
  ],
  ["an aggregate's comment is missing", "COMMENT ON AGGREGATE g_sum(integer) IS NULL"],
  ["an operator is missing", "DROP OPERATOR === (text, text)"],
  [
    "an operator has another estimator",
    "ALTER OPERATOR <<< (integer, integer) SET (RESTRICT = scalargtsel)",
  ],
  [
    "an operator has no commutator",
    "DROP OPERATOR <<< (integer, integer); CREATE OPERATOR <<< (LEFTARG = integer, RIGHTARG = integer, FUNCTION = g_int_less, RESTRICT = scalarltsel, JOIN = scalarltjoinsel); COMMENT ON OPERATOR <<< (integer, integer) IS 'An operator'; ALTER OPERATOR <<< (integer, integer) OWNER TO {admin}",
  ],
  ["an operator may hash", "ALTER OPERATOR <<< (integer, integer) SET (HASHES)"],
  [
    "an operator calls another function",
    "DROP OPERATOR === (text, text); CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.textne); ALTER OPERATOR === (text, text) OWNER TO {owner}",
  ],
  ["an operator's comment is missing", "COMMENT ON OPERATOR <<< (integer, integer) IS NULL"],
  ["an operator class is missing", "DROP OPERATOR CLASS g_class USING btree"],
  [
    "an operator class is a type's default",
    "UPDATE pg_opclass SET opcdefault = true WHERE opcname = 'g_class_json'",
  ],
  [
    "an operator class has another name",
    "ALTER OPERATOR CLASS g_class USING btree RENAME TO g_classes",
  ],
  [
    "an operator class's comment is missing",
    "COMMENT ON OPERATOR CLASS g_class USING btree IS NULL",
  ],
  [
    "an operator family lacks an operator",
    "ALTER OPERATOR FAMILY g_family USING btree DROP OPERATOR 1 (integer, bigint)",
  ],
  [
    "an operator family lacks a function",
    "ALTER OPERATOR FAMILY g_family USING btree DROP FUNCTION 1 (integer, bigint)",
  ],
  [
    "an operator family has an operator more",
    "ALTER OPERATOR FAMILY g_family USING btree ADD OPERATOR 2 <= (integer, bigint)",
  ],
  ["a cast is missing", "DROP CAST (g_base AS text)"],
  [
    "a cast is implicit",
    "UPDATE pg_cast SET castcontext = 'i' WHERE castsource = 'g_base'::regtype",
  ],
  [
    "a cast has no function",
    "DROP CAST (g_base AS text); CREATE CAST (g_base AS text) WITHOUT FUNCTION AS ASSIGNMENT; COMMENT ON CAST (g_base AS text) IS 'A cast'",
  ],
  ["a cast's comment is missing", "COMMENT ON CAST (g_base AS text) IS NULL"],
  ["a conversion is missing", "DROP CONVERSION g_conversion"],
  [
    "a conversion is a default",
    "UPDATE pg_conversion SET condefault = true WHERE conname = 'g_conversion'",
  ],
  [
    "a conversion calls another function",
    "DROP CONVERSION g_conversion; CREATE CONVERSION g_conversion FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8; COMMENT ON CONVERSION g_conversion IS 'A conversion'; ALTER CONVERSION g_conversion OWNER TO {owner}",
  ],
  ["an event trigger is missing", "DROP EVENT TRIGGER g_event_trigger"],
  ["an event trigger is disabled", "ALTER EVENT TRIGGER g_event_trigger DISABLE"],
  [
    "an event trigger fires at other commands",
    "DROP EVENT TRIGGER g_event_trigger; CREATE EVENT TRIGGER g_event_trigger ON ddl_command_end WHEN TAG IN ('CREATE POLICY') EXECUTE FUNCTION g_event(); COMMENT ON EVENT TRIGGER g_event_trigger IS 'An event trigger'",
  ],
  [
    "an event trigger fires at another event",
    "DROP EVENT TRIGGER g_event_trigger; CREATE EVENT TRIGGER g_event_trigger ON ddl_command_start WHEN TAG IN ('CREATE POLICY', 'DROP POLICY') EXECUTE FUNCTION g_event(); COMMENT ON EVENT TRIGGER g_event_trigger IS 'An event trigger'",
  ],
  ["an event trigger's comment is missing", "COMMENT ON EVENT TRIGGER g_event_trigger IS NULL"],
  ["a language is missing", "DROP LANGUAGE g_language CASCADE"],
  [
    "a language is not trusted",
    "UPDATE pg_language SET lanpltrusted = false WHERE lanname = 'g_language'",
  ],
  [
    "a language has no validator",
    "UPDATE pg_language SET lanvalidator = 0 WHERE lanname = 'g_language'",
  ],
  ["a language's comment is missing", "COMMENT ON LANGUAGE g_language IS NULL"],
  ["a transform is missing", "DROP TRANSFORM FOR g_base LANGUAGE g_language"],
  [
    "an access method is missing",
    "DROP ACCESS METHOD g_method CASCADE; CREATE TABLE g_other_method (id integer); INSERT INTO g_other_method VALUES (1); ALTER TABLE g_other_method OWNER TO {admin}",
  ],
  ["an access method's comment is missing", "COMMENT ON ACCESS METHOD g_method IS NULL"],
]);

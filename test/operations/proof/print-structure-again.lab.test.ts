import { afterAll, beforeAll, expect, test } from "vitest";
import {
  compareStructure,
  printedOtherwise,
  type StructureObject,
} from "../../../src/checks/structure/compare-structure.ts";
import { STRUCTURE_QUERY } from "../../../src/checks/structure/structure-query.ts";
import { systemClock } from "../../../src/clock.ts";
import type { Session } from "../../../src/database/session.ts";
import { LocalHost } from "../../../src/host/local.ts";
import { printStructureAgain } from "../../../src/operations/proof/print-structure-again.ts";
import { databaseOf, openSession } from "../../database/lab-session.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";

/** One statement for each kind of object whose print changes when it is parsed again. */
const OBJECTS = [
  "CREATE TYPE x_state AS ENUM ('draft', 'done')",
  `CREATE TABLE x_print (id serial PRIMARY KEY, "State" varchar NOT NULL DEFAULT 'draft', state x_state, amount numeric,
    code bpchar(4), "day" date, double text GENERATED ALWAYS AS (CASE WHEN "State" IN ('a', 'b') THEN 'x' END) STORED,
    CONSTRAINT x_print_in CHECK ("State" IN ('draft', 'done', 'cancelled')),
    CONSTRAINT x_print_or CHECK (amount > 0 AND amount < 9 OR code IN ('a', 'b')),
    CONSTRAINT x_print_like CHECK ("State" LIKE 'AB%' OR "State" NOT IN ('x', 'y')),
    CONSTRAINT x_print_not_valid CHECK (code IN ('a', 'b')) NOT VALID)`,
  `CREATE INDEX x_print_state ON x_print ((CASE WHEN "State" IN ('a', 'b') THEN 1 ELSE 2 END), (lower("State")) varchar_pattern_ops) WHERE "State" IN ('a', 'b')`,
  `CREATE INDEX x_print_where ON x_print USING gist (int4range(id, id + 1)) WHERE "State" IN ('a', 'b')`,
  `CREATE TABLE x_excluded (id integer, room varchar, EXCLUDE USING gist (int4range(id, id + 1) WITH &&) WHERE (room IN ('a', 'b')))`,
  "CREATE DOMAIN x_kind AS varchar DEFAULT 'a' CHECK (VALUE IN ('a', 'b'))",
  "CREATE DOMAIN x_enum_kind AS x_state CHECK (VALUE IN ('draft', 'done'))",
  "CREATE FUNCTION x_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
  `CREATE TRIGGER x_when BEFORE UPDATE ON x_print FOR EACH ROW WHEN (NEW."State" IN ('a', 'b')) EXECUTE FUNCTION x_raise()`,
  `CREATE CONSTRAINT TRIGGER x_later AFTER UPDATE ON x_print DEFERRABLE FOR EACH ROW WHEN (NEW."State" IN ('a', 'b')) EXECUTE FUNCTION x_raise()`,
  `CREATE POLICY x_policy ON x_print USING ("State" IN ('a', 'b')) WITH CHECK ("State" IN ('a', 'c'))`,
  `CREATE RULE x_rule AS ON DELETE TO x_print WHERE OLD."State" IN ('a', 'b') DO INSTEAD NOTHING`,
  `CREATE VIEW x_view AS SELECT id, "State" AS s, EXISTS (SELECT NULL FROM x_excluded WHERE room IN ('a', 'b')) AS e,
    (SELECT NULL) AS n, ARRAY(SELECT id UNION SELECT 1) AS u FROM x_print WHERE "State" IN ('a', 'b')`,
  `CREATE MATERIALIZED VIEW x_seen AS SELECT id, (SELECT NULL::text) AS n FROM x_print WHERE "State" IN ('a', 'b')`,
  `CREATE UNIQUE INDEX x_seen_id ON x_seen (id) WHERE n IN ('a', 'b')`,
  `CREATE FUNCTION x_atomic(kind varchar DEFAULT 'a') RETURNS bigint LANGUAGE sql
    BEGIN ATOMIC SELECT count(*) FROM x_print WHERE "State" IN ('a', kind) AND EXISTS (SELECT NULL); END`,
  `CREATE STATISTICS x_statistics ON (CASE WHEN "State" IN ('a', 'b') THEN 1 END), id FROM x_print`,
  `CREATE TABLE x_parts (id integer, state varchar) PARTITION BY LIST ((CASE WHEN state IN ('a', 'b') THEN 1 ELSE 2 END))`,
  "CREATE TABLE x_parts_one PARTITION OF x_parts FOR VALUES IN (1)",
  `CREATE INDEX x_parts_key ON x_parts (id) WHERE state IN ('a', 'b')`,
  `CREATE TABLE x_child (CONSTRAINT x_child_own CHECK ("State" IN ('a', 'b'))) INHERITS (x_print)`,
] as const;

/** Faults that look much like another print, and the only objects that they change. */
const FAULTS: readonly (readonly [object: string, ...statements: string[]])[] = [
  [
    "table constraint x_print_or on public.x_print",
    "ALTER TABLE x_print DROP CONSTRAINT x_print_or",
    "ALTER TABLE x_print ADD CONSTRAINT x_print_or CHECK (amount > 0 AND (amount < 9 OR code IN ('a', 'b')))",
  ],
  [
    "table constraint x_print_in on public.x_print",
    "ALTER TABLE x_print DROP CONSTRAINT x_print_in",
    `ALTER TABLE x_print ADD CONSTRAINT x_print_in CHECK ("State" IN ('draft', 'done', 'can celled'))`,
  ],
  [
    "table constraint x_print_like on public.x_print",
    "ALTER TABLE x_print DROP CONSTRAINT x_print_like",
    `ALTER TABLE x_print ADD CONSTRAINT x_print_like CHECK ("State" LIKE 'AB %' OR "State" NOT IN ('x', 'y'))`,
  ],
  [
    'default value for public.x_print."State"',
    `ALTER TABLE ONLY x_print ALTER COLUMN "State" SET DEFAULT '(draft)'`,
  ],
  ["type public.x_kind", "ALTER DOMAIN x_kind SET DEFAULT 'a '"],
  [
    "policy x_policy on public.x_print",
    `ALTER POLICY x_policy ON x_print WITH CHECK ("State" IN ('a', 'd'))`,
  ],
  [
    'rule "_RETURN" on public.x_view',
    `CREATE OR REPLACE VIEW x_view AS SELECT id, "State" AS s, EXISTS (SELECT NULL FROM x_excluded WHERE room IN ('a', 'b')) AS e,
      (SELECT NULL) AS n, ARRAY(SELECT id UNION SELECT 1) AS u FROM x_print WHERE "State" IN ('a', 'c')`,
  ],
  [
    "keys of public.x_print_where",
    "DROP INDEX x_print_where",
    `CREATE INDEX x_print_where ON x_print USING gist (int4range(id, id + 1)) WHERE "State" IN ('a', 'c')`,
  ],
  [
    "trigger x_when on public.x_print",
    "DROP TRIGGER x_when ON x_print",
    `CREATE TRIGGER x_when BEFORE UPDATE ON x_print FOR EACH ROW WHEN (NEW."State" IN ('a', 'c')) EXECUTE FUNCTION x_raise()`,
  ],
];

const SOURCE = "x_print_source";
const RESTORED = "x_print_restored";

let lab: Lab;
let production: Session;
let restored: Session;
let source: readonly StructureObject[];

beforeAll(async () => {
  lab = await sharedLab("strict");
  production = await openSession(lab);
  for (const name of [SOURCE, RESTORED]) {
    await production.batch([
      `CREATE DATABASE ${name} OWNER ${lab.database.owner} TEMPLATE template0`,
    ]);
  }
  const owner = await openSession(lab, SOURCE, "owner");
  await owner.batch(["SET search_path = public", ...OBJECTS]);
  owner.close();
  const session = await openSession(lab, SOURCE);
  source = await session.value(STRUCTURE_QUERY);
  session.close();
  const as = `-h 127.0.0.1 -U ${lab.database.admin}`;
  const line = `pg_dump -Fc ${as} ${SOURCE} | pg_restore --exit-on-error ${as} -d ${RESTORED}`;
  const secret = `PGPASSWORD=${lab.database.password}`;
  await lab.docker("exec", "-e", secret, lab.container("db"), "sh", "-c", line);
  restored = await openSession(lab, RESTORED);
});

afterAll(async () => {
  restored.close();
  for (const name of [SOURCE, RESTORED]) {
    await production.batch([`DROP DATABASE ${name} WITH (FORCE)`]);
  }
  production.close();
});

/** The names of the objects that differ, once each was printed again. */
async function compareNow() {
  const objects = await restored.value<StructureObject[]>(STRUCTURE_QUERY);
  const otherwise = printedOtherwise(source, objects);
  const server = {
    host: new LocalHost(systemClock),
    deployment: { database: await databaseOf(lab) },
    applicationName: "openspp-backup test",
  };
  const again = await printStructureAgain(server, { name: RESTORED, session: restored }, otherwise);
  const nameOf = ({ kind, name }: StructureObject) => `${kind} ${name}`;
  const different = source.filter((object) => {
    const found = objects.filter((one) => nameOf(one) === nameOf(object));
    return compareStructure([object], { objects: found, again }).status !== "passed";
  });
  return {
    otherwise: otherwise.map(nameOf),
    different: different.map(nameOf),
    verdict: compareStructure(source, { objects, again }),
  };
}

test("what only prints otherwise after a restore is the same", async () => {
  const { otherwise, verdict } = await compareNow();
  expect(otherwise.length).toBeGreaterThan(15);
  expect(verdict.message).toBe(
    `All ${source.length} objects are there and defined as in the source.`,
  );
});

test("also where event triggers forbid every definition", async () => {
  await restored.batch([
    "CREATE FUNCTION public.x_forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no' USING ERRCODE = '2F003'; END $$",
    "CREATE EVENT TRIGGER x_forbid ON ddl_command_start EXECUTE FUNCTION public.x_forbid()",
  ]);
  const { different } = await compareNow();
  await restored.batch([
    "SET event_triggers = off",
    "DROP EVENT TRIGGER x_forbid",
    "DROP FUNCTION public.x_forbid()",
    "RESET event_triggers",
  ]);
  expect(different).toEqual([]);
  const left =
    "SELECT count(*)::int FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase WHERE d.datname = current_database()";
  expect(await restored.value(left)).toBe(0);
});

test("what is defined otherwise stays different, however much it looks like another print", async () => {
  const changes = FAULTS.flatMap(([, ...statements]) => statements);
  await restored.batch(["SET search_path = public", ...changes, "SET search_path = pg_catalog"]);
  const { different } = await compareNow();
  expect(different).toEqual(FAULTS.map(([object]) => object).toSorted());
});

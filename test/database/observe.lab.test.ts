import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareContent, pairTables } from "../../src/checks/content.ts";
import { planControl } from "../../src/checks/control.ts";
import { compareLargeObjects, LARGE_OBJECTS_QUERY } from "../../src/checks/large-objects.ts";
import {
  contentOf,
  type ScanAnswer,
  scanTask,
  TABLES_QUERY,
  type TableSource,
} from "../../src/checks/scan.ts";
import {
  compareSequences,
  SEQUENCES_QUERY,
  type SequenceContent,
  sequencesOf,
} from "../../src/checks/sequences.ts";
import { identifier, qualified } from "../../src/checks/sql.ts";
import { compareStructure } from "../../src/checks/structure/compare-structure.ts";
import { type Observation, observe } from "../../src/database/observe.ts";
import { scanContent } from "../../src/database/scan-tables.ts";
import type { Session } from "../../src/database/session.ts";
import { AS_IT_STANDS, inSnapshot, inTransactions } from "../../src/database/transactions.ts";
import type { Lab } from "../lab/lab.ts";
import { sharedLab } from "../lab/shared.ts";
import { openSession, rolledBack } from "./lab-session.ts";

let lab: Lab;
let session: Session;
let before: Observation;

beforeAll(async () => {
  lab = await sharedLab("flexible");
  session = await openSession(lab);
  before = await observe([session], { transaction: AS_IT_STANDS });
});

afterAll(() => session.close());

test("a database is observed whole", () => {
  const { tables, contents, extensions, sequences, structure, largeObjects, postgis } = before;
  expect(contents).toHaveLength(tables.length);
  expect(contents.map(({ name }) => name)).toContain("spp_event_2024_visit");
  expect(contents.map(({ name }) => name)).not.toContain("spp_event");
  expect(extensions.map(({ name }) => name)).toEqual([
    ...["postgis", "postgis_topology", "fuzzystrmatch", "postgis_tiger_geocoder"],
    ...["unaccent", "pg_trgm"],
  ]);
  expect(sequences.map(({ name }) => name)).toContain("Séquence d'essai");
  expect(new Set(structure.map(({ kind, name }) => `${kind} ${name}`)).size).toBe(structure.length);
  expect(structure.every(({ hash }) => /^[0-9a-f]{16}$/.test(hash))).toBe(true);
  expect(largeObjects.count).toBe(5);
  expect(postgis).toMatch(/^3\./);
});

describe("several sessions in one snapshot", () => {
  test("see the same, and nothing of what others commit meanwhile", async () => {
    const others = [await openSession(lab), await openSession(lab)];
    const [, snapshot] = await session.values([
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
      "SELECT pg_export_snapshot()",
    ]);
    const writer = await lab.connect();
    await writer.query("INSERT INTO x_coded SELECT 'ZZ' || n FROM generate_series(1, 50) AS n");
    const transaction = inSnapshot(String(snapshot));
    const during = await observe(others, { transaction });
    await session.batch(["ROLLBACK"]);
    const after = await observe(others, { transaction: AS_IT_STANDS });
    await writer.query("DELETE FROM x_coded WHERE code LIKE 'ZZ%'");
    await writer.end();
    for (const other of others) other.close();

    expect(during.contents).toEqual(before.contents);
    expect(during.structure).toEqual(before.structure);
    const verdict = compareContent(pairTables(before.contents, after.contents), []);
    expect(verdict.message).toBe(
      "1 of 75 tables did not come back as they were: public.x_coded has 75 rows instead of 25.",
    );
  });

  test("are told apart from none", async () => {
    await expect(observe([], { transaction: AS_IT_STANDS })).rejects.toThrow(RangeError);
  });
});

describe("sequences", () => {
  const verdictAfter = (...changes: string[]) =>
    rolledBack(session, async () => {
      await session.batch(changes);
      const restored = await session.value<SequenceContent[]>(SEQUENCES_QUERY);
      return compareSequences(sequencesOf(before.sequences, before.sequences), restored);
    });

  test("have the values that they had", async () => {
    expect((await verdictAfter("SELECT 1")).message).toBe(
      `All ${before.sequences.length} sequences have the values that they had.`,
    );
  });

  test.each([
    [
      "one that was set back",
      "ALTER SEQUENCE public.ir_sequence_001 RESTART WITH 1",
      /^1 of \d+ sequences have other values: public\.ir_sequence_001 is at 1 instead of \d+\.$/,
    ],
    [
      "one that is gone",
      `DROP SEQUENCE public."Séquence d'essai"`,
      /^1 of \d+ sequences have other values: public\.Séquence d'essai is at nothing instead of 41\.$/,
    ],
  ])("%s is seen", async (_, change, message) => {
    expect((await verdictAfter(change)).message).toMatch(message);
  });
});

describe("large objects", () => {
  const verdictAfter = (change: string) =>
    rolledBack(session, async () => {
      await session.batch([change]);
      const restored = await session.value<Observation["largeObjects"]>(LARGE_OBJECTS_QUERY);
      return compareLargeObjects(before.largeObjects, restored);
    });

  test.each([
    ["untouched ones", "SELECT 1", "All 5 large objects came back as they were."],
    ["a missing one", "SELECT lo_unlink(900001)", "4 large objects came back instead of 5."],
    ["one more", "SELECT lo_from_bytea(900006, '')", "6 large objects came back instead of 5."],
    [
      "one changed byte in the middle of a large one",
      "SELECT lo_put(900004, 150000, '\\x00')",
      "The 5 large objects came back with other content.",
    ],
    [
      "two whose bytes changed places",
      "SELECT lo_put(900001, 0, '\\x00'), lo_truncate(lo_open(900002, 131072), 0)",
      "The 5 large objects came back with other content.",
    ],
  ])("%s", async (_, change, message) => {
    expect((await verdictAfter(change)).message).toBe(message);
  });
});

describe("the structure", () => {
  test("counts the same whoever of the policy's two roles asks", async () => {
    const again = await observe([session], {
      transaction: AS_IT_STANDS,
    });
    expect(compareStructure(before.structure, { objects: again.structure }).status).toBe("passed");
  });
});

test("many statements make one round trip, a transaction for each hundred, and keep their order", async () => {
  const transaction = { begin: ["BEGIN READ ONLY"], end: ["COMMIT"] };
  const statements = Array.from(
    { length: 250 },
    (_, n) =>
      `SELECT ${n} AS n, virtualtransaction AS id FROM pg_locks WHERE pid = pg_backend_pid() LIMIT 1`,
  );
  const rows = (await inTransactions(session, transaction, statements)).map(([row]) => row);
  expect(rows.map((row) => row?.n)).toEqual(Array.from({ length: 250 }, (_, n) => n));
  expect(new Set(rows.map((row) => row?.id)).size).toBe(3);
  expect(await inTransactions(session, transaction, [])).toEqual([]);
});

describe("the control", () => {
  test("can change a row in most of the tables, and the content shows it each time", async () => {
    const planned = before.tables.flatMap(
      (table) => planControl([table], before.contents, before.postgisSchema) ?? [],
    );
    expect(planned.length).toBeGreaterThan(30);
    const answers = await session.batch(planned.map(({ task }) => task.sql));
    const blind = planned.filter(({ table, task }, index) => {
      const answer = answers[index]?.[0] as unknown as ScanAnswer;
      const [own, changed] = [
        before.contents.filter(isOf(table)),
        contentOf([table], [{ task, answer }]),
      ];
      expect(changed[0]?.rows).toBe(own[0]?.rows);
      return compareContent(pairTables(own, changed), []).status !== "failed";
    });
    expect(blind).toEqual([]);
  });

  test("shows nothing but the change: the same rows without it have the content of the table", async () => {
    const tables = before.tables.filter((table) => table.dumped === undefined);
    const tasks = tables.map((table) => {
      const columns = table.columns.map(({ name }) => `r.${identifier(name)}`).join(", ");
      const rows = `(SELECT ${columns} FROM ONLY ${qualified(table.schema, table.name)} r)`;
      return scanTask(table, rows, before.postgisSchema);
    });
    const answers = await session.batch(tasks.map(({ sql }) => sql));
    const contents = contentOf(
      tables,
      tasks.map((task, index) => ({ task, answer: answers[index]?.[0] as unknown as ScanAnswer })),
    );
    expect(contents).toEqual(before.contents.filter((one) => tables.some(isOf(one))));
  });

  test("runs no code of the table's owner, and writes nothing", async () => {
    const forbidden = "LANGUAGE plpgsql IMMUTABLE AS $$BEGIN RAISE 'our session ran this'; END$$";
    const tables = await rolledBack(session, async () => {
      await session.batch([
        "CREATE TABLE public.x_control (note text)",
        "INSERT INTO public.x_control VALUES ('a'), ('b')",
        `CREATE FUNCTION public.x_trap() RETURNS trigger ${forbidden}`,
        "CREATE TRIGGER x_trap BEFORE UPDATE ON public.x_control FOR EACH ROW EXECUTE FUNCTION public.x_trap()",
        "ALTER TABLE public.x_control ENABLE ALWAYS TRIGGER x_trap",
        `CREATE FUNCTION public.x_trap(text) RETURNS bool ${forbidden}`,
        "ALTER TABLE public.x_control ADD CHECK (public.x_trap(note)) NOT VALID",
        "SET TRANSACTION READ ONLY",
      ]);
      const found = (await session.value<TableSource[]>(TABLES_QUERY)).filter(
        ({ name }) => name === "x_control",
      );
      const contents = await scanContent([session], { tables: found });
      const control = planControl(found, contents);
      const [rows] = await session.batch([String(control?.task.sql)]);
      return { contents, answer: rows?.[0] as unknown as ScanAnswer };
    });
    expect(tables.answer.rows).toBe("2");
    expect(tables.answer.hash).not.toBe(tables.contents[0]?.hash);
  });
});

function isOf(table: { schema: string; name: string }) {
  return ({ schema, name }: { schema: string; name: string }) =>
    schema === table.schema && name === table.name;
}

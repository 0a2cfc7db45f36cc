import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compareContent, pairTables } from "../../src/checks/content.ts";
import { FREE_COLUMNS_QUERY, type FreeColumn, planControl } from "../../src/checks/control.ts";
import { compareLargeObjects, LARGE_OBJECTS_QUERY } from "../../src/checks/large-objects.ts";
import { TABLES_QUERY, type TableSource } from "../../src/checks/scan.ts";
import {
  compareSequences,
  SEQUENCES_QUERY,
  type SequenceContent,
  sequencesOf,
} from "../../src/checks/sequences.ts";
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
    const verdict = compareContent(pairTables(before.contents, after.contents));
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

test("the control can change a row in most of the tables, and the content shows it each time", async () => {
  const free = await session.value<FreeColumn[]>(FREE_COLUMNS_QUERY);
  const tables = await session.value<TableSource[]>(TABLES_QUERY);
  const planned = tables.flatMap((table) => planControl([table], before.contents, free) ?? []);
  const types = new Set(
    planned.map(({ table, column }) => table.columns.find(({ name }) => name === column)?.type),
  );
  expect(planned.length).toBeGreaterThan(30);
  expect([...types]).toEqual(expect.arrayContaining(["int4", "text", "varchar", "jsonb"]));

  const blind: string[] = [];
  for (const { table, change } of planned) {
    const [changed] = await rolledBack(session, async () => {
      await session.batch(["SET LOCAL session_replication_role = replica", change]);
      return scanContent([session], { tables: [table], postgisSchema: before.postgisSchema });
    });
    const own = before.contents.filter(
      ({ schema, name }) => schema === table.schema && name === table.name,
    );
    const { status } = compareContent(pairTables(own, changed ? [changed] : []));
    if (status !== "failed") blind.push(change);
  }
  expect(blind).toEqual([]);
});

import { createHash } from "node:crypto";
import { Client } from "pg";
import { expect, test } from "vitest";
import { contentOf, planAttachments } from "./attachment-plan.ts";
import { extraTable } from "./extra-tables.ts";
import { seed } from "./seed.ts";

const sha1 = (content: Buffer): string => createHash("sha1").update(content).digest("hex");
const plan = planAttachments(300);
const contents = plan.files.filter((file) => !file.path.startsWith("checklist/"));

test("every file is named by the SHA-1 of its content", () => {
  for (const file of contents) {
    const name = sha1(contentOf(file));
    expect(file.path).toBe(`${name.slice(0, 2)}/${name}`);
  }
});

test("the same number of attachments gives the same plan", () => {
  expect(planAttachments(300)).toEqual(plan);
});

test("every row keeps its content in a file of the plan or in the database, never in both", () => {
  const paths = new Set(plan.files.map((file) => file.path));
  const inFile = plan.rows.filter((row) => row.content === null).map((row) => row.storeFname);
  const inDatabase = plan.rows.filter((row) => row.content !== null);

  expect(inFile.filter((path) => path === null || !paths.has(path))).toEqual([]);
  expect(inDatabase.map((row) => row.storeFname)).toEqual(inDatabase.map(() => null));
  expect(inDatabase.map((row) => sha1(row.content as Buffer))).toEqual(
    inDatabase.map((row) => row.checksum),
  );
});

test("the plan holds the cases that a copy of a filestore gets wrong", () => {
  const named = plan.rows.map((row) => row.storeFname);
  expect(plan.rows.filter((row) => row.size === 0)).toHaveLength(1);
  expect(Math.max(...plan.rows.map((row) => row.size))).toBe(5 * 1024 * 1024);
  expect(plan.rows.some((row) => /[^\x20-\x7e]/.test(row.name))).toBe(true);
  expect(plan.rows.some((row) => row.content !== null)).toBe(true);
  expect(new Set(named).size).toBeLessThan(named.length);
  expect(contents.filter((file) => !named.includes(file.path))).toHaveLength(1);
  expect(plan.files.filter((file) => file.path.startsWith("checklist/"))).toHaveLength(1);
});

test("no file is planned twice", () => {
  const paths = plan.files.map((file) => file.path);
  expect(new Set(paths).size).toBe(paths.length);
});

test("an empty plan holds only the file that no row names, and its mark", () => {
  const empty = planAttachments(0);
  expect(empty.rows).toEqual([]);
  expect(empty.files).toHaveLength(2);
});

test("every fifth extra table points at res_partner, with ids that exist", () => {
  expect(extraTable(5, 1000)[0]).toContain("REFERENCES res_partner");
  expect(extraTable(6, 1000)[0]).not.toContain("REFERENCES");
  expect(extraTable(12, 1000)[2]).toContain("101 + (n * 12) % 1000");
});

test("a size that makes no sense is refused before anything is asked of the database", async () => {
  const sizes = { registrants: 0, attachments: 1, tables: 1, onFile: async () => {} };
  await expect(seed(new Client(), sizes)).rejects.toThrow(
    /"registrants" must be a whole number of at least 1/,
  );
});

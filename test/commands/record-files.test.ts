import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import type { Command } from "../../src/commands/command.ts";
import { readRecords, writeRecord } from "../../src/commands/record-files.ts";
import { LocalHost } from "../../src/host/local.ts";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "records-")), "a folder");
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true }));

async function run(command: Command): Promise<string> {
  return (await new LocalHost(systemClock).run(command)).stdout;
}

test("a record stands there whole, and nothing else does", async () => {
  await run(writeRecord(join(folder, "last-drill.json"), '{"it": "s"}\n'));
  expect(readdirSync(folder)).toEqual(["last-drill.json"]);
  expect(readFileSync(join(folder, "last-drill.json"), "utf8")).toBe('{"it": "s"}\n');
});

test("those whose names begin alike are read in the order of their names; none where there is none", async () => {
  expect(await run(readRecords(folder, "filestore-"))).toBe("");
  for (const name of ["filestore-2", "last-drill", "filestore-1"]) {
    await run(writeRecord(join(folder, `${name}.json`), `${name}\n`));
  }
  expect(await run(readRecords(folder, "filestore-"))).toBe("filestore-1\nfilestore-2\n");
});

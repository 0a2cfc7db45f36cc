import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { program } from "../../../../src/commands/command.ts";
import { compareFiles } from "../../../../src/operations/filestore/commands/compare-files.ts";
import type { FilestoreFindings } from "../../../../src/operations/filestore/filestore-verdict.ts";
import { pathOf, Store, sha1, TOOLS } from "./store.ts";

interface Row {
  readonly id: number;
  /** What the row's file holds, by its name. */
  readonly content?: string;
  readonly name?: string;
  readonly checksum?: string;
  readonly size?: number;
}

interface Reading {
  readonly rows?: readonly Row[];
  /** Names by content, and what the file holds. */
  readonly held?: readonly (readonly [of: string, content: string])[];
  readonly measured?: readonly (readonly [of: string, bytes: number])[];
  readonly notes?: readonly string[];
}

const NOTHING: FilestoreFindings = {
  ...{ attachments: 0, files: 0, bytes: 0, digest: "", unnamed: 0, other: 0, vanished: 0 },
  ...{ irregular: 0, outside: 0, broken: [], wrong: {} },
};

let store: Store;

/** As PostgreSQL's COPY prints and orders them. */
const copied = (rows: readonly Row[]) =>
  rows
    .map(({ id, content, name, checksum, size }) =>
      [name ?? pathOf(content ?? ""), id, checksum ?? sha1(content ?? ""), size ?? "\\N"].join(
        "\t",
      ),
    )
    .sort()
    .map((line) => `${line}\n`)
    .join("");

async function judge({ rows = [], held = [], measured = [], notes = [] }: Reading) {
  const { work } = store.reading();
  const put = (file: string, lines: readonly string[]) =>
    store.write(join(work, file), lines.map((line) => `${line}\n`).join(""));
  put(
    "held",
    held.map(([of, content]) => `${sha1(content)}  ${pathOf(of)}`),
  );
  put(
    "measured",
    measured.map(([of, bytes]) => `${bytes} ${pathOf(of)}`),
  );
  put("notes", notes);
  store.write(join(store.root, "answer"), copied(rows));
  const ask = program(["cp", join(store.root, "answer"), join(work, "rows")]);
  return JSON.parse((await store.run(compareFiles(work, ask))).stdout) as FilestoreFindings;
}

describe.each(TOOLS)("with the tools of $image", (tools) => {
  beforeEach(() => {
    store = new Store(tools);
  });
  afterEach(() => store.remove());

  test("nothing is compared with nothing", async () => {
    expect(await judge({})).toEqual(NOTHING);
  });

  test("each row finds its file, whatever the order of what was read; several rows may name one", async () => {
    const contents = Array.from({ length: 300 }, (_, n) => `content ${n}`);
    const rows = contents.map((content, n) => ({ id: n + 1, content, size: content.length }));
    expect(
      await judge({
        rows: [...rows, { id: 900, content: "content 7" }],
        held: contents.toReversed().map((content) => [content, content]),
        measured: contents.map((content) => [content, content.length]),
        notes: [`digest\t\t${"d".repeat(64)}`, "other\t\t2", "other\t\t1", "outside\t\t0"],
      }),
    ).toEqual({
      ...NOTHING,
      attachments: 301,
      files: 300,
      bytes: contents.join("").length,
      digest: "d".repeat(64),
      other: 3,
    });
  });

  test("a size that was saved stands for those that were not measured", async () => {
    const found = await judge({
      rows: [{ id: 1, content: "a", size: 1 }],
      held: [["a", "a"]],
      notes: ["bytes\t\t5000000000"],
    });
    expect(found).toEqual({ ...NOTHING, attachments: 1, files: 1, bytes: 5_000_000_000 });
  });

  test("files that no row names are counted, before, between and after those that are named", async () => {
    const held = ["a", "b", "c", "d", "e"].map((content) => [content, content] as const);
    for (const content of ["a", "c", "e"]) {
      const found = await judge({ rows: [{ id: 1, content }], held });
      expect(found).toEqual({ ...NOTHING, attachments: 1, files: 5, unnamed: 4 });
    }
  });

  test("each kind of wrong file has the ids of its rows", async () => {
    const notes = [
      `vanished\t${pathOf("vanished")}\t`,
      `refused\t${pathOf("refused")}\t`,
      `irregular\t${pathOf("link")}\t`,
      `irregular\t${pathOf("in a folder that is a link").slice(0, 2)}\t`,
      "irregular\t\t",
      "broken\t\ttar",
      "broken\t\tgzip",
      "broken\t\ttar",
      "outside\t\t4",
    ];
    const good = ["good", "wrong byte", "other row", "size"] as const;
    const found = await judge({
      rows: [
        { id: 1, content: "good", size: 4 },
        { id: 2, content: "missing" },
        { id: 3, content: "vanished" },
        { id: 4, content: "refused" },
        { id: 5, content: "link" },
        { id: 6, content: "in a folder that is a link" },
        { id: 7, name: "" },
        { id: 8, content: "wrong byte" },
        { id: 9, content: "other row", checksum: sha1("other") },
        { id: 10, content: "size", size: 5 },
        { id: 11, content: "size", checksum: "\\N", size: 4 },
      ],
      held: good.map((of) => [of, of === "wrong byte" ? "wrong bite" : of]),
      measured: good.map((of) => [of, of.length]),
      notes,
    });
    const one = (id: number) => ({ count: 1, ids: [id] });
    expect({ ...found, broken: [...found.broken].sort() }).toEqual({
      ...NOTHING,
      ...{ attachments: 11, files: 4, bytes: 27, vanished: 1, irregular: 3, outside: 4 },
      broken: ["gzip", "tar"],
      wrong: {
        missing: one(2),
        vanished: one(3),
        damaged: { count: 2, ids: [4, 8] },
        irregular: { count: 2, ids: [5, 6] },
        misnamed: one(7),
        mismatched: one(9),
        missized: one(10),
      },
    });
  });

  test("sums are compared as texts, also where they look like numbers", async () => {
    const zero = `0e${"1".repeat(38)}`;
    const { work } = store.reading();
    store.write(join(work, "held"), `0e${"2".repeat(38)}  0e/${zero}\n`);
    for (const file of ["measured", "notes"]) store.write(join(work, file), "");
    store.write(join(store.root, "answer"), `0e/${zero}\t1\t${zero}\t\\N\n`);
    const ask = program(["cp", join(store.root, "answer"), join(work, "rows")]);
    const { stdout } = await store.run(compareFiles(work, ask));
    expect(JSON.parse(stdout).wrong).toEqual({ damaged: { count: 1, ids: [1] } });
  });

  test("of many wrong ones, the lowest ids are named", async () => {
    const rows = Array.from({ length: 500 }, (_, n) => ({ id: n + 1, content: `lost ${n}` }));
    const found = await judge({ rows });
    expect(found.wrong).toEqual({
      missing: { count: 500, ids: Array.from({ length: 20 }, (_, n) => n + 1) },
    });
  });

  test("a file that is held twice is judged twice", async () => {
    const found = await judge({
      rows: [{ id: 1, content: "a" }],
      held: [
        ["a", "a"],
        ["a", "b"],
      ],
    });
    expect(found).toMatchObject({ attachments: 2, files: 2, wrong: { damaged: { count: 1 } } });
  });

  test("when the rows cannot be asked, there is no verdict", async () => {
    const { work } = store.reading();
    for (const file of ["held", "measured", "notes"]) store.write(join(work, file), "");
    await expect(store.run(compareFiles(work, program(["false"])))).rejects.toMatchObject({
      exit: 1,
    });
  });
});

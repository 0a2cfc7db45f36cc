import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { type FileCopy, partialsOfPromotion, promote } from "../../src/commands/promote.ts";
import { print } from "../../src/commands/shell.ts";
import { LocalHost } from "../../src/host/local.ts";

const made: string[] = [];
const folder = (parent: string) => {
  made.push(mkdtempSync(join(parent, "promote-")));
  return made.at(-1) ?? "";
};

afterEach(() => {
  for (const one of made.splice(0)) rmSync(one, { recursive: true });
});

test("each file is linked or copied under a hidden name, synced, then renamed; the dump last", () => {
  const files = ["a.manifest.json", "a.dump"].map((name) => ({
    from: `/b/daily/${name}`,
    to: `/b/weekly/${name}`,
  }));
  const link = `sh -c 'ln -f "$1" "$2" 2>/dev/null || cp -p "$1" "$2"' sh`;
  expect(print(promote("/b/weekly", files))).toBe(
    [
      "mkdir -p /b/weekly",
      `${link} /b/daily/a.manifest.json /b/weekly/.a.manifest.json.part`,
      `${link} /b/daily/a.dump /b/weekly/.a.dump.part`,
      "sync /b/weekly/.a.manifest.json.part /b/weekly/.a.dump.part",
      "mv /b/weekly/.a.manifest.json.part /b/weekly/a.manifest.json",
      "mv /b/weekly/.a.dump.part /b/weekly/a.dump",
      "sync /b/weekly",
    ].join(" && "),
  );
  expect(partialsOfPromotion(files)).toEqual([
    "/b/weekly/.a.manifest.json.part",
    "/b/weekly/.a.dump.part",
  ]);
});

describe("a copy", () => {
  const LONG_AGO = new Date("2020-01-01T00:00:00Z");

  async function promoted(target: string): Promise<FileCopy> {
    const copied = { from: join(folder(tmpdir()), "it's.dump"), to: join(target, "it's.dump") };
    writeFileSync(copied.from, "rows");
    utimesSync(copied.from, LONG_AGO, LONG_AGO);
    await new LocalHost(systemClock).run(promote(target, [copied]));
    return copied;
  }

  test("shares its storage where the file system can", async () => {
    const { from, to } = await promoted(folder(tmpdir()));
    expect(statSync(to).ino).toBe(statSync(from).ino);
  });

  test("replaces one that was cut off", async () => {
    const target = folder(tmpdir());
    writeFileSync(join(target, "it's.dump"), "ro");
    const { to } = await promoted(target);
    expect(readFileSync(to, "utf8")).toBe("rows");
    expect(readdirSync(target)).toEqual(["it's.dump"]);
  });

  test("is a file of its own on another file system, with its time", async () => {
    const target = folder("/dev/shm");
    expect(statSync(target).dev).not.toBe(statSync(tmpdir()).dev);
    const { to } = await promoted(target);
    expect(readFileSync(to, "utf8")).toBe("rows");
    expect(statSync(to).mtime).toEqual(LONG_AGO);
  });
});

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import {
  hashFiles,
  listFiles,
  measure,
  measuredIn,
  publish,
  readStanding,
  removeFiles,
  removeTrees,
  stampIn,
  stampNow,
  standingIn,
  sumsIn,
} from "../../src/commands/backup-files.ts";
import type { Command } from "../../src/commands/command.ts";
import { print } from "../../src/commands/shell.ts";
import { CommandFailed } from "../../src/host/command-failed.ts";
import { LocalHost } from "../../src/host/local.ts";

const files = {
  folder: "/backups/daily",
  partial: "/backups/daily/.a.dump.part",
  dump: "/backups/daily/a.dump",
  manifest: "/backups/daily/a.manifest.json",
  manifestText: '{"manifestVersion": 1}\n',
  latest: "/backups/daily/openspp_latest.dump",
  latestTarget: "a.dump",
};

test.each<[string, Command, string]>([
  [
    "every file in the folders",
    listFiles("/backups"),
    "find /backups -mindepth 2 -maxdepth 2 '(' -type f -o -name '*.part' ')' -exec stat -c '%n|%s|%Y' '{}' +",
  ],
  ["the container's clock", stampNow(), "date '+%Y%m%d_%H%M%S %z'"],
  ["size and checksum", measure("/b/a.dump"), "stat -c %s /b/a.dump && sha256sum /b/a.dump"],
  ["removal", removeFiles(["-rf", "/b/it's"]), "rm -f -- -rf '/b/it'\\''s'"],
  ["removal of folders", removeTrees(["-rf", "/b/c"]), "rm -rf -- -rf /b/c"],
  [
    "publication with a filestore: before the dump, and synced with it",
    publish({ ...files, filestore: { partial: "/b/.f.tar.gz.part", file: "/b/f.tar.gz" } }),
    [
      "cat > /backups/daily/a.manifest.json.part",
      "sync /backups/daily/a.manifest.json.part /backups/daily/.a.dump.part /b/.f.tar.gz.part",
      "mv /backups/daily/a.manifest.json.part /backups/daily/a.manifest.json",
      "mv /b/.f.tar.gz.part /b/f.tar.gz",
      "mv /backups/daily/.a.dump.part /backups/daily/a.dump",
      "ln -sf a.dump /backups/daily/openspp_latest.dump.part",
      "mv /backups/daily/openspp_latest.dump.part /backups/daily/openspp_latest.dump",
      "sync /backups/daily",
    ].join(" && "),
  ],
  [
    "publication: manifest, dump and link are each renamed into place, in this order",
    publish(files),
    [
      "cat > /backups/daily/a.manifest.json.part",
      "sync /backups/daily/a.manifest.json.part /backups/daily/.a.dump.part",
      "mv /backups/daily/a.manifest.json.part /backups/daily/a.manifest.json",
      "mv /backups/daily/.a.dump.part /backups/daily/a.dump",
      "ln -sf a.dump /backups/daily/openspp_latest.dump.part",
      "mv /backups/daily/openspp_latest.dump.part /backups/daily/openspp_latest.dump",
      "sync /backups/daily",
    ].join(" && "),
  ],
])("%s", (_, command, expected) => {
  expect(print(command)).toBe(expected);
});

function filesIn(root: string): typeof files {
  const moved = Object.entries(files).map(([key, value]) => [key, value.replace("/backups", root)]);
  return Object.fromEntries(moved);
}

describe("on real files", () => {
  let root: string;
  let daily: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "backup-files-"));
    daily = join(root, "daily");
    mkdirSync(daily);
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const host = new LocalHost(systemClock);
  const run = async (command: Command) => (await host.run(command)).stdout;

  test("lists files with size and time, and no links", async () => {
    const dump = join(daily, "a b|c.dump");
    writeFileSync(dump, "12345");
    utimesSync(dump, 1_768_442_400, 1_768_442_400);
    symlinkSync("a b|c.dump", join(daily, "openspp_latest.dump"));
    writeFileSync(join(root, "in the root"), "");
    expect(await run(listFiles(root))).toBe(`${dump}|5|1768442400\n`);
  });

  test("measures", async () => {
    const dump = join(daily, "a.dump");
    writeFileSync(dump, "abc");
    const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    const printed = await run(measure(dump));
    expect(printed).toBe(`3\n${sum}  ${dump}\n`);
    expect(measuredIn(printed)).toEqual({ bytes: 3, sha256: sum });
  });

  test("hashes files in their order, one whose name sha256sum escapes too", async () => {
    const [abc, empty] = [join(daily, "a\nb.dump"), join(daily, "c.dump")];
    writeFileSync(abc, "abc");
    writeFileSync(empty, "");
    expect(sumsIn(await run(hashFiles([abc, empty])))).toEqual([
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ]);
  });

  test("reads the latest link and a record at once, and what is missing is empty", async () => {
    const [link, record] = [join(daily, "openspp_latest.dump"), join(daily, "last-sync.json")];
    expect(standingIn(await run(readStanding(link, record)))).toEqual({ linked: "", record: "" });
    symlinkSync("a.dump", link);
    writeFileSync(record, '{\n  "verdict": "passed"\n}\n');
    expect(standingIn(await run(readStanding(link, record)))).toEqual({
      linked: "a.dump",
      record: '{\n  "verdict": "passed"\n}\n',
    });
  });

  test("prints the clock as the reference script names files, with its offset", async () => {
    const printed = await run(stampNow());
    expect(printed).toMatch(/^\d{8}_\d{6} [+-]\d{4}\n$/);
    const { stamp, offset, rest } = stampIn(`${printed}and more\n`);
    expect(`${stamp} ${offset}\n`).toBe(printed);
    expect(rest).toBe("and more\n");
  });

  test("publishes a dump, its manifest and the link, and leaves no partial file", async () => {
    const own = filesIn(root);
    writeFileSync(own.partial, "dump");
    symlinkSync("older.dump", own.latest);
    await run(publish(own));
    expect(readFileSync(own.dump, "utf8")).toBe("dump");
    expect(readFileSync(own.manifest, "utf8")).toBe(files.manifestText);
    expect(readlinkSync(own.latest)).toBe("a.dump");
    expect((await run(listFiles(root))).trim().split("\n")).toHaveLength(2);
  });

  test("publishes nothing when there is no dump: the link and the earlier manifest stay", async () => {
    const own = filesIn(root);
    symlinkSync("older.dump", own.latest);
    await expect(run(publish(own))).rejects.toBeInstanceOf(CommandFailed);
    expect(readlinkSync(own.latest)).toBe("older.dump");
    expect(existsSync(own.manifest)).toBe(false);
  });

  test("removes what is there, and what is not is no error", async () => {
    const there = join(daily, "a");
    writeFileSync(there, "");
    await run(removeFiles([there, join(daily, "b")]));
    expect(existsSync(there)).toBe(false);
  });
});

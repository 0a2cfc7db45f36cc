import { describe, expect, test } from "vitest";
import {
  parseManifestHeads,
  parseSections,
  parseVolume,
  parseZone,
} from "../../../src/operations/monitor/probe.ts";

describe("a probe's output", () => {
  test("is read section by section; an empty one is empty", () => {
    const sections = parseSections("\n== zone\nUTC\n\n== log\n\n== cron\ncrond\ncron\n");
    expect([...sections]).toEqual([
      ["zone", ["UTC"]],
      ["log", []],
      ["cron", ["crond", "cron"]],
    ]);
  });

  test.each([
    ["Africa/Nairobi", { name: "Africa/Nairobi", offset: "+0300" }],
    [":Africa/Nairobi", { name: "Africa/Nairobi", offset: "+0300" }],
    ["/usr/share/zoneinfo/Africa/Nairobi", { name: "Africa/Nairobi", offset: "+0300" }],
    ["/etc/localtime", { offset: "+0300" }],
    ["", { offset: "+0300" }],
  ])("a zone: %j", (told, zone) => {
    expect(parseZone(told, "+0300")).toEqual(zone);
  });

  test("space and inodes, those of a file system that counts none, and of one that answers nothing", () => {
    const head = "Filesystem 1024-blocks Used Available Capacity Mounted on";
    const space = [head, "/dev/my disk 1000 900 100 90% /backups"];
    expect(parseVolume("v", space, [head, "overlay 50 40 10 80% /backups"])).toEqual({
      name: "v",
      totalBytes: 1_024_000,
      freeBytes: 102_400,
      totalInodes: 50,
      freeInodes: 10,
    });
    expect(parseVolume("v", space, [head, "btrfs 0 0 0 - /backups"])?.totalInodes).toBe(0);
    expect(parseVolume("v", [], [])).toBeUndefined();
  });

  test("heads of manifests, and none of what is none", () => {
    const manifest = JSON.stringify(
      {
        manifestVersion: 1,
        takenAt: "2026-01-15T02:00:01.123Z",
        server: { version: "18.6" },
        dump: { file: "a.dump", bytes: 7, sha256: "ab", compression: "zstd:3" },
        filestore: { file: "a.sha1", kind: "incremental", files: 2, bytes: 11, digest: "cd" },
      },
      null,
      1,
    );
    const text = `file /b/daily/a.manifest.json\n${manifest}\nfile /b/daily/broken.manifest.json\n{"x`;
    expect([...parseManifestHeads(text.split("\n"))]).toEqual([
      [
        "/b/daily/a.dump",
        {
          takenAt: new Date("2026-01-15T02:00:01.123Z"),
          bytes: 7,
          compression: "zstd:3",
          pooledBytes: 11,
        },
      ],
    ]);
    const archived = text.replace("incremental", "tar.gz");
    expect(parseManifestHeads(archived.split("\n")).get("/b/daily/a.dump")?.pooledBytes).toBe(
      undefined,
    );
  });
});

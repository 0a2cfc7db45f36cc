import { describe, expect, test } from "vitest";
import { parseListing } from "../../../../src/backups/listing.ts";
import {
  type Evidence,
  judge,
  judgeSilence,
} from "../../../../src/operations/monitor/findings/judge-evidence.ts";
import {
  parseManifestHeads,
  parseSections,
  parseVolume,
  parseZone,
} from "../../../../src/operations/monitor/findings/probe.ts";
import type { Store } from "../../../../src/operations/monitor/findings/store.ts";
import { MONITOR_CHECKS } from "../../../../src/report/check.ts";

const NOW = new Date("2026-01-15T12:00:00Z");
const DUMP = "/backups/daily/openspp_20260115_020000.dump";
const LINES = [
  `${DUMP}|1000000|1`,
  "/backups/daily/openspp_20260115_020000.manifest.json|9|1",
  "/backups/weekly/openspp_20260115_020000.dump|1000000|1",
  "/backups/monthly/openspp_20260115_020000.dump|1000000|1",
];

const STORE: Store = {
  listing: parseListing(LINES.join("\n"), "/backups", "openspp", "+0000"),
  stamp: "20260115_120000",
  zone: { name: "UTC", offset: "+0000" },
  schedule: "0 2 * * *",
  policy: { days: 7, weeks: 4, months: 6 },
  linked: "openspp_20260115_020000.dump",
  heads: new Map([
    [DUMP, { takenAt: new Date("2026-01-15T02:00:01Z"), bytes: 1_000_000, compression: "gzip:6" }],
  ]),
  records: [
    { recordVersion: 1, operation: "drill", verdict: "passed", endedAt: "2026-01-15T03:00:00Z" },
  ],
  volume: {
    name: "the backup volume",
    totalBytes: 1e9,
    freeBytes: 9e8,
    totalInodes: 0,
    freeInodes: 0,
  },
};

const WELL: Evidence = {
  now: NOW,
  clockSkewSeconds: 0,
  service: { name: "backup", state: "running", running: true, start: "docker compose up" },
  cron: { lines: ["0 2 * * * /backup.sh"], read: true },
  log: ["backup complete"],
  store: STORE,
  volumes: [],
  ready: true,
  database: "openspp",
  server: {
    ...{ version: "18.6", maxConnections: 100, reserved: 3, connections: 2, databaseLimit: -1 },
    ...{ databaseConnections: 1, roles: [], sessions: [], preparedTransactions: 0, slots: [] },
    ...{ leftovers: [], commented: [], busy: false },
  },
  addresses: new Map(),
};
const LIMITS = { drillSeconds: 8_640_000 };

const troubles = (evidence: Evidence) =>
  judge(evidence, LIMITS)
    .filter(({ status, warning }) => status !== "passed" || warning)
    .map(({ name, status, warning, message }) => [name, warning ? "warning" : status, message]);

describe("the monitor", () => {
  test("has a finding on everything, in its order, whatever is down", () => {
    const down = { ...WELL, store: "It is gone.", server: "It is down." };
    for (const checks of [judge(WELL, LIMITS), judge(down, LIMITS), judgeSilence("Silent.")]) {
      expect(checks.map(({ name }) => name)).toEqual(MONITOR_CHECKS);
    }
  });

  test("is green when all is well", () => {
    expect(troubles(WELL)).toEqual([
      ["off-site", "warning", "No copy of the backups elsewhere is known."],
    ]);
  });

  test("never has green what could not be looked at", () => {
    const green = judge({ ...WELL, store: "It is gone.", server: "It is down." }, LIMITS)
      .filter(({ status }) => status === "passed")
      .map(({ name }) => name);
    expect(green).toEqual(["backup-service", "clock"]);
    expect(judgeSilence("Silent.").every(({ status }) => status !== "passed")).toBe(true);
  });

  test("looks at the backups though the service does not run, and at no crontab then", () => {
    const { cron: _, log: __, ready: ___, ...rest } = WELL;
    const stopped = { ...rest, service: { ...WELL.service, state: "exited (0)", running: false } };
    expect(troubles(stopped).map(([name, status]) => `${name}: ${status}`)).toEqual([
      "backup-service: failed",
      "schedule: not-run",
      "backup-log: not-run",
      "off-site: warning",
    ]);
  });

  test("tells a dump that is cut short by its manifest, and counts it as no backup", () => {
    const lines = LINES.map((line) => line.replace(`${DUMP}|1000000`, `${DUMP}|10`)).slice(0, 2);
    const listing = parseListing(lines.join("\n"), "/backups", "openspp", "+0000");
    expect(troubles({ ...WELL, store: { ...STORE, listing } })).toContainEqual([
      "backup-age",
      "failed",
      "There is no complete backup of this database.",
    ]);
  });

  test("knows the age of a copy off-site that stands no longer here by its name", () => {
    const record = {
      ...({ recordVersion: 1, operation: "sync", verdict: "passed" } as const),
      ...{ endedAt: "2026-01-15T03:00:00Z", backup: "openspp_20260101_020000.dump" },
    };
    const store = { ...STORE, records: [...STORE.records, record] };
    expect(troubles({ ...WELL, store })).toEqual([
      [
        "off-site",
        "failed",
        "The newest copy off-site, by the last sync 9 h ago, is 14 d 10 h old, 14 d behind the newest here; 32 h 30 min is allowed.",
      ],
    ]);
  });
});

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
      ...{ name: "v", totalBytes: 1_024_000, freeBytes: 102_400 },
      ...{ totalInodes: 50, freeInodes: 10 },
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
          ...{ takenAt: new Date("2026-01-15T02:00:01.123Z"), bytes: 7, compression: "zstd:3" },
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

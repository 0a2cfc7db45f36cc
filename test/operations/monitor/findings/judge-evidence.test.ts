import { describe, expect, test } from "vitest";
import { parseListing } from "../../../../src/backups/listing.ts";
import type { BackupStore } from "../../../../src/operations/monitor/findings/backup-store.ts";
import {
  type Evidence,
  judgeEvidence,
  judgeWithoutDocker,
} from "../../../../src/operations/monitor/findings/judge-evidence.ts";
import { MONITOR_CHECKS } from "../../../../src/report/check.ts";

const NOW = new Date("2026-01-15T12:00:00Z");
const DUMP = "/backups/daily/openspp_20260115_020000.dump";
const LINES = [
  `${DUMP}|1000000|1`,
  "/backups/daily/openspp_20260115_020000.manifest.json|9|1",
  "/backups/weekly/openspp_20260115_020000.dump|1000000|1",
  "/backups/monthly/openspp_20260115_020000.dump|1000000|1",
];

const STORE: BackupStore = {
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
const LIMITS = { drillWithinSeconds: 8_640_000 };

const troubles = (evidence: Evidence) =>
  judgeEvidence(evidence, LIMITS)
    .filter(({ status, warning }) => status !== "passed" || warning)
    .map(({ name, status, warning, message }) => [name, warning ? "warning" : status, message]);

describe("the monitor", () => {
  test("has a finding on everything, in its order, whatever is down", () => {
    const down = { ...WELL, store: "It is gone.", server: "It is down." };
    for (const checks of [
      judgeEvidence(WELL, LIMITS),
      judgeEvidence(down, LIMITS),
      judgeWithoutDocker("Silent."),
    ]) {
      expect(checks.map(({ name }) => name)).toEqual(MONITOR_CHECKS);
    }
  });

  test("is green when all is well", () => {
    expect(troubles(WELL)).toEqual([
      ["off-site", "warning", "No off-site copy of the backups is known."],
    ]);
  });

  test("never has green what could not be looked at", () => {
    const green = judgeEvidence({ ...WELL, store: "It is gone.", server: "It is down." }, LIMITS)
      .filter(({ status }) => status === "passed")
      .map(({ name }) => name);
    expect(green).toEqual(["backup-service", "clock"]);
    expect(judgeWithoutDocker("Silent.").every(({ status }) => status !== "passed")).toBe(true);
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

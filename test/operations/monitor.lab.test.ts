import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Check } from "../../src/checks/check.ts";
import { systemClock } from "../../src/clock.ts";
import { UserMistake } from "../../src/failure.ts";
import { cycle } from "../../src/operations/cycle.ts";
import { askChecklist } from "../../src/operations/monitor/checklist.ts";
import { monitor } from "../../src/operations/monitor/monitor.ts";
import type { Report } from "../../src/report/report.ts";
import { withOtherLogin } from "../lab/bad-input/other-login.ts";
import { fillBackupVolume, freeBackupVolume, startDb, stopDb, truncate } from "../lab/faults.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { seedLab } from "../lab/seeding.ts";
import { type Inputs, inBackup, KeptLog, onLab } from "./on-lab.ts";

/** A deployment that is well, broken in each way, and mended again. */
let lab: Lab;
let taken: string;

const MEGABYTE = 1_000_000;
const CALM: Inputs = { "skip-checks": "backup-log, off-site" };

beforeAll(async () => {
  lab = await startLab({
    name: `monitor-${process.pid}`,
    policy: "flexible",
    backupVolumeBytes: 64 * MEGABYTE,
  });
  await seedLab(lab, { registrants: 300 });
  taken = (await onLab(lab, cycle)).backup.name;
  await inBackup(lab, "cp -a /backups /var/kept");
});

afterAll(() => lab?.down());

const look = (inputs: Inputs = CALM) => onLab(lab, monitor, inputs);
const find = ({ checks }: Report, name: string): Check => {
  const found = checks.find((check) => check.name === name);
  if (!found) throw new Error(`no finding on ${name}`);
  return found;
};
const troubles = ({ checks }: Report) =>
  checks
    .filter(({ status, switchedOff, warning }) => (status !== "passed" && !switchedOff) || warning)
    .map(({ name, status, warning }) => `${name}: ${warning ? "warning" : status}`);

/** Breaks the backup volume, looks, and puts back what stood there. */
async function withBroken(line: string): Promise<Report> {
  await inBackup(lab, `cd /backups && ${line}`);
  try {
    return await look();
  } finally {
    await inBackup(lab, "find /backups -mindepth 1 -delete; cp -a /var/kept/. /backups");
  }
}

test("a deployment that is well is green, and nothing was changed", async () => {
  const state = () => inBackup(lab, "find /backups -exec stat -c '%n %s %Y %Z' {} + | sort");
  const before = await state();
  const report = await look({});
  expect(troubles(report)).toEqual(["backup-log: warning", "off-site: warning"]);
  expect(report).toMatchObject({
    operation: "monitor",
    verdict: "passed",
    backup: { name: taken, manifest: true },
    lastDrill: { verdict: "passed", backup: taken },
  });
  expect(report.rpoSeconds).toBeGreaterThan(0);
  expect(await state()).toBe(before);
});

test("who wants warnings to be red has them red", async () => {
  const report = await look({ "fail-on": "warning" });
  expect(report.verdict).toBe("failed");
  expect(find(report, "off-site")).toMatchObject({ status: "failed" });
});

describe("the service and its schedule", () => {
  test("a container that does not run is red, and the volume is still looked at", async () => {
    // A volume in memory is gone when its container stops.
    await lab.compose("pause", "backup");
    const report = await look();
    await lab.compose("unpause", "backup");
    expect(find(report, "backup-service").message).toMatch(
      /^The service `backup` is not running \(paused\): no backup is taken\.$/,
    );
    expect(find(report, "backup-service").next).toMatch(/^Start it there: .* unpause backup$/);
    expect(troubles(report)).toEqual(["backup-service: failed", "schedule: not-run"]);
    expect(find(report, "backup-age").message).toContain(taken);
  });

  test.each([
    ["loses its entry", ": > /etc/crontabs/root", "The crontab has no entry for the backup."],
    [
      "has another time",
      "sed -i 's/^0 2/30 4/' /etc/crontabs/root",
      "The crontab says `30 4 * * *`, and BACKUP_SCHEDULE says `0 2 * * *`.",
    ],
  ])("a crontab that %s is told", async (_, line, message) => {
    await inBackup(lab, `cp /etc/crontabs/root /tmp/crontab && ${line}`);
    const report = await look();
    await inBackup(lab, "cat /tmp/crontab > /etc/crontabs/root");
    // A backup of this project stands there, so that the deployment's own is not all there is.
    expect(find(report, "schedule")).toMatchObject({ message, warning: true });
  });

  test("an error at the end of its log is told, a later success takes it back", async () => {
    const write = (text: string) => inBackup(lab, `echo '${text}' >> /var/log/backup.log`);
    await write("pg_dump: error: connection to server failed");
    const failed = await look({ "skip-checks": "off-site" });
    await write("backup complete");
    const mended = await look({ "skip-checks": "off-site" });
    expect(find(failed, "backup-log").message).toBe(
      "The last run in its log ended with an error: pg_dump: error: connection to server failed",
    );
    expect(find(mended, "backup-log")).toMatchObject({ status: "passed" });
    expect(find(mended, "backup-log").warning).toBeUndefined();
  });
});

describe("the backups", () => {
  const only = (day: string) =>
    `cp daily/${taken} /tmp/one && rm -r daily/* weekly/* monthly/* && mv /tmp/one daily/openspp_${day}_020000.dump && ln -s openspp_${day}_020000.dump daily/openspp_latest.dump`;

  test("none at all", async () => {
    const report = await withBroken("rm -r daily weekly monthly");
    expect(find(report, "backup-age").message).toBe(
      "There is no complete backup of this database.",
    );
    expect(find(report, "backup-size").status).toBe("not-run");
  });

  test("too old, by name", async () => {
    const report = await withBroken(only("20260101"));
    expect(find(report, "backup-age")).toMatchObject({
      status: "failed",
      message: expect.stringMatching(
        /^The newest backup, openspp_20260101_020000\.dump, is \d+ d.* old; 26 h is allowed\.$/,
      ),
    });
    expect(find(report, "manifests")).toMatchObject({ warning: true });
  });

  test("dated in the future", async () => {
    const report = await withBroken(only("20991231"));
    expect(find(report, "backup-age").message).toMatch(/is dated .* in the future\.$/);
  });

  test("empty", async () => {
    const report = await withBroken(`: > daily/openspp_20990101_000000.dump`);
    expect(find(report, "backup-files").message).toBe(
      "daily/openspp_20990101_000000.dump is empty.",
    );
    expect(find(report, "backup-age").status).toBe("passed");
  });

  test("cut short", async () => {
    await inBackup(lab, `rm /backups/weekly/* /backups/monthly/*`);
    await truncate(lab, `daily/${taken}`, 100_000);
    const report = await withBroken("true");
    expect(find(report, "backup-files")).toMatchObject({
      status: "failed",
      message: expect.stringMatching(/has 100000 bytes instead of \d+\.$/),
    });
  });

  test("unreadable", async () => {
    const size = `$(stat -c %s daily/${taken})`;
    const report = await withBroken(
      `head -c ${size} /dev/zero > /tmp/z && cat /tmp/z > daily/${taken}`,
    );
    expect(find(report, "backup-files").message).toMatch(
      /^The latest dump cannot be read: pg_restore: error: /,
    );
  });

  test("never finished, as the reference script leaves it", async () => {
    const report = await withBroken(
      `head -c 200000 daily/${taken} > daily/openspp_20990101_000000.dump`,
    );
    expect(find(report, "backup-files")).toMatchObject({
      warning: true,
      message: "daily/openspp_20990101_000000.dump was never finished.",
    });
  });

  test("collapsed to a few kilobytes", async () => {
    const report = await withBroken(
      `rm -r daily/* weekly/* monthly/* && head -c 5000 /var/kept/daily/${taken} > daily/${taken} && ln -s ${taken} daily/openspp_latest.dump`,
    );
    expect(find(report, "backup-size").message).toBe(
      `${taken} takes 5 kB: too little for a registry.`,
    );
  });

  test("without a week's and a month's copy", async () => {
    const report = await withBroken("rm weekly/* monthly/*");
    expect(find(report, "copies").message).toBe(
      "weekly/ has no copy of 1 of the last 1 week; monthly/ has no copy of 1 of the last 1 month.",
    );
  });
});

describe("the last drill", () => {
  const record = (more: object) =>
    `echo '${JSON.stringify({ recordVersion: 1, operation: "drill", verdict: "passed", endedAt: "2026-01-01T00:00:00.000Z", ...more })}' > .openspp-backup/last-drill.json`;

  test.each([
    ["too long ago", record({}), /^The last restore drill passed \d+ d.* ago; 100 d is allowed\.$/],
    ["failed", record({ verdict: "failed" }), /^The last restore drill, .* ago, failed\.$/],
    [
      "never",
      "rm -r .openspp-backup",
      /^No restore drill has proven a backup of this deployment yet\.$/,
    ],
  ])("%s", async (_, line, message) => {
    const finding = find(await withBroken(line), "drill");
    expect(finding.status).toBe("failed");
    expect(finding.message).toMatch(message);
  });
});

test("a disk on which the next backup has no room", async () => {
  await fillBackupVolume(lab, MEGABYTE);
  const report = await look();
  await freeBackupVolume(lab);
  expect(find(report, "disk-space")).toMatchObject({
    status: "failed",
    message: expect.stringMatching(
      /^The backup volume has .* free; .*: the next one has no room\.$/,
    ),
  });
});

describe("the database", () => {
  async function asAdmin(...statements: string[]): Promise<void> {
    const client = await lab.connect(lab.database.admin);
    for (const statement of statements) await client.query(statement);
    await client.end();
  }

  test("that is down is red, and the backups are still looked at", async () => {
    await stopDb(lab);
    const report = await look();
    await startDb(lab);
    expect(find(report, "database").message).toMatch(
      /^The database server does not answer: The service `db` is not running \(exited/,
    );
    expect(troubles(report)).toEqual([
      "database: failed",
      "connections: not-run",
      "sessions: not-run",
      "leftovers: not-run",
    ]);
  });

  test("whose connections are used up", async () => {
    await asAdmin("ALTER DATABASE openspp CONNECTION LIMIT 1");
    const report = await look();
    await asAdmin("ALTER DATABASE openspp CONNECTION LIMIT -1");
    expect(find(report, "connections")).toMatchObject({
      status: "failed",
      message: expect.stringMatching(/^The production database has \d+ of 1 connection in use\.$/),
    });
  });

  test("with what a drill left", async () => {
    await asAdmin("CREATE DATABASE x__openspp_backup_new");
    const report = await look();
    await asAdmin("DROP DATABASE x__openspp_backup_new");
    expect(find(report, "leftovers")).toMatchObject({
      warning: true,
      message: "A drill left `x__openspp_backup_new` behind, which takes space.",
      next: "Drop it: openspp-backup sweep",
    });
  });

  test("whose sessions are ended by its name alone, and no other's", async () => {
    const client = await lab.connect();
    const lost = new Promise((resolve) => client.on("error", resolve));
    const mistake: unknown = await look({ "end-sessions": "openspp_test" }).catch(
      (error: unknown) => error,
    );
    expect(mistake).toBeInstanceOf(UserMistake);
    expect((await client.query("SELECT 1")).rowCount).toBe(1);

    const log = new KeptLog();
    await onLab(lab, monitor, { ...CALM, "end-sessions": "openspp" }, log);
    expect(await lost).toMatchObject({ code: "57P01" });
    expect(log.lines.join("\n")).toMatch(/^warning: Ended \d+ sessions? on openspp\./m);
  });
});

test("Docker that does not answer is red, and says so", async () => {
  await withOtherLogin(lab, { DOCKER_HOST: "unix:///no/such.sock" }, async (env) => {
    const { exitCode, stdout } = await execa(
      process.execPath,
      ["src/cli/main.ts", "monitor", "--json", "--quiet"],
      { env, reject: false },
    );
    const report = JSON.parse(stdout) as Report;
    expect({ exitCode, verdict: report.verdict }).toEqual({ exitCode: 1, verdict: "failed" });
    expect(find(report, "backup-service").message).toMatch(
      /^The SSH user may not use the Docker engine on .*, or none runs there\./,
    );
    expect(find(report, "backup-age").message).toBe("Not looked at: Docker does not answer.");
  });
});

test("a clock that is wrong", async () => {
  const late = { ...systemClock, now: () => new Date(systemClock.now().getTime() - 3_600_000) };
  const report = await onLab(
    lab,
    (settings, effects) => monitor(settings, { ...effects, clock: late }),
    CALM,
  );
  expect(find(report, "clock").message).toMatch(
    /^The host's clock is (?:1 h|59 min 5\d s|60 min) ?.*ahead of the clock of the machine that looks at it\.$/,
  );
  // Ages are told by the host's clock, by which the backups are named.
  expect(find(report, "backup-age").status).toBe("passed");
});

test("the guide's checklist, from evidence", async () => {
  const before = await onLab(lab, askChecklist);
  expect(before.map(({ item, ticked }) => [item, ticked])).toEqual([
    ["Verify automated backups are running", true],
    ["Test restore procedure on a separate database", true],
    ["Configure off-site backup sync", false],
    ["Document recovery procedures for your team", false],
    ["Schedule quarterly restore tests", true],
    ["Set up backup monitoring/alerting", false],
  ]);
});

import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import { askChecklist } from "../../../src/operations/monitor/checklist.ts";
import { monitor } from "../../../src/operations/monitor/monitor.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import { withOtherLogin } from "../../lab/bad-input/other-login.ts";
import { inBackup, onLab } from "../on-lab.ts";
import { backupCases } from "./backups.ts";
import { databaseCases } from "./database.ts";
import { diskCases } from "./disk.ts";
import { offsiteCases } from "./off-site.ts";
import { serviceCases } from "./service.ts";
import { CALM, find, troubles, WatchedLab } from "./watched-lab.ts";

let watched: WatchedLab;

beforeAll(async () => {
  watched = await WatchedLab.start();
});

afterAll(() => watched?.lab.down());

test("a deployment that is well is green, and nothing was changed", async () => {
  const state = () =>
    inBackup(watched.lab, "find /backups -exec stat -c '%n %s %Y %Z' {} + | sort");
  const before = await state();
  const report = await watched.look({});
  expect(troubles(report)).toEqual(["backup-log: warning", "off-site: warning"]);
  expect(report).toMatchObject({
    operation: "monitor",
    verdict: "passed",
    backup: { name: watched.taken, manifest: true },
    lastDrill: { verdict: "passed", backup: watched.taken },
  });
  expect(report.rpoSeconds).toBeGreaterThan(0);
  expect(await state()).toBe(before);
});

test("who wants warnings to be red has them red", async () => {
  const report = await watched.look({ "fail-on": "warning" });
  expect(report.verdict).toBe("failed");
  expect(find(report, "off-site")).toMatchObject({ status: "failed" });
});

serviceCases(() => watched);
backupCases(() => watched);
offsiteCases(() => watched);
diskCases(() => watched);
databaseCases(() => watched);

test("Docker that does not answer is red, and says so", async () => {
  await withOtherLogin(watched.lab, { DOCKER_HOST: "unix:///no/such.sock" }, async (env) => {
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
    watched.lab,
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
  const before = await onLab(watched.lab, askChecklist);
  expect(before.map(({ item, ticked }) => [item, ticked])).toEqual([
    ["Verify automated backups are running", true],
    ["Test restore procedure on a separate database", true],
    ["Configure off-site backup sync", false],
    ["Document recovery procedures for your team", false],
    ["Schedule quarterly restore tests", true],
    ["Set up backup monitoring/alerting", false],
  ]);
});

import { beforeAll, describe, expect, test } from "vitest";
import { Failed } from "../../../src/failure.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import type { BackupReport } from "../../../src/report/report-schema.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { inBackup, onLab } from "../on-lab.ts";

describe("the deployment's own script, under the flexible policy", () => {
  let lab: Lab;
  let report: BackupReport;

  beforeAll(async () => {
    lab = await sharedLab("flexible");
    report = await onLab(lab, backup, { mode: "script", filestore: "off" });
  });

  test("makes a backup that is listed, and that says what it does not prove", async () => {
    expect(report).toMatchObject({
      operation: "backup",
      verdict: "passed",
      backup: { manifest: false, name: expect.stringMatching(/^openspp_\d{8}_\d{6}\.dump$/) },
      tables: [],
    });
    expect(report.checks.map(({ name, status }) => [name, status])).toEqual([
      ["dump", "passed"],
      ["manifest", "not-run"],
      ["attachments", "not-run"],
      ["retention", "passed"],
    ]);
    expect(report.checks[1]?.message).toBe(
      "Its content is not proven: `mode: script` writes no manifest.",
    );
    expect(await inBackup(lab, "readlink /backups/daily/openspp_latest.dump")).toBe(
      report.backup.name,
    );
  });

  test("its drill compares counts with the live database, and is not green", async () => {
    const drilled = await onLab(lab, drill, { backup: report.backup.name });
    expect(drilled.verdict).toBe("not-run");
    expect(drilled.checks.filter(({ status }) => status !== "passed")).toMatchObject([
      {
        name: "content",
        status: "not-run",
        message: "The content is not proven: this backup has no manifest to compare with.",
        next: "Let this project take the backups (`mode: snapshot`), or accept it by name: `skip-checks: content`.",
      },
      {
        name: "filestore",
        status: "not-run",
        message: expect.stringMatching(
          /^This backup holds no filestore, and \d+ attachments name files/,
        ),
      },
    ]);
    expect(drilled.checks.find(({ name }) => name === "row-counts")?.status).toBe("passed");
    expect(drilled.tables).toEqual([]);
    expect(drilled.rows).toBeGreaterThan(1000);
  });

  test("its drill is green for who accepts that by name", async () => {
    const drilled = await onLab(lab, drill, {
      backup: report.backup.name,
      "skip-checks": "content, filestore",
    });
    expect(drilled.verdict).toBe("passed");
    expect(drilled.checks.find(({ name }) => name === "content")?.switchedOff).toBe(true);
  });
});

test("a script that saves no filestore is not green, and says which attachments that concerns", async () => {
  const report = await onLab(await sharedLab("flexible"), backup, { mode: "script" });
  expect(report.verdict).toBe("not-run");
  expect(report.checks.find(({ name }) => name === "attachments")?.message).toMatch(
    /^\/backup\.sh saved no filestore, and 15 attachments name files \(ids 1, 2, 3, /,
  );
});

test("the script fails under the strict policy, and the sentence says why and what helps", async () => {
  const lab = await sharedLab("strict");
  const files = () => inBackup(lab, "find /backups -type f -o -type l | sort");
  const before = await files();
  const failure = await onLab(lab, backup, { mode: "script" }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failed);
  expect((failure as Failed).explanation).toEqual({
    what: "The deployment's /backup.sh failed.",
    why: expect.stringMatching(/^pg_dump: error: .*(permission denied|row-level security)/),
    state: "What it had not finished was removed; the earlier backups are as they were.",
    next: "Under the strict policy the Odoo role may not read the extensions' schemas: use `mode: snapshot`, or let the script dump as the admin role.",
  });
  expect(await files()).toBe(before);
});

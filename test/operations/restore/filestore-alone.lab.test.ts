import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../../../src/deployment/deployment.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { list } from "../../../src/operations/list.ts";
import { restoreStatus } from "../../../src/operations/restore/restore-status.ts";
import { prune } from "../../../src/operations/retention/prune.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { inOdoo, pathOfAttachment } from "../filestore/planted.ts";
import { inBackup, KeptLog, onLab } from "../on-lab.ts";
import { REBOOTED, strikeAt, sweepOnceFree } from "./interrupting.ts";
import {
  besideOf,
  dropBeside,
  markLive,
  production,
  restoreOn,
  SERVING,
  serviceStarts,
  serviceStates,
  troublesOf,
  unmarkLive,
} from "./on-production.ts";
import { FILESTORE_ALONE } from "./stories/filestore-alone.ts";
import { inFilestores, inWords, leftOn } from "./stories/left-by-cuts.ts";
import { leavingsOf } from "./stories/story.ts";

const OPTIONS = { what: "filestore" };

describe.each<[Policy, string]>([
  ["strict", "tar.gz"],
  ["flexible", "incremental"],
])("the filestore alone under the %s policy, kept as %s", (policy, filestore) => {
  let lab: Lab;
  let dump: string;
  let path: string;
  let whole: string;

  beforeAll(async () => {
    lab = await sharedLab(policy);
    dump = (await onLab(lab, backup, { filestore })).backup.name;
    path = await pathOfAttachment(lab, 4);
    whole = await sumsOf("openspp");
    await markLive(lab);
  });

  afterAll(async () => {
    await dropBeside(lab);
    await unmarkLive(lab);
  });

  const sumsOf = (folder: string) =>
    inOdoo(lab, `cd ${folder} && find . -type f ! -path './checklist/*' -exec sha1sum {} + | sort`);
  const lose = () => inOdoo(lab, `rm openspp/${path}`);
  const folders = async () => (await inFilestores(lab, "ls -A")).split("\n").sort();
  const keptBy = ({ restore }: Report) => String(restore?.kept?.name);

  test("is proven, takes the live one's place, is listed, and an undo takes it back", async () => {
    await lose();
    const damaged = await sumsOf("openspp");
    const report = await restoreOn(lab, { ...OPTIONS, backup: dump });
    expect(troublesOf(report)).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toEqual(["archive", "filestore", "swap"]);
    expect(await sumsOf("openspp")).toBe(whole);
    expect(await folders()).toEqual([keptBy(report), "openspp"]);
    expect(await sumsOf(keptBy(report))).toBe(damaged);
    expect(await serviceStates(lab)).toEqual(SERVING);
    expect((await production(lab)).live).toBe(true);
    expect(await besideOf(lab)).toEqual([]);

    const { kept } = await onLab(lab, list);
    expect(kept).toEqual([
      {
        name: keptBy(report),
        what: `filestore of openspp before the restore of ${dump}`,
        until: report.restore?.kept?.until,
      },
    ]);
    expect((await onLab(lab, restoreStatus)).join("\n")).toContain(
      `${keptBy(report)}: the filestore of openspp as it was until `,
    );
    expect(await onLab(lab, sweep)).toEqual([]);

    const undone = await restoreOn(lab, { undo: "true" });
    expect(troublesOf(undone)).toEqual([]);
    expect(await sumsOf("openspp")).toBe(damaged);
    expect(await sumsOf(keptBy(undone))).toBe(whole);
    expect(await folders()).toEqual([keptBy(undone), "openspp"]);

    const redone = await restoreOn(lab, { undo: "true" });
    expect(troublesOf(redone)).toEqual([]);
    expect(await sumsOf("openspp")).toBe(whole);
    await forgetKept();
  });

  const forgetKept = () => dropBeside(lab);

  test("an Odoo that is not healthy on it: the former one comes back by itself", async () => {
    await lose();
    const damaged = await sumsOf("openspp");
    // The stand-in makes its page at every start; without a writable folder it cannot.
    const odoo = lab.container("odoo");
    await lab.docker("exec", odoo, "sh", "-c", "rm -rf /srv/odoo/web && touch /srv/odoo/web");
    try {
      const report = await restoreOn(lab, { ...OPTIONS, backup: dump, "healthy-within": "8s" });
      expect(report.verdict).toBe("failed");
      expect(troublesOf(report)).toEqual(["swap: failed"]);
    } finally {
      await lab.docker("exec", odoo, "sh", "-c", "rm -f /srv/odoo/web");
      await lab.docker("restart", odoo);
    }
    expect(await sumsOf("openspp")).toBe(damaged);
    expect(await folders()).toEqual(["openspp"]);
    await restoreOn(lab, { ...OPTIONS, backup: dump });
    expect(await sumsOf("openspp")).toBe(whole);
    await forgetKept();
  });

  test("one that does not prove against production is not exchanged, and nothing of it stays", async () => {
    const [{ store_fname: needed }] = (await sqlOf(
      "UPDATE ir_attachment SET store_fname = 'ff/' || repeat('f', 40), checksum = repeat('f', 40) WHERE id = 4 RETURNING (SELECT o.store_fname FROM ir_attachment o WHERE o.id = 4)",
    )) as [{ store_fname: string }];
    const starts = await serviceStarts(lab);
    const report = await restoreOn(lab, { ...OPTIONS, backup: dump });
    await sqlOf(
      `UPDATE ir_attachment SET store_fname = '${needed}', checksum = split_part('${needed}', '/', 2) WHERE id = 4`,
    );
    expect(troublesOf(report)).toEqual(["filestore: failed", "swap: not-run"]);
    expect(await serviceStarts(lab)).toBe(starts);
    expect(await folders()).toEqual(["openspp"]);
    expect((await onLab(lab, list)).kept).toEqual([]);
  });

  async function sqlOf(statement: string): Promise<unknown[]> {
    const client = await lab.connect(lab.database.admin);
    try {
      return (await client.query(statement)).rows;
    } finally {
      await client.end();
    }
  }

  test("cut between its two renames: the next run makes the second", async () => {
    await lose();
    const before = await leftOn(lab);
    const step = "Stop the services, exchange the filestores, start …";
    await strikeAt(lab, ["--backup", dump, "--what", "filestore"], step, REBOOTED);
    expect(leavingsOf(FILESTORE_ALONE)).toContain(inWords(await leftOn(lab), before));
    // As a power cut leaves it that comes between the two.
    const staged = (await folders()).find((name) => name.startsWith(".openspp_restore_"));
    const aside = String(staged).replace("_restore_", "_before_");
    if (staged) await inFilestores(lab, `mv openspp ${aside}`);
    expect((await sweepOnceFree(lab)).join("\n")).toContain("it is live now");
    expect(await sumsOf("openspp")).toBe(whole);
    expect(await folders()).toEqual([aside, "openspp"]);
    await expect.poll(() => serviceStates(lab), { timeout: 90_000 }).toEqual(SERVING);
    await forgetKept();
  });

  test("the retention removes what was kept, once its time is over", async () => {
    const report = await restoreOn(lab, { ...OPTIONS, backup: dump });
    await onLab(lab, prune);
    expect(await folders()).toEqual([keptBy(report), "openspp"]);
    const until = String(report.restore?.kept?.until);
    await inBackup(
      lab,
      `sed -i 's/${until}/2026-01-01T00:00:00.000Z/' /backups/.openspp-backup/filestore-*`,
    );
    const log = new KeptLog();
    await onLab(lab, prune, {}, log);
    expect(log.lines).toContain(`Remove  filestore ${keptBy(report)}: its time is over`);
    expect(await folders()).toEqual(["openspp"]);
    expect((await onLab(lab, list)).kept).toEqual([]);
  });
});

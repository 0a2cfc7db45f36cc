import { afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FilestoreKind } from "../../../src/backups/backup-name.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { BackupReport } from "../../../src/report/report-schema.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { type Inputs, inBackup, onLab } from "../on-lab.ts";
import { inOdoo, pathOfAttachment } from "./planted.ts";

const STORE = "/var/lib/odoo/filestore";

let lab: Lab;
beforeAll(async () => {
  lab = await sharedLab("flexible");
});

const take = (inputs: Inputs = {}) => onLab(lab, backup, inputs);
const attachmentsOf = ({ checks }: BackupReport) =>
  checks.find(({ name }) => name === "attachments");
const fileOf = ({ backup: { name } }: BackupReport, kind: FilestoreKind) =>
  `/backups/daily/${name.replace("openspp_", "openspp_filestore_").replace(".dump", kind === "incremental" ? ".sha1" : `.${kind}`)}`;
/** The files of a folder with their SHA-1, without the marks of Odoo's collector. */
const filesIn = (folder: string) =>
  `cd ${folder} && find . -type f ! -path './checklist/*' -exec sha1sum {} + | sort -k 2`;

async function manifestOf({ backup: { name } }: BackupReport) {
  const path = `/backups/daily/${name.replace(".dump", ".manifest.json")}`;
  return JSON.parse(await inBackup(lab, `cat ${path}`)).filestore;
}

describe("an archive", () => {
  test("is named and packed as the reference script does it, and tar restores it by hand", async () => {
    const report = await take();
    expect(attachmentsOf(report)?.status).toBe("passed");
    const archive = fileOf(report, "tar.gz");
    const unpacked = await inBackup(
      lab,
      `rm -rf /tmp/by-hand && mkdir /tmp/by-hand && tar -xzf ${archive} -C /tmp/by-hand && ${filesIn("/tmp/by-hand/openspp")}; rm -rf /tmp/by-hand`,
    );
    expect(unpacked).toBe(await inOdoo(lab, filesIn(`${STORE}/openspp`)));
    expect(await inBackup(lab, "ls -A /backups/daily")).not.toContain(".part");
  });

  test("is packed by zstd where that is wanted, and unpacked by hand in the same way", async () => {
    const report = await take({ filestore: "tar.zst" });
    expect(attachmentsOf(report)?.status).toBe("passed");
    const archive = fileOf(report, "tar.zst");
    const unpacked = await inBackup(
      lab,
      `mkdir /tmp/by-hand && zstd -dc ${archive} | tar -x -C /tmp/by-hand && ${filesIn("/tmp/by-hand/openspp")}; rm -rf /tmp/by-hand`,
    );
    expect(unpacked).toBe(await inOdoo(lab, filesIn(`${STORE}/openspp`)));
    expect((await manifestOf(report)).kind).toBe("tar.zst");
  });

  test("its manifest holds what sha1sum, wc and sha256sum say of the store by hand", async () => {
    const { files, bytes, digest, kind } = await manifestOf(await take());
    const [lines, size, sum] = (
      await inOdoo(
        lab,
        `cd openspp && find . -type f ! -path './checklist/*' | sed 's|^./||' | LC_ALL=C sort > /tmp/names && wc -l < /tmp/names && xargs cat < /tmp/names | wc -c && xargs sha1sum < /tmp/names | sha256sum | cut -c 1-64`,
      )
    ).split("\n");
    expect({ kind, files, bytes, digest }).toEqual({
      kind: "tar.gz",
      files: Number(lines),
      bytes: Number(size),
      digest: sum?.trim(),
    });
  });

  test("is taken while Odoo is stopped, too", async () => {
    await lab.compose("stop", "odoo");
    const report = await take();
    await lab.compose("start", "odoo");
    expect(attachmentsOf(report)?.status).toBe("passed");
  });
});

describe("an incremental backup", () => {
  test("copies each file once; sha1sum proves it by hand, and tar copies its files", async () => {
    const first = await take({ filestore: "incremental" });
    const pool = "/backups/filestore/openspp";
    const times = () => inBackup(lab, `find ${pool} -type f -exec stat -c '%n %i %Y' {} + | sort`);
    const before = await times();
    const second = await take({ filestore: "incremental" });
    expect([first, second].map((report) => attachmentsOf(report)?.status)).toEqual([
      "passed",
      "passed",
    ]);
    expect(await times()).toBe(before);
    const list = fileOf(second, "incremental");
    await inBackup(lab, `cd ${pool} && sha1sum -c ${list}`);
    const copied = await inBackup(
      lab,
      `mkdir /tmp/by-hand && cd ${pool} && cut -c 43- ${list} | xargs tar -c | tar -x -C /tmp/by-hand && ${filesIn("/tmp/by-hand")}; rm -rf /tmp/by-hand`,
    );
    expect(copied).toBe(await inOdoo(lab, filesIn(`${STORE}/openspp`)));
    expect((await manifestOf(second)).digest).toBe(
      (await inBackup(lab, `sha256sum ${list} | cut -c 1-64`)).trim(),
    );
  });
});

describe("production's own filestore", () => {
  afterEach(() => inOdoo(lab, "[ ! -e aside ] || mv aside openspp"));

  test("lacks a file: the backup is kept and red, and green for who accepts that by name", async () => {
    const path = await pathOfAttachment(lab, 4);
    await inOdoo(lab, `mv openspp/${path} lost`);
    const report = await take();
    const accepted = await take({ "skip-checks": "attachments" });
    const incremental = await take({ filestore: "incremental" });
    await inOdoo(lab, `mv lost openspp/${path}`);
    expect(report.verdict).toBe("failed");
    expect(attachmentsOf(report)?.message).toMatch(
      /^openspp_filestore_\S+: the file of 1 attachment is missing \(id 4\)\.$/,
    );
    expect(attachmentsOf(report)?.next).toMatch(/^Production itself has lost these files/);
    expect(await inBackup(lab, `ls ${fileOf(report, "tar.gz")}`)).toContain("tar.gz");
    expect(accepted.verdict).toBe("passed");
    expect(attachmentsOf(incremental)?.message).toContain("1 attachment is missing (id 4)");
  });

  test("has a file with another content", async () => {
    const path = await pathOfAttachment(lab, 4);
    await inOdoo(lab, `cp openspp/${path} good && printf x >> openspp/${path}`);
    const reports = [await take(), await take({ filestore: "incremental" })];
    await inOdoo(lab, `cat good > openspp/${path} && rm good`);
    for (const report of reports) {
      expect(attachmentsOf(report)?.message).toContain(
        "the file of 1 attachment has another content than its name says (id 4)",
      );
    }
  });

  test("is gone: the dump is kept, and every attachment is named", async () => {
    await inOdoo(lab, "mv openspp aside");
    const report = await take();
    expect(report.verdict).toBe("failed");
    expect(attachmentsOf(report)?.message).toBe(
      "The filestore /var/lib/odoo/filestore/openspp is gone, and 15 attachments name files in it (ids 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15).",
    );
    expect(await inBackup(lab, "ls -A /backups/daily")).toContain(report.backup.name);
    expect(await manifestOf(report)).toBeUndefined();
  });

  test("is not found", async () => {
    const report = await take({ "odoo-service": "web" });
    expect(attachmentsOf(report)).toMatchObject({
      status: "failed",
      message: expect.stringMatching(/^The filestore was not found: .*15 attachments name files/),
    });
  });
});

test("a database that is not Odoo's has no filestore", async () => {
  const client = await lab.connect(lab.database.admin);
  await client.query("CREATE DATABASE plain");
  const report = await take({ database: "plain" });
  await client.query("DROP DATABASE plain WITH (FORCE)");
  await client.end();
  expect(attachmentsOf(report)).toEqual({
    name: "attachments",
    status: "passed",
    message: "The database has no attachments as Odoo's have: there is no filestore to save.",
  });
});

describe("while a backup runs", () => {
  test("Odoo's collector of files gives up, and whoever writes goes on", async () => {
    const [holder, collector, writer] = await Promise.all([
      lab.connect(lab.database.admin),
      lab.connect(),
      lab.connect(),
    ]);
    await holder.query("BEGIN; LOCK TABLE res_partner IN ACCESS EXCLUSIVE MODE");
    const running = take();
    await expect
      .poll(async () => (await writer.query(DUMP_WAITS)).rows.length, { timeout: 30_000 })
      .toBe(1);
    // As _gc_file_store of ir_attachment.py does it.
    const collecting = collector.query(
      "BEGIN; SET LOCAL lock_timeout TO '10s'; LOCK ir_attachment IN SHARE MODE",
    );
    await expect(collecting).rejects.toMatchObject({ code: "55P03" });
    await writer.query("SET lock_timeout TO '1s'");
    // Committed after the snapshot: the backup need not hold its file.
    await writer.query(
      `INSERT INTO ir_attachment (id, name, type, store_fname, checksum) VALUES (999999, 'later', 'binary', 'ab/' || repeat('ab', 20), repeat('ab', 20))`,
    );
    await holder.query("COMMIT");
    const report = await running;
    await writer.query("DELETE FROM ir_attachment WHERE id = 999999");
    await collector.query(
      "ROLLBACK; BEGIN; SET LOCAL lock_timeout TO '10s'; LOCK ir_attachment IN SHARE MODE; COMMIT",
    );
    await Promise.all([holder, collector, writer].map((client) => client.end()));
    expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  });
});

const DUMP_WAITS = `SELECT 1 FROM pg_stat_activity WHERE application_name = 'openspp-backup backup' AND wait_event_type = 'Lock' AND query LIKE 'LOCK TABLE%'`;

test("a container that a dead run left is removed by the next", async () => {
  const image = (
    await lab.docker("inspect", "--format", "{{.Image}}", lab.container("backup"))
  ).trim();
  const label = `openspp-backup=${lab.project}`;
  await lab.docker("run", "--detach", "--entrypoint", "sleep", "--label", label, image, "600");
  await onLab(lab, sweep);
  expect(await lab.docker("ps", "--all", "--quiet", "--filter", `label=${label}`)).toBe("");
});

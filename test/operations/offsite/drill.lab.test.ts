import { cp, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import { sync } from "../../../src/operations/offsite/sync.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { BackupReport, Report } from "../../../src/report/report-schema.ts";
import { cutConnections } from "../../lab/faults.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { BUCKET, type Site, startWholeSite } from "../../lab/site.ts";
import { stopSshServers } from "../../lab/sshd.ts";
import { databasesOf, inBackup, KeptLog, onLab } from "../on-lab.ts";
import { Runner } from "./runner.ts";

const FAILED = 1;

let lab: Lab;
let site: Site;
let runner: Runner;
/** Two backups, the older one first, copied to every kind of remote. */
let older: BackupReport;
let newer: BackupReport;

beforeAll(async () => {
  lab = await startLab({
    name: `offsite-${process.pid}`,
    policy: "strict",
    seed: { registrants: 300, immutableUnaccent: true },
    fsyncOff: true,
  });
  const client = await lab.connect(lab.database.admin);
  await client.query("CREATE ROLE reporting; GRANT SELECT ON res_partner TO reporting");
  await client.end();
  site = await startWholeSite(lab.folder);
  runner = await Runner.start(lab, site);
  older = await onLab(lab, backup);
  newer = await onLab(lab, backup);
  for (const remote of [site.remotes.s3, site.remotes.s3Crypt, site.remotes.rsync]) {
    await onLab(lab, sync, { remote });
  }
});

afterAll(() => lab?.down());

const checkOf = ({ checks }: Report, name: string) => checks.find((check) => check.name === name);
const troublesOf = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== "passed").map(({ name }) => name);

/** Where the S3 server keeps a file of the plain remote. */
const stored = (path: string) => join(site.folder, "s3", BUCKET, path);
const manifestOf = ({ backup: { name } }: BackupReport) =>
  stored(`daily/${name.replace(".dump", ".manifest.json")}`);

/** Given a file, change one bit of one byte of it until the test is over. */
async function flip(path: string, position: (size: number) => number): Promise<void> {
  await cp(path, `${path}.kept`, { preserveTimestamps: true });
  onTestFinished(() => rename(`${path}.kept`, path));
  const file = await open(path, "r+");
  const { size } = await file.stat();
  const at = position(size);
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 4]), 0, 1, at);
  await file.close();
}

describe("on the runner", () => {
  test("the newest copy is fetched, restored on a server of its own, proven; and nothing is left", async () => {
    const { code, report, error } = await runner.drill();
    expect(error).toBe("");
    expect(troublesOf(report)).toEqual([]);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      operation: "drill",
      verdict: "passed",
      backup: { name: newer.backup.name, sha256: newer.backup.sha256, manifest: true },
      deployment: { host: "this machine", database: "openspp", policy: "strict" },
      rehearsal: {
        scenario: "datacenter-outage",
        source: "offsite",
        where: "runner",
        remote: site.remotes.s3,
      },
      rtoObjectiveSeconds: 8 * 3600,
      tables: newer.tables.map(({ rows, hash }) => ({
        rows: { restored: rows.expected },
        hash: { restored: hash.expected },
      })),
    });
    expect(report.phases.map(({ name }) => name.replace(newer.backup.name, "…"))).toEqual([
      ...["Find the backup off-site", "Fetch …", expect.stringMatching(/^Wait for /), "Open …"],
      ...["Create openspp_test", "Restore", "Prove every table", "Control: change one row"],
      ...["Prove the filestore"],
      ...["Drop openspp_test", "Remove the container"],
    ]);
    expect(checkOf(report, "rpo")?.message).toMatch(
      /^The off-site copy is .* old by the runner's clock; the objective \(RPO\) is 24 h\.$/,
    );
    expect(checkOf(report, "cleanup")?.message).toBe(
      "The throwaway server, its volume, its network and the copy were removed.",
    );
    expect(await runner.leftovers()).toEqual([]);
  });

  test("its time is that of the whole way, from the first byte asked for to the proof", async () => {
    const { report } = await runner.drill({}, "--scenario", "server-failure", "--where", "runner");
    const took = (name: string) => report.phases.find((one) => one.name.startsWith(name))?.seconds;
    const parts = ["Find", "Fetch", "Wait", "Open", "Create", "Restore", "Prove", "Control"].map(
      (name) => took(name) ?? Number.NaN,
    );
    expect(report.rtoSeconds).toBeGreaterThanOrEqual(parts.reduce((sum, part) => sum + part, 0));
    expect(report.rtoSeconds).toBeLessThan(report.seconds);
    expect(report.rtoObjectiveSeconds).toBe(4 * 3600);
    expect(report.rehearsal?.scenario).toBe("server-failure");
  });

  test("from a crypt remote, verified against the manifest's SHA-256", async () => {
    const { report } = await runner.drill({ OPENSPP_REMOTE: site.remotes.s3Crypt });
    expect(troublesOf(report)).toEqual([]);
    expect(checkOf(report, "archive")?.message).toMatch(/its SHA-256 is the manifest's\.$/);
    expect(report.backup?.sha256).toBe(newer.backup.sha256);
  });

  test("from an rsync target", async () => {
    const { report } = await runner.drill({
      OPENSPP_REMOTE: site.remotes.rsync,
      OPENSPP_RCLONE_CONFIG: undefined,
    });
    expect(troublesOf(report)).toEqual([]);
    expect(report.backup?.name).toBe(newer.backup.name);
  });

  test("the credentials and the deployment's passwords are in no output", async () => {
    const { stderr, report } = await runner.drill({}, "--debug");
    const written = stderr + JSON.stringify(report);
    expect(written).not.toMatch(/lab-secret-key|lab-crypt-password|p'a"ss/);
    expect(troublesOf(report)).toEqual([]);
  });

  test("one flipped byte of a dump is found before anything is restored", async () => {
    await flip(stored(`daily/${newer.backup.name}`), (size) => size - 100);
    const { code, report } = await runner.drill();
    expect(code).toBe(FAILED);
    expect(report.verdict).toBe("failed");
    expect(checkOf(report, "archive")?.message).toBe(
      `${newer.backup.name} has another SHA-256 than when it was written.`,
    );
    expect(checkOf(report, "restore")?.status).toBe("not-run");
    expect(report.rtoSeconds).toBeUndefined();
    expect(await runner.leftovers()).toEqual([]);
  });

  test("one flipped byte of an encrypted dump is found by what decrypts it", async () => {
    const entries = await readdir(stored("crypt"), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
    const large = files.filter((_, index) => (sizes[index] ?? 0) > newer.backup.bytes);
    expect(large.length).toBeGreaterThanOrEqual(2);
    for (const file of large) await flip(file, (size) => size - 100);
    const { code, error } = await runner.drill({ OPENSPP_REMOTE: site.remotes.s3Crypt });
    expect(code).toBe(FAILED);
    expect(error).toMatch(
      /^error: openspp_\d{8}_\d{6}\.dump could not be fetched from `s3_crypt:`\.\nWhy: .*failed to authenticate decrypted block/,
    );
    expect(await runner.leftovers()).toEqual([]);
  });

  test("a newest copy that lacks its manifest is not complete: the one before it is drilled", async () => {
    const manifest = manifestOf(newer);
    await rename(manifest, `${manifest}.kept`);
    onTestFinished(() => rename(`${manifest}.kept`, manifest));
    const { stderr, report } = await runner.drill();
    expect(troublesOf(report)).toEqual([]);
    expect(report.backup?.name).toBe(older.backup.name);
    expect(stderr).toContain(
      `${newer.backup.name} has no manifest there: its copy is not complete, and it is passed over.`,
    );
  });

  test("without any manifest nothing is green that cannot be asked without the live database", async () => {
    const manifest = manifestOf(newer);
    await rename(manifest, `${manifest}.kept`);
    onTestFinished(() => rename(`${manifest}.kept`, manifest));
    const { code, report } = await runner.drill(
      { OPENSPP_DATABASE_USER: "odoo", OPENSPP_ADMIN_USER: lab.database.admin },
      ...["--backup", newer.backup.name],
    );
    expect(code).toBe(FAILED);
    expect(report.verdict).toBe("failed");
    expect(checkOf(report, "restore")?.message).toContain("The restore stopped at an error");
  });

  test("a manifest dated an hour ahead is a clock that is wrong, and red", async () => {
    const path = manifestOf(newer);
    const text = await readFile(path, "utf8");
    onTestFinished(() => writeFile(path, text));
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    await writeFile(path, text.replace(/"takenAt": "[^"]+"/, `"takenAt": "${ahead}"`));
    const { report } = await runner.drill();
    expect(troublesOf(report)).toEqual(["rpo"]);
    expect(checkOf(report, "rpo")?.message).toMatch(
      /^The off-site copy is dated (59 min|1 h).* in the future by the runner's clock\.$/,
    );
  });

  test("wrong credentials are told as such, and nothing was started", async () => {
    const { code, error } = await runner.drill({
      OPENSPP_RCLONE_CONFIG: site.rcloneConfig.replace("lab-secret-key", "another-secret"),
    });
    expect(code).toBe(FAILED);
    expect(error).toMatch(/^error: this machine cannot list `s3:openspp-backups`\.\nWhy: .*40[13]/);
    expect(error).not.toContain("another-secret");
    expect(await runner.leftovers()).toEqual([]);
  });

  test("an image that there is not", async () => {
    const { code, error } = await runner.drill({
      OPENSPP_RUNNER_IMAGE: "localhost:1/no/such:image",
    });
    expect(code).toBe(FAILED);
    expect(error).toMatch(
      /^error: The throwaway container of the image `localhost:1\/no\/such:image` does not run\.\nWhy: /,
    );
    expect(await runner.leftovers()).toEqual([]);
  });

  test("a runner killed in the middle leaves no server behind, and the next run removes its files", async () => {
    const running = runner.spawn(["drill", "--scenario", "datacenter-outage"]);
    const { name, volume } = await runner.untilServing();
    process.kill(running.pid, "SIGKILL");
    await running.ended;
    await expect
      .poll(() => lab.docker("ps", "--all", "--format", "{{.Names}}", "--filter", `name=${name}`), {
        timeout: 45_000,
        interval: 500,
      })
      .toBe("");
    await expect(lab.docker("volume", "inspect", volume)).rejects.toThrow("no such volume");
    expect(await runner.leftovers()).toEqual([name, name]);

    const { report } = await runner.drill();
    expect(troublesOf(report)).toEqual([]);
    expect(await runner.leftovers()).toEqual([]);
  });

  test.each(["SIGINT", "SIGTERM"] as const)("%s in the middle leaves nothing", async (signal) => {
    const running = runner.spawn(["drill", "--scenario", "datacenter-outage"]);
    await runner.untilServing();
    process.kill(running.pid, signal);
    const { code, error } = await running.ended;
    expect(code).toBe(130);
    expect(error).toMatch(/^error: The run was cancelled\./);
    expect(await runner.leftovers()).toEqual([]);
  });

  test("a sweep by hand removes what a dead run left", async () => {
    const running = runner.spawn(["drill", "--scenario", "datacenter-outage"]);
    const { name } = await runner.untilServing();
    process.kill(running.pid, "SIGKILL");
    await running.ended;
    await lab.docker("rm", "--force", "--volumes", name);
    const swept = await runner.spawn(["sweep", "--where", "runner"]).ended;
    expect(swept.code).toBe(0);
    expect(await runner.leftovers()).toEqual([]);
  });
});

describe("on the deployment's host", () => {
  const offsite = () => ({ source: "offsite", remote: site.remotes.s3 }) as const;

  test.each(["s3", "s3Crypt", "rsync"] as const)(
    "the copy on %s is the only input: what stands in the volume plays no part",
    async (kind) => {
      const path = `/backups/daily/${newer.backup.name}`;
      await inBackup(lab, `cp ${path} /tmp/kept && echo damaged > ${path}`);
      onTestFinished(async () => void (await inBackup(lab, `mv /tmp/kept ${path}`)));
      const report = await onLab(lab, drill, { ...offsite(), remote: site.remotes[kind] });
      expect(troublesOf(report)).toEqual([]);
      expect(report).toMatchObject({
        backup: { name: newer.backup.name, sha256: newer.backup.sha256 },
        rehearsal: {
          scenario: "database-corruption",
          source: "offsite",
          where: "host",
          remote: site.remotes[kind],
        },
        rtoObjectiveSeconds: 1800,
      });
      expect(report.phases.map(({ name }) => name)).toContain(`Fetch ${newer.backup.name}`);
      expect(await inBackup(lab, "find /backups -name '*.part'")).toBe("");
      expect(await databasesOf(lab)).toEqual(["openspp"]);
    },
  );

  test("a configuration that is handed in is enough", async () => {
    const log = new KeptLog();
    const given = { ...offsite(), "rclone-config": site.rcloneConfig };
    const report = await onLab(lab, drill, given, log);
    expect(troublesOf(report)).toEqual([]);
    expect(log.lines.join("\n")).not.toContain("lab-secret-key");
  });

  test("one flipped byte is found before anything is restored, and the copy is removed", async () => {
    await flip(stored(`daily/${newer.backup.name}`), (size) => Math.floor(size / 2));
    const report = await onLab(lab, drill, offsite());
    expect(report.verdict).toBe("failed");
    expect(checkOf(report, "archive")?.status).toBe("failed");
    expect(checkOf(report, "restore")?.status).toBe("not-run");
    expect(await inBackup(lab, "find /backups -name '*.part'")).toBe("");
  });

  describe("cut in the middle", () => {
    const fetched = () =>
      inBackup(lab, "find /backups/daily/.openspp_offsite.part -type f 2>/dev/null || true");
    const cuts = {
      "the runner is killed": async ({ pid }: { pid: number }) => void process.kill(pid, "SIGKILL"),
      "the connection is cut": async () => cutConnections(lab),
    };
    const moments = {
      "while it is fetched": { limit: "200k", reached: async () => (await fetched()) !== "" },
      "while it is restored": {
        limit: "1G",
        reached: async () => (await databasesOf(lab)).includes("openspp_test"),
      },
    };

    test.each(
      Object.entries(cuts).flatMap(([what, cut]) =>
        Object.entries(moments).map(([when, moment]) => [what, when, cut, moment] as const),
      ),
    )("%s %s: the next run leaves nothing", async (_, __, cut, { limit, reached }) => {
      const own = { ...(await lab.env()), OPENSPP_RCLONE_CONFIG: undefined };
      const running = runner.spawn(["drill", "--source", "offsite"], {
        ...{ ...own, OPENSPP_BANDWIDTH_LIMIT: limit },
      });
      await expect.poll(reached, { timeout: 60_000, interval: 50 }).toBe(true);
      await cut(running);
      expect((await running.ended).code).not.toBe(0);
      // rclone itself removes the file that it had begun, but not the folder.
      const folder = await inBackup(lab, "find /backups/daily -name .openspp_offsite.part");
      expect(folder).not.toBe("");
      const report = await onLab(lab, drill, offsite());
      expect(troublesOf(report)).toEqual([]);
      expect(await inBackup(lab, "find /backups -name '*.part'")).toBe("");
      expect(await databasesOf(lab)).toEqual(["openspp"]);
    });
  });

  test("what a dead run had fetched is swept by the next", async () => {
    await inBackup(
      lab,
      "mkdir -p /backups/daily/.openspp_offsite.part/daily && echo x > /backups/daily/.openspp_offsite.part/daily/x.dump",
    );
    expect(await onLab(lab, sweep)).toEqual([
      "Removed /backups/daily/.openspp_offsite.part, which an unfinished run left.",
    ]);
    expect(await inBackup(lab, "find /backups -name '*.part'")).toBe("");
  });
});

describe("what the user may get wrong", () => {
  test("no remote was named", async () => {
    const { code, error } = await runner.drill({ OPENSPP_REMOTE: undefined });
    expect(code).toBe(2);
    expect(error).toMatch(/^error: --remote \(or OPENSPP_REMOTE\) is missing/);
  });

  test("nothing stands there", async () => {
    const { code, error } = await runner.drill({ OPENSPP_REMOTE: "s3:openspp-backups/nowhere" });
    expect(code).toBe(2);
    expect(error).toMatch(
      /^error: There is no backup of this database on `s3:openspp-backups\/nowhere`\./,
    );
  });

  test("several databases stand there, and none was named", async () => {
    await writeFile(stored("daily/other_20260115_020000.dump"), "x");
    onTestFinished(() => rm(stored("daily/other_20260115_020000.dump")));
    const { code, error } = await runner.drill();
    expect(code).toBe(2);
    expect(error).toMatch(/holds the backups of 2 databases: openspp, other\./);
    expect((await runner.drill({ OPENSPP_DATABASE: "openspp" })).code).toBe(0);
  });
});

describe("last, since it takes the deployment or the remote away", () => {
  test("with the deployment's host switched off, the runner's drill is green", async () => {
    await stopSshServers(join(lab.folder, "ssh"));
    await lab.compose("down", "--volumes", "--timeout", "1");
    expect(await lab.docker("ps", "--quiet", "--filter", `name=${lab.project}`)).toBe("");
    const { code, report } = await runner.drill();
    expect(troublesOf(report)).toEqual([]);
    expect(code).toBe(0);
  });

  test("a remote that goes in the middle of the fetch ends the drill, and nothing is left", async () => {
    const running = runner.spawn(["drill", "--scenario", "datacenter-outage", "--json"], {
      OPENSPP_BANDWIDTH_LIMIT: "100k",
      OPENSPP_RETRIES: "1",
    });
    await running.says("Fetch ");
    process.kill(Number(await readFile(join(site.folder, "s3.pid"), "utf8")), "SIGKILL");
    const { code, error } = await running.ended;
    expect(code).toBe(FAILED);
    expect(error).toMatch(
      /could not be fetched from `s3:openspp-backups`\.\nWhy: .*connection refused/,
    );
    expect(await runner.leftovers()).toEqual([]);
  });
});

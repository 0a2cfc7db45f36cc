import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ListedBackup } from "../../../src/backups/listing.ts";
import { discoverBackupSite } from "../../../src/deployment/discover.ts";
import { fetchCopy } from "../../../src/operations/offsite/fetch-copy.ts";
import { listOffsite, openOffsite } from "../../../src/operations/offsite/offsite.ts";
import { type SyncReport, sync } from "../../../src/operations/offsite/sync.ts";
import { type DockerUser, makeDockerUser } from "../../lab/docker-user.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { findRclone } from "../../lab/rclone.ts";
import { cutSite, resumeSite, type Site, startWholeSite } from "../../lab/site.ts";
import { type Inputs, inBackup, KeptLog, onLab } from "../on-lab.ts";
import { contentOf, messageOf, takeBackup, verdicts } from "./on-site.ts";

/** A lab whose SSH user is one of the group `docker`, as docs/setup.md makes one, who may not read Docker's folders. */
let lab: Lab;
let site: Site;
let user: DockerUser;
let newest: string;

beforeAll(async () => {
  const name = `user-${process.pid}`;
  lab = await startLab({
    name,
    policy: "strict",
    directory: `/srv/openspp-${name}`,
    seed: { registrants: 100, attachments: 5 },
    fsyncOff: true,
  });
  site = await startWholeSite(lab.folder);
  user = await makeDockerUser(lab, { rclone: await findRclone(() => {}) });
  newest = await takeBackup(lab, { filestore: "incremental" });
});

afterAll(async () => {
  await user?.[Symbol.asyncDispose]();
  await lab?.down();
});

/** What the lab's own root would see: a key of root's is not for this user, so rclone's sftp gets it in its configuration. */
async function inputsFor(remote: string): Promise<Inputs> {
  const own = Object.entries(user.env).map(([key, value]) => [
    key
      .replace(/^OPENSPP_/, "")
      .toLowerCase()
      .replaceAll("_", "-"),
    value,
  ]);
  const config = await withOwnKey(site.rcloneConfig);
  return { ...Object.fromEntries(own), remote, "rclone-config": config, retention: "off" };
}

async function withOwnKey(config: string): Promise<string> {
  const key = join(user.home, "site_key");
  const hosts = join(user.home, "site_known_hosts");
  const line = 'install -o "$1" -m 600 "$2" "$3"; install -o "$1" -m 600 "$4" "$5"';
  const [ownKey, ownHosts] = [/key_file = (.*)/, /known_hosts_file = (.*)/].map(
    (pattern) => pattern.exec(config)?.[1] as string,
  ) as [string, string];
  const name = user.env.OPENSPP_SSH_USER as string;
  await execa("sh", ["-c", line, "sh", name, ownKey, key, ownHosts, hosts]);
  return config.replace(ownKey, key).replace(ownHosts, hosts);
}

async function syncAs(
  remote: string,
  given: Inputs = {},
  log = new KeptLog(),
): Promise<SyncReport> {
  return onLab(lab, sync, { ...(await inputsFor(remote)), ...given }, log);
}

test("the user may not read the volume, and a container does", async () => {
  const volume = JSON.parse(
    await lab.docker("inspect", lab.container("backup"), "--format", "{{json .Mounts}}"),
  ).find(({ Destination }: { Destination: string }) => Destination === "/backups").Source;
  const name = user.env.OPENSPP_SSH_USER as string;
  const reading = await execa("setpriv", ["--reuid", name, "--clear-groups", "ls", volume], {
    reject: false,
  });
  expect(reading.stderr).toContain("Permission denied");
  const report = await syncAs(`sftp:${site.folder}/sftp`);
  expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(report.sync).toMatchObject({ copied: 1, backups: 1, newest, verified: "hash" });
});

test("the filestore's pool goes with it, file by file, and nothing is copied twice", async () => {
  const here = await inBackup(lab, "cd /backups/filestore && find . -type f -exec sha256sum {} +");
  const there = await contentOf(join(site.folder, "sftp", "filestore"));
  expect(Object.keys(there).length).toBeGreaterThan(3);
  expect(Object.entries(there).map(([path, sum]) => `${sum}  ./${path}`)).toEqual(
    here.split("\n").sort((a, b) => a.slice(66).localeCompare(b.slice(66))),
  );
  const again = await syncAs(`sftp:${site.folder}/sftp`);
  expect(again.sync).toMatchObject({ copied: 0, bytes: 0 });
});

test("from the runner, too, the same files by one rclone, with the times that they have in the volume", async () => {
  const before = process.env.PATH;
  process.env.PATH = `${dirname(await findRclone(() => {}))}:${before}`;
  try {
    const folder = join(site.folder, "sftp-runner");
    const report = await syncAs(`sftp:${folder}`, { from: "runner" });
    expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(await contentOf(folder)).toEqual(await contentOf(join(site.folder, "sftp")));
    const [there, here] = [folder, join(site.folder, "sftp")].map((one) =>
      stat(join(one, "daily", newest)),
    );
    expect((await there)?.mtime).toEqual((await here)?.mtime);
    const again = await syncAs(`sftp:${folder}`, { from: "runner" });
    expect(again.sync).toMatchObject({ copied: 0, bytes: 0 });
  } finally {
    process.env.PATH = before;
  }
});

test("no container of ours is left", async () => {
  const names = await lab.docker("ps", "--all", "--format", "{{.Names}}");
  const services = ["backup", "db", "odoo", "queue-worker"].map((one) => lab.container(one));
  expect(
    names
      .split("\n")
      .filter((one) => one.startsWith(lab.project))
      .sort(),
  ).toEqual(services);
});

test("a backup is fetched back into a folder of the volume, byte by byte", async () => {
  const inputs = await inputsFor(`sftp:${site.folder}/sftp`);
  const volume = await onLab(
    lab,
    async (settings, effects) => {
      const place = await discoverBackupSite(effects.host, settings.deployment, effects);
      const run = { ...effects, settings, deployment: place };
      const offsite = await openOffsite(run);
      const { backups } = await listOffsite(run, offsite, "+0000");
      expect(backups.map(({ name }) => name)).toEqual([newest]);
      await inBackup(lab, "mkdir /backups/.fetched");
      const [backup] = backups;
      const copy = { backup: backup as ListedBackup, database: place.database.name };
      await fetchCopy(run, offsite, copy, `${place.backups.hostPath}/.fetched`);
      return place.backups.hostPath;
    },
    inputs,
  );
  const stamp = newest.slice("openspp_".length, -".dump".length);
  const fetched = await contentOf(join(volume, ".fetched"));
  const names = Object.keys(fetched).sort();
  expect(names.filter((name) => name.startsWith("daily/"))).toEqual([
    `daily/openspp_${stamp}.dump`,
    `daily/openspp_${stamp}.manifest.json`,
    `daily/openspp_filestore_${stamp}.sha1`,
  ]);
  const there = await contentOf(join(site.folder, "sftp"));
  const pooled = (name: string) => name.startsWith("filestore/");
  expect(names.filter(pooled)).toEqual(Object.keys(there).filter(pooled).sort());
  for (const [path, sum] of Object.entries(fetched)) expect(sum).toBe(there[path]);
  await inBackup(lab, "rm -r /backups/.fetched");
});

test("a connection that is cut in the middle is taken up again, and the copy is whole", async () => {
  const folder = join(site.folder, "sftp-cut");
  const running = syncAs(`sftp:${folder}`, { "bandwidth-limit": "400k" });
  await untilSomething(folder);
  await cutSite(lab.folder);
  await resumeSite(lab.folder);
  const report = await running;
  expect(verdicts(report)).toEqual({ "offsite-copy": "passed", "offsite-proof": "passed" });
  expect(await contentOf(folder)).toEqual(await contentOf(join(site.folder, "sftp")));
});

test("a remote that is gone in the middle: red, and nothing half is taken for a backup", async () => {
  const folder = join(site.folder, "sftp-gone");
  const log = new KeptLog();
  const inputs = { "bandwidth-limit": "400k", retries: "1" };
  const running = syncAs(`sftp:${folder}`, inputs, log);
  await untilSomething(folder);
  await cutSite(lab.folder);
  const report = await running;
  await resumeSite(lab.folder);
  expect(verdicts(report)).toEqual({ "offsite-copy": "failed", "offsite-proof": "not-run" });
  expect(messageOf(report, "offsite-copy")).toMatch(/failed: .*connection refused/i);
  const pauses = log.lines.map(
    (line) => /^warning: rclone: .*; trying again in (.*)\.$/.exec(line)?.[1],
  );
  expect(pauses.filter(Boolean)).toEqual(["1 s"]);
  expect(Object.keys(await contentOf(folder)).filter((path) => path.endsWith(".dump"))).toEqual([]);
  expect(verdicts(await syncAs(`sftp:${folder}`))["offsite-copy"]).toBe("passed");
});

test("a full remote: red with the reason, what stood there is whole, and room makes it green", async () => {
  const folder = join(site.folder, "sftp-full");
  await mkdir(folder);
  await execa("mount", ["-t", "tmpfs", "-o", "size=512k", "tmpfs", folder]);
  try {
    const report = await syncAs(`sftp:${folder}`);
    expect(verdicts(report)).toEqual({ "offsite-copy": "failed", "offsite-proof": "not-run" });
    expect(Object.keys(await contentOf(folder)).filter((path) => path.endsWith(".dump"))).toEqual(
      [],
    );
    await execa("mount", ["-o", "remount,size=64m", folder]);
    expect(verdicts(await syncAs(`sftp:${folder}`))["offsite-copy"]).toBe("passed");
  } finally {
    await execa("umount", [folder]);
  }
});

test("from the runner a cancelled copy leaves nothing that is taken for a backup", async () => {
  const folder = join(site.folder, "sftp-cancelled");
  const before = process.env.PATH;
  process.env.PATH = `${dirname(await findRclone(() => {}))}:${before}`;
  try {
    const cancellation = new AbortController();
    const inputs = await inputsFor(`sftp:${folder}`);
    const slow = { ...inputs, from: "runner", "bandwidth-limit": "400k" };
    const running = onLab(
      lab,
      (settings, effects) => sync(settings, { ...effects, signal: cancellation.signal }),
      slow,
    ).catch((error: unknown) => error);
    await untilSomething(folder);
    cancellation.abort();
    expect(await running).toBeInstanceOf(Error);
    const whole = await contentOf(join(site.folder, "sftp"));
    const there = Object.entries(await contentOf(folder)).filter(
      ([path]) => !path.endsWith(".partial"),
    );
    // A file of the pool is worth something by itself.
    expect(there.filter(([path]) => !path.startsWith("filestore/"))).toEqual([]);
    for (const [path, sum] of there) expect(sum).toBe(whole[path]);
    await rm(folder, { recursive: true });
  } finally {
    process.env.PATH = before;
  }
});

/** Waits until a file stands below a folder, whole or not, at most 60 s. */
async function untilSomething(folder: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    if (entries.some((entry) => entry.isFile())) return;
    if (Date.now() > deadline) throw new Error(`nothing came to ${folder}`);
    await sleep(50);
  }
}

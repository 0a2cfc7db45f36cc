import { readdir, readFile, rm, truncate, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { Failed, UserMistake } from "../../../src/failure.ts";
import { cycle } from "../../../src/operations/cycle.ts";
import { startDb, stopDb } from "../../lab/faults.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { findRclone } from "../../lab/rclone.ts";
import { BUCKET, cutSite, type Site, startWholeSite } from "../../lab/site.ts";
import { startSkewedS3 } from "../../lab/skewed-s3.ts";
import { inBackup, KeptLog, onLab } from "../on-lab.ts";
import { contentOf, flipBit, messageOf, syncLab, takeBackup, verdicts } from "./on-site.ts";

let lab: Lab;
let site: Site;
let older: string;
let newest: string;

const ALL_GREEN = { "offsite-copy": "passed", "offsite-proof": "passed" };
const RUNNER_PATH = process.env.PATH;

beforeAll(async () => {
  lab = await startLab({
    name: `sync-${process.pid}`,
    policy: "strict",
    seed: { registrants: 100, attachments: 5 },
    fsyncOff: true,
  });
  site = await startWholeSite(lab.folder);
  process.env.PATH = `${join(await findRclone(() => {}), "..")}:${RUNNER_PATH}`;
  older = await takeBackup(lab);
  newest = await takeBackup(lab, { filestore: "tar.zst" });
});

afterAll(async () => {
  process.env.PATH = RUNNER_PATH;
  await lab.down();
});

/** The volume's backups as they are before a test, and after it: a sync only reads them. */
let before: string;
/** What a backup consists of; the record of the last sync is made anew by each. */
const listed = () =>
  inBackup(
    lab,
    "cd /backups && find . -type f -not -path './.openspp-backup/*' -exec sha256sum {} + | sort",
  );

describe.each(["rsync", "sftp", "s3", "sftpCrypt", "s3Crypt"] as const)("to %s", (kind) => {
  test("copies every backup, proves it by hashes, and the next time finds nothing to copy", async () => {
    const remote = site.remotes[kind];
    const first = await syncLab(lab, { remote });
    expect(first.checks.filter(({ status }) => status !== "passed")).toEqual([]);
    expect(first).toMatchObject({
      operation: "sync",
      verdict: "passed",
      sync: { remote, copied: 2, backups: 2, newest, verified: "hash", from: "host", deleted: 0 },
    });
    expect(first.sync.bytes).toBeGreaterThan(1_000_000);
    const second = await syncLab(lab, { remote, verify: "download" });
    expect(verdicts(second)).toEqual(ALL_GREEN);
    expect(second.sync).toMatchObject({ copied: 0, bytes: 0, verified: "download" });
    expect(messageOf(second, "offsite-proof")).toContain(`daily/${newest}`);
    expect(messageOf(second, "offsite-proof")).toContain(`daily/${older}`);
  });
});

test("what lands on the remote are the very bytes, and nothing hidden or half", async () => {
  const there = await contentOf(join(site.folder, "rsync"));
  const here = await inBackup(lab, "cd /backups && find daily -type f -exec sha256sum {} +");
  expect(Object.entries(there).map(([path, sum]) => `${sum}  ${path}`)).toEqual(
    here.split("\n").sort((a, b) => a.slice(66).localeCompare(b.slice(66))),
  );
  expect(await contentOf(join(site.folder, "sftp"))).toEqual(there);
  expect(await contentOf(join(site.folder, "s3", BUCKET, "daily"))).toEqual(
    Object.fromEntries(Object.entries(there).map(([path, sum]) => [path.slice(6), sum])),
  );
});

test("an encrypted remote shows neither names nor content", async () => {
  const names = Object.keys(await contentOf(join(site.folder, "sftp-crypt")));
  expect(names.length).toBe(6);
  expect(names.filter((name) => /openspp|daily|dump/.test(name))).toEqual([]);
});

describe("from the runner", () => {
  test.each(["sftp", "s3Crypt"] as const)(
    "streams into %s with a configuration that was handed in",
    async (kind) => {
      const remote = kind === "sftp" ? `sftp:${site.folder}/runner` : "s3_crypt:runner";
      const report = await syncLab(lab, {
        ...{ remote, from: "runner", "rclone-config": site.rcloneConfig },
      });
      expect(verdicts(report)).toEqual(ALL_GREEN);
      expect(report.sync).toMatchObject({ copied: 2, from: "runner", verified: "download" });
    },
  );

  test("leaves no hidden file there", async () => {
    const there = await contentOf(join(site.folder, "runner"));
    expect(there).toEqual(await contentOf(join(site.folder, "rsync")));
  });
});

test("a configuration that is handed in reaches neither the host's disk nor any argv", async () => {
  const own = join(lab.folder, "ssh", ".config", "rclone", "rclone.conf");
  await rm(own);
  onTestFinished(() => writeFile(own, site.rcloneConfig));
  const started = join(lab.folder, "started");
  await writeFile(started, "");
  const seen = watchProcesses("lab-secret-key");
  const log = new KeptLog();
  const inputs = { remote: `s3:${BUCKET}/handed-in`, "rclone-config": site.rcloneConfig };
  const report = await syncLab(lab, inputs, log);
  expect(verdicts(report)).toEqual(ALL_GREEN);
  expect(await seen()).toEqual({ looked: true, found: [] });
  const line =
    'find "$@" -newer "$0" -type f -exec grep -l lab-secret-key {} + 2>/dev/null || true';
  const folders = [join(lab.folder, "ssh"), lab.directory, "/tmp"];
  expect((await execa("sh", ["-c", line, started, ...folders])).stdout).toBe("");
  expect([JSON.stringify(report), ...log.lines].join("\n")).not.toContain("lab-secret-key");
});

describe("what can go wrong", () => {
  test("wrong credentials: nothing is copied, and the tool's own reason is told", async () => {
    const wrong = site.rcloneConfig.replace("lab-secret-key", "another-key");
    const error = await syncLab(lab, { remote: site.remotes.s3, "rclone-config": wrong }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Failed);
    expect((error as Failed).explanation.what).toMatch(/ cannot list `s3:openspp-backups`\.$/);
    expect((error as Failed).explanation.why).toMatch(/SignatureDoesNotMatch|403|denied/i);
    expect((error as Failed).message).not.toContain("another-key");
  });

  test("a remote that is not configured on the host", async () => {
    const error = await syncLab(lab, { remote: "nowhere:x" }).catch((thrown: unknown) => thrown);
    expect((error as Failed).explanation.why).toContain("didn't find section in config file");
  });

  test("a host without rclone: what to install, and how", async () => {
    const program = join(lab.folder, "ssh", "bin", "rclone");
    const target = (await execa("readlink", [program])).stdout;
    await rm(program);
    const error = await syncLab(lab, { remote: site.remotes.s3 }).catch((thrown) => thrown);
    await execa("ln", ["-s", target, program]);
    expect(error).toBeInstanceOf(UserMistake);
    expect(error.explanation.what).toMatch(/^The command `rclone` is not on the PATH of /);
    expect(error.explanation.next).toMatch(/^Install version 1\.63 or newer: .*SHA-256/);
  });

  test.each(["hash", "download"])(
    "a flipped bit in the newest copy is found by %s",
    async (verify) => {
      const path = join(site.folder, "sftp", "daily", newest);
      await flipBit(path);
      const report = await syncLab(lab, { remote: site.remotes.sftp, verify });
      await flipBit(path);
      expect(verdicts(report)).toEqual({ "offsite-copy": "passed", "offsite-proof": "failed" });
      expect(messageOf(report, "offsite-proof")).toContain(`daily/${newest}`);
      expect(report.sync.verified).toBeUndefined();
    },
  );

  test("a flipped bit is found over rsync, too", async () => {
    const path = join(site.folder, "rsync", "daily", newest);
    await flipBit(path);
    const byHash = await syncLab(lab, { remote: site.remotes.rsync });
    const byReading = await syncLab(lab, { remote: site.remotes.rsync, verify: "download" });
    await flipBit(path);
    expect(verdicts(byHash)["offsite-proof"]).toBe("failed");
    expect(verdicts(byReading)["offsite-proof"]).toBe("failed");
  });

  test("a copy that was cut short is never overwritten: red, with both sizes", async () => {
    const path = join(site.folder, "sftp", "daily", older);
    const whole = await readFile(path);
    await truncate(path, 1000);
    const report = await syncLab(lab, { remote: site.remotes.sftp });
    expect(verdicts(report)).toEqual({ "offsite-copy": "failed", "offsite-proof": "not-run" });
    expect(messageOf(report, "offsite-copy")).toMatch(/^daily\/.*\.dump has 1,000 bytes on /);
    expect((await readFile(path)).length).toBe(1000);
    await rm(path);
    expect(verdicts(await syncLab(lab, { remote: site.remotes.sftp }))).toEqual(ALL_GREEN);
    expect((await readFile(path)).equals(whole)).toBe(true);
  });

  test("a remote that lost its newest manifest gets it again", async () => {
    const path = join(site.folder, "rsync", "daily", newest.replace(".dump", ".manifest.json"));
    const manifest = await readFile(path, "utf8");
    await rm(path);
    const report = await syncLab(lab, { remote: site.remotes.rsync });
    expect(verdicts(report)).toEqual(ALL_GREEN);
    expect(report.sync.copied).toBe(1);
    expect(await readFile(path, "utf8")).toBe(manifest);
  });

  test("a remote whose clock is an hour off changes nothing", async () => {
    for (const hours of [-1, 1]) {
      const there = join(site.folder, "rsync", "daily");
      const moment = Date.now() / 1000 + hours * 3600;
      for (const file of [older, newest]) await utimes(join(there, file), moment, moment);
      const report = await syncLab(lab, { remote: site.remotes.rsync });
      expect(verdicts(report)).toEqual(ALL_GREEN);
      expect(report.sync.copied).toBe(0);
    }
  });

  test.each([
    [3600, "about 1 h behind"],
    [-3600, "about 1 h ahead of"],
  ])(
    "a clock that is %i s off: red with the clock as the reason, and green once it is right",
    async (seconds, apart) => {
      await using wrong = await startSkewedS3(seconds);
      const remote = "skewed:openspp-backups";
      const inputs = { remote, "rclone-config": wrong.rcloneConfig };
      const error = await syncLab(lab, inputs).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Failed);
      expect((error as Failed).explanation).toMatchObject({
        what: expect.stringMatching(/ cannot list `skewed:openspp-backups`\.$/),
        why: expect.stringContaining("RequestTimeTooSkewed"),
      });
      expect((error as Failed).explanation.next).toMatch(
        new RegExp(`^The clock of .* is ${apart} the remote's, .* by NTP`),
      );
      await using right = await startSkewedS3(0);
      const report = await syncLab(lab, { remote, "rclone-config": right.rcloneConfig });
      expect(verdicts(report)).toEqual(ALL_GREEN);
    },
  );

  test("a database that is down is no reason not to copy", async () => {
    await stopDb(lab);
    const report = await syncLab(lab, { remote: site.remotes.rsync });
    await startDb(lab);
    expect(verdicts(report)).toEqual(ALL_GREEN);
  });
});

describe("a source emptied by accident", () => {
  beforeAll(async () => {
    before = await listed();
    await inBackup(lab, "mkdir /backups/.away && mv /backups/daily /backups/.away/");
  });

  afterAll(async () => {
    await inBackup(lab, "mv /backups/.away/daily /backups/ && rmdir /backups/.away");
    expect(await listed()).toBe(before);
  });

  test.each(["copy", "sync"])("`sync-mode: %s` takes nothing from the remote", async (mode) => {
    const there = await contentOf(join(site.folder, "rsync"));
    const error = await syncLab(lab, { remote: site.remotes.rsync, "sync-mode": mode }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as Failed).explanation).toMatchObject({
      what: "There is no backup of this database in the backup volume, so there is nothing to copy.",
      state: `\`${site.remotes.rsync}\` is as it was: 2 backups, the newest ${newest}.`,
    });
    expect(await contentOf(join(site.folder, "rsync"))).toEqual(there);
  });
});

describe.each(["rsync", "sftp"] as const)("a mirror by %s", (kind) => {
  const remoteOf = () => `${site.remotes[kind]}/mirror`;
  const folderOf = () => join(site.folder, kind, "mirror");

  test("makes the remote what the volume is, and keeps what it deletes in the trash", async () => {
    const inputs = { remote: remoteOf(), "sync-mode": "sync" };
    expect(verdicts(await syncLab(lab, inputs))).toEqual(ALL_GREEN);
    const there = await contentOf(folderOf());
    expect(Object.keys(there).filter((path) => path.endsWith(".dump"))).toHaveLength(2);
    await inBackup(
      lab,
      `mkdir -p /tmp/away && mv /backups/daily/*${older.slice(8, 23)}* /tmp/away/`,
    );
    const report = await syncLab(lab, inputs);
    await inBackup(lab, "mv /tmp/away/* /backups/daily/ && rmdir /tmp/away");
    expect(verdicts(report)).toEqual(ALL_GREEN);
    expect(report.sync).toMatchObject({ deleted: 3, backups: 1 });
    const after = await contentOf(folderOf());
    expect(new Set(Object.values(after))).toEqual(new Set(Object.values(there)));
    const moved = Object.keys(after).filter((path) => path.startsWith(".trash/"));
    expect(moved).toHaveLength(3);
    expect(moved.filter((path) => /^\.trash\/\d{8}_\d{6}\/daily\//.test(path))).toEqual(moved);
  });

  test("is refused when it would delete more than allowed, or the newest here is older", async () => {
    const inputs = { remote: remoteOf(), "sync-mode": "sync", "max-delete": "10%" };
    expect(verdicts(await syncLab(lab, inputs))).toEqual(ALL_GREEN);
    const there = await contentOf(folderOf());
    for (const name of [older, newest]) {
      await inBackup(
        lab,
        `mkdir -p /tmp/away && mv /backups/daily/*${name.slice(8, 23)}* /tmp/away/`,
      );
      const error = await syncLab(lab, inputs).catch((thrown: unknown) => thrown);
      await inBackup(lab, "mv /tmp/away/* /backups/daily/ && rmdir /tmp/away");
      expect((error as Failed).explanation.what).toMatch(
        /^Mirroring the backup volume to .* was refused\.$/,
      );
      expect((error as Failed).explanation.why).toMatch(
        name === older
          ? /^It would delete 3 of the remote's 6 files/
          : /^The newest backup here, .* is older/,
      );
    }
    expect(await contentOf(folderOf())).toEqual(there);
  });
});

test("the retention removes from the remote what the volume no longer has, by name", async () => {
  const remote = `${site.remotes.rsync}/kept`;
  const folder = join(site.folder, "rsync", "kept");
  await syncLab(lab, { remote });
  const old = "openspp_20200101_020000";
  for (const name of [`${old}.dump`, `${old}.manifest.json`, "notes.txt"]) {
    await execa("cp", [join(folder, "daily", newest), join(folder, "daily", name)]);
  }
  const report = await syncLab(lab, { remote, retention: "on", "keep-daily": "1", verify: "size" });
  expect(verdicts(report)).toEqual({ ...ALL_GREEN, "offsite-retention": "passed" });
  expect(messageOf(report, "offsite-retention")).toBe(
    `2 backups kept on \`${remote}\`, 1 removed.`,
  );
  const left = Object.keys(await contentOf(folder));
  expect(left).toContain("daily/notes.txt");
  expect(left.filter((path) => path.includes(old))).toEqual([]);
  expect(left.filter((path) => path.endsWith(".dump"))).toHaveLength(2);
});

test("of a backup that the volume no longer has, the dump is read back and proven by its manifest", async () => {
  const remote = `${site.remotes.rsync}/older`;
  await syncLab(lab, { remote, retention: "off" });
  const ofOlder = `*${older.slice(8, 23)}*`;
  await inBackup(lab, `mkdir -p /tmp/away && mv /backups/daily/${ofOlder} /tmp/away/`);
  try {
    const report = await syncLab(lab, { remote, retention: "off", verify: "download" });
    expect(verdicts(report)).toEqual(ALL_GREEN);
    expect(messageOf(report, "offsite-proof")).toBe(
      `Read back, every byte, and its SHA-256 is as it was written: daily/${newest}, daily/${older}. Of daily/${older}, which the volume no longer has, the dump alone.`,
    );
    await flipBit(join(site.folder, "rsync", "older", "daily", older));
    const red = await syncLab(lab, { remote, retention: "off", verify: "download" });
    expect(messageOf(red, "offsite-proof")).toBe(
      `daily/${older} was read back and has another SHA-256 than when it was written.`,
    );
  } finally {
    await inBackup(lab, "mv /tmp/away/* /backups/daily/ && rmdir /tmp/away");
  }
});

test("a cycle copies between its backup and its drill, and a failed copy makes it red", async () => {
  const inputs = { remote: `${site.remotes.rsync}/cycle`, retention: "off" };
  const report = await onLab(lab, cycle, inputs);
  expect(report.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  expect(report.sync).toMatchObject({ copied: 3, newest: report.backup.name, verified: "hash" });
  const names = report.checks.map(({ name }) => name);
  expect(names.indexOf("offsite-copy")).toBeGreaterThan(names.indexOf("manifest"));
  expect(names.indexOf("offsite-copy")).toBeLessThan(names.indexOf("restore"));

  const kept = await onLab(lab, cycle, { remote: inputs.remote, "keep-daily": "30" });
  expect(kept.checks.filter(({ status }) => status !== "passed")).toEqual([]);
  const copies = kept.retention?.promoted.map(({ backup }) => backup) ?? [];
  expect(copies.map((path) => path.split("/")[0])).toEqual(
    expect.arrayContaining(["weekly", "monthly"]),
  );
  const there = Object.keys(await contentOf(join(site.folder, "rsync", "cycle")));
  expect(there).toEqual(expect.arrayContaining(copies));
  expect(kept.sync).toMatchObject({ copied: 1 + copies.length, verified: "hash" });
  expect(names.filter((name) => name === "offsite-copy")).toHaveLength(1);
  await inBackup(lab, "rm -r /backups/weekly /backups/monthly");

  const red = await onLab(lab, cycle, { remote: "nowhere:x", retention: "off" });
  expect(red.verdict).toBe("failed");
  expect(red.checks.filter(({ status }) => status !== "passed").map(({ name }) => name)).toEqual([
    "offsite-copy",
  ]);
  expect(red.checks.map(({ name }) => name)).toContain("content");
});

test("a remote that is gone: red, and what stands there is whole", async () => {
  const remote = `${site.remotes.rsync}/gone`;
  await cutSite(lab.folder);
  const error = await syncLab(lab, { remote }).catch((thrown: unknown) => thrown);
  expect((error as Failed).explanation.why).toMatch(/Connection refused/);
});

/** Looks at every command line of this machine until the returned function is called, which says where a word stood. */
function watchProcesses(word: string): () => Promise<{ looked: boolean; found: string[] }> {
  const over = new AbortController();
  let looked = false;
  const found = new Set<string>();
  const look = async (pid: string) => {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    looked ||= line.includes("rclone\0--config=");
    // The S3 server itself is started with its key.
    if (line.includes(word) && !line.includes("serve\0s3")) found.add(line);
  };
  const watching = (async () => {
    while (!over.signal.aborted) {
      const pids = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
      await Promise.all(pids.map(look));
    }
  })();
  return async () => {
    over.abort();
    await watching;
    return { looked, found: [...found] };
  };
}

afterEach(async () => {
  // A sync only reads the volume.
  expect(await inBackup(lab, "find /backups -name '*.part'")).toBe("");
});

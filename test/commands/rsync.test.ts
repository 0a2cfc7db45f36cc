import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { Rsync } from "../../src/commands/rsync.ts";
import { print } from "../../src/commands/shell.ts";

const tool = new Rsync({ address: "backup@remote.example.org:/backups/openspp/" });
const SSH =
  "ssh -o BatchMode=yes -o StrictHostKeyChecking=yes -o ConnectTimeout=20 -o ServerAliveInterval=15 -o ServerAliveCountMax=4";
const ALWAYS = `rsync --protect-args --no-human-readable --timeout=60 '--rsh=${SSH}'`;
const TO = "backup@remote.example.org:/backups/openspp/";
const DUMP = "daily/openspp_20260115_020000.dump";

describe("commands", () => {
  test("the backups of a remote are listed without the folders below theirs", () => {
    expect(print(tool.list(false))).toBe(
      `${ALWAYS} --recursive --list-only --exclude=/.trash/ --exclude=/.openspp-backup/ --exclude=.openspp-partial/ '--exclude=/*/*/' ${TO}`,
    );
  });

  test("files are uploaded by their exact names, resume, and change none that is there", () => {
    expect(print(tool.upload("/var/x/_data", [DUMP], { bandwidthLimit: 10_240 }))).toBe(
      `${ALWAYS} --times --ignore-existing --partial-dir=.openspp-partial --info=progress2 --outbuf=L --bwlimit=10 --relative /var/x/_data/./${DUMP} ${TO}`,
    );
  });

  test("files are removed by their names alone", () => {
    expect(tool.remove([DUMP]).argv.slice(-5)).toEqual([
      ...["--dirs", "--relative", "--delete-missing-args", `/proc/self/./${DUMP}`, TO],
    ]);
  });

  test("a mirror sends manifests last, deletes no more than said, and keeps it in the trash", () => {
    const flags =
      "--recursive --times --backup --backup-dir=.trash/20260115_020000 --exclude=/.trash/ --exclude=/.openspp-backup/ --exclude=.openspp-partial/ '--exclude=*.part' --info=progress2 --outbuf=L /v/";
    expect(print(tool.mirror("/v", { mostDeleted: 3, trash: ".trash/20260115_020000" }))).toBe(
      `${ALWAYS} '--exclude=*.manifest.json' ${flags} ${TO} && ${ALWAYS} --delete-after --max-delete=3 ${flags} ${TO}`,
    );
  });

  test("a file is read over ssh, its name quoted for the remote's shell", () => {
    expect(tool.read("daily/it's.dump").argv.slice(-2)).toEqual([
      "backup@remote.example.org",
      "cat -- '/backups/openspp/daily/it'\\''s.dump'",
    ]);
    expect(new Rsync({ address: "b@[::1]:x" }).read("a").argv.slice(-2)).toEqual([
      "b@::1",
      "cat -- x/a",
    ]);
  });

  test("a file is read back to its SHA-256, and fails as its reading fails", async () => {
    const [file = "", ...args] = tool.readBack(DUMP).argv;
    const run = (...reading: string[]) =>
      execa(file, [...args.slice(0, 3), ...reading], { reject: false });
    const read = await run("printf", "abc");
    expect(read.stdout).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  -");
    expect(read.exitCode).toBe(0);
    expect((await run("sh", "-c", "printf abc; exit 7")).exitCode).toBe(7);
  });
});

describe("what rsync writes", () => {
  test("is a list of files, folders and links left out", () => {
    const output = [
      "drwxr-xr-x          4,096 2026/01/15 02:00:00 daily",
      "-rw-r--r--        1642230 2026/01/15 02:00:03 daily/a b.dump",
      "lrwxrwxrwx             10 2026/01/15 02:00:03 daily/latest.dump",
    ].join("\n");
    expect(tool.filesIn(output)).toEqual([{ path: "daily/a b.dump", bytes: 1_642_230 }]);
  });

  test("is how far it is", () => {
    expect(tool.progressIn("     524288  33%    1.50MB/s    0:01:02 (xfr#1, to-chk=0/3)")).toEqual({
      ...{ fraction: 0.33, bytes: 524_288, bytesPerSecond: 1_572_864 },
    });
    expect(tool.progressIn("daily/a.dump")).toBeUndefined();
  });

  test("is why it failed, ssh's own words first", () => {
    const stderr = [
      "backup@remote.example.org: Permission denied (publickey).",
      "rsync: connection unexpectedly closed (0 bytes received so far) [sender]",
      "rsync error: unexplained error (code 255) at io.c(232) [sender=3.2.7]",
    ].join("\n");
    expect(tool.whyIn(stderr)).toBe("backup@remote.example.org: Permission denied (publickey).");
    expect(tool.whyIn("rsync error: timeout (code 30)")).toBe("rsync error: timeout (code 30)");
  });

  test("is which files differ", () => {
    expect(tool.comparisonIn({ stdout: "daily/b\n", stderr: "" }, ["daily/a", "daily/b"])).toEqual({
      equal: ["daily/a"],
      differing: ["daily/b"],
    });
  });

  test.each([
    [23, "missing"],
    [255, "passing"],
    [11, "passing"],
    [25, "final"],
  ] as const)("is exit code %s: %s", (exit, trouble) => {
    expect(tool.failureKindOf(exit)).toBe(trouble);
  });
});

import { describe, expect, test } from "vitest";
import { Rclone } from "../../src/commands/rclone.ts";
import { print } from "../../src/commands/shell.ts";
import { Secret } from "../../src/secret.ts";

const tool = new Rclone({ address: "offsite:openspp" });
const ALWAYS =
  "--ask-password=false --retries=1 --low-level-retries=2 --contimeout=10s --timeout=1m --use-json-log --stats=0";
const STATS = "--stats=1s --stats-log-level=NOTICE";
const DUMP = "daily/openspp_20260115_020000.dump";

describe("commands", () => {
  test("the backups of a remote are listed without the folders below theirs", () => {
    expect(print(tool.list(false))).toBe(
      `rclone ${ALWAYS} lsf offsite:openspp --recursive --files-only --format=ps '--separator=|' --max-depth=2`,
    );
    expect(print(tool.list(true))).toBe(
      `rclone ${ALWAYS} lsf offsite:openspp --recursive --files-only --format=ps '--separator=|' '--exclude=/.trash/**'`,
    );
  });

  test("files are uploaded by their exact names, and change none that is there", () => {
    expect(
      print(tool.upload("/var/x/_data", [DUMP, "daily/a[b]*_1.dump"], { bandwidthLimit: 1024 })),
    ).toBe(
      `rclone ${ALWAYS} copy /var/x/_data offsite:openspp --include=/${DUMP} '--include=/daily/a\\[b\\]\\*_1.dump' --immutable --no-traverse --skip-links ${STATS} --bwlimit=1024B`,
    );
  });

  test("a mirror sends manifests last, deletes no more than said, and keeps it in the trash", () => {
    expect(print(tool.mirror("/v", { mostDeleted: 3, trash: ".trash/20260115_020000" }))).toBe(
      `rclone ${ALWAYS} copy /v offsite:openspp '--filter=- *.manifest.json' '--filter=- /.trash/**' '--filter=- /.openspp-backup/**' '--filter=- *.part' '--filter=- *.part/**' --skip-links --backup-dir=offsite:openspp/.trash/20260115_020000 ${STATS} && ` +
        `rclone ${ALWAYS} sync /v offsite:openspp '--filter=- /.trash/**' '--filter=- /.openspp-backup/**' '--filter=- *.part' '--filter=- *.part/**' --skip-links --delete-after --max-delete=3 --backup-dir=offsite:openspp/.trash/20260115_020000 ${STATS}`,
    );
  });

  test("a file is read back to its SHA-256, and written nowhere", () => {
    expect(print(tool.readBack(DUMP, {}))).toBe(
      `rclone ${ALWAYS} hashsum sha256 --download offsite:openspp/${DUMP} ${STATS}`,
    );
  });

  test("what is served is copied whole by one rclone, its names on standard input, its URL in no argv", () => {
    const url = new Secret("http://127.0.0.1:1234/token/");
    const copying = tool.uploadServed(url, [DUMP, "filestore/openspp/ab/ab34"], {});
    expect(print(copying)).toBe(
      `RCLONE_CONFIG_OPENSPP_SERVED_TYPE=http RCLONE_CONFIG_OPENSPP_SERVED_URL=[REDACTED] rclone ${ALWAYS} copy openspp_served: offsite:openspp --files-from-raw=- --transfers=8 --immutable --size-only --no-traverse --multi-thread-streams=0 ${STATS}`,
    );
    expect(copying.input).toBe(`${DUMP}\nfilestore/openspp/ab/ab34\n`);
  });

  test("a remote's own root keeps its meaning", () => {
    expect(print(new Rclone({ address: "offsite:" }).read(DUMP))).toBe(
      `rclone ${ALWAYS} cat offsite:${DUMP}`,
    );
  });

  test("a configuration that was handed in is all that rclone sees, and prints as nothing", () => {
    const config = { RCLONE_CONFIG_OFFSITE_TYPE: new Secret("s3") };
    expect(print(new Rclone({ address: "offsite:x" }, config).read("a"))).toBe(
      `RCLONE_CONFIG_OFFSITE_TYPE=[REDACTED] rclone --config= ${ALWAYS} cat offsite:x/a`,
    );
  });

  test("hashes are compared where the remote has some, else those beneath its encryption", () => {
    expect(print(tool.compare("/v", [DUMP], '{"Hashes": ["md5"]}'))).toContain(" check /v ");
    expect(print(tool.compare("/v", [DUMP], '{"Hashes": []}'))).toContain(" cryptcheck /v ");
  });
});

describe("what rclone writes", () => {
  test("is a list of files", () => {
    expect(tool.filesIn("daily/a|b.dump|12\ndaily/c.dump|3\n")).toEqual([
      { path: "daily/a|b.dump", bytes: 12 },
      { path: "daily/c.dump", bytes: 3 },
    ]);
  });

  test("is how far it is", () => {
    const stats = { bytes: 250, totalBytes: 1000, speed: 50, eta: 15 };
    expect(tool.progressIn(JSON.stringify({ level: "notice", msg: "…", stats }))).toEqual({
      ...{ fraction: 0.25, bytes: 250, bytesPerSecond: 50 },
    });
    expect(tool.progressIn("2026/01/15 02:00:00 NOTICE: hello")).toBeUndefined();
    expect(tool.progressIn("{broken")).toBeUndefined();
  });

  test("is why it failed: its last word, or its last error and of which file", () => {
    const error = (msg: string, object?: string) =>
      JSON.stringify({ level: "error", msg, ...(object && { object }) });
    expect(tool.whyIn(`${error("first")}\n${error("no space left", "daily/a.dump")}\n`)).toBe(
      "daily/a.dump: no space left",
    );
    expect(
      tool.whyIn(`${error("x")}\n2026/01/15 02:00:00 Failed to lsf: didn't find section\n`),
    ).toBe("Failed to lsf: didn't find section");
    expect(tool.whyIn("")).toBeUndefined();
  });

  test.each([
    ["-59m59.449992243s", -3599.449992243],
    ["1h0m0.335673369s", 3600.335673369],
    ["26h1m2s", 93_662],
  ])("is that the clocks are apart: %s", (apart, seconds) => {
    const msg = `Time may be set wrong - time from "127.0.0.1:9000" is ${apart} different from this computer`;
    const notice = JSON.stringify({ level: "notice", msg });
    expect(tool.skewIn(`${notice}\n{"level":"error","msg":"403"}\n`)).toBeCloseTo(seconds);
    expect(tool.skewIn('{"level":"error","msg":"403"}')).toBeUndefined();
  });

  test("is which files are equal, and nothing when it had no hash of some", () => {
    const stdout = "= daily/a.dump\n* daily/b.dump\n- daily/c.dump\n! daily/d.dump\n";
    expect(tool.comparisonIn({ stdout, stderr: "" })).toEqual({
      equal: ["daily/a.dump"],
      differing: ["daily/b.dump", "daily/c.dump"],
    });
    const stderr = '{"level":"notice","msg":"1 hashes could not be checked"}';
    expect(tool.comparisonIn({ stdout, stderr })).toBeUndefined();
  });

  test.each([
    [3, "missing"],
    [1, "passing"],
    [5, "passing"],
    [7, "final"],
    ["SIGKILL", "passing"],
  ] as const)("is exit code %s: %s", (exit, trouble) => {
    expect(tool.failureKindOf(exit)).toBe(trouble);
  });
});

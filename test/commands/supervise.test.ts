import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { SUPERVISOR, supervisor } from "../../src/commands/supervise.ts";
import { alpineTools } from "./alpine.ts";

const alpine = await alpineTools();

/**
 * Stands for a container's first process that buries nobody, such as crond: it runs its arguments
 * with a heartbeat, adopts what they leave behind (PR_SET_CHILD_SUBREAPER), and tells who that is.
 */
const HEIR = `
  syscall(shift(@ARGV) + 0, 36, 1, 0, 0, 0) == 0 or die "prctl: $!";
  my $pid = open(my $stdin, "|-", @ARGV) or die "open: $!";
  syswrite($stdin, "\\n");
  waitpid($pid, 0);
  my $exit = $? >> 8;
  open(my $children, "<", "/proc/$$/task/$$/children") or die "children: $!";
  print "exit $exit, orphans: ", <$children>, "\\n";
`;
const PRCTL = process.arch === "arm64" ? "167" : "157";

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  seconds: number;
}

const shells = [
  { name: "dash", shell: "dash", path: () => process.env.PATH },
  { name: "bash", shell: "bash", path: () => process.env.PATH },
  { name: "busybox sh", shell: join(alpine, "sh"), path: () => alpine },
];

describe.concurrent.each(shells)("under $name", ({ shell, path }) => {
  /** Each test marks its processes by a variable of its own, so that they can be found wherever they went. */
  const mark = () => `mark-${Math.random().toString(36).slice(2)}`;

  function start(argv: readonly string[], marked: string, silence?: number): ChildProcess {
    const lines = silence === undefined ? SUPERVISOR : supervisor(silence);
    return spawn(shell, ["-c", lines, "supervisor", ...argv], {
      // bash takes a socket on its standard input for a login and reads ~/.bashrc, unless it is nested.
      env: { PATH: path(), MARK: marked, SHLVL: "1" },
    });
  }

  async function end(child: ChildProcess): Promise<Ended> {
    const started = performance.now();
    let stdout = "";
    let stderr = "";
    child.stdout?.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on("data", (chunk) => {
      stderr += chunk;
    });
    const [code] = await once(child, "close");
    return { code, stdout, stderr, seconds: (performance.now() - started) / 1000 };
  }

  test.each([
    ["exit 0", 0],
    ["exit 7", 7],
    ["kill -KILL $$", 137],
  ])("`%s` ends with %i, at once, and leaves nothing", async (line, code) => {
    const marked = mark();
    const ended = await end(start(["sh", "-c", line], marked));
    expect(ended).toEqual({ code, stdout: "", stderr: "", seconds: expect.any(Number) });
    expect(ended.seconds).toBeLessThan(4);
    await expectNothingLeft(marked);
  });

  test("all output arrives, each on its own stream", async () => {
    const ended = await end(start(["sh", "-c", "seq 100000; echo oops >&2"], mark()));
    expect(ended.stdout.length).toBe(588895);
    expect(ended.stderr).toBe("oops\n");
  });

  test("a program that does not exist says so", async () => {
    const ended = await end(start(["no-such-program"], mark()));
    expect(ended.code).toBe(127);
    expect(ended.stderr).toContain("no-such-program");
  });

  test("the arguments arrive as they are", async () => {
    const ended = await end(start(["printf", "%s|", "a b", "", "$(x)", "'"], mark()));
    expect(ended.stdout).toBe("a b||$(x)|'|");
  });

  test("when standard input closes, the whole process group ends", async () => {
    const marked = mark();
    const child = start(["sh", "-c", "sleep 60 & sleep 60 & echo started; sleep 60"], marked);
    await once(child.stdout as NodeJS.ReadableStream, "data");
    child.stdin?.end();
    expect((await end(child)).code).toBe(143);
    await expectNothingLeft(marked);
  });

  test("a standard input that was closed from the start ends it too", async () => {
    const marked = mark();
    const child = start(["sleep", "60"], marked);
    child.stdin?.end();
    const ended = await end(child);
    expect(ended.code).toBe(143);
    expect(ended.seconds).toBeLessThan(15);
    await expectNothingLeft(marked);
  });

  test("heartbeats keep it alive, silence ends it", async () => {
    const marked = mark();
    const child = start(["sleep", "60"], marked, 1);
    const over = end(child);
    for (let beat = 0; beat < 5; beat += 1) {
      await sleep(500);
      child.stdin?.write("\n");
    }
    expect(alive(marked)).toContain("sleep 60");
    const ended = await over;
    expect(ended.code).toBe(143);
    expect(ended.seconds).toBeGreaterThan(3);
    expect(ended.seconds).toBeLessThan(15);
    await expectNothingLeft(marked);
  });

  test("what ignores TERM is killed", async () => {
    const marked = mark();
    const child = start(
      ["sh", "-c", "trap '' TERM; echo started; while :; do sleep 1; done"],
      marked,
    );
    await once(child.stdout as NodeJS.ReadableStream, "data");
    child.stdin?.end();
    const ended = await end(child);
    expect(ended.code).toBe(137);
    expect(ended.seconds).toBeGreaterThan(4);
    await expectNothingLeft(marked);
  }, 20_000);

  test("what a command leaves behind in its group ends with it, also when it holds the output", async () => {
    const marked = mark();
    const ended = await end(start(["sh", "-c", "sleep 60 & echo done"], marked));
    expect(ended).toMatchObject({ code: 0, stdout: "done\n" });
    expect(ended.seconds).toBeLessThan(15);
    await expectNothingLeft(marked);
  }, 20_000);

  test("whoever inherits its orphans inherits none", async () => {
    const child = spawn(
      "/usr/bin/perl",
      ["-e", HEIR, PRCTL, shell, "-c", SUPERVISOR, "supervisor", "sleep", "0.3"],
      {
        env: { PATH: path(), SHLVL: "1" },
      },
    );
    expect(await end(child)).toMatchObject({ stdout: "exit 0, orphans: \n", stderr: "" });
  });

  test("a hundred short commands in a row leave no watcher", async () => {
    const marked = mark();
    for (let count = 0; count < 100; count += 1) {
      const { code } = await end(start(["true"], marked));
      expect(code).toBe(0);
    }
    await expectNothingLeft(marked);
  });
});

/** The command lines of the processes, wherever they stand, that were started under a mark; the dead not yet buried left out. */
function alive(mark: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark)) return [];
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ").trim()];
      } catch {
        return [];
      }
    });
}

/** KILL takes its effect a moment after it was sent. */
async function expectNothingLeft(mark: string): Promise<void> {
  for (let attempt = 0; attempt < 40 && alive(mark).length > 0; attempt += 1) await sleep(50);
  expect(alive(mark)).toEqual([]);
}

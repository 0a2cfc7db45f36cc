import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock as clock } from "../../src/clock.ts";
import { and, type Command, program } from "../../src/commands/command.ts";
import { Failed, Unreachable } from "../../src/failure.ts";
import { CommandFailed } from "../../src/host/command-failed.ts";
import type { Host } from "../../src/host/host.ts";
import { type ConnectOptions, connect } from "../../src/host/ssh.ts";
import { Secret } from "../../src/secret.ts";
import { commandLines, isRunning, uniqueNap } from "./processes.ts";
import { type Sshd, startSshd } from "./sshd.ts";

const shell = (line: string, options = {}) => program(["sh", "-c", line], options);

async function logIn(sshd: Sshd, options: Partial<ConnectOptions> = {}): Promise<Host> {
  const key = new Secret(readFileSync(sshd.addKey("ed25519"), "utf8"));
  const { port, user, knownHosts } = sshd;
  return connect({ host: "127.0.0.1", port, user, key, knownHosts }, { clock, ...options });
}

/** Runs a command that must fail, and returns how. */
async function failureOf(running: Promise<unknown>): Promise<Failed & CommandFailed> {
  return running.then(
    () => expect.fail("it succeeded"),
    (error) => error,
  );
}

describe.concurrent("a command", () => {
  let sshd: Sshd;
  let host: Host;
  beforeAll(async () => {
    sshd = await startSshd();
    host = await logIn(sshd);
  });
  afterAll(async () => {
    await host.close();
    await sshd[Symbol.asyncDispose]();
  });

  test("the host is called by user, address and port", () => {
    expect(host.name).toBe(`${sshd.user}@127.0.0.1:${sshd.port}`);
  });

  test("gives its output, each stream apart, and its duration", async () => {
    const output = await host.run(shell("echo out; echo err >&2; sleep 0.5"));
    expect(output).toEqual({ stdout: "out\n", stderr: "err\n", seconds: expect.any(Number) });
    expect(output.seconds).toBeGreaterThan(0.3);
    expect(output.seconds).toBeLessThan(5);
  });

  test("gets its arguments as they are", async () => {
    const words = ["a b", "", "$(touch /tmp/injected)", "it's", '"', "\\", "*", "ä\n"];
    const { stdout } = await host.run(program(["printf", "%s|", ...words]));
    expect(stdout).toBe(words.map((word) => `${word}|`).join(""));
  });

  test("that fails tells its exit code and its last words", async () => {
    const failed = await failureOf(host.run(shell("echo progress; echo why >&2; exit 3")));
    expect(failed).toBeInstanceOf(CommandFailed);
    expect(failed).toMatchObject({ exit: 3, stdout: "progress\n", stderr: "why\n" });
    expect(failed.message).toBe(
      "`sh -c 'echo progress; echo why >&2; exit 3'` ended with exit code 3.\nWhy: why",
    );
  });

  test("that does not exist fails with 127", async () => {
    expect(await failureOf(host.run(program(["no-such-program"])))).toMatchObject({ exit: 127 });
  });

  test("in a row stops at the first that fails", async () => {
    const { stdout } = await host.run(and(program(["echo", "1"]), program(["echo", "2"])));
    expect(stdout).toBe("1\n2\n");
    const failed = await failureOf(host.run(and(program(["false"]), program(["echo", "2"]))));
    expect(failed).toMatchObject({ exit: 1, stdout: "" });
  });

  test("gets an input of 1 MB whole, and its end", async () => {
    const input = "0123456789abcde\n".repeat(65536);
    const { stdout } = await host.run(program(["sh", "-c", "wc -c; echo end"], { input }));
    expect(stdout.split("\n").map((line) => line.trim())).toEqual(["1048576", "end", ""]);
    expect((await host.run(program(["cat"], { input }))).stdout === input).toBe(true);
  });

  test("without an input has an empty one", async () => {
    expect((await host.run(program(["cat"]))).stdout).toBe("");
  });

  test("gives 10 MB of output whole", async () => {
    const { stdout } = await host.run(shell("yes 0123456789abcde | head -n 655360"));
    expect(stdout.length).toBe(10 * 1024 * 1024);
    expect(stdout === "0123456789abcde\n".repeat(655360)).toBe(true);
  });

  test("keeps head and tail of a long standard error, and hands on every line", async () => {
    let lines = 0;
    const { stderr } = await host.run(shell("seq 1 100000 >&2"), {
      onErrorLine: () => {
        lines += 1;
      },
    });
    expect(lines).toBe(100000);
    expect(stderr.replace(/\n\[\d+ bytes left out\]\n/, "").length).toBe(64 * 1024);
    expect(stderr.startsWith("1\n2\n")).toBe(true);
    expect(stderr.endsWith("99999\n100000\n")).toBe(true);
  });

  test("that writes without end is ended", async () => {
    const nap = uniqueNap();
    const failed = await failureOf(host.run(shell(`: ${nap}; cat /dev/zero; :`)));
    expect(failed).toBeInstanceOf(Failed);
    expect(failed.message).toContain("wrote more than 64 MB");
    expect(await isRunning(nap, false)).toBe(false);
  });

  test("speaks UTF-8, whichever way it is cut", async () => {
    const lines: string[] = [];
    const { stdout } = await host.run(
      shell(
        "printf 'gr\\303'; sleep 0.1; printf '\\274n\\n\\344\\270'; sleep 0.1; printf '\\255\\r\\nlast'",
      ),
      { onLine: (line) => lines.push(line) },
    );
    expect(stdout).toBe("grün\n中\r\nlast");
    expect(lines).toEqual(["grün", "中", "last"]);
  });

  test("bytes that are no UTF-8 do no harm", async () => {
    const { stdout } = await host.run(shell("printf 'a\\377\\000b'"));
    expect(stdout).toBe("a\uFFFD\0b");
  });

  test("does not wait for what it leaves behind", async () => {
    const nap = uniqueNap();
    const output = await host.run(shell(`sleep ${nap} & echo done`));
    expect(output.stdout).toBe("done\n");
    expect(output.seconds).toBeLessThan(9);
    expect(await isRunning(nap, false)).toBe(false);
  });

  test("does not wait for ever for a daemon that holds its output", async () => {
    const nap = uniqueNap();
    const output = await host.run(shell(`setsid sleep ${nap} & sleep 0.5; echo done`));
    expect(output.stdout).toBe("done\n");
    expect(output.seconds).toBeGreaterThan(20);
    await host.run(program(["pkill", "-f", `^sleep ${nap}$`]));
  }, 60_000);

  test("is quick: ten in a row", async () => {
    const started = performance.now();
    for (let count = 0; count < 10; count += 1) await host.run(program(["true"]));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe.concurrent("a secret", () => {
  let sshd: Sshd;
  let host: Host;
  const password = new Secret("p'w $x \\ \" geheim-4711");
  beforeAll(async () => {
    sshd = await startSshd();
    host = await logIn(sshd);
  });
  afterAll(async () => {
    await host.close();
    await sshd[Symbol.asyncDispose]();
  });

  test.each<[string, (line: string) => Command]>([
    ["a program", (line) => shell(line, { env: { PGPASSWORD: password } })],
    ["a program with input", (line) => shell(line, { env: { PGPASSWORD: password }, input: "x" })],
    ["a row", (line) => and(program(["true"]), shell(line, { env: { PGPASSWORD: password } }))],
  ])("reaches %s whole, and no command line", async (_name, command) => {
    const nap = uniqueNap();
    const running = host
      .run(command(`printf %s "$PGPASSWORD"; exec timeout 1 sleep ${nap} || :`))
      .catch((error) => error);
    expect(await isRunning(nap, true)).toBe(true);
    expect(commandLines().filter((line) => line.includes("geheim-4711"))).toEqual([]);
    // timeout(1) ends the nap with 124: the command's own words are redacted in the failure.
    expect(await running).toMatchObject({ exit: 124, stdout: "[REDACTED]" });
  });

  test("reaches a program as it is", async () => {
    const command = program(["printenv", "PGPASSWORD"], { env: { PGPASSWORD: password } });
    expect((await host.run(command)).stdout).toBe(`${password.reveal()}\n`);
  });

  test("stands neither in an error nor in a line of progress", async () => {
    const lines: string[] = [];
    const failed = await failureOf(
      host.run(shell('echo "with $P" >&2; exit 1', { env: { P: password } }), {
        onErrorLine: (line) => lines.push(line),
      }),
    );
    expect(lines).toEqual(["with [REDACTED]"]);
    expect(failed.stderr).toBe("with [REDACTED]\n");
    expect(failed.message).not.toContain("geheim-4711");
  });
});

describe.concurrent("many at once", () => {
  test.each([
    [10, 30],
    [3, 20],
    [1, 10],
  ])("under MaxSessions %i, %i commands", async (sessions, count) => {
    await using sshd = await startSshd([`MaxSessions ${sessions}`], ["ed25519"]);
    const host = await logIn(sshd);
    const numbers = Array.from({ length: count }, (_, index) => `${index}\n`);
    const outputs = await Promise.all(
      numbers.map((number) => host.run(shell(`sleep 0.1; printf %s "${number}"`))),
    );
    expect(outputs.map(({ stdout }) => stdout)).toEqual(numbers);
    await host.close();
  });

  test("a server that allows no command at all says so", async () => {
    await using sshd = await startSshd(["MaxSessions 0"]);
    const host = await logIn(sshd);
    const failed = await failureOf(host.run(program(["true"])));
    expect(failed).toBeInstanceOf(Unreachable);
    expect(failed.message).toContain("MaxSessions");
    await host.close();
  });
});

import { describe, expect, test } from "vitest";
import { systemClock as clock } from "../../src/clock.ts";
import { and, program } from "../../src/commands/command.ts";
import { Cancelled } from "../../src/failure.ts";
import { LocalHost } from "../../src/host/local.ts";
import { Secret } from "../../src/secret.ts";
import { commandLines, isRunning, uniqueNap } from "./processes.ts";

const host = new LocalHost(clock);
const shell = (line: string, options = {}) => program(["sh", "-c", line], options);

describe.concurrent("a command on this machine", () => {
  test("gives its output, each stream apart, and its duration", async () => {
    const output = await host.run(shell("echo out; echo err >&2; sleep 0.5"));
    expect(output).toEqual({ stdout: "out\n", stderr: "err\n", seconds: expect.any(Number) });
    expect(output.seconds).toBeGreaterThan(0.3);
  });

  test("that fails tells its exit code and its last words", async () => {
    await expect(host.run(shell("echo why >&2; exit 3"))).rejects.toMatchObject({
      exit: 3,
      message: "`sh -c 'echo why >&2; exit 3'` ended with exit code 3.\nWhy: why",
    });
  });

  test("gets an input of 1 MB whole, and does not mind a reader that stops early", async () => {
    const input = "0123456789abcde\n".repeat(65536);
    expect((await host.run(program(["cat"], { input }))).stdout === input).toBe(true);
    expect((await host.run(program(["true"], { input }))).stdout).toBe("");
  });

  test("gives 10 MB of output whole", async () => {
    const { stdout } = await host.run(shell("yes 0123456789abcde | head -n 655360"));
    expect(stdout === "0123456789abcde\n".repeat(655360)).toBe(true);
  });

  test("gets its secrets, which stand in no command line", async () => {
    const nap = uniqueNap();
    const env = { PGPASSWORD: new Secret("geheim-0815") };
    const running = host.run(
      and(program(["printenv", "PGPASSWORD"], { env }), shell(`timeout 2 sleep ${nap} || :`)),
    );
    expect(await isRunning(nap, true)).toBe(true);
    expect(commandLines().filter((line) => line.includes("geheim-0815"))).toEqual([]);
    expect((await running).stdout).toBe("geheim-0815\n");
  });

  test("ends when it is cancelled", async () => {
    const nap = uniqueNap();
    const abort = new AbortController();
    const running = host.run(program(["sleep", nap]), { signal: abort.signal });
    expect(await isRunning(`sleep ${nap}`, true)).toBe(true);
    abort.abort();
    await expect(running).rejects.toBeInstanceOf(Cancelled);
    expect(await isRunning(`sleep ${nap}`, false)).toBe(false);
  });
});

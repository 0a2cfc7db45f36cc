import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { systemClock as clock } from "../../src/clock.ts";
import { program } from "../../src/commands/command.ts";
import { Cancelled, type Failed, Unreachable } from "../../src/failure.ts";
import type { CommandFailed } from "../../src/host/command-failed.ts";
import type { Host } from "../../src/host/host.ts";
import {
  type ConnectOptions,
  connect,
  KEEPALIVE_COUNT,
  KEEPALIVE_SECONDS,
} from "../../src/host/ssh.ts";
import { Secret } from "../../src/secret.ts";
import { kill } from "../lab/process.ts";
import { isRunning, uniqueNap } from "./processes.ts";
import { childrenOf, type Sshd, startSshd } from "./sshd.ts";

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

describe.concurrent("cancelling", () => {
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

  test("ends the work on the host", async () => {
    const nap = uniqueNap();
    const abort = new AbortController();
    const running = failureOf(host.run(shell(`sleep ${nap} | cat`), { signal: abort.signal }));
    expect(await isRunning(`sleep ${nap}`, true)).toBe(true);
    abort.abort();
    const cancelled = await running;
    expect(cancelled).toBeInstanceOf(Cancelled);
    expect(cancelled.explanation.what).toBe(`\`sh -c 'sleep ${nap} | cat'\` was cancelled.`);
    expect(await isRunning(`sleep ${nap}`, false)).toBe(false);
  });

  test("ends what reads an input, too", async () => {
    const nap = uniqueNap();
    const abort = new AbortController();
    const command = program(
      ["sh", "-c", `cat >/dev/null; while :; do echo ${nap}; sleep 0.1; done`],
      { input: "x" },
    );
    const running = failureOf(host.run(command, { signal: abort.signal }));
    expect(await isRunning(nap, true)).toBe(true);
    abort.abort();
    expect(await running).toBeInstanceOf(Cancelled);
    expect(await isRunning(nap, false)).toBe(false);
  });

  test("does not wait for what does not want to end", async () => {
    const nap = uniqueNap();
    const abort = new AbortController();
    const running = failureOf(
      host.run(shell(`trap '' TERM; : ${nap}; while :; do sleep 0.1; done`), {
        signal: abort.signal,
      }),
    );
    expect(await isRunning(nap, true)).toBe(true);
    await sleep(200);
    const aborted = performance.now();
    abort.abort();
    const cancelled = await running;
    expect(performance.now() - aborted).toBeLessThan(4500);
    expect(cancelled.explanation.state).toBe(
      "It was asked to end, and is killed on the host within 5 s.",
    );
    await sleep(3000);
    expect(await isRunning(nap, false)).toBe(false);
  });

  test("before it starts, runs nothing", async () => {
    const nap = uniqueNap();
    const signal = AbortSignal.abort();
    const cancelled = await failureOf(host.run(program(["sleep", nap]), { signal }));
    expect(cancelled).toBeInstanceOf(Cancelled);
    expect(cancelled.explanation.state).toBe("It had not started.");
    expect(await isRunning(nap, false)).toBe(false);
  });

  test("while it waits in line gives its place to the next", async () => {
    const nap = uniqueNap();
    const abort = new AbortController();
    const busy = Array.from({ length: 8 }, () => host.run(program(["sleep", "0.5"])));
    const waiting = failureOf(host.run(program(["sleep", nap]), { signal: abort.signal }));
    const next = host.run(program(["echo", "next"]));
    abort.abort();
    expect(await waiting).toBeInstanceOf(Cancelled);
    await Promise.all(busy);
    expect((await next).stdout).toBe("next\n");
    expect(await isRunning(nap, false)).toBe(false);
  });
});

describe.concurrent("a connection that is lost", () => {
  test("by a server that dies: noticed at once, and the command ends on the host", async () => {
    await using sshd = await startSshd();
    const host = await logIn(sshd);
    const nap = uniqueNap();
    const running = failureOf(host.run(program(["sleep", nap])));
    expect(await isRunning(`sleep ${nap}`, true)).toBe(true);
    const killed = performance.now();
    for (const session of childrenOf(sshd.pid)) kill(session);
    const lost = await running;
    expect(performance.now() - killed).toBeLessThan(10_000);
    expect(lost).toBeInstanceOf(Unreachable);
    expect(lost.explanation.what).toBe(
      `The SSH connection to ${host.name} was lost while \`sleep ${nap}\` was running.`,
    );
    expect(lost.explanation.state).toBe(
      "The command ends by itself on the host, at the latest after 30 s without a sign of life from here.",
    );
    expect(await isRunning(`sleep ${nap}`, false)).toBe(false);
    expect(await failureOf(host.run(program(["true"])))).toBeInstanceOf(Unreachable);
    await host.close();
  });

  test("by a peer that freezes: noticed by the keepalive", async () => {
    await using sshd = await startSshd();
    const host = await logIn(sshd, { keepaliveSeconds: 0.3 });
    const nap = uniqueNap();
    const running = failureOf(host.run(program(["sleep", nap])));
    expect(await isRunning(`sleep ${nap}`, true)).toBe(true);
    const frozen = performance.now();
    for (const session of childrenOf(sshd.pid)) kill(session, "SIGSTOP");
    const lost = await running;
    expect(performance.now() - frozen).toBeLessThan(10_000);
    expect(lost).toBeInstanceOf(Unreachable);
    expect(lost.explanation.why).toBe("Keepalive timeout");
    for (const session of childrenOf(sshd.pid)) kill(session);
    expect(await isRunning(`sleep ${nap}`, false)).toBe(false);
  });

  test("by a dead peer is noticed within 60 s by default", () => {
    expect(KEEPALIVE_SECONDS * (KEEPALIVE_COUNT + 1)).toBeLessThanOrEqual(20);
  });

  test("by us: what runs when we close ends on the host", async () => {
    await using sshd = await startSshd();
    const host = await logIn(sshd);
    const nap = uniqueNap();
    const running = failureOf(host.run(program(["sleep", nap])));
    expect(await isRunning(`sleep ${nap}`, true)).toBe(true);
    await host.close();
    expect(await running).toBeInstanceOf(Unreachable);
    expect(await isRunning(`sleep ${nap}`, false)).toBe(false);
  });
});

import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { expect } from "vitest";
import { type Outcome, Subject } from "../../lab/bad-input/subject.ts";
import { cutConnections, rebootHost, restartDb } from "../../lab/faults.ts";
import type { Lab } from "../../lab/lab.ts";
import { besideOf } from "./on-production.ts";

const CLI = new URL("../../../src/cli/main.ts", import.meta.url).pathname;

/** What cuts a run off. */
export interface Strike {
  readonly name: string;
  readonly strike: (lab: Lab, pid: number) => Promise<void>;
  /** Whether the services come back before anybody does anything. */
  readonly servicesReturn: "by themselves" | "with the next run";
}

export const STRIKES: readonly Strike[] = [
  {
    name: "the runner killed",
    strike: async (_, pid) => {
      process.kill(pid, "SIGKILL");
    },
    servicesReturn: "by themselves",
  },
  { name: "the connection cut", strike: cutConnections, servicesReturn: "by themselves" },
  { name: "the database restarted", strike: restartDb, servicesReturn: "by themselves" },
  { name: "the host rebooted", strike: rebootHost, servicesReturn: "with the next run" },
];

/** A step that only the server shows. */
export const NAMES_EXCHANGED = "names exchanged";

/** Given a lab and options of `restore`, start one, strike as soon as the log tells the step, and wait for the end of the process. */
export async function strikeAt(
  lab: Lab,
  options: readonly string[],
  step: string,
  { strike }: Strike,
): Promise<Pick<Outcome, "code" | "stderr">> {
  const confirm = `restore openspp on ${lab.ssh.host}`;
  const args = ["restore", ...options, "--confirm", confirm, "--healthy-within", "60s"];
  const running = execa(process.execPath, ["--", CLI, ...args], {
    env: { ...(await lab.env()), SSH_AUTH_SOCK: undefined },
    reject: false,
    stdin: "ignore",
  });
  const begun = Promise.withResolvers<void>();
  const over = new AbortController();
  let told = "";
  running.stderr.on("data", (chunk: Buffer) => {
    told += chunk.toString();
    if (told.includes(step)) begun.resolve();
  });
  if (step === NAMES_EXCHANGED) untilExchanged(lab, over.signal).then(begun.resolve, begun.reject);
  running.then(() => begun.reject(new Error(`it ended before: ${told}`)), begun.reject);
  try {
    await begun.promise;
    await strike(lab, running.pid as number);
    const { exitCode: code, stderr } = await running;
    expect(code).not.toBe(70);
    return { code, stderr };
  } finally {
    over.abort();
    running.kill("SIGKILL");
  }
}

async function untilExchanged(lab: Lab, signal: AbortSignal): Promise<void> {
  const known = (await besideOf(lab)).filter((name) => name.startsWith("openspp_before_"));
  const client = await lab.connect(lab.database.admin, "postgres");
  client.on("error", () => {});
  while (!signal.aborted) {
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_database WHERE datname ~ '^openspp_before_'",
    );
    if (rows[0].n > known.length) break;
    await sleep(5);
  }
  await client.end();
}

/** Given a lab and a command line, run it once the run that died has lost its lock. */
export async function nextRun(lab: Lab, args: readonly string[]): Promise<Outcome> {
  const subject = new Subject(lab);
  const deadline = Date.now() + 120_000;
  for (;;) {
    const outcome = await subject.run(args, { OPENSPP_FILESTORE: "tar.gz" });
    const taken = /is running\.|cannot be reached|was lost|not running|starting up/;
    if (outcome.code === 0 || !taken.test(outcome.error)) return outcome;
    if (Date.now() > deadline) throw new Error(`the lock stays taken: ${outcome.error}`);
    await sleep(500);
  }
}

/** Given a lab, sweep it, once the run that died has lost its lock; returns what it says. */
export async function sweepOnceFree(lab: Lab): Promise<string> {
  const { code, stdout, error } = await nextRun(lab, ["sweep"]);
  expect({ code, error }).toEqual({ code: 0, error: "" });
  return stdout.trim();
}

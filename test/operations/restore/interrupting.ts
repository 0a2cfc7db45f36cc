import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { expect } from "vitest";
import { Failure } from "../../../src/failure.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { Outcome } from "../../lab/bad-input/subject.ts";
import { cutConnections, rebootHost, restartDb } from "../../lab/faults.ts";
import type { Lab } from "../../lab/lab.ts";
import { onLab } from "../on-lab.ts";
import { besideOf } from "./on-production.ts";

const CLI = new URL("../../../src/cli/main.ts", import.meta.url).pathname;

/** What cuts a run off. */
export interface Strike {
  readonly name: string;
  readonly strike: (lab: Lab, pid: number) => Promise<void>;
  /** Whether the services come back before anybody does anything. */
  readonly servicesReturn: "by themselves" | "with the next run";
}

export const REBOOTED: Strike = {
  name: "the host rebooted",
  strike: rebootHost,
  servicesReturn: "with the next run",
};

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
  REBOOTED,
];

/** Steps that only the server shows. */
export const NAMES_EXCHANGED = "names exchanged";
export const IN_PLACE = "what was restored has production's name, and the services are stopped";

/** When they have come, given how many former databases were kept before. */
const SHOWN: Readonly<Record<string, (kept: number) => string>> = {
  [NAMES_EXCHANGED]: (kept) =>
    `(SELECT count(*) FROM d WHERE datname ~ '^openspp_before_') > ${kept}`,
  [IN_PLACE]: () =>
    "EXISTS (SELECT FROM d WHERE datname ~ '^openspp_vacant_') AND NOT EXISTS (SELECT FROM d WHERE datname ~ '^openspp_restore_')",
};

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
  const shown = SHOWN[step];
  if (shown) untilShown(lab, shown, over.signal).then(begun.resolve, begun.reject);
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

async function untilShown(
  lab: Lab,
  shown: (kept: number) => string,
  signal: AbortSignal,
): Promise<void> {
  const known = (await besideOf(lab)).filter((name) => name.startsWith("openspp_before_"));
  const client = await lab.connect(lab.database.admin, "postgres");
  client.on("error", () => {});
  const query = `WITH d AS (SELECT datname FROM pg_database) SELECT ${shown(known.length)} AS shown`;
  while (!signal.aborted && !(await client.query(query)).rows[0].shown) await sleep(5);
  await client.end();
}

/** Does what needs the deployment's lock, once the run that died has lost it and the server answers again. */
export async function onceFree<T>(work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      const taken = /is running\.|cannot be reached|was lost|not running|starting up/;
      if (!(error instanceof Failure && taken.test(error.message))) throw error;
      if (Date.now() > deadline) throw error;
      await sleep(500);
    }
  }
}

/** Sweeps a lab, once the run that died has lost its lock; returns what it says. */
export function sweepOnceFree(lab: Lab): Promise<readonly string[]> {
  return onceFree(() => onLab(lab, sweep));
}

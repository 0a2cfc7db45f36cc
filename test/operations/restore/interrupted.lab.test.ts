import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup.ts";
import { Subject } from "../../lab/bad-input/subject.ts";
import { cutConnections, restartDb } from "../../lab/faults.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { onLab } from "../on-lab.ts";
import {
  besideOf,
  dropBeside,
  markLive,
  production,
  SERVING,
  serviceStates,
  sql,
  unmarkLive,
} from "./on-production.ts";

const CLI = new URL("../../../src/cli/main.ts", import.meta.url).pathname;

/** What the log says when a step begins; the two last ones are seen in the server. */
const STEPS = [
  "Create openspp_restore_",
  "Restore …",
  "Prove every table …",
  "Gather statistics …",
  "Stop the services, exchange, start …",
  "names exchanged",
  "Wait until the services are healthy …",
] as const;

const STRIKES: Readonly<Record<string, (lab: Lab, pid: number) => Promise<void>>> = {
  "the runner killed": async (_, pid) => {
    process.kill(pid, "SIGKILL");
  },
  "the connection cut": cutConnections,
  "the database restarted": restartDb,
};

let lab: Lab;
let dump: string;
let partners: number;

beforeAll(async () => {
  lab = await sharedLab("strict");
  dump = (await onLab(lab, backup)).backup.name;
  ({ partners } = await production(lab));
});

beforeEach(() => markLive(lab));

afterAll(async () => {
  await dropBeside(lab);
  await unmarkLive(lab);
});

describe.each(Object.entries(STRIKES))("%s", (_, strike) => {
  test.each(STEPS)("at: %s", async (step) => {
    const beside = await besideOf(lab);
    await strikeAt(step, strike);

    // Production is wholly the one or wholly the other, and its services come back by themselves.
    await expect.poll(() => serviceStates(lab), { timeout: 60_000 }).toEqual(SERVING);
    const { live, partners: now } = await production(lab);
    expect(now).toBe(partners);
    const kept = (await besideOf(lab)).filter((name) => !beside.includes(name));
    expect(kept.filter((name) => name.startsWith("openspp_before_"))).toHaveLength(live ? 0 : 1);

    // The next run says which, and settles it.
    const sentences = await sweepOnceFree();
    const left = (await besideOf(lab)).filter((name) => !beside.includes(name));
    if (live) {
      expect(left).toEqual([]);
      if (kept[0]?.match(/^openspp_restore_\d+_\d+$/)) {
        expect(sentences).toContain(
          `A restore of ${dump} did not end: it had not taken the place of openspp. Dropped ${kept[0]}.`,
        );
      }
    } else {
      expect(left).toEqual(kept);
      const comment = await sql(
        lab,
        `SELECT shobj_description(oid, 'pg_database') AS text FROM pg_database WHERE datname = '${kept[0]}'`,
      );
      expect(comment[0]?.text).toContain('"confirmed":true');
    }
    expect(await sweepOnceFree()).toBe("Nothing was left to clean up.");
  });
});

/** Starts a restore, strikes as soon as the step begins, and waits for the end of the process. */
async function strikeAt(
  step: (typeof STEPS)[number],
  strike: (lab: Lab, pid: number) => Promise<void>,
): Promise<void> {
  const confirm = `restore openspp on ${lab.ssh.host}`;
  const args = ["restore", "--backup", dump, "--confirm", confirm, "--healthy-within", "60s"];
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
  if (step === "names exchanged") untilExchanged(over.signal).then(begun.resolve, begun.reject);
  running.then(() => begun.reject(new Error(`it ended before: ${told}`)), begun.reject);
  try {
    await begun.promise;
    await strike(lab, running.pid as number);
    const { exitCode } = await running;
    expect(exitCode).not.toBe(70);
  } finally {
    over.abort();
    running.kill("SIGKILL");
  }
}

async function untilExchanged(signal: AbortSignal): Promise<void> {
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

/** Runs a sweep, once the run that died has lost its lock; returns what it says. */
async function sweepOnceFree(): Promise<string> {
  const subject = new Subject(lab);
  const deadline = Date.now() + 60_000;
  for (;;) {
    const { code, stdout, error } = await subject.run(["sweep"]);
    if (code === 0) return stdout.trim();
    if (Date.now() > deadline) throw new Error(`the lock stays taken: ${error}`);
    await sleep(500);
  }
}

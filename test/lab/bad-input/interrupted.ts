import { describe, expect, it } from "vitest";
import { cutConnections, restartDb } from "../faults.ts";
import { expectRefusal, type Running, type Subject } from "./subject.ts";

const [UNREACHABLE, CANCELLED] = [3, 130];

interface Interruption {
  readonly name: string;
  readonly strike: (subject: Subject, pid: number) => Promise<void>;
  /** The exit code; undefined for a process that was killed. */
  readonly code: number | undefined;
  readonly what: RegExp;
}

const signal = (name: NodeJS.Signals) => async (_: Subject, pid: number) => {
  process.kill(pid, name);
};

const INTERRUPTIONS: readonly Interruption[] = [
  {
    name: "the database restarted",
    strike: ({ lab }) => restartDb(lab),
    code: UNREACHABLE,
    what: /was lost/,
  },
  {
    name: "the connection cut",
    strike: ({ lab }) => cutConnections(lab),
    code: UNREACHABLE,
    what: /was lost/,
  },
  {
    name: "SIGINT",
    strike: signal("SIGINT"),
    code: CANCELLED,
    what: /^error: The run was cancelled\.\nState: .*$/,
  },
  {
    name: "SIGTERM",
    strike: signal("SIGTERM"),
    code: CANCELLED,
    what: /^error: The run was cancelled\.\nState: .*$/,
  },
  { name: "SIGKILL", strike: signal("SIGKILL"), code: undefined, what: /^$/ },
];

/** A run that ends in its middle: production is as it was, and the next run removes what is left. */
export function interruptedCases(subject: () => Subject): void {
  describe.each(INTERRUPTIONS)("$name", ({ strike, code, what }) => {
    it("in the middle of a backup", async () => {
      await subject().untouched(async () => {
        const backup = await subject().whileDumpWaits(["backup"], ({ pid }) =>
          strike(subject(), pid),
        );
        await expectInterrupted(backup, code, what);
        await subject().expectSwept();
      });
    });

    it("in the middle of a drill", async () => {
      await subject().untouched(async () => {
        const drill = await subject().spawn(["drill"]);
        await subject().untilRestoreRuns();
        await strike(subject(), drill.pid);
        await expectInterrupted(drill, code, what);
        await subject().expectSwept();
      });
    });
  });
}

async function expectInterrupted(
  { ended }: Running,
  code: number | undefined,
  what: RegExp,
): Promise<void> {
  const outcome = await ended;
  if (code === UNREACHABLE) return expectRefusal(outcome, code, what);
  expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: "" });
  expect(outcome.error.trim()).toMatch(what);
}

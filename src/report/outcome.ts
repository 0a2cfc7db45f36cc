import * as z from "zod/mini";
import { Cancelled, Failed, type Failure, Unreachable, UserMistake } from "../failure.ts";
import { readReport } from "./read-report.ts";
import { type Operation, type Report, reportSchema } from "./report-schema.ts";

/** How a run ended: with a report, or before there was one. */
export type Outcome = Report | EndedEarly;

/** What is kept, in place of a report, of a run that ended before it could report. */
const endedEarlySchema = z.readonly(
  z.object({
    schemaVersion: z.literal(1),
    operation: reportSchema.def.innerType.shape.operation,
    verdict: z.literal("not-run"),
    /** UTC. */
    endedAt: z.iso.datetime(),
    ended: z.readonly(
      z.object({
        // The kinds of failure.ts. `silent` is a run that left nothing, not even why it ended.
        kind: z.enum(["failed", "mistake", "unreachable", "cancelled", "bug", "silent"]),
        what: z.string(),
        why: z.optional(z.string()),
        state: z.optional(z.string()),
        next: z.optional(z.string()),
      }),
    ),
  }),
);

export type EndedEarly = z.infer<typeof endedEarlySchema>;
type EndKind = EndedEarly["ended"]["kind"];

/** `file` names the text in messages. Throws UserMistake when we did not write it. */
export function readOutcome(text: string, file: string): Outcome {
  const ended = endedEarlySchema.safeParse(jsonOf(text));
  return ended.success ? ended.data : readReport(text, file);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function endedEarly(operation: Operation, failure: Failure, now: Date): EndedEarly {
  const { what, why, state, next } = failure.explanation;
  return {
    schemaVersion: 1,
    operation,
    verdict: "not-run",
    endedAt: now.toISOString(),
    ended: {
      kind: kindOf(failure),
      what,
      ...(why && { why }),
      ...(state && { state }),
      ...(next && { next }),
    },
  };
}

/** For a job that left neither a report nor a reason. `result` is how the job ended, in GitHub's words. */
export function endedSilently(operation: Operation, result: string, now: Date): EndedEarly {
  const what =
    result === "cancelled"
      ? "The run was cancelled, or took longer than its time limit, and left no report."
      : `The run ended as \`${result}\` and left no report.`;
  return {
    schemaVersion: 1,
    operation,
    verdict: "not-run",
    endedAt: now.toISOString(),
    ended: {
      kind: result === "cancelled" ? "cancelled" : "silent",
      what,
      state: "Whether it did its work is not known. The next run removes what it may have left.",
      next: "Read the run's log, then run it again.",
    },
  };
}

/** Whether the run got as far as a report. */
export function isReport(outcome: Outcome): outcome is Report {
  return "checks" in outcome;
}

function kindOf(failure: Failure): EndKind {
  if (failure instanceof Unreachable) return "unreachable";
  if (failure instanceof UserMistake) return "mistake";
  if (failure instanceof Cancelled) return "cancelled";
  return failure instanceof Failed ? "failed" : "bug";
}

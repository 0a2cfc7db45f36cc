import { Cancelled, type Explanation, Failed, Failure, Unreachable } from "../../failure.ts";
import type { Run } from "../run.ts";

/**
 * Given what ended a restore in its middle and how things stand then, return it told so. That the server or the line was
 * lost stays that, and is the cause, whatever failed first because of it.
 */
export function cutOff(
  error: unknown,
  { signal }: Pick<Run, "signal">,
  told: Required<Pick<Explanation, "what" | "state" | "next">>,
): Failure {
  const cause: unknown = signal.reason instanceof Unreachable ? signal.reason : error;
  const Kind = cause instanceof Unreachable ? Unreachable : Failed;
  return new Kind({ ...told, why: whyOf(cause) }, { cause });
}

function whyOf(cause: unknown): string {
  if (cause instanceof Cancelled) return "It was cancelled.";
  if (!(cause instanceof Failure)) return String(cause);
  const { what, why } = cause.explanation;
  return why ?? what;
}

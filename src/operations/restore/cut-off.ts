import {
  Cancelled,
  type Explanation,
  Failed,
  type Failure,
  reasonOf,
  Unreachable,
} from "../../failure.ts";
import type { Run } from "../run.ts";

/**
 * Given what ended a restore in its middle and how things stand then, return it told so. That the server or the line was
 * lost stays that, and is the cause, whatever failed first because of it.
 */
export function cutOff(
  error: unknown,
  { signal }: Pick<Run, "signal">,
  explanation: Required<Pick<Explanation, "what" | "state" | "next">>,
): Failure {
  const cause: unknown = signal.reason instanceof Unreachable ? signal.reason : error;
  const Kind = cause instanceof Unreachable ? Unreachable : Failed;
  const why = cause instanceof Cancelled ? "It was cancelled." : reasonOf(cause);
  return new Kind({ ...explanation, why }, { cause });
}

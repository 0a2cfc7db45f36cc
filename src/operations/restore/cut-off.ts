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
 * The failure of a restore that ended in its middle. When the server or the connection was lost, that is the cause, even if
 * something else failed first because of it.
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

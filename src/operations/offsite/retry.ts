import { setTimeout as sleep } from "node:timers/promises";
import { CommandFailed } from "../../host/command-failed.ts";
import { formatDuration } from "../../report/duration.ts";
import { type Offsite, type OffsiteRun, whyOf } from "./offsite.ts";

/** Seconds of pause before each further attempt. */
const PAUSES = [1, 5, 20];

/**
 * Given a command of the remote's tool as a function that runs it, run it until it succeeds, with growing pauses. What
 * an attempt has copied, the next one does not copy again. Throws CommandFailed of the last one.
 */
export async function withRetries<T>(
  { journal, signal }: Pick<OffsiteRun, "journal" | "signal">,
  { tool }: Pick<Offsite, "tool">,
  attempt: () => Promise<T>,
): Promise<T> {
  for (const pause of [...PAUSES, undefined]) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof CommandFailed) || pause === undefined) throw error;
      if (tool.troubleOf(error.exit) !== "passing") throw error;
      journal.log.warning(
        `${tool.name}: ${whyOf({ tool }, error)}; trying again in ${formatDuration(pause)}.`,
      );
      await sleep(pause * 1000, undefined, { signal });
    }
  }
  throw new Error("unreachable");
}

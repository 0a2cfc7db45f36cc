import { setTimeout as sleep } from "node:timers/promises";
import { CommandFailed } from "../../host/command-failed.ts";
import { formatDuration } from "../../words/duration.ts";
import { type Offsite, type OffsiteRun, whyOf } from "./offsite.ts";

/** Seconds of pause before each further attempt, the last one before all that follow. */
const PAUSES = [1, 5, 20, 60];

/**
 * Given a command of the remote's tool as a function that runs it, run it until it succeeds, as often as the settings
 * say, with growing pauses. What an attempt has copied, the next one does not copy again. Throws CommandFailed of the last one.
 */
export async function withRetries<T>(
  { journal, signal }: Pick<OffsiteRun, "journal" | "signal">,
  { tool, retries }: Pick<Offsite, "tool" | "retries">,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof CommandFailed) || failures === retries) throw error;
      if (tool.troubleOf(error.exit) !== "passing") throw error;
      const pause = PAUSES[Math.min(failures, PAUSES.length - 1)] as number;
      journal.log.warning(
        `${tool.name}: ${whyOf({ tool }, error)}; trying again in ${formatDuration(pause)}.`,
      );
      await sleep(pause * 1000, undefined, { signal });
    }
  }
}

import { sentenceOf } from "../failure.ts";
import type { Group } from "../inputs/settings.ts";
import { INPUTS, type Verb } from "../inputs/table.ts";
import type { Log } from "../report/journal.ts";
import type { PastResult } from "../report/past-result.ts";

/** In seconds. The work is done by then, and its report waits for this. */
const MOST_SECONDS = 5;
/** A runner without a token, such as act, leaves the default unchanged. */
const NO_TOKEN = INPUTS["github-token"].default;

const HAVE_TREND = INPUTS["history-branch"].verbs;

/**
 * The results of earlier runs, for a report's trend. There are none outside a workflow, without a
 * token, or for an operation that has no trend. If they cannot be read, the log says so. That is
 * never a Failure, because a backup is as good without a trend.
 */
export async function pastResults(
  operation: Verb,
  { token, historyBranch }: Group<"trend">,
  log: Log,
  signal: AbortSignal,
): Promise<readonly PastResult[]> {
  if (token.reveal() === NO_TOKEN || !HAVE_TREND.includes(operation)) return [];
  try {
    const { workflowRun } = await import("../notify/github/workflow-run.ts");
    const run = await workflowRun(process.env);
    if (!run) return [];
    const [{ GitHub }, { readPastResults }] = await Promise.all([
      import("../notify/github/github-client.ts"),
      import("../notify/github/past-results.ts"),
    ]);
    const inTime = AbortSignal.any([signal, AbortSignal.timeout(MOST_SECONDS * 1000)]);
    const github = new GitHub(run, token, log, inTime, { hurried: true });
    const past = await readPastResults(github, historyBranch);
    if (past === undefined) {
      log.info(`No trend yet: this run's token sees no history on the branch ${historyBranch}.`);
    }
    return past ?? [];
  } catch (error) {
    log.warning(`The report has no trend: ${sentenceOf(error)}`);
    return [];
  }
}

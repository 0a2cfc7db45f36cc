import { debug, isDebug, error as logError, saveState, setOutput, summary } from "@actions/core";
import { systemClock } from "../clock.ts";
import { enter, perform } from "../entry.ts";
import type { Failure } from "../failure.ts";
import { readSettings } from "../inputs/read-settings.ts";
import { readGroups } from "../inputs/read-values.ts";
import type { ACTION_VERBS } from "../inputs/table.ts";
import { toolsOnRunner } from "../operations/tools-on-runner.ts";
import { mayLeaveSomething, VERBS } from "../operations/verbs.ts";
import { renderFailure } from "../report/failure-summary.ts";
import { endedEarly } from "../report/outcome.ts";
import type { Report } from "../report/report-schema.ts";
import { headline, problems, sentences } from "../report/verdict.ts";
import { actionInputs, maskSecrets } from "./action-inputs.ts";
import { GitHubLog } from "./github-log.ts";
import { pastResults } from "./load-past-results.ts";
import { OPERATION, SWEEP } from "./state.ts";

type Action = (typeof ACTION_VERBS)[number];

/** Without `fixed`, the input `command` names the operation. */
export async function runAction(fixed?: Action): Promise<void> {
  let operation: Action = fixed ?? "cycle";
  await enter(
    async (signal) => {
      maskSecrets();
      const groups = ["root", "publish", "trend"] as const;
      const { root, publish: keeping, trend } = await readGroups(actionInputs, groups);
      operation = fixed ?? root.command;
      const settings = await readSettings(actionInputs, process.env.SSH_AUTH_SOCK, operation);
      const log = new GitHubLog(systemClock);
      const onConnected = () => {
        if (mayLeaveSomething(operation)) saveState(SWEEP, "needed");
        saveState(OPERATION, operation);
      };
      const beforeConnecting = async () => {
        const tools = toolsOnRunner(operation, settings);
        if (tools.length === 0) return;
        const { requireTools } = await import("./runner-tools.ts");
        await requireTools(tools, log, signal);
      };
      const performing = { log, signal, beforeConnecting, onConnected };
      const { report } = await perform(operation, VERBS[operation], settings, performing);
      for (const line of report.restore?.plan?.split("\n") ?? []) log.info(line);
      if (cleanedUp(report)) saveState(SWEEP, "done");
      const past = await pastResults(operation, trend, log, signal);
      const { publish } = await import("../report/publish.ts");
      await publish(report, past, { ...keeping, log });
      for (const { warning, name, message } of report.checks) {
        if (warning) log.warning(`${name}: ${message}`);
      }
      if (report.verdict === "passed") return 0;
      logError(explainRed(report), { title: headline(report) });
      return 1;
    },
    (failure, cause) => sayWhy(operation, failure, cause),
  );
}

function cleanedUp({ checks }: Report): boolean {
  return !checks.some(({ name, status }) => name === "cleanup" && status === "failed");
}

function explainRed(report: Report): string {
  const lines = problems(report.checks).flatMap(({ name, message, next }) => [
    `${name}: ${message}`,
    ...(next ? [`  Next: ${next}`] : []),
  ]);
  return [...sentences(report), ...lines].join("\n");
}

/**
 * For a run that ended before there was a report. publish.ts keeps the reason for the job that
 * tells the team.
 */
async function sayWhy(operation: Action, failure: Failure, cause: unknown): Promise<number> {
  logError(failure.message);
  if (isDebug() && cause instanceof Error) debug(cause.stack ?? cause.message);
  if (process.env.GITHUB_OUTPUT) setOutput("verdict", "not-run");
  if (process.env.GITHUB_STEP_SUMMARY)
    await summary.addRaw(renderFailure(failure.explanation)).write();
  if (process.env.GITHUB_RUN_ID) {
    const { keepReason } = await import("../report/publish.ts");
    const ended = endedEarly(operation, failure, systemClock.now());
    await keepReason(ended, new GitHubLog(systemClock));
  }
  return failure.exitCode;
}

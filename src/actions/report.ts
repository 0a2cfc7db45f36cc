import { debug, isDebug, error as logError, setOutput, summary } from "@actions/core";
import { systemClock } from "../clock.ts";
import { enter } from "../entry.ts";
import { UserMistake } from "../failure.ts";
import { readGroups } from "../inputs/read-values.ts";
import { actionInputs, maskSecrets } from "./action-inputs.ts";
import { outcomeOf } from "./find-outcome.ts";
import { GitHubLog } from "./github-log.ts";

/** Tells the team how a run ended, in a job that has a token for GitHub and no key to the deployment. */
await enter(
  async (signal) => {
    maskSecrets();
    const { tell: settings } = await readGroups(actionInputs, ["tell"]);
    const { workflowRun } = await import("../notify/github/workflow-run.ts");
    const run = await workflowRun(process.env);
    if (!run) throw noRun();
    const log = new GitHubLog(systemClock);
    const { outcome, summary: shown } = await outcomeOf(settings, systemClock, log);
    setOutput("verdict", outcome.verdict);
    const [{ GitHub }, { tellTeam }] = await Promise.all([
      import("../notify/github/github-client.ts"),
      import("../operations/tell-team.ts"),
    ]);
    const github = new GitHub(run, settings.token, log, signal);
    await tellTeam(outcome, settings, {
      github,
      run,
      log,
      clock: systemClock,
      signal,
      shown,
      show: async (markdown) => {
        if (process.env.GITHUB_STEP_SUMMARY) await summary.addRaw(`${markdown}\n`).write();
      },
    });
    return 0;
  },
  (failure, cause) => {
    logError(failure.message, { title: "The team was not told" });
    if (isDebug() && cause instanceof Error) debug(cause.stack ?? cause.message);
    return failure.exitCode;
  },
);

function noRun(): UserMistake {
  return new UserMistake({
    what: "This is no workflow run: GITHUB_REPOSITORY is not set.",
    state: "Nobody was told.",
  });
}

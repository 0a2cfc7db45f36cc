import { debug, getState, info, isDebug, warning } from "@actions/core";
import { systemClock } from "../clock.ts";
import { enter, withHost } from "../entry.ts";
import { readSettings } from "../inputs/read-settings.ts";
import type { Verb } from "../inputs/table.ts";
import { actionInputs, maskSecrets } from "./action-inputs.ts";
import { GitHubLog } from "./github-log.ts";
import { OPERATION, SWEEP } from "./state.ts";

/** Runs after every action. It removes what main could not, and never fails the job. */
await enter(
  async (signal) => {
    if (getState(SWEEP) !== "needed") {
      info("Nothing to clean up.");
      return 0;
    }
    maskSecrets();
    const operation = getState(OPERATION) as Verb;
    const settings = await readSettings(actionInputs, process.env.SSH_AUTH_SOCK, operation);
    const { sweep } = await import("../operations/sweep.ts");
    const log = new GitHubLog(systemClock);
    const removed = await withHost(settings.connection, log, signal, (effects) =>
      sweep(settings, effects),
    );
    if (removed.length === 0) log.info("Nothing was left to clean up.");
    return 0;
  },
  (failure, cause) => {
    warning(failure.message, { title: "Clean-up did not finish; the next run does it" });
    if (isDebug() && cause instanceof Error) debug(cause.stack ?? cause.message);
    return 0;
  },
);

import { GitHub } from "../../../src/notify/github/github-client.ts";
import type { WorkflowRun } from "../../../src/notify/github/workflow-run.ts";
import type { Log } from "../../../src/report/journal.ts";
import { Secret } from "../../../src/secret.ts";
import type { ApiServer } from "./api-server.ts";

export const RUN = "https://github.com/ministry/operations/actions/runs/7";

/** Given a server, return a scheduled run of a workflow in its repository. */
export function runOn(api: ApiServer, changes: Partial<WorkflowRun> = {}): WorkflowRun {
  return {
    apiUrl: api.url,
    owner: "ministry",
    repository: "operations",
    id: "7",
    url: RUN,
    event: "schedule",
    ...changes,
  };
}

let clients = 0;

/** Given a server, return a client of it and every line that it logs. */
export function connect(api: ApiServer): { github: GitHub; log: Log; lines: string[] } {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const log: Log = {
    info: say,
    warning: say,
    debug: () => {},
    startGroup: say,
    endGroup: () => {},
    progress: () => {},
    mask: () => {},
  };
  // Each with a limit of its own, as the runs of workflows have.
  const run = runOn(api, { url: `${RUN}?${++clients}` });
  const github = new GitHub(run, new Secret("token"), log, new AbortController().signal);
  return { github, log, lines };
}

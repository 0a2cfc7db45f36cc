import { readFile } from "node:fs/promises";

/** What the runner puts into the environment of each step (GitHub Docs, "Variables reference"). */
export interface WorkflowRun {
  readonly apiUrl: string;
  readonly owner: string;
  readonly repository: string;
  readonly id: string;
  readonly url: string;
  /** The name of the event that started it, for example `schedule`. */
  readonly event: string;
  /** Number of the pull request that it runs for. */
  readonly pullRequest?: number;
}

/** Nothing when this does not run in a workflow. */
export async function workflowRun(env: NodeJS.ProcessEnv): Promise<WorkflowRun | undefined> {
  const [owner, repository] = env.GITHUB_REPOSITORY?.split("/") ?? [];
  if (!owner || !repository) return undefined;
  const server = env.GITHUB_SERVER_URL || "https://github.com";
  const id = env.GITHUB_RUN_ID ?? "";
  const pullRequest = await pullRequestNumber(env);
  return {
    apiUrl: env.GITHUB_API_URL || "https://api.github.com",
    owner,
    repository,
    id,
    url: `${server}/${owner}/${repository}/actions/runs/${id}`,
    event: env.GITHUB_EVENT_NAME ?? "",
    ...(pullRequest !== undefined && { pullRequest }),
  };
}

async function pullRequestNumber(env: NodeJS.ProcessEnv): Promise<number | undefined> {
  if (env.GITHUB_EVENT_NAME !== "pull_request" || !env.GITHUB_EVENT_PATH) return undefined;
  const event: unknown = JSON.parse(await readFile(env.GITHUB_EVENT_PATH, "utf8"));
  return (event as { pull_request?: { number?: number } }).pull_request?.number;
}

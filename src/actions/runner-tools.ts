import { getExecOutput } from "@actions/exec";
import {
  type MachineTool,
  missingTool,
  oldTool,
  REQUIREMENTS,
  silentEngine,
} from "../commands/machine-tools.ts";
import { versionIn } from "../commands/tool-access.ts";
import { lastUsefulLine } from "../host/command-failed.ts";
import type { Log } from "../report/journal.ts";

const RUNNER = "the runner";

/** Logs the versions of the runner's tools. Throws UserMistake where one is missing or too old. */
export async function requireTools(
  tools: readonly MachineTool[],
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const found = await Promise.all(
    tools.map(async (tool) => ({ tool, version: await versionOf(tool, signal) })),
  );
  log.info(`On the runner: ${found.map(({ tool, version }) => `${tool} ${version}`).join(", ")}.`);
  for (const { tool, version } of found) {
    const trouble = oldTool(tool, RUNNER, version);
    if (trouble) throw trouble;
  }
}

async function versionOf(tool: MachineTool, signal: AbortSignal): Promise<string> {
  const { exitCode, stdout, stderr } = await unlessCancelled(() => ask(tool), signal);
  if (tool === "docker" && exitCode !== 0) throw silentEngine(RUNNER, lastUsefulLine(stderr));
  return versionIn(stdout);
}

/** It throws, without starting anything, when the tool is not on the PATH. */
function ask(tool: MachineTool): ReturnType<typeof getExecOutput> {
  const [program = tool, ...args] = REQUIREMENTS[tool].askVersion;
  const asking = getExecOutput(program, args, { silent: true, ignoreReturnCode: true });
  return asking.catch((cause: unknown) => {
    throw missingTool(tool, RUNNER, { cause });
  });
}

/** `@actions/exec` takes no signal, and an engine that hangs would hold the run. */
async function unlessCancelled<Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
): Promise<Result> {
  signal.throwIfAborted();
  const { promise: cancelled, reject } = Promise.withResolvers<never>();
  signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  return Promise.race([work(), cancelled]);
}

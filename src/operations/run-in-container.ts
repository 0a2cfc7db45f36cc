import { inContainer, type Joined, type Program } from "../commands/command.ts";
import type { RunOptions } from "../host/host.ts";
import type { Effects } from "./effects.ts";

/*
 * Where a run's commands go. These are functions and not methods of the run. An operation narrows its
 * run by spreading (`{ ...run, signal }`), and a method would keep the signal of the first run.
 */

/** Without a signal nothing cancels the command. */
interface Reach {
  readonly host: Effects["host"];
  readonly signal?: AbortSignal;
}

interface ReachBackups extends Reach {
  readonly deployment: { readonly backups: { readonly container: string } };
}

interface ReachDatabase extends Reach {
  readonly deployment: { readonly database: { readonly container: string } };
}

type Listening = Omit<RunOptions, "signal">;

/** Returns the command's standard output. Throws CommandFailed. */
export function inBackup(
  run: ReachBackups,
  command: Program | Joined,
  listening?: Listening,
): Promise<string> {
  return runIn(run.deployment.backups.container, run, command, listening);
}

/** Returns the command's standard output. Throws CommandFailed. */
export function onDatabase(run: ReachDatabase, command: Program | Joined): Promise<string> {
  return runIn(run.deployment.database.container, run, command);
}

/**
 * For what must be done although the run was cancelled: to remove something, or to find out what
 * became of it.
 */
export function uncancelled<Running extends Reach>(run: Running): Omit<Running, "signal"> {
  const { signal: _, ...rest } = run;
  return rest;
}

async function runIn(
  container: string,
  { host, signal }: Reach,
  command: Program | Joined,
  listening: Listening = {},
): Promise<string> {
  const { stdout } = await host.run(inContainer(container, command), { ...listening, signal });
  return stdout;
}

import { inContainer, type Joined, type Program } from "../commands/command.ts";
import type { RunOptions } from "../host/host.ts";
import type { Effects } from "./effects.ts";

/*
 * Where a run's commands go. These are functions over the run, and not methods of it: a story narrows its run by
 * spreading (`{ ...run, signal }`), and a method that was made with the first run would keep the first signal.
 */

/** What it takes to run a command somewhere. Without a signal nothing cancels the command. */
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

/** Runs it in the backup container, and returns its standard output. Throws CommandFailed. */
export function inBackup(
  run: ReachBackups,
  command: Program | Joined,
  listening?: Listening,
): Promise<string> {
  return runIn(run.deployment.backups.container, run, command, listening);
}

/** Runs it in the container of the database server, and returns its standard output. Throws CommandFailed. */
export function onDatabase(run: ReachDatabase, command: Program | Joined): Promise<string> {
  return runIn(run.deployment.database.container, run, command);
}

/** The same run for what must be done although it was cancelled: removing, and telling what became of it. */
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

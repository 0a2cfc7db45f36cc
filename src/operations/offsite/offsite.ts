import type { Listing } from "../../backups/listing.ts";
import { remoteListing } from "../../backups/offsite-plan.ts";
import type { StoredFile } from "../../backups/stored-file.ts";
import type { Command, Joined, Program } from "../../commands/command.ts";
import { missingTool, oldTool } from "../../commands/machine-tools.ts";
import { Rclone } from "../../commands/rclone.ts";
import type { RemoteTool, Transfer } from "../../commands/remote-tool.ts";
import { Rsync } from "../../commands/rsync.ts";
import { print } from "../../commands/shell.ts";
import {
  lookForTool,
  NO_TOOL,
  parseToolAccess,
  type ToolAccess,
  withEveryFileReadable,
} from "../../commands/tool-access.ts";
import type { BackupSite } from "../../deployment/deployment.ts";
import { Failed, UserMistake } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Host, Output } from "../../host/host.ts";
import type { Remote } from "../../inputs/parse/addresses.ts";
import type { Settings } from "../../inputs/settings.ts";
import { retry } from "../../retry.ts";
import { formatDuration } from "../../words/duration.ts";
import type { Effects } from "../effects.ts";

/** A remote, the tool that speaks to it, and the machine on which the tool runs. */
export interface Offsite {
  readonly remote: Remote;
  readonly tool: RemoteTool;
  readonly host: Host;
  /** How often what was interrupted is tried again. */
  readonly retries: number;
  /**
   * Wraps a command of the tool so that it may read the backup volume, and write to the folder
   * `changing`.
   */
  readonly within: (command: Program | Joined, changing?: string) => Command;
}

export interface OffsiteRun extends Effects {
  readonly settings: Settings;
  readonly deployment: BackupSite;
}

/**
 * The remote of the settings, once the tool was found on the machine that copies. Throws
 * UserMistake when the tool is missing or too old.
 */
export function openOffsite(run: OffsiteRun): Promise<Offsite> {
  return run.settings.sync.from === "runner" ? openFrom(run, run.runner) : openFromHost(run);
}

/** A machine without a backup volume copies none of its own files. */
const NO_FOLDER = "/dev/null";

/** The remote for a machine that needs no backup volume. Throws as `openOffsite` does. */
export async function openFrom(
  run: Pick<OffsiteRun, "settings" | "journal" | "signal">,
  machine: Host,
): Promise<Offsite> {
  const { found } = await findTool(run, machine, NO_FOLDER);
  return { ...found, within: (command) => command };
}

/** The remote for the deployment's host. Throws as `openOffsite` does. */
export async function openFromHost(run: OffsiteRun): Promise<Offsite> {
  const { image, hostPath } = run.deployment.backups;
  const { found, access } = await findTool(run, run.host, hostPath);
  return {
    ...found,
    within: (command, changing) => {
      const allowed = access.uid === 0 || (access.readable && changing === undefined);
      return allowed ? command : withEveryFileReadable(command, image, access, changing);
    },
  };
}

function requireRemote({ sync }: Settings): Remote {
  if (sync.remote) return sync.remote;
  throw new UserMistake({
    what: "No remote was named.",
    why: "`remote` says where the off-site copy is.",
    state: "Nothing was done.",
    next: "Name one, for example `offsite:openspp-backups` for rclone or `backup@remote.example.org:/backups/openspp` for rsync.",
  });
}

async function findTool(
  { settings, journal, signal }: Pick<OffsiteRun, "settings" | "journal" | "signal">,
  host: Host,
  folder: string,
): Promise<{ found: Omit<Offsite, "within">; access: ToolAccess }> {
  const remote = requireRemote(settings);
  for (const secret of Object.values(settings.sync.rcloneConfig ?? {})) {
    if (!secret.common) journal.log.mask(secret.reveal());
  }
  const tool =
    remote.tool === "rsync" ? new Rsync(remote) : new Rclone(remote, settings.sync.rcloneConfig);
  const look = lookForTool(tool.version(), folder);
  const access = await host.run(look, { signal }).then(
    ({ stdout }) => parseToolAccess(stdout),
    (error: unknown) => {
      if (error instanceof CommandFailed && error.exit === NO_TOOL)
        throw missingTool(tool.name, host.name);
      throw error;
    },
  );
  const trouble = oldTool(tool.name, host.name, access.version);
  if (trouble) throw trouble;
  return { found: { remote, tool, host, retries: settings.sync.retries }, access };
}

/**
 * The remote's files: those of the backups alone, or with `deep` all but the trash. A folder that
 * does not exist yet counts as empty.
 */
export async function listFilesOf(
  { tool, host, remote }: Offsite,
  signal: AbortSignal,
  deep = false,
): Promise<readonly StoredFile[]> {
  try {
    const { stdout } = await host.run(tool.list(deep), { signal });
    return tool.filesIn(stdout);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (tool.failureKindOf(error.exit) === "missing") return [];
    throw new Failed(
      {
        what: `${host.name} cannot list \`${remote.address}\`.`,
        why: whyOf({ tool }, error),
        state: "No backup on the remote was changed.",
        next: nextOf({ tool, host }, error),
      },
      { cause: error },
    );
  }
}

/** The remote's backups, newest first; their paths start with a slash. */
export async function listOffsite(
  run: Pick<OffsiteRun, "deployment" | "signal">,
  offsite: Offsite,
  offset: string,
): Promise<Listing> {
  const files = await listFilesOf(offsite, run.signal);
  return remoteListing(files, run.deployment.database.name, offset);
}

/** Runs a command of the remote's tool and reports its progress. Throws CommandFailed. */
export function runTool(
  { tool, host }: Offsite,
  command: Command,
  signal: AbortSignal,
  onProgress: (transfer: Transfer) => void = () => {},
): Promise<Output> {
  const onLine = (line: string) => {
    const transfer = tool.progressIn(line);
    if (transfer) onProgress(transfer);
  };
  return host.run(command, { signal, onLine, onErrorLine: onLine });
}

/** Seconds before the first attempts after the failure, and before all later ones. */
const FIRST_PAUSES = [1, 5, 20];
const LONGEST_PAUSE = 60;

/**
 * Repeats a command of the remote's tool as often as the settings say, when the cause may go away
 * by itself. What one attempt has copied is not copied again. Throws the last CommandFailed.
 */
export function withRetries<T>(
  { journal, signal }: Pick<OffsiteRun, "journal" | "signal">,
  { tool, retries }: Pick<Offsite, "tool" | "retries">,
  attempt: () => Promise<T>,
): Promise<T> {
  return retry(attempt, {
    pauses: Array.from({ length: retries }, (_, index) => FIRST_PAUSES[index] ?? LONGEST_PAUSE),
    mayPass: (error) =>
      error instanceof CommandFailed && tool.failureKindOf(error.exit) === "passing",
    onPause: (error, seconds) => {
      const why = whyOf({ tool }, error as CommandFailed);
      journal.log.warning(`${tool.name}: ${why}; trying again in ${formatDuration(seconds)}.`);
    },
    signal,
  });
}

/** The line of the tool's output that says why it failed. */
export function whyOf({ tool }: Pick<Offsite, "tool">, error: CommandFailed): string {
  return tool.whyIn(error.stderr) ?? error.reason;
}

/** What to do after the tool's failure. A remote refuses what is signed by a clock that is far off. */
export function nextOf(
  { tool, host }: Pick<Offsite, "tool" | "host">,
  error: CommandFailed,
): string {
  const skew = tool.skewIn(error.stderr);
  if (skew === undefined) return `Try it there, by hand: ${print(tool.manualCommand())}`;
  const apart = `about ${formatDuration(Math.round(Math.abs(skew) / 60) * 60)} ${skew > 0 ? "ahead of" : "behind"}`;
  return `The clock of ${host.name} is ${apart} the remote's, and a remote refuses what is signed at another time. Set the wrong clock by NTP (timedatectl set-ntp true), and run it again.`;
}

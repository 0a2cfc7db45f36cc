import { filesOf } from "../../backups/listing.ts";
import { planRetention } from "../../backups/retention-plan.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, failed, passed } from "../../report/check.ts";
import { counted } from "../../words/count.ts";
import { policyOf } from "../retention/apply-retention.ts";
import { type Offsite, type OffsiteRun, runTool, whyOf } from "./offsite.ts";
import type { RemoteContent, VolumeContent } from "./volume-and-remote.ts";

/** A command line cannot be longer than the host allows, so files are removed in parts. */
const PATHS_AT_ONCE = 200;

export interface RemotePruning {
  readonly check: Check;
  /** Backups that were removed there, and their files. */
  readonly removed: number;
  readonly deleted: number;
}

/**
 * Applies the deployment's retention to the remote, by names alone. A backup that is still in the
 * volume also stays on the remote, whatever the plan says.
 */
export async function pruneRemote(
  run: OffsiteRun,
  offsite: Offsite,
  here: VolumeContent,
  { listing }: RemoteContent,
): Promise<RemotePruning> {
  const { settings, deployment, journal, signal } = run;
  const policy = policyOf({ settings, deployment });
  const plan = planRetention({ ...listing, policy, now: here.stamp });
  const local = new Set(here.files.map(({ path }) => `/${path}`));
  const going = plan.going.filter(({ backup }) => !local.has(backup.path));
  const paths = going.flatMap(({ backup }) => filesOf(backup)).map((path) => path.slice(1));
  for (const { backup, reason } of going) {
    journal.log.info(`Removing ${backup.path.slice(1)} from the remote: ${reason}.`);
  }
  const kept = `${counted(listing.backups.length - going.length, "backup")} kept on \`${offsite.remote.address}\``;
  try {
    for (let from = 0; from < paths.length; from += PATHS_AT_ONCE) {
      const command = offsite.tool.remove(paths.slice(from, from + PATHS_AT_ONCE));
      await runTool(offsite, command, signal);
    }
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const sentence = `${counted(going.length, "backup")} could not be removed from \`${offsite.remote.address}\`: ${whyOf(offsite, error)}`;
    const next =
      "See whether the credentials may delete there, or switch it off: `retention: off`.";
    return { check: failed("offsite-retention", sentence, next), removed: 0, deleted: 0 };
  }
  return {
    check: passed("offsite-retention", `${kept}, ${going.length} removed.`),
    removed: going.length,
    deleted: paths.length,
  };
}

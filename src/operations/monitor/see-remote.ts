import { Failed, UserMistake } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";
import type { Effects } from "../effects.ts";
import { listFilesOf, openFrom } from "../offsite/offsite.ts";
import type { RemoteEvidence } from "./findings/remote-copies.ts";

/** rclone tries a connection for 10 s, twice; a remote that says nothing at all must not hold the monitor. */
const PATIENCE_SECONDS = 75;

/**
 * Given the settings, list the remote that they name, from the machine that copies, and return its files, or why that
 * cannot be done; nothing where no remote is named. The remote is only read.
 */
export async function seeRemote(
  settings: Settings,
  effects: Effects,
): Promise<RemoteEvidence | undefined> {
  const { remote, from } = settings.sync;
  if (!remote) return undefined;
  const { address } = remote;
  const patience = AbortSignal.timeout(PATIENCE_SECONDS * 1000);
  const signal = AbortSignal.any([effects.signal, patience]);
  try {
    const machine = from === "runner" ? effects.runner : effects.host;
    const offsite = await openFrom({ ...effects, settings, signal }, machine);
    return { address, files: await listFilesOf(offsite, signal) };
  } catch (error) {
    if (effects.signal.aborted) throw error;
    if (patience.aborted) {
      return { address, trouble: `\`${address}\` did not answer within ${PATIENCE_SECONDS} s.` };
    }
    if (!(error instanceof Failed || error instanceof UserMistake)) throw error;
    const { next } = error.explanation;
    return { address, trouble: error.sentence, ...(next && { next }) };
  }
}

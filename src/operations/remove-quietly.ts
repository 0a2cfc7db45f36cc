import { removeTrees } from "../commands/backup-files.ts";
import { reasonOf } from "../failure.ts";
import type { Run } from "./run.ts";
import { inBackup, uncancelled } from "./run-in-container.ts";

/**
 * Removes paths in the backup container, and returns whether it could. It throws nothing and
 * ignores a cancellation, because another failure is already on its way. A warning names what
 * stays.
 */
export async function removeQuietly(run: Run, paths: readonly string[]): Promise<boolean> {
  try {
    await inBackup(uncancelled(run), removeTrees(paths));
    return true;
  } catch (trouble) {
    run.journal.log.warning(`${paths.join(", ")} could not be removed (${reasonOf(trouble)}).`);
    return false;
  }
}

import { poolOf } from "../../backups/backup-name.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Run } from "../run.ts";
import { inBackup } from "../run-in-container.ts";
import { LIST_CHANGED, prunePool } from "./commands/prune-files.ts";

/**
 * Removes the files of the pool that no backup names any more, and returns how many. The run holds the lock, so no backup
 * adds to the pool meanwhile. Throws Failed when a list was changed.
 */
export async function pruneFilestores(run: Run): Promise<number> {
  const { directory } = run.deployment.backups;
  const { name } = run.deployment.database;
  try {
    return Number(await inBackup(run, prunePool(directory, name, poolOf(directory, name))));
  } catch (error) {
    if (!(error instanceof CommandFailed && error.exit === LIST_CHANGED)) throw error;
    throw new Failed(
      {
        what: "No file of the filestore's pool was removed.",
        why: error.explanation.why,
        state: "The pool holds more than the backups need; nothing is lost.",
        next: "That list was changed or damaged after it was written. Remove its backup, and look at the disk.",
      },
      { cause: error },
    );
  }
}

import { poolOf } from "../../backups/backup-name.ts";
import { inContainer } from "../../commands/command.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Run } from "../run.ts";
import { LIST_CHANGED, prunePool } from "./commands/prune-files.ts";

/**
 * Given a run whose retention has removed backups, remove the files of the pool that no backup names any more, and return
 * how many. It holds the lock, so no backup adds to the pool meanwhile.
 */
export async function pruneFilestores({ host, deployment, signal }: Run): Promise<number> {
  const { container, directory } = deployment.backups;
  const { name } = deployment.database;
  const command = prunePool(directory, name, poolOf(directory, name));
  try {
    return Number((await host.run(inContainer(container, command), { signal })).stdout);
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

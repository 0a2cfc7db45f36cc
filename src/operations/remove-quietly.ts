import { removeTrees } from "../commands/backup-files.ts";
import { inContainer } from "../commands/command.ts";
import { reasonOf } from "../failure.ts";
import type { Run } from "./run.ts";

/**
 * Given a run and paths in its backup container, remove them and return whether that was possible. It throws
 * nothing and heeds no cancellation: a failure is on its way, and what stays is named in a warning.
 */
export async function removeQuietly(run: Run, paths: readonly string[]): Promise<boolean> {
  const { host, deployment, journal } = run;
  try {
    await host.run(inContainer(deployment.backups.container, removeTrees(paths)));
    return true;
  } catch (trouble) {
    journal.log.warning(`${paths.join(", ")} could not be removed (${reasonOf(trouble)}).`);
    return false;
  }
}

import type { RestorePlan } from "../backups/restore-plan.ts";
import { removeFiles } from "../commands/backup-files.ts";
import { and, type InContainer, inContainer, type Joined } from "../commands/command.ts";
import { pgRestore, writeRestoreList } from "../commands/postgres.ts";
import { counted } from "../report/count.ts";
import type { Archive } from "./archive.ts";
import type { Run } from "./run.ts";
import { RESTORE_LIST } from "./throwaway.ts";

/**
 * Given an opened archive, its plan, and the throwaway database with its extensions, restore it in one exchange:
 * the extensions' own rows as the admin role, all data as its owner and in parallel, and last what only a
 * superuser may create.
 */
export async function restoreThrowaway(
  run: Run,
  archive: Archive,
  plan: RestorePlan,
): Promise<void> {
  const { host, journal, signal } = run;
  let finished = 0;
  await host.run(restoreCommand(run, archive, plan), {
    signal,
    onErrorLine: (line) => {
      if (!line.startsWith("pg_restore: finished item ")) return;
      finished += 1;
      const total = Math.max(finished, plan.ownerEntries);
      journal.log.progress(finished / total, `of ${counted(total, "entry", "entries")} restored`);
    },
  });
}

/** Given a plan, return the command that restores an archive by it, for the backup container. */
export function restoreCommand(
  { deployment, settings, applicationName }: Run,
  { backup }: Archive,
  plan: RestorePlan,
): InContainer {
  const { backups, policy } = deployment;
  const { innerHost: host, innerPort: port, owner, admin } = deployment.database;
  const connection = { host, port, database: settings.drill.throwawayDatabase, applicationName };
  const restore = (role: typeof owner, jobs: number) =>
    pgRestore(
      { ...connection, role },
      { file: backup.path, list: RESTORE_LIST, jobs, noOwner: policy === "strict" },
    );
  const asAdmin = (ids: readonly number[]): Joined[] =>
    ids.length === 0
      ? []
      : [and(writeRestoreList(backup.path, RESTORE_LIST, "keep", ids), restore(admin, 1))];
  const notTheOwners = [...plan.leftOut, ...plan.adminFirst, ...plan.adminLast];
  return inContainer(
    backups.container,
    and(
      ...asAdmin(plan.adminFirst),
      writeRestoreList(backup.path, RESTORE_LIST, "leave out", notTheOwners),
      restore(owner, settings.drill.jobs ?? deployment.cores),
      ...asAdmin(plan.adminLast),
      removeFiles([RESTORE_LIST]),
    ),
  );
}

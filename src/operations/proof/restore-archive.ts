import {
  type Entries,
  planRestore,
  planTables,
  type Selection,
  selectById,
} from "../../backups/restore-plan.ts";
import { removeFiles } from "../../commands/backup-files.ts";
import { and, type InContainer, inContainer, type Joined } from "../../commands/command.ts";
import { pgRestore, psql, writeRestoreList } from "../../commands/postgres.ts";
import { RESTORE_LIST } from "../drill/throwaway.ts";
import type { Run } from "../run.ts";
import type { Archive } from "./archive.ts";
import { extensionsToCreate } from "./create-extensions.ts";
import type { Target } from "./prove.ts";

/**
 * Given an opened archive and an empty database, restore the one into the other in one exchange: the
 * extensions and their own rows as the admin role, all data as its owner and in parallel, and last what only a
 * superuser may create.
 */
export async function restoreArchive(
  run: Run,
  archive: Archive,
  { name: database, tables, settings = {} }: Target,
): Promise<void> {
  const { host, signal, facts, deployment } = run;
  const { statements, schemas } = extensionsToCreate(archive, facts, deployment.database);
  const extensions = {
    relations: new Set(facts.extensionRelations),
    schemas: new Set(schemas),
  };
  const plan = tables
    ? planTables(archive.contents, tables, extensions)
    : planRestore(archive.contents, extensions);
  const target = { name: database, settings };
  await host.run(restoreCommand(run, archive, target, selectById(plan), statements), { signal });
}

/** Given a database, which entries are whose and what creates the extensions, return the command that restores an archive, for the backup container. */
export function restoreCommand(
  { deployment, settings, applicationName }: Run,
  { backup }: Archive,
  { name: database, settings: tuning = {} }: Pick<Target, "name" | "settings">,
  { adminFirst, owner: owners, adminLast }: Selection,
  createExtensions: readonly string[],
): InContainer {
  const { backups, policy } = deployment;
  const { innerHost: host, innerPort: port, owner, admin } = deployment.database;
  const connection = { host, port, database, applicationName, settings: tuning };
  const restore = (role: typeof owner, jobs: number) =>
    pgRestore(
      { ...connection, role },
      { file: backup.path, list: RESTORE_LIST, jobs, noOwner: policy === "strict" },
    );
  const asAdmin = (entries: Entries): Joined[] =>
    "length" in entries && entries.length === 0
      ? []
      : [and(writeRestoreList(backup.path, RESTORE_LIST, "keep", entries), restore(admin, 1))];
  return inContainer(
    backups.container,
    and(
      ...(createExtensions.length === 0
        ? []
        : [psql({ ...connection, role: admin }, createExtensions)]),
      ...asAdmin(adminFirst),
      writeRestoreList(backup.path, RESTORE_LIST, owners.mode, owners.entries),
      restore(owner, settings.proof.jobs ?? deployment.cores),
      ...asAdmin(adminLast),
      removeFiles([RESTORE_LIST]),
    ),
  );
}

import {
  type Entries,
  planRestore,
  planTables,
  type Selection,
  selectKeysApart,
} from "../../backups/restore-plan.ts";
import { removeFiles } from "../../commands/backup-files.ts";
import {
  and,
  type InContainer,
  inContainer,
  type Joined,
  program,
} from "../../commands/command.ts";
import { pgRestore, psql, writeRestoreList } from "../../commands/postgres.ts";
import { RESTORE_LIST } from "../drill/throwaway-database.ts";
import type { Run } from "../run.ts";
import { extensionsToCreate } from "./create-extensions.ts";
import type { Archive } from "./open-archive.ts";
import type { RestoreTarget } from "./prove-database.ts";

/** The command prints this line when nothing that is left can change a row. */
const ROWS_ARE_IN = "rows are in";

/**
 * One command on the host. It restores, in this order:
 *
 * - the extensions and their own rows, as the admin role;
 * - all data as its owner, in parallel;
 * - the foreign keys;
 * - what only a superuser may create.
 *
 * Throws CommandFailed.
 *
 * `onRows` is called when every row is final and indexed. What is left then takes no lock that blocks a reader (PostgreSQL
 * manual, "Table-Level Locks": ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE).
 */
export async function restoreArchive(
  run: Run,
  archive: Archive,
  { name: database, tables, settings = {} }: RestoreTarget,
  onRows: () => void = () => {},
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
  await host.run(restoreCommand(run, archive, target, selectKeysApart(plan), statements), {
    signal,
    onLine: (line) => {
      if (line === ROWS_ARE_IN) onRows();
    },
  });
}

/** For the backup container. The selection says which entries which role restores. */
export function restoreCommand(
  { deployment, settings, applicationName }: Run,
  { backup }: Archive,
  { name: database, settings: tuning = {} }: Pick<RestoreTarget, "name" | "settings">,
  { adminFirst, owner: owners, keys, adminLast }: Selection,
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
  const asOwner = (mode: "keep" | "leave out", entries: Entries): Joined =>
    and(
      writeRestoreList(backup.path, RESTORE_LIST, mode, entries),
      restore(owner, settings.proof.jobs ?? deployment.cores),
    );
  return inContainer(
    backups.container,
    and(
      ...(createExtensions.length === 0
        ? []
        : [psql({ ...connection, role: admin }, createExtensions)]),
      ...asAdmin(adminFirst),
      asOwner(owners.mode, owners.entries),
      ...(keys ? [program(["echo", ROWS_ARE_IN]), asOwner("keep", keys)] : []),
      ...asAdmin(adminLast),
      removeFiles([RESTORE_LIST]),
    ),
  );
}

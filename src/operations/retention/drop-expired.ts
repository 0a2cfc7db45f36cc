import {
  COMMENTED_DATABASES_QUERY,
  type ExtraDatabase,
  expiredDatabases,
  extraDatabasesIn,
} from "../../backups/extra-databases.ts";
import { tryDropLeftover } from "../drop-leftover.ts";
import { keptFilestores, removeKeptFilestore } from "../filestore/kept-filestores.ts";
import { expiredFilestores, type KeptFilestore } from "../filestore/kept-record.ts";
import { removeFolders } from "../filestore/restore-filestore.ts";
import type { Run } from "../run.ts";

/** What restores kept, and whose time is over by the server's clock. */
export interface Expired {
  readonly databases: readonly ExtraDatabase[];
  readonly filestores: readonly KeptFilestore[];
}

export async function findExpired(run: Run): Promise<Expired> {
  const { session, deployment } = run;
  const [[commented, now], filestores] = await Promise.all([
    session.values<[Parameters<typeof extraDatabasesIn>[0], string]>([
      COMMENTED_DATABASES_QUERY,
      "SELECT now()::text",
    ]),
    keptFilestores(run),
  ]);
  const today = new Date(now);
  return {
    databases: expiredDatabases(extraDatabasesIn(commented, deployment.database.name), today),
    filestores: expiredFilestores(filestores, today),
  };
}

/**
 * Removes what is expired. A kept filestore goes before its database, so that the next run finds
 * both again if the filestore cannot be removed.
 */
export async function dropExpired(run: Run, { databases, filestores }: Expired): Promise<void> {
  for (const { name, mark } of databases) {
    if (mark.is === "former" && mark.filestore) await removeFolders(run, [mark.filestore.aside]);
    await tryDropLeftover(run, name);
  }
  for (const record of filestores) await removeKeptFilestore(run, record, record.aside);
}

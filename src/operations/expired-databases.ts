import {
  COMMENTED_QUERY,
  expired,
  type SideDatabase,
  sideDatabases,
} from "../backups/side-database.ts";
import { dropDatabase } from "../commands/databases.ts";
import { removeFolders } from "./filestore/restore.ts";
import type { Run } from "./run.ts";

/** Given a run, return the databases that restores kept beside production for a time that is over by the server's clock. */
export async function expiredDatabases({
  session,
  deployment,
}: Run): Promise<readonly SideDatabase[]> {
  const [commented, now] = (await session.values([COMMENTED_QUERY, "SELECT now()::text"])) as [
    Parameters<typeof sideDatabases>[0],
    string,
  ];
  return expired(sideDatabases(commented, deployment.database.name), new Date(now));
}

/** Given a run and such databases, drop them, each after the filestore that was kept with it: what is left of one is tried again. */
export async function dropExpired(run: Run, databases: readonly SideDatabase[]): Promise<void> {
  for (const { name, mark } of databases) {
    if (mark.is === "former" && mark.filestore) await removeFolders(run, [mark.filestore.aside]);
    await run.session.batch([dropDatabase(name)]);
  }
}

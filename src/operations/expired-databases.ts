import {
  COMMENTED_QUERY,
  expired,
  type SideDatabase,
  sideDatabases,
} from "../backups/side-database.ts";
import { dropDatabase } from "../commands/databases.ts";
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

/** Given a run and such databases, drop them. */
export async function dropExpired(
  { session }: Run,
  databases: readonly SideDatabase[],
): Promise<void> {
  for (const { name } of databases) await session.batch([dropDatabase(name)]);
}

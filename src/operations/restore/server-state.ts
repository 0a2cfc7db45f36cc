import {
  COMMENTED_QUERY,
  type SideDatabase,
  sideDatabases,
  type Vacant,
  vacancyIn,
} from "../../backups/side-database.ts";
import { type DatabaseProperties, propertiesQuery } from "../../checks/database-properties.ts";
import type { Locked } from "../locked.ts";

/** What stands on the deployment's server: production, and what restores left beside it. */
export interface ServerState {
  /** What production is, apart from its content; null when there is none. */
  readonly production: DatabaseProperties | null;
  /** The same, also when it was dropped for a restore that is not done; null when nobody knows. */
  readonly properties: DatabaseProperties | null;
  /** What has production's name while it is dropped. */
  readonly vacancy?: Vacant;
  /** Databases of ours beside it. */
  readonly beside: readonly SideDatabase[];
}

export async function serverState({
  maintenance,
  deployment,
}: Pick<Locked, "maintenance" | "deployment">): Promise<ServerState> {
  const { name } = deployment.database;
  const [found, commented] = await maintenance.values<
    [DatabaseProperties | null, Parameters<typeof sideDatabases>[0]]
  >([propertiesQuery(name), COMMENTED_QUERY]);
  const vacancy = vacancyIn(commented, name);
  return {
    production: vacancy ? null : found,
    properties: vacancy ? vacancy.properties : found,
    ...(vacancy && { vacancy }),
    beside: sideDatabases(commented, name),
  };
}

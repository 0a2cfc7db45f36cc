import {
  COMMENTED_DATABASES_QUERY,
  type ExtraDatabase,
  extraDatabasesIn,
  type PlaceholderMark,
  placeholderIn,
} from "../../backups/extra-databases.ts";
import { type DatabaseProperties, propertiesQuery } from "../../checks/database-properties.ts";
import type { LockedRun } from "../locked.ts";

/** What stands on the deployment's server: production, and what restores left beside it. */
export interface ServerState {
  /** What production is, apart from its content; null when there is none. */
  readonly production: DatabaseProperties | null;
  /** The same, also when it was dropped for a restore that is not done; null when nobody knows. */
  readonly properties: DatabaseProperties | null;
  /** What has production's name while it is dropped. */
  readonly placeholder?: PlaceholderMark;
  /** Databases of ours beside it. */
  readonly extraDatabases: readonly ExtraDatabase[];
}

export async function serverState({
  maintenance,
  deployment,
}: Pick<LockedRun, "maintenance" | "deployment">): Promise<ServerState> {
  const { name } = deployment.database;
  const [found, commented] = await maintenance.values<
    [DatabaseProperties | null, Parameters<typeof extraDatabasesIn>[0]]
  >([propertiesQuery(name), COMMENTED_DATABASES_QUERY]);
  const placeholder = placeholderIn(commented, name);
  return {
    production: placeholder ? null : found,
    properties: placeholder ? placeholder.properties : found,
    ...(placeholder && { placeholder }),
    extraDatabases: extraDatabasesIn(commented, name),
  };
}

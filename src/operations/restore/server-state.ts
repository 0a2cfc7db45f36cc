import {
  COMMENTED_DATABASES_QUERY,
  type ExtraDatabase,
  extraDatabasesIn,
  type PlaceholderMark,
  placeholderIn,
} from "../../backups/extra-databases.ts";
import { type DatabaseProperties, propertiesQuery } from "../../checks/database-properties.ts";
import type { LockedRun } from "../locked.ts";

/** The databases on the deployment's server: production, and what restores left next to it. */
export interface ServerState {
  /** Null when there is no production database. */
  readonly production: DatabaseProperties | null;
  /** Also there when production was dropped for a restore that is not done. Null when they are not known. */
  readonly properties: DatabaseProperties | null;
  /** What has production's name while it is dropped. */
  readonly placeholder?: PlaceholderMark;
  /** Databases that restores left next to production. */
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

import type { ListedFilestore } from "../../backups/listing.ts";
import type { DatabaseProperties } from "../../checks/database-properties.ts";
import { type Command, inContainer } from "../../commands/command.ts";
import { psql } from "../../commands/postgres.ts";
import { MAINTENANCE_DATABASE } from "../../database/lock.ts";
import type { FilestoreExchange } from "../filestore/restore-filestore.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { Run } from "../run.ts";
import type { ServiceContainers } from "./stop-services.ts";

/** One step of a restore, as commands that a person could run. */
export interface RestoreStep {
  readonly title: string;
  readonly text: string;
  readonly commands: readonly Command[];
  /** Set when the step is needed only in the case that its title names. */
  readonly ifNeeded?: true;
}

/** What a restore is planned from. */
export interface RestoreStepInput {
  readonly run: Run;
  readonly archive: Archive;
  /** Null when there is no production database. */
  readonly production: DatabaseProperties | null;
  readonly containers: ServiceContainers;
  readonly incoming: string;
  readonly former: string;
  /** What has production's name while it is dropped. */
  readonly placeholder: string;
  readonly strategy: "swap" | "replace" | "copy";
  /** The filestore that comes with it. */
  readonly filestore?: { readonly listed: ListedFilestore; readonly names: FilestoreExchange };
  /** The only tables to restore; all of them without any. */
  readonly tables?: readonly string[];
  readonly healthyWithinSeconds: number;
  /** Where the archive is, in the backup container. */
  readonly path: string;
  /** Whether the steps are for this archive only, or for any archive of this deployment. */
  readonly picks: "this archive" | "any archive";
}

export function onMaintenanceDatabase(run: Run, statements: readonly string[]): Command {
  return inDatabase(run, MAINTENANCE_DATABASE, statements);
}

/** As the admin role. */
export function inDatabase(
  { deployment, applicationName }: Run,
  database: string,
  statements: readonly string[],
): Command {
  const { innerHost: host, innerPort: port, admin } = deployment.database;
  const connection = { host, port, role: admin, database, applicationName };
  return inContainer(deployment.backups.container, psql(connection, statements));
}

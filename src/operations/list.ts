import { COMMENTED_DATABASES_QUERY, extraDatabasesIn } from "../backups/extra-databases.ts";
import type { ListedBackup } from "../backups/listing.ts";
import { MAINTENANCE_DATABASE } from "../database/lock.ts";
import type { Deployment } from "../deployment/deployment.ts";
import { discover } from "../deployment/discover.ts";
import { Failure } from "../failure.ts";
import type { Settings } from "../inputs/settings.ts";
import { APPLICATION } from "./application.ts";
import type { Effects } from "./effects.ts";
import { keptFilestores } from "./filestore/kept-filestores.ts";
import { listBackups } from "./list-backups.ts";
import { maskPasswords } from "./locked.ts";
import { type KeptItem, keptItems } from "./restore/kept-databases.ts";
import { withSession } from "./sessions.ts";

export type { ListedBackup };

export interface DeploymentListing {
  /** In the backup volume, newest first. */
  readonly backups: readonly ListedBackup[];
  /** What restores keep next to production. Null when the database server does not answer. */
  readonly kept: readonly KeptItem[] | null;
}

/** It takes no lock. */
export async function list(settings: Settings, effects: Effects): Promise<DeploymentListing> {
  const deployment = await discover(effects.host, settings.deployment, effects);
  maskPasswords(deployment, effects);
  const [{ listing }, kept] = await Promise.all([
    listBackups(effects, deployment),
    findKept(effects, deployment),
  ]);
  return { backups: listing.backups, kept };
}

/** The backups are worth listing although the server is down. */
async function findKept(
  effects: Effects,
  deployment: Deployment,
): Promise<DeploymentListing["kept"]> {
  const { name, admin } = deployment.database;
  const options = {
    role: admin,
    name: MAINTENANCE_DATABASE,
    applicationName: `${APPLICATION} list`,
  };
  try {
    const [commented, filestores] = await Promise.all([
      withSession({ ...effects, deployment }, options, (session) =>
        session.value<Parameters<typeof extraDatabasesIn>[0]>(COMMENTED_DATABASES_QUERY),
      ),
      keptFilestores({ ...effects, deployment }),
    ]);
    return keptItems(extraDatabasesIn(commented, name), filestores);
  } catch (error) {
    if (!(error instanceof Failure) || effects.signal.aborted) throw error;
    effects.journal.log.warning(
      `What restores keep next to production cannot be found out: ${error.sentence}`,
    );
    return null;
  }
}

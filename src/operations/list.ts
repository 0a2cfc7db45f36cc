import type { ListedBackup } from "../backups/listing.ts";
import { discover } from "../deployment/discover.ts";
import type { Settings } from "../settings.ts";
import type { Effects } from "./effects.ts";
import { listBackups } from "./list-backups.ts";
import { maskPasswords } from "./locked.ts";

export type { ListedBackup };

/** Given the settings, return the backups in the deployment's volume, newest first; takes no lock. */
export async function list(settings: Settings, effects: Effects): Promise<readonly ListedBackup[]> {
  const deployment = await discover(effects.host, settings.deployment, effects);
  maskPasswords(deployment, effects);
  const { listing } = await listBackups(effects, deployment);
  return listing.backups;
}

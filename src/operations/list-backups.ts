import { type Listing, parseListing } from "../backups/listing.ts";
import { listFiles, stampIn, stampNow } from "../commands/backup-files.ts";
import { and } from "../commands/command.ts";
import type { BackupSite } from "../deployment/deployment.ts";
import type { Effects } from "./effects.ts";
import { inBackup } from "./run-in-container.ts";

interface Listed {
  readonly listing: Listing;
  /** The files as `listFiles` prints them. */
  readonly lines: string;
  /** The backup container's clock, and its offset from UTC. */
  readonly stamp: string;
  readonly offset: string;
}

/** What is in the deployment's backup volume now. */
export async function listBackups(
  { host, signal }: Pick<Effects, "host"> & Partial<Pick<Effects, "signal">>,
  deployment: Pick<BackupSite, "backups" | "database">,
): Promise<Listed> {
  const { backups, database } = deployment;
  const command = and(stampNow(), listFiles(backups.directory));
  const output = await inBackup({ host, signal, deployment }, command);
  const { stamp, offset, rest: lines } = stampIn(output);
  const listing = parseListing(lines, backups.directory, database.name, offset);
  return { listing, lines, stamp, offset };
}

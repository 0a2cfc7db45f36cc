import { type Listing, parseListing } from "../backups/listing.ts";
import { listFiles, stampNow } from "../commands/backup-files.ts";
import { and, inContainer } from "../commands/command.ts";
import type { BackupSite } from "../deployment/deployment.ts";
import type { Effects } from "./effects.ts";

/** Given a deployment, return the backups in its volume, its files as `listFiles` prints them, and what its backup container's clock says. */
export async function listBackups(
  { host, signal }: Pick<Effects, "host"> & Partial<Pick<Effects, "signal">>,
  { backups, database }: Pick<BackupSite, "backups" | "database">,
): Promise<{ listing: Listing; lines: string; stamp: string; offset: string }> {
  const command = inContainer(backups.container, and(stampNow(), listFiles(backups.directory)));
  const { stdout } = await host.run(command, { signal });
  const at = stdout.indexOf("\n");
  const [stamp = "", offset = "+0000"] = stdout.slice(0, at).split(" ");
  const lines = stdout.slice(at + 1);
  return {
    listing: parseListing(lines, backups.directory, database.name, offset),
    lines,
    stamp,
    offset,
  };
}

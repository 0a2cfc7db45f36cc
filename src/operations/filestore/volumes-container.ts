import {
  type InThrowaway,
  inThrowaway,
  type Joined,
  type Program,
} from "../../commands/command.ts";
import { throwawayLabelOf } from "../../commands/docker.ts";
import type { BackupSite, Filestore } from "../../deployment/deployment.ts";

/** The work folder inside a throwaway container; it is removed with the container. */
export const WORK = "/tmp/openspp-backup";

export interface VolumeAccess {
  readonly backups: "read" | "write";
  readonly filestore?: { readonly at: Filestore; readonly may: "read" | "write" };
}

/**
 * The container of its own has the volumes at the paths that the deployment's containers have, whether these run or not. It
 * shares the backup container's network, and so reaches the database. It runs as root, because the files belong to Odoo's
 * user. It leaves no log on the host.
 */
export function inVolumesContainer(
  site: BackupSite,
  { backups, filestore }: VolumeAccess,
  command: Program | Joined,
): InThrowaway {
  const { container, image } = site.backups;
  const volumesOf = (name: string, may: "read" | "write") =>
    `--volumes-from=${name}${may === "read" ? ":ro" : ""}`;
  const options = [
    "--user=0:0",
    "--log-driver=none",
    `--label=${throwawayLabelOf(site.project)}`,
    `--network=container:${container}`,
    volumesOf(container, backups),
    ...(filestore ? [volumesOf(filestore.at.container, filestore.may)] : []),
  ];
  return inThrowaway(image, command, { options });
}

import {
  type InThrowaway,
  inThrowaway,
  type Joined,
  type Program,
} from "../../commands/command.ts";
import { throwawayLabelOf } from "../../commands/docker.ts";
import type { BackupSite, Filestore } from "../../deployment/deployment.ts";

/** Where a throwaway container keeps what goes with it. */
export const WORK = "/tmp/openspp-backup";

/** What a command may do to the backups, and to the filestore when it needs that. */
export interface VolumeAccess {
  readonly backups: "read" | "write";
  readonly filestore?: { readonly at: Filestore; readonly may: "read" | "write" };
}

/**
 * Given a deployment, what a command may do and the command, return it in a container of its own: with the volumes where the
 * deployment's containers have them, whether these run or not, and the backup container's way to the database. It is
 * root, because the files belong to whom Odoo runs as, and leaves no log on the host.
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
    ...["--user=0:0", "--log-driver=none", `--label=${throwawayLabelOf(site.project)}`],
    `--network=container:${container}`,
    volumesOf(container, backups),
    ...(filestore ? [volumesOf(filestore.at.container, filestore.may)] : []),
  ];
  return inThrowaway(image, command, { options });
}

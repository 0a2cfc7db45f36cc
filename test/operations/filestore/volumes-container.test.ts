import { expect, test } from "vitest";
import { program } from "../../../src/commands/command.ts";
import { print } from "../../../src/commands/shell.ts";
import type { BackupSite } from "../../../src/deployment/deployment.ts";
import {
  inVolumesContainer,
  type VolumeAccess,
} from "../../../src/operations/filestore/volumes-container.ts";

const site = {
  project: "prod",
  backups: { container: "prod-backup-1", image: "sha256:7" },
} as BackupSite;
const at = { container: "prod-odoo-1", directory: "/var/lib/odoo/filestore", volume: "prod_odoo" };
const printed = (access: VolumeAccess) => print(inVolumesContainer(site, access, program(["ls"])));

const START =
  "docker run --rm --pull never --entrypoint '' --user=0:0 --log-driver=none --label=openspp-backup=prod --network=container:prod-backup-1";

test.each<[string, VolumeAccess, string]>([
  ["a drill only reads the backups", { backups: "read" }, "--volumes-from=prod-backup-1:ro"],
  [
    "a backup only reads the filestore",
    { backups: "write", filestore: { at, may: "read" } },
    "--volumes-from=prod-backup-1 --volumes-from=prod-odoo-1:ro",
  ],
  [
    "a restore only reads the backups",
    { backups: "read", filestore: { at, may: "write" } },
    "--volumes-from=prod-backup-1:ro --volumes-from=prod-odoo-1",
  ],
])("%s", (_, access, volumes) => {
  expect(printed(access)).toBe(`${START} ${volumes} sha256:7 ls`);
});

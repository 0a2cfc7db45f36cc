import { removeFiles } from "../../commands/backup-files.ts";
import { inContainer } from "../../commands/command.ts";
import { readRecords, writeRecord } from "../../commands/record-files.ts";
import type { Deployment } from "../../deployment/deployment.ts";
import type { Effects } from "../effects.ts";
import {
  type KeptFilestore,
  keptFilestorePath,
  keptFilestoresIn,
  parseKeptFilestores,
  serializeKeptFilestore,
} from "./kept-record.ts";
import { removeFolders } from "./restore-filestore.ts";

type Reading = Pick<Effects, "host" | "signal"> & {
  readonly deployment: Pick<Deployment, "backups" | "database" | "filestore">;
};

/** Given a run, return what the backup volume remembers of filestores that restores exchanged alone, oldest first. */
export async function keptFilestores(run: Reading): Promise<readonly KeptFilestore[]> {
  const { host, deployment, signal } = run;
  const { folder, prefix } = keptFilestoresIn(deployment.backups.directory);
  const command = inContainer(deployment.backups.container, readRecords(folder, prefix));
  const { stdout } = await host.run(command, { signal });
  return parseKeptFilestores(stdout, deployment.database.name);
}

/** Given a run and a record, leave it in the backup volume: before what it says is done, so that the next run can finish it. */
export async function remember(
  { host, deployment }: Reading,
  record: KeptFilestore,
): Promise<void> {
  const { container, directory } = deployment.backups;
  const text = serializeKeptFilestore(record);
  await host.run(inContainer(container, writeRecord(keptFilestorePath(directory, record), text)));
}

/** Given a run and a record, forget it, after the folder of that name is removed, if one is given. */
export async function forget(
  run: Parameters<typeof removeFolders>[0],
  record: KeptFilestore,
  folder?: string,
): Promise<void> {
  const { host, deployment } = run;
  const { container, directory } = deployment.backups;
  if (folder !== undefined) await removeFolders(run, [folder]);
  await host.run(inContainer(container, removeFiles([keptFilestorePath(directory, record)])));
}

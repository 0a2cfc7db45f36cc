import { poolOf } from "../../backups/backup-name.ts";
import type { Filestore } from "../../deployment/deployment.ts";
import { UserMistake } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Run } from "../run.ts";
import { measureFiles, measureNewFiles } from "./commands/measure-files.ts";
import { PACKER } from "./commands/read-files.ts";
import { LACKS_ZSTD, NO_PACKER } from "./commands/scripts.ts";
import { readsFilestore } from "./save-filestore.ts";
import { inVolumesContainer, WORK } from "./volumes-container.ts";

/** What a backup's filestore will take in the backup volume. */
export interface FilestoreEstimate {
  readonly bytes: number;
  /** Absent when the size is that of the last archive of its kind, so that no file was measured. */
  readonly measured?: "files" | "new files";
}

/**
 * For the backup that is about to be taken. Throws UserMistake when the tool that packs the filestore is
 * missing: the user should know that before the dump is written, not after it.
 */
export async function estimateFilestore(run: Run): Promise<FilestoreEstimate> {
  const { settings, deployment, listing } = run;
  const kind = settings.backup.filestore;
  if (kind === "off" || !deployment.filestore || !readsFilestore(run)) return { bytes: 0 };
  if (kind === "incremental") {
    return { bytes: await measure(run, deployment.filestore), measured: "new files" };
  }
  const last = listing.backups.find(({ filestore }) => filestore?.kind === kind)?.filestore;
  // The reference script writes these, so their tool is where it runs.
  if (last && kind === "tar.gz") return { bytes: last.bytes };
  const bytes = await measure(run, deployment.filestore);
  return last ? { bytes: last.bytes } : { bytes, measured: "files" };
}

async function measure(run: Run, at: Filestore): Promise<number> {
  const { host, deployment, settings, signal } = run;
  const { name } = deployment.database;
  const reading = { work: WORK, jobs: 1 };
  const filestore = `${at.directory}/${name}`;
  const kind = settings.backup.filestore;
  const command =
    kind === "tar.gz" || kind === "tar.zst"
      ? measureFiles(reading, filestore, PACKER[kind])
      : measureNewFiles(reading, filestore, poolOf(deployment.backups.directory, name));
  try {
    const access = { backups: "read", filestore: { at, may: "read" } } as const;
    return Number(
      (await host.run(inVolumesContainer(deployment, access, command), { signal })).stdout,
    );
  } catch (error) {
    if (!(error instanceof CommandFailed && error.exit === NO_PACKER)) throw error;
    const state = "Nothing was written; the earlier backups are as they were.";
    throw new UserMistake({ ...LACKS_ZSTD, state }, { cause: error });
  }
}

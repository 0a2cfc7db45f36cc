import { filesOf, type ListedBackup } from "../../backups/listing.ts";
import { formatBytes } from "../../report/bytes.ts";
import { type Offsite, type OffsiteRun, runTool } from "./offsite.ts";
import { withRetries } from "./retry.ts";

/**
 * Given a backup as `listOffsite` lists it and a folder on the machine where the tool runs, copy the backup's files
 * into it, each into its own folder: `daily/…`. What is in the folder already is not copied again. Throws CommandFailed.
 */
export async function fetchBackup(
  run: OffsiteRun,
  offsite: Offsite,
  backup: ListedBackup,
  folder: string,
): Promise<void> {
  const paths = filesOf(backup).map((path) => path.replace(/^\//, ""));
  const command = offsite.tool.download(paths, folder, run.settings.sync);
  await withRetries(run, offsite, () =>
    runTool(offsite, offsite.within(command, folder), run.signal, ({ fraction }) =>
      run.journal.log.progress(fraction, `of ${formatBytes(backup.bytes)} fetched`),
    ),
  );
}

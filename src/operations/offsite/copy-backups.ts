import { poolOf } from "../../backups/backup-name.ts";
import type { BackupFiles, CopyPlan } from "../../backups/offsite-plan.ts";
import type { LocalFile, StoredFile } from "../../backups/stored-file.ts";
import type { Transfer } from "../../commands/remote-tool.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { formatBytes } from "../../words/bytes.ts";
import { counted } from "../../words/count.ts";
import { formatDuration } from "../../words/duration.ts";
import { type Offsite, type OffsiteRun, runTool, whyOf, withRetries } from "./offsite.ts";
import { relayFiles } from "./relay-files.ts";

/** What was copied to the remote, and what stopped it early. */
export interface CopyResult {
  readonly backups: readonly string[];
  readonly bytes: number;
  /** Files that were deleted there. */
  readonly deleted: number;
  readonly stopped?: { readonly at: string; readonly why: string };
}

/**
 * Copies what the remote lacks, one backup after the other: first its dump and filestore, then its
 * manifest. It stops at the first backup that cannot be copied.
 */
export async function copyMissing(
  run: OffsiteRun,
  offsite: Offsite,
  { pool, missing }: CopyPlan,
): Promise<CopyResult> {
  const total = missing.reduce((sum, { files }) => sum + sizeOf(files), sizeOf(pool));
  const backups: string[] = [];
  let bytes = 0;
  const copyPart = async (part: readonly LocalFile[], what: typeof copyFiles) => {
    const before = bytes;
    const onProgress = (sent: number, speed: number) =>
      logProgress(run, before + sent, total, speed);
    await withRetries(run, offsite, () => what(run, offsite, part, onProgress));
    bytes += sizeOf(part);
  };
  if (pool.length > 0) {
    run.journal.log.info(`Copying ${counted(pool.length, "file")} of the filestore's pool`);
    try {
      await copyPart(pool, copyPool);
    } catch (error) {
      return { backups, bytes, deleted: 0, stopped: stoppedAt("the pool", offsite, error) };
    }
  }
  for (const backup of missing) {
    run.journal.log.info(`Copying ${backup.dump} (${formatBytes(sizeOf(backup.files))})`);
    try {
      for (const part of inOrder(backup)) await copyPart(part, copyFiles);
    } catch (error) {
      return { backups, bytes, deleted: 0, stopped: stoppedAt(backup.dump, offsite, error) };
    }
    backups.push(backup.dump);
  }
  return { backups, bytes, deleted: 0 };
}

/** Logs the progress, in bytes and in bytes per second. */
export function logProgress(
  { journal }: OffsiteRun,
  done: number,
  total: number,
  speed: number,
): void {
  const left = speed > 0 ? `${formatDuration((total - done) / speed)} left` : undefined;
  const detail = left && `${formatBytes(speed)}/s, ${left}`;
  journal.log.progress(done / total, `of ${formatBytes(total)} copied`, detail);
}

async function copyFiles(
  run: OffsiteRun,
  offsite: Offsite,
  files: readonly LocalFile[],
  onProgress: (bytes: number, bytesPerSecond: number) => void,
): Promise<void> {
  const { settings, deployment, signal } = run;
  const tell = ({ bytes, bytesPerSecond }: Transfer) => onProgress(bytes, bytesPerSecond);
  if (settings.sync.from === "runner") return relayFiles(run, offsite, files, tell);
  const paths = files.map(({ path }) => path);
  const command = offsite.tool.upload(deployment.backups.hostPath, paths, settings.sync);
  await runTool(offsite, offsite.within(command), signal, tell);
}

/** The host compares and copies the whole folder at once. */
async function copyPool(
  run: OffsiteRun,
  offsite: Offsite,
  files: readonly LocalFile[],
  onProgress: (bytes: number, bytesPerSecond: number) => void,
): Promise<void> {
  const { settings, deployment, signal } = run;
  if (settings.sync.from === "runner") return copyFiles(run, offsite, files, onProgress);
  const folder = poolOf("", deployment.database.name).slice(1);
  const command = offsite.tool.uploadFolder(deployment.backups.hostPath, folder, settings.sync);
  await runTool(offsite, offsite.within(command), signal, (transfer) =>
    onProgress(transfer.bytes, transfer.bytesPerSecond),
  );
}

/** What stopped a copy. Throws an error that is no failure of the tool. */
function stoppedAt(
  at: string,
  offsite: Offsite,
  error: unknown,
): NonNullable<CopyResult["stopped"]> {
  if (!(error instanceof CommandFailed)) throw error;
  return { at, why: whyOf(offsite, error) };
}

function inOrder({ files }: BackupFiles<LocalFile>): readonly (readonly LocalFile[])[] {
  const isManifest = ({ path }: StoredFile) => path.endsWith(".manifest.json");
  const parts = [files.filter((file) => !isManifest(file)), files.filter(isManifest)];
  return parts.filter((part) => part.length > 0);
}

function sizeOf(files: readonly StoredFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

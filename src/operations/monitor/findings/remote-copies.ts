import { momentOf, stampOf } from "../../../backups/backup-name.ts";
import type { ListedBackup } from "../../../backups/listing.ts";
import { remoteListing } from "../../../backups/offsite-plan.ts";
import type { RunRecord } from "../../../backups/run-record.ts";
import type { StoredFile } from "../../../backups/stored-file.ts";
import { type Check, failed, passed, warned } from "../../../report/check.ts";
import { formatDuration } from "../../../words/duration.ts";
import { type BackupStore, completeBackups, recordOf } from "./backup-store.ts";
import { AHEAD_SECONDS } from "./judge-ages.ts";

/** What was seen of the remote that the user named: its files, or why it could not be listed. */
export type RemoteEvidence = { readonly address: string } & (
  | { readonly files: readonly StoredFile[] }
  | { readonly trouble: string; readonly next?: string }
);

/** An off-site backup. */
interface DatedCopy {
  readonly name: string;
  readonly takenAt: Date;
}

/** The newest one that the last sync to the same remote left there. */
interface LastSyncedCopy extends DatedCopy {
  /** How long ago that sync was, in words. */
  readonly ago: string;
}

const SYNC = "openspp-backup sync, or the action `sync`";

/**
 * Whether an off-site copy exists that is new enough. The remote's own list decides. Without one,
 * the record of the last sync does. `remote` is absent where none is named. `limitSeconds` is the
 * oldest that a copy may be.
 */
export function judgeOffsite(
  store: BackupStore,
  database: string,
  remote: RemoteEvidence | undefined,
  now: Date,
  limitSeconds: number,
): Check {
  const record = recordOf(store, "sync");
  if (record && record.verdict !== "passed") {
    return failed(
      "off-site",
      `The last off-site copy, ${ago(record, now)}, ${record.verdict === "failed" ? "failed" : "proved nothing"}.`,
      `Read its report and copy again: ${SYNC}`,
    );
  }
  const here = completeBackups(store);
  const recorded = record?.backup === undefined ? undefined : copyOf(record.backup, here, store);
  if (!remote) return judgeRecord(record, recorded, here, now, limitSeconds);
  const lastSynced =
    record && recorded && record.remote === remote.address
      ? { ...recorded, ago: ago(record, now) }
      : undefined;
  if ("trouble" in remote) return judgeUnlistedRemote(remote, lastSynced, now);
  const newest = newestOnRemote(remote.files, database, here, store);
  const where = `on \`${remote.address}\``;
  if (lastSynced && (!newest || newest.takenAt < lastSynced.takenAt))
    return judgeMissingCopy(lastSynced, newest, where, now);
  if (newest) return judgeCopyAge(newest, here[0], now, limitSeconds, where);
  return failed(
    "off-site",
    `There is no complete backup of this database ${where}.`,
    `Copy them: ${SYNC}`,
  );
}

function judgeMissingCopy(
  lastSynced: LastSyncedCopy,
  newest: DatedCopy | undefined,
  where: string,
  now: Date,
): Check {
  const rest = newest
    ? `the newest there, ${newest.name}, is ${age(newest, now)} old`
    : "there is no complete backup there";
  return failed(
    "off-site",
    `${lastSynced.name}, which the last sync ${lastSynced.ago} left ${where}, is no longer complete there: ${rest}.`,
    `Copy again: ${SYNC}. Then find out who or what deletes there.`,
  );
}

/** Without a remote to look at, only the record of the last sync is known. */
function judgeRecord(
  record: RunRecord | undefined,
  recorded: DatedCopy | undefined,
  here: readonly ListedBackup[],
  now: Date,
  limitSeconds: number,
): Check {
  if (!record) {
    return warned(
      "off-site",
      "No off-site copy of the backups is known.",
      `Configure a remote, and copy: ${SYNC}`,
    );
  }
  if (!recorded) return failed("off-site", "There is no backup off-site.", `Copy them: ${SYNC}`);
  const source = `off-site, by the last sync ${ago(record, now)},`;
  return judgeCopyAge(recorded, here[0], now, limitSeconds, source);
}

function judgeUnlistedRemote(
  { trouble, next }: { readonly trouble: string; readonly next?: string },
  lastSynced: LastSyncedCopy | undefined,
  now: Date,
): Check {
  const known = lastSynced
    ? ` By the last sync, ${lastSynced.ago}, the newest copy there is ${age(lastSynced, now)} old.`
    : "";
  return failed("off-site", `${trouble}${known}`, next);
}

function judgeCopyAge(
  copy: DatedCopy,
  local: ListedBackup | undefined,
  now: Date,
  limitSeconds: number,
  where: string,
): Check {
  const ahead = (copy.takenAt.getTime() - now.getTime()) / 1000;
  if (ahead > AHEAD_SECONDS) {
    return failed(
      "off-site",
      `The newest copy ${where}, ${copy.name}, is dated ${formatDuration(ahead)} in the future.`,
      "A clock was wrong when it was taken: set it by NTP, delete that backup there by hand once a newer one is proven, and copy again.",
    );
  }
  const gap = local ? (local.takenAt.getTime() - copy.takenAt.getTime()) / 1000 : 0;
  const behind = gap > 0 ? `, ${formatDuration(gap)} behind the newest here` : ", the same as here";
  const sentence = `The newest copy ${where} is ${age(copy, now)} old${behind}; ${formatDuration(limitSeconds)} is allowed.`;
  return (now.getTime() - copy.takenAt.getTime()) / 1000 > limitSeconds
    ? failed("off-site", sentence, `Copy now: ${SYNC}`)
    : passed("off-site", sentence);
}

/**
 * A copy is complete when it has the size and the manifest of the same backup in the volume. Where
 * the volume no longer has that backup, the copy must not be empty.
 */
function newestOnRemote(
  files: readonly StoredFile[],
  database: string,
  here: readonly ListedBackup[],
  store: BackupStore,
): DatedCopy | undefined {
  const whole = remoteListing(files, database, store.zone.offset).backups.filter((there) => {
    const own = here.find(({ name }) => name === there.name);
    if (!own) return there.bytes > 0;
    return there.bytes === own.bytes && (there.manifest || !own.manifest);
  });
  const moments = whole.map(({ name }) => copyOf(name, here, store));
  return moments.toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime())[0];
}

/** The name is the only sign of age for a copy whose backup the volume no longer has. */
function copyOf(name: string, here: readonly ListedBackup[], { zone }: BackupStore): DatedCopy {
  const own = here.find((backup) => backup.name === name);
  return { name, takenAt: own?.takenAt ?? momentOf(stampOf(name), zone.offset) };
}

function age({ takenAt }: DatedCopy, now: Date): string {
  return formatDuration(Math.max(0, (now.getTime() - takenAt.getTime()) / 1000));
}

function ago({ endedAt }: RunRecord, now: Date): string {
  return `${formatDuration(Math.max(0, (now.getTime() - Date.parse(endedAt)) / 1000))} ago`;
}

import { momentOf } from "../../backups/backup-name.ts";
import type { Listing } from "../../backups/listing.ts";
import {
  type BackupFiles,
  backupFilesIn,
  type LocalFile,
  localFilesIn,
  planCopy,
  remoteListing,
} from "../../backups/offsite-plan.ts";
import { type Check, failed, notRun } from "../../checks/check.ts";
import { judgeCopy } from "../../checks/offsite.ts";
import type { StoredFile } from "../../commands/remote-tool.ts";
import { discoverBackupSite } from "../../deployment/discover.ts";
import { Failed, UserMistake } from "../../failure.ts";
import { counted } from "../../report/count.ts";
import type { Report, SyncSummary } from "../../report/report.ts";
import type { Settings } from "../../settings.ts";
import { assembleReport } from "../assemble-report.ts";
import { recordSync } from "../record.ts";
import { type Effects, listBackups } from "../run.ts";
import { copyMissing } from "./copy.ts";
import { mirror } from "./mirror.ts";
import {
  listFilesOf,
  type Offsite,
  type OffsiteRun,
  openOffsite,
  requireRemote,
} from "./offsite.ts";
import { proveCopy, unproven } from "./prove-copy.ts";

/** What copying off-site came to: its part of the report. */
export interface SyncFindings {
  readonly checks: readonly Check[];
  readonly sync: SyncSummary;
}

/** A report that is about the copies of all backups. */
export interface SyncReport extends Report {
  readonly sync: SyncSummary;
}

/**
 * Given the settings, copy the deployment's backups to the remote, and prove the copy. It only reads the volume, where
 * nothing partial is visible, so it takes no lock; and it asks nothing of the database, which may be down.
 */
export async function sync(settings: Settings, effects: Effects): Promise<SyncReport> {
  requireRemote(settings);
  const { host, journal, clock } = effects;
  const startedAt = clock.now();
  const site = await journal.phase("Discover the deployment", () =>
    discoverBackupSite(host, settings.deployment, effects),
  );
  const findings = await syncOffsite({ ...effects, settings, site });
  const run = { host, journal, startedAt, deployment: site };
  return assembleReport(run, "sync", { ...findings, tables: [], rows: 0 });
}

/** Given a run, copy the backups of its deployment to the remote of its settings, prove the copy, and leave a record of it. */
export function syncOffsite(run: OffsiteRun): Promise<SyncFindings> {
  return recordSync(run, () => copyAndProve(run));
}

async function copyAndProve(run: OffsiteRun): Promise<SyncFindings> {
  const { journal, settings, site } = run;
  const { address } = requireRemote(settings);
  const [offsite, here, before] = await journal.phase("Look at the remote", async () => {
    const opened = await openOffsite(run);
    return [opened, ...(await lookAtBoth(run, opened))] as const;
  });
  refuseEmpty(here, before, offsite);
  const copied = await journal.phase("Copy off-site", () =>
    settings.sync.mode === "sync"
      ? mirror(run, offsite, here, before, here.stamp)
      : copyMissing(run, offsite, planCopy(here.backups, before.files, here.now)),
  );
  const after = await seenThere(run, offsite, here.offset);
  const plan = planCopy(here.backups, after.files, here.now);
  const complete = judgeCopy({
    remote: address,
    here: here.backups.length,
    missing: plan.missing.map(({ dump }) => dump),
    conflicts: plan.conflicts,
    unfinished: plan.unfinished,
    copied: copied.backups.length,
    bytes: copied.bytes,
    ...(copied.stopped && { stopped: copied.stopped }),
  });
  const { check, verified } =
    complete.status === "passed"
      ? await journal.phase("Prove the copy", () => {
          const there = backupFilesIn(after.files, site.database.name);
          const proving = { here: here.backups, there, copied: copied.backups };
          return proveCopy(run, offsite, proving, Math.random()).catch((error: unknown) =>
            unproven(offsite, error),
          );
        })
      : { check: notRun("offsite-proof", "Not looked at: the copy is not whole.") };
  const { tool, from, mode } = { tool: offsite.tool.name, ...settings.sync };
  return {
    checks: [complete, check],
    sync: {
      ...{ remote: address, tool, from, mode },
      copied: copied.backups.length,
      bytes: copied.bytes,
      deleted: copied.deleted,
      backups: after.listing.backups.length,
      ...(after.newest && { newest: after.newest.name }),
      ...(verified && { verified }),
    },
  };
}

/**
 * Given a run that goes on after it, do the same; what makes a copy impossible is a failed check of that run, whose
 * backup is good and is drilled all the same.
 */
export async function syncAnyway(
  run: OffsiteRun,
): Promise<Pick<SyncFindings, "checks"> & Partial<SyncFindings>> {
  try {
    return await syncOffsite(run);
  } catch (error) {
    if (!(error instanceof Failed || error instanceof UserMistake)) throw error;
    const { what, why, next } = error.explanation;
    const message = [what, why].filter(Boolean).join(" ");
    return { checks: [failed("offsite-copy", message, next)] };
  }
}

interface Here {
  readonly files: readonly LocalFile[];
  readonly backups: readonly BackupFiles<LocalFile>[];
  readonly newest: Listing["backups"][number] | undefined;
  readonly stamp: string;
  readonly offset: string;
  /** The backup container's clock, in epoch seconds. */
  readonly now: number;
}

interface There {
  readonly files: readonly StoredFile[];
  readonly listing: Listing;
  readonly newest: Listing["backups"][number] | undefined;
}

async function lookAtBoth(run: OffsiteRun, offsite: Offsite): Promise<readonly [Here, There]> {
  const { site } = run;
  const { listing, lines, stamp, offset } = await listBackups(run, site);
  const files = localFilesIn(lines, site.backups.directory);
  const here = {
    files,
    backups: backupFilesIn(files, site.database.name),
    newest: listing.backups[0],
    stamp,
    offset,
    now: momentOf(stamp, offset).getTime() / 1000,
  };
  return [here, await seenThere(run, offsite, offset)];
}

async function seenThere(run: OffsiteRun, offsite: Offsite, offset: string): Promise<There> {
  const { settings, site, signal } = run;
  const files = await listFilesOf(offsite, signal, settings.sync.mode === "sync");
  const listing = remoteListing(files, site.database.name, offset);
  return { files, listing, newest: listing.backups[0] };
}

/** A volume that holds no backup is nothing to copy, and the copies elsewhere may be all that is left. */
function refuseEmpty(here: Here, there: There, { remote }: Offsite): void {
  if (here.newest) return;
  throw new Failed({
    what: "There is no backup of this database in the backup volume, so there is nothing to copy.",
    state: there.newest
      ? `\`${remote.address}\` is as it was: ${counted(there.listing.backups.length, "backup")}, the newest ${there.newest.name}.`
      : `\`${remote.address}\` holds no backup either.`,
    next: there.newest
      ? "If the volume was emptied by accident, those are your backups: fetch them back before you take another."
      : "Take one: openspp-backup backup",
  });
}

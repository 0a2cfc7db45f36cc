import { backupFilesIn, planCopy } from "../../backups/offsite-plan.ts";
import { judgeCopy } from "../../checks/offsite-copy.ts";
import { discoverBackupSite } from "../../deployment/discover.ts";
import { Failed, UserMistake } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";
import { type Check, failed, notRun, verdictOf } from "../../report/check.ts";
import type { Report, SyncSummary } from "../../report/report-schema.ts";
import { counted } from "../../words/count.ts";
import { assembleReport } from "../assemble-report.ts";
import type { Effects } from "../effects.ts";
import { leaveRecord } from "../leave-record.ts";
import { type CopyResult, copyMissing } from "./copy-backups.ts";
import { mirror } from "./mirror.ts";
import { type Offsite, type OffsiteRun, openOffsite } from "./offsite.ts";
import { type CopyProof, copyNotProven, proveCopy } from "./prove-copy.ts";
import { pruneRemote } from "./prune-remote.ts";
import {
  type RemoteContent,
  readRemote,
  readVolume,
  remoteContentOf,
  type VolumeContent,
} from "./volume-and-remote.ts";

/** The sync's part of a report. */
export interface SyncFindings {
  readonly checks: readonly Check[];
  readonly sync: SyncSummary;
}

export interface SyncReport extends Report {
  readonly sync: SyncSummary;
}

/**
 * Copies the deployment's backups to the remote, and proves the copy. It only reads the volume,
 * where nothing partial is visible, so it takes no lock. It does not ask the database, which may be
 * down.
 */
export async function sync(settings: Settings, effects: Effects): Promise<SyncReport> {
  const { host, journal, clock } = effects;
  const startedAt = clock.now();
  const deployment = await journal.phase("Discover the deployment", () =>
    discoverBackupSite(host, settings.deployment, effects),
  );
  const findings = await syncOffsite({ ...effects, settings, deployment });
  const run = { host, journal, startedAt, deployment };
  return assembleReport(run, "sync", { ...findings, tables: [], rows: 0 });
}

/** Copies, proves the copy, and leaves a record of it. */
export function syncOffsite(run: OffsiteRun): Promise<SyncFindings> {
  return recordSync(run, () => copyAndProve(run));
}

/**
 * Leaves a record of the sync's result in the backup volume, also when it failed before there was a
 * report.
 */
async function recordSync(
  run: OffsiteRun,
  sync: () => Promise<SyncFindings>,
): Promise<SyncFindings> {
  try {
    const findings = await sync();
    const { newest, remote } = findings.sync;
    const verdict = verdictOf(findings.checks);
    const result = {
      operation: "sync",
      verdict,
      remote,
      ...(newest !== undefined && { backup: newest }),
    } as const;
    await leaveRecord(run, run.deployment, result);
    return findings;
  } catch (error) {
    if (error instanceof Failed && !run.signal.aborted) {
      await leaveRecord(run, run.deployment, { operation: "sync", verdict: "failed" });
    }
    throw error;
  }
}

async function copyAndProve(run: OffsiteRun): Promise<SyncFindings> {
  const { journal, settings } = run;
  const [offsite, here, before] = await journal.phase("Look at the remote", async () => {
    const opened = await openOffsite(run);
    const volume = await readVolume(run);
    return [opened, volume, await readRemote(run, opened, volume)] as const;
  });
  refuseEmpty(here, before, offsite);
  const copied = await journal.phase("Copy off-site", () =>
    settings.sync.mode === "sync"
      ? mirror(run, offsite, here, before, here.stamp)
      : copyMissing(run, offsite, planCopy(here.backups, here.pool, before.files, here.now)),
  );
  const after = await readRemoteAfter(run, offsite, here, before, copied);
  const whole = judgeSync(offsite, here, after, copied);
  if (whole.status !== "passed") {
    const notLookedAt = notRun("offsite-proof", "Not looked at: the copy is not complete.");
    return { checks: [whole, notLookedAt], sync: summaryOf(run, offsite, after, copied) };
  }
  const { check, verified } = await journal.phase("Prove the copy", () =>
    proveSync(run, offsite, here, after, copied),
  );
  const summary = { ...summaryOf(run, offsite, after, copied), ...(verified && { verified }) };
  const keepsAll = !settings.retention.on || settings.sync.mode === "sync";
  if (check.status !== "passed" || keepsAll) return { checks: [whole, check], sync: summary };
  const pruned = await journal.phase("Apply the retention to the remote", () =>
    pruneRemote(run, offsite, here, after),
  );
  return {
    checks: [whole, check, pruned.check],
    sync: {
      ...summary,
      deleted: pruned.deleted,
      backups: summary.backups - pruned.removed,
    },
  };
}

/**
 * After a copy that broke off, the remote may not answer. Then its content is what was seen before,
 * and what was copied.
 */
async function readRemoteAfter(
  run: OffsiteRun,
  offsite: Offsite,
  here: VolumeContent,
  before: RemoteContent,
  { stopped, backups }: CopyResult,
): Promise<RemoteContent> {
  if (!stopped) return readRemote(run, offsite, here);
  try {
    return await readRemote(run, offsite, here);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    const copied = here.backups.filter(({ dump }) => backups.includes(dump));
    const files = [...before.files, ...copied.flatMap(({ files }) => files)];
    return remoteContentOf(run, here, files);
  }
}

function judgeSync(
  offsite: Offsite,
  here: VolumeContent,
  after: RemoteContent,
  copied: CopyResult,
): Check {
  const plan = planCopy(here.backups, here.pool, after.files, here.now);
  return judgeCopy({
    remote: offsite.remote.address,
    here: here.backups.length,
    missing: plan.missing.map(({ dump }) => dump),
    missingInPool: plan.pool.length,
    conflicts: plan.conflicts,
    unfinished: plan.unfinished,
    copied: copied.backups.length,
    bytes: copied.bytes,
    ...(copied.stopped && { stopped: copied.stopped }),
  });
}

function proveSync(
  run: OffsiteRun,
  offsite: Offsite,
  here: VolumeContent,
  after: RemoteContent,
  { backups }: CopyResult,
): Promise<CopyProof> {
  const there = backupFilesIn(after.files, run.deployment.database.name);
  const proving = { here: here.backups, there, copied: backups };
  return proveCopy(run, offsite, proving, Math.random()).catch((error: unknown) =>
    copyNotProven(offsite, error),
  );
}

function summaryOf(
  { settings }: OffsiteRun,
  { remote, tool }: Offsite,
  { listing, newest }: RemoteContent,
  { backups, bytes, deleted }: CopyResult,
): SyncSummary {
  return {
    remote: remote.address,
    tool: tool.name,
    from: settings.sync.from,
    mode: settings.sync.mode,
    copied: backups.length,
    bytes,
    deleted,
    backups: listing.backups.length,
    ...(newest && { newest: newest.name }),
  };
}

/**
 * For a run that goes on afterwards. What makes a copy impossible is a failed check of that run:
 * its backup is good, and is drilled all the same.
 */
export async function trySync(
  run: OffsiteRun,
): Promise<Pick<SyncFindings, "checks"> & Partial<SyncFindings>> {
  try {
    return await syncOffsite(run);
  } catch (error) {
    if (!(error instanceof Failed || error instanceof UserMistake)) throw error;
    return { checks: [failed("offsite-copy", error.sentence, error.explanation.next)] };
  }
}

/** A volume without a backup gives nothing to copy, and the off-site copies may be all that is left. */
function refuseEmpty(here: VolumeContent, there: RemoteContent, { remote }: Offsite): void {
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

import { type ListedBackup, unfinishedDumps } from "../../../backups/listing.ts";
import {
  type Check,
  failed,
  MONITOR_CHECKS,
  type MonitorCheck,
  notRun,
} from "../../../report/check.ts";
import { forecast } from "../growth.ts";
import { expectedRunAfter } from "../schedule.ts";
import {
  type BackupService,
  type CronTable,
  judgeLog,
  judgeSchedule,
  judgeService,
} from "./backup-service.ts";
import { judgeSize } from "./backup-size.ts";
import { type BackupStore, completeBackups, recordOf } from "./backup-store.ts";
import {
  judgeConnections,
  judgeDatabase,
  judgeLeftovers,
  judgeSessions,
  type ServerEvidence,
} from "./database-server.ts";
import { judgeAge, judgeClock, judgeDrill, oldestAllowed } from "./judge-ages.ts";
import { judgeForecast, judgeInodes, judgeSpace, type Volume } from "./judge-disk.ts";
import { judgeFiles, judgeManifests } from "./judge-files.ts";
import { judgeOffsite, type RemoteEvidence } from "./remote-copies.ts";
import { judgeCopies } from "./retention-copies.ts";

/** What was seen of a deployment. */
export interface Evidence {
  /** By the host's clock. */
  readonly now: Date;
  readonly clockSkewSeconds: number;
  readonly service: BackupService;
  /** Absent when the backup service's container does not run. */
  readonly cron?: CronTable;
  readonly log?: readonly string[];
  /** What is in the backup volume, or why that cannot be found out. */
  readonly store: BackupStore | string;
  /** What was seen of the remote; absent where none is named. */
  readonly remote?: RemoteEvidence;
  /** Other volumes than the backup's. */
  readonly volumes: readonly Volume[];
  readonly ready?: boolean;
  /** The production database. */
  readonly database: string;
  /** The database server's answer, or why there is none. */
  readonly server: ServerEvidence | string;
  readonly addresses: ReadonlyMap<string, string>;
}

/** What the user has set. */
export interface Limits {
  /** The oldest that the newest backup may be. Without it, the schedule decides. */
  readonly backupWithinSeconds?: number;
  readonly drillWithinSeconds: number;
}

/** A finding on everything that the monitor looks at, in its order. */
export function judgeEvidence(evidence: Evidence, limits: Limits): readonly Check[] {
  const { server, store, service } = evidence;
  const checks = [
    judgeService(service),
    ...(typeof store === "string"
      ? [failed("backup-files", store)]
      : judgeStore(store, evidence, limits)),
    judgeDatabase(evidence.ready, server),
    ...(typeof server === "string"
      ? []
      : [
          judgeConnections(server),
          judgeSessions(server, evidence.addresses),
          judgeLeftovers(server, evidence.database),
        ]),
    judgeClock(evidence.clockSkewSeconds),
  ];
  const found = new Map(checks.map((check) => [check.name, check]));
  return MONITOR_CHECKS.map((name) => found.get(name) ?? notLookedAt(name, evidence));
}

export function judgeWithoutDocker(why: string, next?: string): readonly Check[] {
  return MONITOR_CHECKS.map((name) =>
    name === "backup-service"
      ? failed(name, why, next)
      : notRun(name, "Not looked at: Docker does not answer."),
  );
}

const ON_SERVER: ReadonlySet<string> = new Set(["connections", "sessions", "leftovers"]);

function notLookedAt(name: MonitorCheck, { store }: Evidence): Check {
  if (ON_SERVER.has(name)) return notRun(name, "Not looked at: the database does not answer.");
  return notRun(
    name,
    typeof store === "string"
      ? "Not looked at: the backups cannot be reached."
      : "Not looked at: the service `backup` is not running.",
  );
}

function judgeStore(store: BackupStore, evidence: Evidence, limits: Limits): readonly Check[] {
  const { now, cron, log, server, volumes } = evidence;
  const { listing, heads } = store;
  const dumping =
    typeof server !== "string" &&
    (server.busy || server.sessions.some(({ application }) => application === "pg_dump"));
  const unfinished = unfinishedDumps(listing, store.linked);
  const written = new Map([...heads].map(([path, { bytes }]) => [path, bytes]));
  const complete = completeBackups(store);
  const newest = complete[0];
  const expected = newest && expectedRunAfter(store.schedule, store.zone, newest.takenAt);
  const oldest = limits.backupWithinSeconds ?? (expected && oldestAllowed(expected.pauseSeconds));
  const projectTakesBackups = newest?.manifest === true;
  const space = [...(store.volume ? [store.volume] : []), ...volumes];
  return [
    ...(cron ? [judgeSchedule(cron, store.schedule, projectTakesBackups)] : []),
    ...(log ? [judgeLog(log, projectTakesBackups)] : []),
    judgeAge(newest, now, expected, limits.backupWithinSeconds),
    judgeSize(distinctByName(complete)),
    judgeFiles(listing, {
      written,
      unfinished,
      dumping,
      ...(store.unreadable && { unreadable: store.unreadable }),
    }),
    judgeManifests(listing.backups),
    judgeCopies(complete, store.policy, store.stamp),
    judgeOffsite(
      store,
      evidence.database,
      evidence.remote,
      now,
      (oldest ?? DAY) * OFFSITE_PATIENCE,
    ),
    judgeDrill(recordOf(store, "drill"), now, limits.drillWithinSeconds),
    judgeSpace(space, (newest?.bytes ?? 0) + (newest?.filestore?.bytes ?? 0)),
    judgeInodes(space),
    judgeForecast(growth(store, complete, now, expected?.pauseSeconds), now),
  ];
}

function distinctByName<Backup extends ListedBackup>(
  backups: readonly Backup[],
): readonly Backup[] {
  return [
    ...new Map(backups.toReversed().map((backup) => [backup.name, backup])).values(),
  ].toReversed();
}

const DAY = 86_400;

/** A backup takes time, and so does its way off-site. */
const OFFSITE_PATIENCE = 1.25;
const MOST_A_DAY = 24;

function growth(
  store: BackupStore,
  backups: readonly ListedBackup[],
  now: Date,
  pauseSeconds = DAY,
) {
  if (!store.volume) return undefined;
  const perDay = Math.min(MOST_A_DAY, Math.max(1, Math.round(DAY / pauseSeconds)));
  return forecast({
    backups,
    policy: store.policy,
    freeBytes: store.volume.freeBytes,
    now,
    perDay,
  });
}

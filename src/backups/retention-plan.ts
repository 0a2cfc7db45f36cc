import { FOLDERS, type Folder, stampOf } from "./backup-name.ts";
import { periodOf } from "./calendar.ts";
import type { ListedBackup, Listing } from "./listing.ts";

/** For how many days, weeks and months a backup is kept: the guide's "Retention Policy". */
export interface RetentionPolicy {
  readonly days: number;
  readonly weeks: number;
  readonly months: number;
}

/** A deployment's policy, but for what the user said. */
export function overriddenPolicy(
  usual: RetentionPolicy,
  given: Partial<RetentionPolicy>,
): RetentionPolicy {
  return {
    days: given.days ?? usual.days,
    weeks: given.weeks ?? usual.weeks,
    months: given.months ?? usual.months,
  };
}

/** What a plan is made from: names and sizes, and a clock. */
export interface RetentionInput extends Pick<Listing, "backups" | "orphans"> {
  readonly policy: RetentionPolicy;
  /** The deployment's wall clock, as the stamp of a backup that is taken now. */
  readonly now: string;
  /** Names of dumps that are still being written. They do not count, and are kept. */
  readonly unfinished?: ReadonlySet<string>;
  /** Names of dumps that are off-site. Undefined when no copy elsewhere is needed. */
  readonly offsite?: ReadonlySet<string>;
}

/** What to do with the backups of one place. Each reason says what a backup is. */
export interface RetentionPlan {
  readonly promoted: readonly Promotion[];
  readonly kept: readonly Decision[];
  readonly going: readonly Decision[];
  /** Paths of what is left of backups whose dump somebody else deleted. These are deleted, too. */
  readonly orphans: readonly string[];
}

export interface Decision {
  readonly backup: ListedBackup;
  readonly reason: string;
}

export interface Promotion extends Decision {
  readonly to: "weekly" | "monthly";
}

const PROMOTED_TO = ["weekly", "monthly"] as const;

/**
 * Counts days, weeks and months that have a good backup, the newest first, and not age. So a month without
 * backups costs nothing, nor does a clock that ran ahead. The first backup of a week (from Sunday on) or
 * month that has no copy yet becomes its copy. So the next backup makes up for a missed Sunday or 1st.
 *
 * Never deleted: the last good backup, a backup dated in the future, and one that is not yet off-site. Nor is a
 * file that is no backup of this database: a listing does not hold those.
 */
export function planRetention(stored: RetentionInput): RetentionPlan {
  const counting = countedBackups(stored);
  const promoted = PROMOTED_TO.flatMap((to) => promotionsTo(to, counting, stored.policy));
  const copies = [...counting, ...promoted.map(({ backup, to }) => ({ ...backup, kind: to }))];
  const oldest = oldestOf(copies, stored.policy);
  const decided = decide(stored, copies, oldest);
  return {
    promoted,
    kept: decided.filter(({ keep }) => keep).map(({ decision }) => decision),
    going: decided.filter(({ keep }) => !keep).map(({ decision }) => decision),
    orphans: stored.orphans
      .filter(({ archive, kind, stamp }) => !archive || periodOf(kind, stamp) < oldest[kind])
      .map(({ path }) => path),
  };
}

/**
 * The backups that count: complete, and not dated in the future. Where some can be proven, only these. When
 * the reference script fails, what it leaves has the name of a backup, and a size.
 */
function countedBackups({ backups, now, unfinished }: RetentionInput): readonly ListedBackup[] {
  const largest = new Map<string, number>();
  for (const { name, bytes } of backups) {
    largest.set(name, Math.max(bytes, largest.get(name) ?? 0));
  }
  // A weekly or monthly copy that is shorter than its daily one was cut off by a full disk.
  const isWhole = ({ name, bytes }: ListedBackup) => bytes > 0 && bytes === largest.get(name);
  const whole = backups.filter(
    (backup) => isWhole(backup) && !isAhead(backup, now) && !unfinished?.has(backup.name),
  );
  const provable = whole.filter(({ manifest }) => manifest);
  return provable.length > 0 ? provable : whole;
}

/** Compares days: in the night when a clock is set back, a stamp may be an hour ahead. */
function isAhead({ name }: ListedBackup, now: string): boolean {
  return periodOf("daily", stampOf(name)) > periodOf("daily", now);
}

function promotionsTo(
  to: "weekly" | "monthly",
  counting: readonly ListedBackup[],
  policy: RetentionPolicy,
): readonly Promotion[] {
  const period = ({ name }: ListedBackup) => periodOf(to, stampOf(name));
  const copied = new Set(counting.filter(({ kind }) => kind === to).map(period));
  const firsts = new Map<number, ListedBackup>();
  // Newest first: the last one to be set is the first of its period.
  for (const daily of counting.filter(({ kind }) => kind === "daily")) {
    if (!copied.has(period(daily))) firsts.set(period(daily), daily);
  }
  const oldest = oldestKept([...copied, ...firsts.keys()], countOf(to, policy));
  return [...firsts]
    .filter(([number]) => number >= oldest)
    .map(([, backup]) => ({
      backup,
      to,
      reason: `the first of a ${to === "weekly" ? "week" : "month"} that has no copy yet`,
    }));
}

/** `copies` are those that will count, the newest first. */
function decide(
  stored: RetentionInput,
  copies: readonly ListedBackup[],
  oldest: Readonly<Record<Folder, number>>,
): readonly { keep: boolean; decision: Decision }[] {
  const { backups, policy, now, offsite, unfinished } = stored;
  const lastGood = copies[0]?.name;
  const whyKept = (backup: ListedBackup): string | undefined => {
    const { name, kind } = backup;
    if (isAhead(backup, now)) return "dated in the future: a clock was wrong";
    if (unfinished?.has(name)) return "not finished yet";
    if (periodOf(kind, stampOf(name)) >= oldest[kind]) {
      return `within ${extentOf(kind, policy)}`;
    }
    if (name === lastGood) return "the last good backup";
    return offsite && !offsite.has(name) ? "not off-site yet" : undefined;
  };
  return backups.map((backup) => {
    const reason = whyKept(backup);
    const older = `older than ${extentOf(backup.kind, policy)}`;
    return { keep: reason !== undefined, decision: { backup, reason: reason ?? older } };
  });
}

/** The oldest period that each folder keeps. `copies` are those that will count. */
function oldestOf(
  copies: readonly ListedBackup[],
  policy: RetentionPolicy,
): Record<Folder, number> {
  const of = (kind: Folder) => {
    const own = copies.filter((copy) => copy.kind === kind);
    return oldestKept(
      own.map(({ name }) => periodOf(kind, stampOf(name))),
      countOf(kind, policy),
    );
  };
  return { daily: of("daily"), weekly: of("weekly"), monthly: of("monthly") };
}

/** The oldest of the `count` newest periods, which may repeat. */
function oldestKept(periods: readonly number[], count: number): number {
  const newest = [...new Set(periods)].sort((a, b) => b - a);
  if (count === 0) return Number.POSITIVE_INFINITY;
  return newest[count - 1] ?? Number.NEGATIVE_INFINITY;
}

function countOf(kind: Folder, { days, weeks, months }: RetentionPolicy): number {
  return [days, weeks, months][FOLDERS.indexOf(kind)] ?? 0;
}

function extentOf(kind: Folder, policy: RetentionPolicy): string {
  const count = countOf(kind, policy);
  const unit = { daily: "day", weekly: "week", monthly: "month" }[kind];
  return `the ${count} newest ${unit}${count === 1 ? "" : "s"} with a backup`;
}

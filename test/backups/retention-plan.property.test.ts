import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FOLDERS, type Folder, momentOf, stampOf } from "../../src/backups/backup-name.ts";
import { periodOf } from "../../src/backups/calendar.ts";
import { filesOf, type ListedBackup, parseListing } from "../../src/backups/listing.ts";
import {
  planRetention,
  type RetentionPlan,
  type RetentionPolicy,
} from "../../src/backups/retention-plan.ts";

/** Years of backups, simulated: what a volume would hold if each backup were followed by the plan. */

const HOUR = 3_600_000;

/** Zones whose clocks change at night, by half an hour, on a Saturday at midnight, and never. */
const ZONES = ["UTC", "Europe/Paris", "Australia/Lord_Howe", "America/Asuncion", "Asia/Kathmandu"];

const FORMATS = new Map(
  ZONES.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "medium" }),
  ]),
);

/** The zone's wall clock, as `date +%Y%m%d_%H%M%S` prints it. */
function stampAt(milliseconds: number, zone: string): string {
  const shown = FORMATS.get(zone)?.format(milliseconds) ?? "";
  return shown.replaceAll(/[-:]/g, "").replace(" ", "_");
}

type Volume = ReadonlyMap<string, ListedBackup>;

/** One attempt at a backup: hours since the last one, and what came of it. */
interface Attempt {
  readonly hours: number;
  readonly outcome: "good" | "empty" | "failed" | "script" | "clock ahead" | "dailies lost";
  /** Days by which a clock that is wrong runs ahead. */
  readonly ahead: number;
  /** Whether a sync ran after it. */
  readonly synced: boolean;
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  hours: fc.oneof(
    { weight: 12, arbitrary: fc.constant(24) },
    { weight: 3, arbitrary: fc.integer({ min: 1, max: 30 }) },
    { weight: 1, arbitrary: fc.integer({ min: 24, max: 24 * 60 }) },
  ),
  outcome: fc.oneof(
    { weight: 20, arbitrary: fc.constant("good" as const) },
    {
      weight: 3,
      arbitrary: fc.constantFrom("failed" as const, "empty" as const, "script" as const),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom("clock ahead" as const, "dailies lost" as const),
    },
  ),
  ahead: fc.integer({ min: 1, max: 4000 }),
  synced: fc.boolean(),
});

const policies: fc.Arbitrary<RetentionPolicy> = fc.record({
  days: fc.integer({ min: 1, max: 10 }),
  weeks: fc.integer({ min: 0, max: 6 }),
  months: fc.integer({ min: 0, max: 8 }),
});

const histories = fc.record({
  zone: fc.constantFrom(...ZONES),
  /** From 2023 to 2027, so that leap days and the ends of years lie within. */
  start: fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2027, 11, 31) }),
  policy: policies,
  offsite: fc.boolean(),
  attempts: fc.array(attempt, { minLength: 200, maxLength: 600, size: "max" }),
});

type History = typeof histories extends fc.Arbitrary<infer One> ? One : never;

function listed(kind: Folder, stamp: string, more: Partial<ListedBackup>): ListedBackup {
  const name = `openspp_${stamp}.dump`;
  const path = `/backups/${kind}/${name}`;
  const takenAt = momentOf(stamp, "+0000");
  return { name, path, kind, takenAt, bytes: 1000, manifest: true, latest: false, ...more };
}

const newestFirst = (volume: Volume) =>
  [...volume.values()].sort(
    (a, b) =>
      b.takenAt.getTime() - a.takenAt.getTime() ||
      FOLDERS.indexOf(a.kind) - FOLDERS.indexOf(b.kind),
  );

/** The good backups, newest first: whole, not dated in the future, and provable where any is. */
function goodOnes(volume: Volume, now: string): ListedBackup[] {
  const today = periodOf("daily", now);
  const whole = newestFirst(volume).filter(
    ({ name, bytes }) => bytes > 0 && periodOf("daily", stampOf(name)) <= today,
  );
  const provable = whole.filter(({ manifest }) => manifest);
  return provable.length > 0 ? provable : whole;
}

/** The periods of a folder that have such a backup. */
function periodsOf(volume: Volume, kind: Folder, now: string): Set<number> {
  const own = goodOnes(volume, now).filter((one) => one.kind === kind);
  return new Set(own.map(({ name }) => periodOf(kind, stampOf(name))));
}

interface Step {
  readonly before: Volume;
  readonly after: Volume;
  readonly now: string;
  readonly offsite: ReadonlySet<string> | undefined;
  readonly policy: RetentionPolicy;
}

/** Given a history, play it and return each step in which the retention ran. */
function* stepsOf({ policy, zone, start, attempts, ...history }: History): Generator<Step> {
  let volume: Volume = new Map();
  let copied = new Set<string>();
  let moment = start;
  for (const { hours, outcome, ahead, synced } of attempts) {
    moment += hours * HOUR;
    if (outcome === "failed") continue;
    const now = stampAt(moment + (outcome === "clock ahead" ? ahead * 24 * HOUR : 0), zone);
    const bytes = outcome === "empty" ? 0 : 1000;
    const taken = listed("daily", now, { bytes, manifest: outcome !== "script" });
    // Somebody emptied daily/, and the retention runs by itself then.
    const before =
      outcome === "dailies lost"
        ? new Map([...volume].filter(([, { kind }]) => kind !== "daily"))
        : new Map(volume).set(taken.path, taken);
    const offsite = history.offsite ? copied : undefined;
    const after = carriedOut(before, planOf({ before, now, offsite, policy }));
    yield { before, after, now, offsite, policy };
    volume = after;
    if (synced) copied = new Set([...volume.values()].map(({ name }) => name));
  }
}

function planOf({ before, now, offsite, policy }: Omit<Step, "after">): RetentionPlan {
  const backups = newestFirst(before);
  return planRetention({ backups, orphans: [], policy, now, ...(offsite && { offsite }) });
}

function carriedOut(before: Volume, { promoted, going }: RetentionPlan): Volume {
  const after = new Map(before);
  for (const { backup, to } of promoted) {
    const copy = { ...backup, kind: to, path: `/backups/${to}/${backup.name}` };
    after.set(copy.path, copy);
  }
  for (const { backup } of going) after.delete(backup.path);
  return after;
}

/** Given what would be a mistake, return the history in which a step makes it, or null. */
function mistaken(isMistake: (step: Step) => boolean): unknown {
  const never = fc.property(histories, (history) => ![...stepsOf(history)].some(isMistake));
  return fc.check(never, { numRuns: 20 }).counterexample;
}

describe("over years of backups, with gaps, wrong clocks, clock changes and leap days", () => {
  test("there are never fewer than the policy promises, while enough exist", () => {
    const tooFew = ({ before, after, now, policy }: Step) => {
      const limits = { daily: policy.days, weekly: policy.weeks, monthly: policy.months };
      return FOLDERS.some((kind) => {
        const daily = goodOnes(before, now).filter((one) => one.kind === "daily");
        const possible = new Set([
          ...periodsOf(before, kind, now),
          ...daily.map(({ name }) => periodOf(kind, stampOf(name))),
        ]);
        return periodsOf(after, kind, now).size < Math.min(limits[kind], possible.size);
      });
    };
    expect(mistaken(tooFew)).toBeNull();
  });

  test("the last good backup never goes", () => {
    const lost = ({ before, after, now }: Step) => {
      const [last] = goodOnes(before, now);
      return last !== undefined && ![...after.values()].some(({ name }) => name === last.name);
    };
    expect(mistaken(lost)).toBeNull();
  });

  test("none goes that is not off-site yet, when off-site is configured", () => {
    const lost = ({ before, after, offsite }: Step) =>
      [...before.values()].some(
        ({ path, name }) => offsite && !after.has(path) && !offsite.has(name),
      );
    expect(mistaken(lost)).toBeNull();
  });

  test("the volume does not grow without end: what is beyond the policy goes", () => {
    const grown = ({ after, now, offsite, policy }: Step) => {
      const limits = { daily: policy.days, weekly: policy.weeks, monthly: policy.months };
      // Beyond the promise there may be the last good one.
      return FOLDERS.some(
        (kind) => !offsite && periodsOf(after, kind, now).size > limits[kind] + 1,
      );
    };
    expect(mistaken(grown)).toBeNull();
  });

  test("a second plan right after the first has nothing to do", () => {
    const unsettled = ({ after, ...step }: Step) => {
      const { promoted, going } = planOf({ ...step, before: after });
      return promoted.length + going.length > 0;
    };
    expect(mistaken(unsettled)).toBeNull();
  });
});

test("only what parses as a backup of this database ever goes", () => {
  const part = fc.constantFrom(
    ...[
      "daily",
      "weekly",
      "yearly",
      "..",
      "openspp",
      "openspp_test",
      "other",
      "_",
      "/",
      "filestore",
    ],
    ...[
      "20200101",
      "20201301",
      "020000",
      "latest",
      ".dump",
      ".manifest.json",
      ".part",
      ".tar.gz",
      "\n",
    ],
  );
  const names = fc.array(part, { minLength: 1, maxLength: 9 }).map((parts) => parts.join(""));
  const backups = fc
    .record({
      folder: fc.constantFrom(...FOLDERS),
      day: fc.integer({ min: 10, max: 28 }),
      end: fc.constantFrom(".dump", ".manifest.json"),
    })
    .map(({ folder, day, end }) => `${folder}/openspp_202001${day}_020000${end}`);
  fc.assert(
    fc.property(fc.array(fc.oneof(names, backups), { maxLength: 80 }), (files) => {
      const lines = files.map((file) => `/backups/${file}|9|1\n`).join("");
      const { going, orphans } = planRetention({
        ...parseListing(lines, "/backups", "openspp", "+0000"),
        policy: { days: 1, weeks: 0, months: 0 },
        now: "20260101_000000",
      });
      const paths = [...going.flatMap(({ backup }) => filesOf(backup)), ...orphans];
      const ours =
        /^\/backups\/(?:daily|weekly|monthly)\/openspp_(?:filestore_)?\d{8}_\d{6}\.(?:dump|manifest\.json|tar\.gz)$/;
      expect(paths.filter((path) => !ours.test(path) || !lines.includes(`${path}|`))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

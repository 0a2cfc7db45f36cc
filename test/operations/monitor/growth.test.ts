import { expect, test } from "vitest";
import type { ListedBackup } from "../../../src/backups/listing.ts";
import { forecast } from "../../../src/operations/monitor/growth.ts";

const NOW = new Date("2026-01-31T12:00:00Z");
const DAY = 86_400_000;
const POLICY = { days: 7, weeks: 0, months: 0 };

/** Daily backups up to today, the newest first, each `growth` bytes larger than the one before. */
function dailies(count: number, bytes: number, growth: number): ListedBackup[] {
  return Array.from({ length: count }, (_, index) => {
    const takenAt = new Date(NOW.getTime() - index * DAY);
    const stamp = `${takenAt.toISOString().slice(0, 10).replaceAll("-", "")}_120000`;
    const name = `openspp_${stamp}.dump`;
    return {
      ...{ name, path: `/backups/daily/${name}`, kind: "daily" as const, takenAt },
      ...{ bytes: bytes - index * growth, manifest: true, latest: index === 0 },
    };
  });
}

const look = (backups: readonly ListedBackup[], freeBytes: number, policy = POLICY) =>
  forecast({ backups, policy, freeBytes, now: NOW, perDay: 1 });

test("backups that do not grow fill nothing, once the policy is reached", () => {
  expect(look(dailies(7, 1000, 0), 100)).toEqual({ bytesPerDay: 0, lookedAheadDays: 365 });
});

test("backups that grow fill the disk on the day on which all that are kept have grown into it", () => {
  // Each day the seven that are kept grow by 10 each: 70 a day into 700.
  const growing = look(dailies(7, 1000, 10), 700);
  expect(growing?.bytesPerDay).toBeCloseTo(10);
  expect(growing?.fullAt).toEqual(new Date(NOW.getTime() + 11 * DAY));
});

test("the filestore's pool fills the disk, too, as the filestore grows", () => {
  const bare = dailies(7, 1000, 0);
  const pooled = bare.map((backup, index) => ({ ...backup, pooledBytes: 5000 - index * 100 }));
  const growing = look(pooled, 1050);
  expect(growing?.pooledBytesPerDay).toBeCloseTo(100);
  expect(growing).toMatchObject({ bytesPerDay: 0, fullAt: new Date(NOW.getTime() + 11 * DAY) });
  // Of two backups with a pool no growth can be told.
  const few = [...pooled.slice(0, 2), ...bare.slice(2)];
  expect(look(few, 1050)).toEqual({ bytesPerDay: 0, lookedAheadDays: 365 });
});

test("copies cost nothing until their daily one goes", () => {
  const weekly = look(dailies(7, 1000, 0), 1500, { days: 7, weeks: 4, months: 0 });
  const days = ((weekly?.fullAt?.getTime() ?? 0) - NOW.getTime()) / DAY;
  expect(days).toBeGreaterThan(7);
  expect(days).toBeLessThan(21);
});

test("a shrinking database does not grow, and two days tell nothing", () => {
  expect(look(dailies(7, 1000, -10), 100)?.bytesPerDay).toBe(0);
  expect(look(dailies(2, 1000, 10), 100)).toBeUndefined();
});

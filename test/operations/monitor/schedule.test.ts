import { describe, expect, test } from "vitest";
import { expectedRunAfter } from "../../../src/operations/monitor/schedule.ts";

const UTC = { name: "UTC", offset: "+0000" };
const PARIS = { name: "Europe/Paris", offset: "+0100" };
const HOUR = 3600;

describe("the run that is expected next", () => {
  test.each([
    [
      "daily, the guide's default",
      "0 2 * * *",
      UTC,
      "2026-01-15T02:00:05Z",
      24,
      "2026-01-16T02:00:00Z",
    ],
    ["every 6 hours", "0 */6 * * *", UTC, "2026-01-15T06:01:00Z", 6, "2026-01-15T12:00:00Z"],
    ["hourly", "0 * * * *", UTC, "2026-01-15T06:01:00Z", 1, "2026-01-15T07:00:00Z"],
    [
      "on working days, of a Friday",
      "0 2 * * 1-5",
      UTC,
      "2026-01-16T02:01:00Z",
      72,
      "2026-01-19T02:00:00Z",
    ],
    [
      "in the deployment's own zone",
      "0 2 * * *",
      PARIS,
      "2026-01-15T01:00:05Z",
      24,
      "2026-01-16T01:00:00Z",
    ],
    [
      "across the night in which clocks are set forward",
      "30 3 * * *",
      PARIS,
      "2026-03-28T03:00:00Z",
      23,
      "2026-03-29T01:30:00Z",
    ],
    [
      "in a zone that has no name here",
      "0 2 * * *",
      { name: "EAT-3", offset: "+0300" },
      "2026-01-15T00:00:00Z",
      24,
      "2026-01-15T23:00:00Z",
    ],
    [
      "in a zone west of it",
      "0 2 * * *",
      { offset: "-0330" },
      "2026-01-15T06:00:00Z",
      24,
      "2026-01-16T05:30:00Z",
    ],
  ])("%s", (_, schedule, zone, takenAt, hours, next) => {
    expect(expectedRunAfter(schedule, zone, new Date(takenAt))).toEqual({
      pauseSeconds: hours * HOUR,
      next: new Date(next),
    });
  });

  test.each(["", "nonsense", "0 2 * *", "0 25 * * *", "0 0 31 2 *", "0 2 * * * *"])(
    "of %j is none",
    (schedule) => {
      expect(expectedRunAfter(schedule, UTC, new Date("2026-01-15T02:00:00Z"))).toBeUndefined();
    },
  );
});

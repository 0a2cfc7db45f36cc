import { describe, expect, test } from "vitest";
import { judgeRpo, judgeRto } from "../../src/checks/objectives.ts";

const DAY = 86_400;
const LOCAL = { source: "local", where: "host" } as const;
const ON_RUNNER = { source: "offsite", where: "runner" } as const;

describe("RPO", () => {
  test.each([
    [0, "passed"],
    [DAY, "passed"],
    [DAY + 0.001, "failed"],
    [-300, "passed"],
    [-301, "failed"],
  ])("an age of %d s: %s", (age, status) => {
    expect(judgeRpo(age, DAY, LOCAL).status).toBe(status);
  });

  test("within the objective", () => {
    expect(judgeRpo(3600, DAY, LOCAL)).toEqual({
      name: "rpo",
      status: "passed",
      message: "The backup is 1 h old; the objective (RPO) is 24 h.",
    });
  });

  test("beyond it", () => {
    expect(judgeRpo(3 * DAY, DAY, LOCAL)).toEqual({
      name: "rpo",
      status: "failed",
      message: "The backup is 3 d old; the objective (RPO) is 24 h.",
      next: "Look at why no newer backup was taken: docker compose logs backup",
    });
  });

  test("a backup from the future is a clock that is wrong", () => {
    expect(judgeRpo(-3600, DAY, LOCAL)).toEqual({
      name: "rpo",
      status: "failed",
      message: "The backup is dated 1 h in the future.",
      next: "The clock of the host or of the backup container is wrong: set it by NTP.",
    });
  });
});

describe("RPO of an off-site copy on the runner", () => {
  test("is by the runner's clock, and says so", () => {
    expect(judgeRpo(3600, DAY, ON_RUNNER)).toEqual({
      name: "rpo",
      status: "passed",
      message: "The off-site copy is 1 h old by the runner's clock; the objective (RPO) is 24 h.",
    });
  });

  test("beyond it, it is the copying that one looks at", () => {
    expect(judgeRpo(3 * DAY, DAY, ON_RUNNER).next).toBe(
      "Look at why no newer backup was copied there: openspp-backup list shows what was taken, openspp-backup sync copies it.",
    );
  });

  test("one from the future may be the runner's fault, too", () => {
    expect(judgeRpo(-3600, DAY, ON_RUNNER)).toEqual({
      name: "rpo",
      status: "failed",
      message: "The off-site copy is dated 1 h in the future by the runner's clock.",
      next: "The clock of the host, of the runner or of the backup container is wrong: set it by NTP.",
    });
  });
});

describe("RTO", () => {
  test("within the objective, to the second", () => {
    expect(judgeRto(1800, 1800)).toEqual({
      name: "rto",
      status: "passed",
      message: "Restored and proven in 30 min; the objective (RTO) is 30 min.",
    });
  });

  test("beyond it", () => {
    expect(judgeRto(1801, 1800)).toEqual({
      name: "rto",
      status: "failed",
      message: "Restored and proven in 30 min 1 s; the objective (RTO) is 30 min.",
      next: "Give the host more cores or a faster disk, raise `jobs`, or agree on another objective.",
    });
  });
});

import { describe, expect, test } from "vitest";
import { rehearsalOf } from "../../src/report/scenario.ts";

const MINUTES = 60;
const HOURS = 60 * MINUTES;

describe("a scenario of the guide has its copy, its place and its objective", () => {
  test.each([
    ["database-corruption", "local", "host", 30 * MINUTES],
    ["server-failure", "offsite", "fresh", 4 * HOURS],
    ["datacenter-outage", "offsite", "runner", 8 * HOURS],
  ] as const)("%s", (scenario, source, where, rtoSeconds) => {
    expect(rehearsalOf(scenario, {})).toEqual({ scenario, source, where, rtoSeconds });
  });
});

describe("the user has the last word", () => {
  test("on each of the three", () => {
    const given = { source: "offsite", where: "host", rtoSeconds: 60 } as const;
    expect(rehearsalOf("datacenter-outage", given)).toEqual({
      scenario: "datacenter-outage",
      ...given,
    });
  });

  test("a fresh server has the off-site copy alone, and the local copy only the host", () => {
    expect(rehearsalOf("database-corruption", { where: "runner" }).source).toBe("offsite");
    expect(rehearsalOf("database-corruption", { where: "fresh" }).source).toBe("offsite");
    expect(rehearsalOf("database-corruption", { source: "offsite" }).where).toBe("host");
    expect(rehearsalOf("server-failure", { source: "local" }).where).toBe("host");
  });
});

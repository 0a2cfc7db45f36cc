import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { SCHEMA } from "../../generate/published-schema.ts";
import { UserMistake } from "../../src/failure.ts";
import { readReport } from "../../src/report/read-report.ts";
import type { Report } from "../../src/report/report-schema.ts";
import { FAILED, PASSED } from "./example.ts";

const published = JSON.parse(readFileSync(SCHEMA, "utf8"));
const ajv = new Ajv2020({ strict: true });
addFormats.default(ajv);
const validate = ajv.compile(published);

/** What a cycle on the lab reported once. Later versions must read it as it is: fields are added, never renamed. */
const FIRST: Report = JSON.parse(readFileSync(join(import.meta.dirname, "cycle.json"), "utf8"));

describe("the published JSON Schema", () => {
  it.each<[string, Report]>([
    ["passed", PASSED],
    ["failed", FAILED],
    ["a lab's first release wrote", FIRST],
  ])("accepts a report that %s", (_, report) => {
    expect(validate(JSON.parse(JSON.stringify(report))), ajv.errorsText(validate.errors)).toBe(
      true,
    );
  });

  it("accepts a field of a later version", () => {
    expect(validate({ ...PASSED, later: 1 })).toBe(true);
  });

  it.each<[string, object]>([
    ["another version", { schemaVersion: 2 }],
    ["an unknown verdict", { verdict: "green" }],
    ["a moment that is none", { startedAt: "yesterday" }],
    ["a check that is none of ours", { checks: [{ name: "luck", status: "passed", message: "" }] }],
    ["fewer than no rows", { rows: -1 }],
  ])("refuses %s", (_, change) => {
    expect(validate({ ...PASSED, ...change })).toBe(false);
  });
});

describe("a report that is read", () => {
  it("is the one that was written, whatever a later version added", () => {
    expect(readReport(JSON.stringify({ ...FAILED, later: 1 }), "report.json")).toEqual(FAILED);
  });

  it("may have been written by an earlier version", () => {
    expect(readReport(JSON.stringify(FIRST), "cycle.json")).toEqual(FIRST);
  });

  it("may be about a check of the user's own", () => {
    const checks = [{ name: "sql: two", status: "passed", message: "It is 2." }];
    expect(readReport(JSON.stringify({ ...PASSED, checks }), "a.json").checks).toEqual(checks);
  });

  it.each([
    ["", "a.json is not JSON."],
    ["{}", "a.json is no report of this version.\nWhy: Its schemaVersion is not as"],
    [JSON.stringify({ ...PASSED, rows: "12" }), "Its rows is not as this version writes it"],
  ])("is refused when it is none: %#", (text, words) => {
    const read = () => readReport(text, "a.json");
    expect(read).toThrow(UserMistake);
    expect(read).toThrow(words);
  });
});

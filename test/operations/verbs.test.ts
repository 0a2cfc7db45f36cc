import { expect, it } from "vitest";
import { inputsOf, type Verb } from "../../src/inputs/table.ts";
import { entryOf, isGood, mayLeaveSomething, VERBS } from "../../src/operations/verbs.ts";
import { PASSED } from "../report/example.ts";

const ALL = Object.keys(VERBS) as Verb[];

it("pings for each verb that reports; the checklist only asks whether somebody would", () => {
  const pinging = ALL.filter((verb) => inputsOf("cli", [verb]).includes("ping-url"));
  expect(pinging).toEqual(ALL.filter((verb) => VERBS[verb].reports || verb === "checklist"));
});

it("sweeps after all that changes the deployment", () => {
  expect(ALL.filter((verb) => !mayLeaveSomething(verb))).toEqual([
    "sync",
    "monitor",
    "checklist",
    "list",
  ]);
});

it("makes no report of a question about restores", () => {
  const settings = (status: boolean) =>
    ({ restore: { status } }) as unknown as Parameters<typeof entryOf>[1];
  expect(entryOf("restore", settings(false))).toBe(VERBS.restore);
  expect(entryOf("restore", settings(true)).reports).toBe(false);
  expect(entryOf("drill", settings(true))).toBe(VERBS.drill);
});

it("is good when the report passed, and when every line of the checklist is ticked", () => {
  const item = { item: "Test restore", evidence: "Yesterday.", ticked: true };
  expect(isGood({ report: PASSED })).toBe(true);
  expect(isGood({ report: { ...PASSED, verdict: "not-run" } })).toBe(false);
  expect(isGood({ items: [item] })).toBe(true);
  expect(isGood({ items: [item, { ...item, ticked: false }] })).toBe(false);
  expect(isGood({ sentences: [] })).toBe(true);
});

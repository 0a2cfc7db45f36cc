import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../../src/deployment/deployment.ts";
import { type Lab, startLab } from "../lab/lab.ts";
import { FAULTS } from "./all-faults.ts";
import { VARIATIONS } from "./all-variations.ts";
import { Drilling } from "./drilling.ts";
import { layGround } from "./ground.ts";
import { Proving } from "./proving.ts";
import { TITLES } from "./titles.ts";
import type { Variation } from "./variation.ts";

/** So many variations are made in one database: fewer cycles, and not too many to try one by one where one is red. */
const GROUP = 8;

const SEED = { registrants: 60, attachments: 12, immutableUnaccent: true };

interface Named {
  readonly name: string;
  readonly policy?: Policy;
}

/** Given a policy, a name for the lab and which entries of the table are chosen, define a test for each of them. */
export function testTable(
  policy: Policy,
  labName: string,
  isChosen: (entry: Named, policy: Policy) => boolean = () => true,
): void {
  const chosen = <Entry extends Named>(all: readonly Entry[]) =>
    all.filter((one) => (one.policy ?? policy) === policy && isChosen(one, policy));
  const [faults, variations] = [chosen(FAULTS), chosen(VARIATIONS)];
  let lab: Lab;
  let drilling: Drilling;
  beforeAll(async () => {
    lab = await startLab({ name: labName, policy, fsyncOff: true, seed: SEED });
    drilling = await Drilling.start(lab);
  });
  afterAll(() => lab.down());

  describe(`${TITLES.healthy} (${policy})`, () => {
    for (const group of groupsOf(variations)) {
      test.each(group.map((one) => [one.name, one] as const))("%s", async (_, variation) => {
        const trouble = await drilling.troubleOf(variation, group);
        if (!variation.red) return expect(trouble).toEqual([]);
        const { check, next } = variation.red;
        const verdict = trouble.find((one) => one.startsWith(`${check} failed: `));
        expect(verdict).toMatch(next);
      });
    }
  });

  describe(`${TITLES.faults} (${policy})`, () => {
    let proving: Proving;
    beforeAll(async () => {
      await drilling.renew();
      await layGround(lab);
      proving = await Proving.start(lab);
    });
    afterAll(() => proving?.end());

    test("by nothing, where there is none", async () => {
      const red = (await proving.checks()).filter(({ status }) => status !== "passed");
      expect(red).toEqual([]);
    });
    test.each(faults.map((one) => [one.name, one] as const))("%s", async (_, fault) => {
      const checks = await proving.checks(fault);
      const failed = checks.filter(({ status }) => status === "failed").map(({ name }) => name);
      expect(failed).toContain(fault.seenBy);
    });
  });
}

/** Those that must be alone are a group each; the others are dealt out in the order of the table. */
function groupsOf(variations: readonly Variation[]): readonly (readonly Variation[])[] {
  const sociable = variations.filter((one) => !one.alone);
  const groups = Array.from({ length: Math.ceil(sociable.length / GROUP) }, (_, at) =>
    sociable.slice(at * GROUP, (at + 1) * GROUP),
  );
  return [...groups, ...variations.filter((one) => one.alone).map((one) => [one])];
}

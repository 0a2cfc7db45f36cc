import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { damagedCases } from "./damaged.ts";
import { fullDiskCases } from "./full-disk.ts";
import { injectedCases } from "./injected.ts";
import { interruptedCases } from "./interrupted.ts";
import { meanwhileCases } from "./meanwhile.ts";
import { refusedCases } from "./refused.ts";
import { scriptedCases } from "./scripted.ts";
import { Subject } from "./subject.ts";
import { throwawayCases } from "./throwaway.ts";

let subject: Subject;

beforeAll(async () => {
  subject = await Subject.start("strict");
});

afterAll(() => subject?.lab.down());

refusedCases(() => subject);

describe("with a good backup", () => {
  beforeAll(async () => {
    expect((await subject.run(["backup"])).code).toBe(0);
  });

  injectedCases(() => subject);
  fullDiskCases(() => subject);
  throwawayCases(() => subject);
  damagedCases(() => subject);
  scriptedCases(() => subject);
  interruptedCases(() => subject);
  meanwhileCases(() => subject);

  it("stands at the end as it was taken", async () => {
    const { code, report } = await subject.run(["drill", "--json"]);
    expect({ code, verdict: report.verdict }).toEqual({ code: 0, verdict: "passed" });
  });
});

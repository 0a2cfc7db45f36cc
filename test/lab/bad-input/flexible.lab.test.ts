import { afterAll, beforeAll, expect } from "vitest";
import { fullDiskCases } from "./full-disk.ts";
import { interruptedCases } from "./interrupted.ts";
import { Subject } from "./subject.ts";
import { throwawayCases } from "./throwaway.ts";

let subject: Subject;

beforeAll(async () => {
  subject = await Subject.start("flexible");
  expect((await subject.run(["backup"])).code).toBe(0);
});

afterAll(() => subject?.lab.down());

// What depends on who creates, owns and drops; the rest is the same under both policies, and runs under the strict one.
fullDiskCases(() => subject);
throwawayCases(() => subject);
interruptedCases(() => subject);

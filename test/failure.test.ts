import { expect, it } from "vitest";
import { Failed, reasonOf, sentenceOf } from "../src/failure.ts";

const what = "The backup could not be finished.";

it("gives the most telling line: why, or else what failed", () => {
  expect(new Failed({ what, why: "No space left on device" }).reason).toBe(
    "No space left on device",
  );
  expect(new Failed({ what }).reason).toBe(what);
});

it("gives what failed and why as one line, without the state and the next step of other work", () => {
  const failed = new Failed({ what, why: "No space\n  left", state: "As it was.", next: "Wait." });
  expect(failed.sentence).toBe(`${what} No space left`);
  expect(new Failed({ what, next: "Wait." }).sentence).toBe(what);
});

it("gives them of anything thrown", () => {
  expect([reasonOf, sentenceOf].map((of) => of(new Failed({ what, why: "Full" })))).toEqual([
    "Full",
    `${what} Full`,
  ]);
  for (const of of [reasonOf, sentenceOf]) {
    expect(of(new TypeError("x is undefined"))).toBe("x is undefined");
    expect(of("gone")).toBe("gone");
  }
});

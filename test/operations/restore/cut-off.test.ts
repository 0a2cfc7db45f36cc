import { expect, test } from "vitest";
import { Cancelled, Failed, Unreachable } from "../../../src/failure.ts";
import { cutOff } from "../../../src/operations/restore/cut-off.ts";

const told = { what: "It was cut off.", state: "It stands so.", next: "Do this." };
const lost = new Unreachable({ what: "The connection was lost.", why: "ECONNRESET" });

test("a failure keeps its reason, and the state is told", () => {
  const error = new Failed({ what: "pg_restore failed.", why: "No space left on device" });
  const failure = cutOff(error, new AbortController(), told);
  expect(failure).toBeInstanceOf(Failed);
  expect(failure.explanation).toEqual({ ...told, why: "No space left on device" });
  expect(failure.cause).toBe(error);
});

test("one without a reason is the reason; a cancellation is one", () => {
  const { signal } = new AbortController();
  expect(cutOff(new Failed({ what: "It failed." }), { signal }, told).explanation.why).toBe(
    "It failed.",
  );
  expect(cutOff(new Cancelled({ what: "`x` was cancelled." }), { signal }, told).message).toBe(
    "It was cut off.\nWhy: It was cancelled.\nState: It stands so.\nNext: Do this.",
  );
});

test("what was lost stays lost, although a command was cancelled because of it", () => {
  const run = new AbortController();
  run.abort(lost);
  const failure = cutOff(new Cancelled({ what: "`x` was cancelled." }), run, told);
  expect(failure).toBeInstanceOf(Unreachable);
  expect(failure.explanation).toEqual({ ...told, why: "ECONNRESET" });
  expect(failure.cause).toBe(lost);
});

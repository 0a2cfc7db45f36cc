import { describe, expect, test } from "vitest";
import { doubling, retry } from "../src/retry.ts";

const PASSING = new Error("passing");
const LASTING = new Error("lasting");
const mayPass = (error: unknown) => error === PASSING;

function failing(...errors: Error[]) {
  let attempts = 0;
  const attempt = async () => {
    const error = errors[attempts];
    attempts += 1;
    if (error) throw error;
    return "done";
  };
  return { attempt, attempts: () => attempts };
}

describe("trying again", () => {
  test("goes on until it succeeds, and tells each pause", async () => {
    const { attempt, attempts } = failing(PASSING, PASSING);
    const told: unknown[] = [];
    const onPause = (error: unknown, seconds: number) => told.push([error, seconds]);
    expect(await retry(attempt, { pauses: [0, 0.001, 7], mayPass, onPause })).toBe("done");
    expect(attempts()).toBe(3);
    expect(told).toEqual([
      [PASSING, 0],
      [PASSING, 0.001],
    ]);
  });

  test("ends when the pauses do", async () => {
    const { attempt, attempts } = failing(PASSING, PASSING, PASSING);
    await expect(retry(attempt, { pauses: [0, 0], mayPass })).rejects.toBe(PASSING);
    expect(attempts()).toBe(3);
  });

  test("ends at once where nothing passes by itself", async () => {
    const { attempt, attempts } = failing(PASSING, LASTING);
    await expect(retry(attempt, { pauses: [0, 0], mayPass })).rejects.toBe(LASTING);
    expect(attempts()).toBe(2);
  });

  test("waits no longer than somebody wants it", async () => {
    const { attempt, attempts } = failing(PASSING);
    const cancelled = new AbortController();
    const onPause = () => cancelled.abort("cancelled");
    const trying = retry(attempt, { pauses: [60], mayPass, onPause, signal: cancelled.signal });
    await expect(trying).rejects.toBe("cancelled");
    expect(attempts()).toBe(1);
  });
});

test("pauses double up to the longest", () => {
  const pauses = doubling(20, 250);
  const first = Array.from({ length: 6 }, () => pauses.next().value);
  expect(first).toEqual([20, 40, 80, 160, 250, 250]);
});

import { inspect } from "node:util";
import { expect, test } from "vitest";
import { redact, Secret } from "../src/secret.ts";

const secret = new Secret("hunter2");

test("a secret prints redacted, wherever it goes", () => {
  expect(String(secret)).toBe("[REDACTED]");
  expect(JSON.stringify({ secret })).toBe('{"secret":"[REDACTED]"}');
  expect(inspect({ secret })).toBe("{ secret: [REDACTED] }");
  expect(Object.keys(secret)).toEqual([]);
  expect(secret.reveal()).toBe("hunter2");
});

test("a text is cleaned of every secret, the longer ones first, empty ones left alone", () => {
  const secrets = [new Secret("hunter"), secret, new Secret("")];
  expect(redact("hunter2 and hunter, hunter2", secrets)).toBe(
    "[REDACTED] and [REDACTED], [REDACTED]",
  );
  expect(redact("nothing here", secrets)).toBe("nothing here");
});

test("a common word travels as a secret, and is not cut out of what tools say", () => {
  const secrets = [new Secret("s3", { common: true }), new Secret("hunter2")];
  expect(String(secrets[0])).toBe("[REDACTED]");
  expect(redact("s3: hunter2", secrets)).toBe("s3: [REDACTED]");
});

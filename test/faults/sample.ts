import { createHash } from "node:crypto";
import type { Policy } from "../../src/deployment/deployment.ts";

const SHARE = 10;

/**
 * Whether an entry of the table is of the tenth that each run of the tests takes, under one of the two policies. Its name alone
 * decides, so that a new entry changes nothing for the others.
 */
export function isSampled(
  entry: { readonly name: string; readonly policy?: Policy },
  policy: Policy,
): boolean {
  const number = createHash("sha256").update(entry.name).digest().readUInt32BE();
  const taken: Policy =
    entry.policy ?? (Math.floor(number / SHARE) % 2 === 0 ? "strict" : "flexible");
  return number % SHARE === 0 && taken === policy;
}

import { describe, expect, test } from "vitest";
import { UserMistake } from "../../../src/failure.ts";
import type { Settings } from "../../../src/inputs/settings.ts";
import {
  refuseOtherDatabase,
  refuseUnconfirmed,
} from "../../../src/operations/restore/confirmation.ts";

const settings = (confirm: string | undefined, more: object = {}, database?: string) =>
  ({
    connection: { host: "vps.example.org" },
    deployment: { ...(database && { database }) },
    restore: { confirm, strategy: "swap", undo: false, status: false, dryRun: false, ...more },
  }) as unknown as Settings;

describe("before anything is known of the deployment", () => {
  test.each([
    undefined,
    "",
    "yes",
    "restore openspp",
    "restore openspp on elsewhere",
    "restore  on vps.example.org",
    "Restore openspp on vps.example.org",
    "restore openspp on vps.example.org.",
  ])("%j is refused", (given) => {
    expect(() => refuseUnconfirmed(settings(given))).toThrow(UserMistake);
  });

  test("any database on that host may be meant, unless one is named", () => {
    expect(() => refuseUnconfirmed(settings("restore x on vps.example.org"))).not.toThrow();
    expect(() =>
      refuseUnconfirmed(settings("restore x on vps.example.org", {}, "openspp")),
    ).toThrow("write exactly this as `confirm`: restore openspp on vps.example.org");
  });

  test("an undo needs it as well; what leaves production alone does not", () => {
    expect(() => refuseUnconfirmed(settings(undefined, { undo: true }))).toThrow(UserMistake);
    for (const harmless of [{ dryRun: true }, { status: true }, { strategy: "copy" }]) {
      expect(() => refuseUnconfirmed(settings(undefined, harmless))).not.toThrow();
    }
  });
});

test("once the database is known, it must be the one that was confirmed", () => {
  const given = settings("restore x on vps.example.org");
  expect(() => refuseOtherDatabase(given, "openspp")).toThrow(UserMistake);
  expect(() => refuseOtherDatabase(given, "x")).not.toThrow();
});

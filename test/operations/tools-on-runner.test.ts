import { expect, it } from "vitest";
import type { Settings } from "../../src/inputs/settings.ts";
import type { Verb } from "../../src/inputs/table.ts";
import { toolsOnRunner } from "../../src/operations/tools-on-runner.ts";

const remote = { tool: "rclone", address: "offsite:openspp-backups" } as const;

function settings(where: "host" | "runner", from: "host" | "runner", named = true): Settings {
  return { drill: { where }, sync: { from, ...(named && { remote }) } } as unknown as Settings;
}

it.each<[Verb, Settings, readonly string[]]>([
  ["drill", settings("runner", "host"), ["docker", "rclone"]],
  ["drill", settings("host", "runner"), []],
  ["sync", settings("host", "runner"), ["rclone"]],
  ["sync", settings("host", "host"), []],
  ["sync", settings("host", "runner", false), []],
  ["cycle", settings("runner", "runner"), []],
  ["monitor", settings("host", "runner"), []],
])("%s %j needs %j", (verb, given, tools) => {
  expect(toolsOnRunner(verb, given)).toEqual(tools);
});

import type { MachineTool } from "../commands/machine-tools.ts";
import type { Settings } from "../inputs/settings.ts";
import type { Verb } from "../inputs/table.ts";

/**
 * What a verb cannot do without on the machine that it runs on. A cycle's backup is worth taking without them, and of a
 * monitor they are a finding: what they lack is in their report.
 */
export function toolsOnRunner(verb: Verb, { drill, sync }: Settings): readonly MachineTool[] {
  const remote = sync.remote ? [sync.remote.tool] : [];
  if (verb === "drill" && drill.where === "runner") return ["docker", ...remote];
  return verb === "sync" && sync.from === "runner" ? remote : [];
}

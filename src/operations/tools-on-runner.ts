import type { MachineTool } from "../commands/machine-tools.ts";
import type { Settings } from "../inputs/settings.ts";
import type { Verb } from "../inputs/table.ts";

/**
 * What a verb needs on the runner before it can begin. A cycle's backup is worth taking without its
 * tools, and to a monitor a missing tool is a finding. Both report what was missing.
 */
export function toolsOnRunner(verb: Verb, { drill, sync }: Settings): readonly MachineTool[] {
  const remote = sync.remote ? [sync.remote.tool] : [];
  if (verb === "drill" && drill.where === "runner") return ["docker", ...remote];
  return verb === "sync" && sync.from === "runner" ? remote : [];
}

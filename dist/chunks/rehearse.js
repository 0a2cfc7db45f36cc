import "./rolldown-runtime.js";
import { t as drill } from "./drill.js";
import { t as drillOnRunner } from "./drill-on-runner.js";
// src/operations/rehearse.ts
/** Given the settings, drill a backup where they say: on the deployment's own server, or on one that the runner starts. */
function rehearse(settings, effects) {
	return settings.drill.where === "runner" ? drillOnRunner(settings, effects) : drill(settings, effects);
}
export { rehearse };

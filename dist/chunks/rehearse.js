import "./rolldown-runtime.js";
import { t as drillCopy } from "./drill-copy.js";
import { t as drill } from "./drill.js";
// src/operations/drill/rehearse.ts
/** Given the settings, drill a backup where they say: on the deployment's own server, or its copy on a fresh one. */
function rehearse(settings, effects) {
	return settings.drill.where === "host" ? drill(settings, effects) : drillCopy(settings, effects);
}
export { rehearse };

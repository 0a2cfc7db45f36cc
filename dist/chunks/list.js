import "./rolldown-runtime.js";
import { n as discover } from "./discover.js";
import { t as listBackups } from "./list-backups.js";
import { t as maskPasswords } from "./locked.js";
// src/operations/list.ts
/** Given the settings, return the backups in the deployment's volume, newest first; takes no lock. */
async function list(settings, effects) {
	const deployment = await discover(effects.host, settings.deployment, effects);
	maskPasswords(deployment, effects);
	const { listing } = await listBackups(effects, deployment);
	return listing.backups;
}
export { list };

import "./rolldown-runtime.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatMoment } from "./moment.js";
import { r as keptFilestores } from "./kept-filestores.js";
import { i as stoppedOrUnhealthy, m as noProductionFailure } from "./refuse-server.js";
import { n as withServer } from "./server-run.js";
// src/operations/restore/restore-status.ts
/** A sentence for production, for its services, and for each thing that earlier restores left. Changes nothing. */
function restoreStatus(settings, effects) {
	return withServer(settings, effects, async (run) => statusSentences(run, await keptFilestores(run)));
}
function statusSentences(run, filestores) {
	const { extraDatabases, deployment, settings } = run;
	const unhealthy = stoppedOrUnhealthy(deployment, settings.restore.services);
	return [
		productionSentence(run),
		unhealthy.length === 0 ? "Its services run." : `${unhealthy.join(", ")}.`,
		...extraDatabases.map(sentenceOf),
		...filestores.map(sentenceOfFilestore),
		...extraDatabases.length + filestores.length === 0 ? ["No restore left anything next to it."] : []
	];
}
function productionSentence({ production, placeholder, deployment }) {
	const { name } = deployment.database;
	if (production) return `${name} is there, ${formatBytes(production.bytes)}.`;
	if (!placeholder) return `There is no database ${name}. Restore a backup: openspp-backup restore`;
	const { what, state, next } = noProductionFailure(placeholder).explanation;
	return `${what} ${state} ${next}`;
}
function sentenceOf({ name, mark, bytes }) {
	const size = formatBytes(bytes);
	switch (mark.is) {
		case "incoming": return `${name} (${size}): a restore of ${mark.backup}, begun ${formatMoment(mark.since)}, that did not end; it never was production. The next run ${mark.proven ? "finishes it where production was dropped for it, or drops it" : "drops it"}.`;
		case "vacant": return `${name} (${size}): had the name of ${mark.of} while that was dropped. The next run drops it.`;
		case "former": {
			if (mark.doomed) return `${name} (${size}): ${mark.of} as it was until ${formatMoment(mark.since)}, about to be dropped for a restore of ${mark.backup}. The next run brings it back if it is still whole.`;
			const until = `Kept until ${mark.until.slice(0, 10)}; to bring it back: openspp-backup restore --undo`;
			return `${name} (${size}): ${mark.confirmed ? `${mark.of} as it was until ${formatMoment(mark.since)}.` : `${mark.of} as it was until ${formatMoment(mark.since)}. The restore of ${mark.backup} took its place and was cut off before the services were seen to be healthy; the next run confirms it when they are.`} ${until}`;
		}
		case "copy": return `${name} (${size}): ${mark.backup}, to look at. Kept until ${mark.until.slice(0, 10)}.`;
	}
}
function sentenceOfFilestore({ aside, of, backup, since, until, state, alone }) {
	if (state === "staging") return `A restore of the filestore of ${backup}, begun ${formatMoment(since)}, did not end: the next run removes what it left.`;
	const kept = `${aside}: the filestore of ${of} as it was until ${formatMoment(since)}. Kept until ${until.slice(0, 10)}`;
	if (state === "proven") return `${kept}. The restore of ${backup} was cut off when that was to take its place; the next run finishes it.`;
	return alone ? `${kept}; to bring it back: openspp-backup restore --undo` : `${kept}.`;
}
export { restoreStatus };

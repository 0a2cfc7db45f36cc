import "./rolldown-runtime.js";
import { t as formatBytes } from "./bytes.js";
import { t as formatMoment } from "./moment.js";
import { t as withServer } from "./on-server.js";
import { n as notServing } from "./settle.js";
// src/operations/restore/status.ts
/** Given the settings, return what earlier restores left and how production stands, a sentence each. Nothing is changed. */
function restoreStatus(settings, effects) {
	return withServer(settings, effects, async (run) => statusOf(run));
}
/** Given a run, return what restores left beside production and how production stands, a sentence each. */
function statusOf(run) {
	const { production, beside, deployment, settings } = run;
	const { name } = deployment.database;
	const ill = notServing(deployment, settings.restore.services);
	return [
		production === null ? `There is no database ${name}.${dropped(beside)}` : `${name} is there, ${formatBytes(production.bytes)}.`,
		ill.length === 0 ? "Its services run." : `${ill.join(", ")}.`,
		...beside.map(sentenceOf),
		...beside.length === 0 ? ["No restore left anything beside it."] : []
	];
}
function dropped(beside) {
	const replacing = beside.find(({ mark }) => mark.is === "incoming" && mark.replaces !== void 0);
	if (replacing?.mark.is !== "incoming") return " Restore a backup: openspp-backup restore";
	const { backup, replaces } = replacing.mark;
	return ` It was dropped for a restore of ${backup} that did not end.${replaces ? ` As it was, it is in the backup ${replaces}.` : ""} Restore one of them: openspp-backup restore --strategy replace`;
}
function sentenceOf({ name, mark, bytes }) {
	const size = formatBytes(bytes);
	switch (mark.is) {
		case "incoming": return `${name} (${size}): a restore of ${mark.backup}, begun ${formatMoment(mark.since)}, that did not end; it never was production. The next run drops it.`;
		case "former": {
			const until = `Kept until ${mark.until.slice(0, 10)}; it comes back by: openspp-backup restore --undo`;
			return `${name} (${size}): ${mark.confirmed ? `${mark.of} as it was until ${formatMoment(mark.since)}.` : `${mark.of} as it was until ${formatMoment(mark.since)}. The restore of ${mark.backup} took its place and was cut off before the services were seen to be healthy; the next run confirms it when they are.`} ${until}`;
		}
		case "copy": return `${name} (${size}): ${mark.backup}, to look at. Kept until ${mark.until.slice(0, 10)}.`;
	}
}
export { restoreStatus };

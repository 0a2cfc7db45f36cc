import { a as UserMistake } from "./failure.js";
// src/operations/restore/confirmation.ts
/** `host` is as the user names it. */
function confirmationOf(database, host) {
	return `restore ${database} on ${host}`;
}
function changesProduction({ restore }) {
	return restore.undo || !(restore.status || restore.dryRun || restore.strategy === "copy");
}
/**
* Throws UserMistake unless the confirmation is the exact text. It runs before the deployment is discovered: without the
* setting `database`, any database name is accepted here.
*/
function refuseUnconfirmed(settings) {
	if (!changesProduction(settings)) return;
	const { deployment, restore } = settings;
	const host = hostOf(settings);
	const given = restore.confirm;
	const wanted = confirmationOf(deployment.database ?? givenDatabase(given, host) ?? "<database>", host);
	if (given !== wanted) throw unconfirmed(given, wanted);
}
/** `database` is the discovered one. Throws UserMistake unless the confirmation names it. */
function refuseOtherDatabase(settings, database) {
	if (!changesProduction(settings)) return;
	const wanted = confirmationOf(database, hostOf(settings));
	const given = settings.restore.confirm;
	if (given !== wanted) throw unconfirmed(given, wanted);
}
/** Only a drill on the runner has none. */
function hostOf({ connection }) {
	return connection?.host ?? "<ssh-host>";
}
function givenDatabase(given, host) {
	const end = ` on ${host}`;
	if (!given?.startsWith("restore ") || !given.endsWith(end)) return void 0;
	return given.slice(8, -end.length) || void 0;
}
function unconfirmed(given, wanted) {
	return new UserMistake({
		what: given === void 0 ? "A restore into production needs to be confirmed." : `The confirmation is ${JSON.stringify(given)}, and not the text that confirms this restore.`,
		state: "Nothing was changed.",
		next: `If you mean it, write exactly this as \`confirm\`: ${wanted}`
	});
}
export { refuseUnconfirmed as n, refuseOtherDatabase as t };

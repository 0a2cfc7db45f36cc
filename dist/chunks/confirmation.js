import { a as UserMistake } from "./failure.js";
// src/operations/restore/confirmation.ts
/** Given a database and a host as the user names it, return the text that confirms a restore into it. */
function confirmationOf(database, host) {
	return `restore ${database} on ${host}`;
}
/** Given the settings, return whether they ask for something that changes production. */
function changesProduction({ restore }) {
	return restore.undo || !(restore.status || restore.dryRun || restore.strategy === "copy");
}
/**
* Given the settings, throw UserMistake unless the confirmation is the exact text, as far as that can be told before
* the deployment was discovered: without `database`, any name may stand for it.
*/
function refuseUnconfirmed(settings) {
	if (!changesProduction(settings)) return;
	const { deployment, restore } = settings;
	const host = hostOf(settings);
	const given = restore.confirm;
	const wanted = confirmationOf(deployment.database ?? givenDatabase(given, host) ?? "<database>", host);
	if (given !== wanted) throw unconfirmed(given, wanted);
}
/** Given the settings and the database that was discovered, throw UserMistake unless the confirmation names it. */
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

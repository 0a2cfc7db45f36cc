import { J as ServerError, _t as literal, f as withSession, gt as identifier, y as dropDatabase } from "./discover.js";
import { n as Failed } from "./failure.js";
// src/checks/drop-obstacles.ts
/** For a superuser, in any database of the server. One row, one JSON value. */
function dropObstaclesQuery(name) {
	const database = literal(name);
	return `
SELECT json_build_object(
  'subscriptions', (SELECT coalesce(json_agg(s.subname ORDER BY s.subname), '[]') FROM pg_subscription s
    JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = ${database}),
  'prepared', (SELECT coalesce(json_agg(p.gid ORDER BY p.gid), '[]') FROM pg_prepared_xacts p WHERE p.database = ${database}),
  'slots', (SELECT coalesce(json_agg(s.slot_name ORDER BY s.slot_name), '[]') FROM pg_replication_slots s WHERE s.database = ${database}),
  'template', coalesce((SELECT d.datistemplate FROM pg_database d WHERE d.datname = ${database}), false)) AS obstacles`;
}
/** What a person does so that the database can be dropped. */
function removeObstacles(name, found) {
	const inside = [
		...found.subscriptions.map((one) => dropSubscription(one).join("; ")),
		...found.prepared.map((one) => `ROLLBACK PREPARED ${literal(one)}`),
		...found.slots.map((one) => `SELECT pg_drop_replication_slot(${literal(one)})`)
	];
	const steps = [...inside.length > 0 ? [`In the database \`${name}\`: ${inside.join("; ")}`] : [], ...found.template ? [`ALTER DATABASE ${identifier(name)} IS_TEMPLATE false`] : []];
	if (steps.length === 0) return `Find who uses it (SELECT * FROM pg_stat_activity WHERE datname = ${literal(name)}), then: openspp-backup sweep`;
	return `As the admin role: ${steps.join("; ")}. Then: openspp-backup sweep`;
}
function dropSubscription(name) {
	const subscription = `SUBSCRIPTION ${identifier(name)}`;
	return [
		`ALTER ${subscription} DISABLE`,
		`ALTER ${subscription} SET (slot_name = NONE)`,
		`DROP ${subscription}`
	];
}
// src/operations/drop-leftover.ts
/** A database that this project made cannot be dropped. What keeps it is in the next step. */
var NotDropped = class extends Failed {};
/**
* Drops a database that this project made, or that is no longer production. A subscription in it keeps
* PostgreSQL from that, so it goes first. Its slot at the publisher stays: it is production's. Throws
* NotDropped.
*/
async function dropLeftover(run, name) {
	const { maintenance } = run;
	const obstacles = () => maintenance.value(dropObstaclesQuery(name));
	try {
		await dropSubscriptions(run, name, (await obstacles()).subscriptions);
		await maintenance.batch([dropDatabase(name)]);
	} catch (error) {
		if (!(error instanceof ServerError)) throw error;
		throw new NotDropped({
			what: `The database \`${name}\` could not be dropped.`,
			why: error.explanation.why,
			state: "It is still there. Production is as it was.",
			next: removeObstacles(name, await obstacles())
		}, { cause: error });
	}
}
async function dropSubscriptions(run, name, subscriptions) {
	if (subscriptions.length === 0) return;
	const { deployment, applicationName } = run;
	await withSession(run, {
		role: deployment.database.admin,
		name,
		applicationName
	}, (session) => session.batch(subscriptions.flatMap(dropSubscription)));
}
/** What a dead run left must not stop a backup: a database that cannot be dropped is a warning. Returns whether it is gone. */
async function tryDropLeftover(run, name) {
	try {
		await dropLeftover(run, name);
		return true;
	} catch (error) {
		if (!(error instanceof NotDropped)) throw error;
		run.journal.log.warning(error.message);
		return false;
	}
}
export { dropLeftover as n, tryDropLeftover as r, NotDropped as t };

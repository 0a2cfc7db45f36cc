import { g as createMarkedStatements } from "./discover.js";
import { i as ServerError } from "./sessions.js";
import { n as Failed } from "./failure.js";
// src/operations/proof/create-database.ts
/** Given a session and what to create, create the database, mark it, and only then give it its name. */
async function createMarked(session, database) {
	const [create, ...rest] = createMarkedStatements(database);
	await session.batch([create]).catch((error) => {
		throw error instanceof ServerError ? notCreated(database.name, error) : error;
	});
	await session.batch(rest);
}
function notCreated(name, error) {
	return new Failed({
		what: `The database \`${name}\` could not be created.`,
		why: error.explanation.why,
		state: "Nothing was restored.",
		next: "See to the disk space of the `db` service, and that its server knows the locale that the backup's database had."
	}, { cause: error });
}
export { createMarked as t };

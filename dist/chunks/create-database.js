import { J as ServerError, v as createMarkedStatements } from "./discover.js";
import { n as Failed } from "./failure.js";
// src/operations/proof/create-database.ts
/** The database gets its name only when its mark is there: whoever finds it by that name can see what it is. Throws Failed. */
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
		next: "Look at the disk space of the `db` service. Its server must also know the locale of the backup's database."
	}, { cause: error });
}
export { createMarked as t };

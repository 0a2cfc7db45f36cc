// src/operations/all-or-none.ts
/** Given pieces of work that need each other, return all results; when one fails, the others are ended before its error is thrown. */
async function allOrNone(work, failed) {
	try {
		return await Promise.all(work);
	} catch (error) {
		failed.abort();
		await Promise.allSettled(work);
		throw error;
	}
}
export { allOrNone as t };

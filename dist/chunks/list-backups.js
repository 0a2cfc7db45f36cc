import { I as stampNow, O as listFiles, S as parseListing } from "./discover.js";
import { a as and, s as inContainer } from "./shell.js";
// src/operations/list-backups.ts
/** Given a deployment, return the backups in its volume, its files as `listFiles` prints them, and what its backup container's clock says. */
async function listBackups({ host, signal }, { backups, database }) {
	const command = inContainer(backups.container, and(stampNow(), listFiles(backups.directory)));
	const { stdout } = await host.run(command, { signal });
	const at = stdout.indexOf("\n");
	const [stamp = "", offset = "+0000"] = stdout.slice(0, at).split(" ");
	const lines = stdout.slice(at + 1);
	return {
		listing: parseListing(lines, backups.directory, database.name, offset),
		lines,
		stamp,
		offset
	};
}
export { listBackups as t };

import { a as UserMistake } from "./failure.js";
// src/operations/offsite/require-remote.ts
/** Given the settings, return the remote that they name. Throws UserMistake when they name none. */
function requireRemote({ sync }) {
	if (sync.remote) return sync.remote;
	throw new UserMistake({
		what: "No remote was named.",
		why: "Without `remote` there is nowhere to copy the backups to.",
		state: "Nothing was done.",
		next: "Name one, for example `offsite:openspp-backups` for rclone or `backup@remote.example.org:/backups/openspp` for rsync."
	});
}
export { requireRemote as t };

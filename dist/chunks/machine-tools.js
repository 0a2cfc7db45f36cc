import { a as UserMistake } from "./failure.js";
import { c as program, s as inThrowaway } from "./shell.js";
/** Looks whether the user has the tool and may read the folder. `version` prints the tool's version. */
function lookForTool(version, folder) {
	const steps = `
folder=$1; shift
command -v "$1" >/dev/null || exit 69
id -u
id -g
unreadable=$(find "$folder" -maxdepth 2 ! -type l -exec sh -c 'for file; do [ -r "$file" ] || echo "$file"; done' sh {} + 2>&1) || unreadable=folder
echo "\${unreadable:+un}readable"
"$@" | head -n 1`.trim();
	return program([
		"sh",
		"-c",
		steps,
		"sh",
		folder,
		...version.argv
	]);
}
function parseToolAccess(output) {
	const [uid, gid, readable, version = ""] = output.split("\n");
	return {
		uid: Number(uid),
		gid: Number(gid),
		readable: readable === "readable",
		version: versionIn(version)
	};
}
/** The first version number in a tool's output. Empty where there is none. */
function versionIn(output) {
	return /\d+(?:\.\d+)+/.exec(output)?.[0] ?? "";
}
/** For versions like `1.9` and `1.63.1`. */
function isOlder(version, than) {
	const [one, other] = [version, than].map((text) => text.split(".").map(Number));
	for (const [index, part] of (other ?? []).entries()) {
		const difference = (one?.[index] ?? 0) - part;
		if (difference !== 0) return difference < 0;
	}
	return false;
}
/** Without a folder, the container may change nothing. */
const writable = (folder) => folder === void 0 ? [] : ["--volume", `${folder}:/host${folder}`];
/**
* Runs the host's own tools as the SSH user, in a container that sees the host's files, with the
* right to read every file. Docker's folders belong to root: a user of the group `docker` may mount
* them but not read them. The container cannot change the host's files, except in the folder
* `changing`, if there is one.
*/
function withEveryFileReadable(command, image, { uid, gid }, changing) {
	const right = changing === void 0 ? "+dac_read_search" : "+dac_read_search,+dac_override";
	const rights = [
		"SYS_CHROOT",
		"SETUID",
		"SETGID",
		"SETPCAP",
		"DAC_READ_SEARCH"
	];
	const allowed = changing ? [...rights, "DAC_OVERRIDE"] : rights;
	return inThrowaway(image, command, {
		options: [
			"--network",
			"host",
			"--user",
			"0:0",
			"--env",
			"HOME",
			"--env",
			"PATH",
			"--cap-drop",
			"ALL",
			...allowed.flatMap((one) => ["--cap-add", one]),
			"--volume",
			"/:/host:ro",
			...writable(changing)
		],
		prefix: [
			"/usr/sbin/chroot",
			"/host",
			"setpriv",
			`--reuid=${uid}`,
			`--regid=${gid}`,
			"--clear-groups",
			`--inh-caps=${right}`,
			`--ambient-caps=${right}`
		]
	});
}
// src/commands/machine-tools.ts
const OLDEST_RCLONE = "1.63";
const REQUIREMENTS = {
	docker: {
		askVersion: [
			"docker",
			"version",
			"--format",
			"{{.Server.Version}}"
		],
		state: "Nothing was done.",
		next: "A fresh server is a container: use a machine that has Docker, as GitHub's Ubuntu runners do, or `where: host`."
	},
	rclone: {
		askVersion: ["rclone", "version"],
		oldest: {
			version: OLDEST_RCLONE,
			why: "Older ones upload straight to the final name: an upload that breaks off leaves half a file that looks complete."
		},
		state: "Nothing was copied.",
		next: `Install version ${OLDEST_RCLONE} or newer: its .deb or .rpm from https://rclone.org/downloads/, once its SHA-256 is that of SHA256SUMS there; then \`sudo apt-get install ./rclone.deb\` (or \`sudo dnf install\`).`
	},
	rsync: {
		askVersion: ["rsync", "--version"],
		oldest: { version: "3.1" },
		state: "Nothing was copied.",
		next: "Install it: `sudo apt-get install rsync` (or `sudo dnf install rsync`)."
	}
};
function missingTool(tool, machine, options) {
	const { state, next } = REQUIREMENTS[tool];
	return new UserMistake({
		what: `The command \`${tool}\` is not on the PATH of ${machine}.`,
		state,
		next
	}, options);
}
/** Undefined for a version that is new enough. */
function oldTool(tool, machine, version) {
	const { oldest, state, next } = REQUIREMENTS[tool];
	if (!oldest || !isOlder(version, oldest.version)) return void 0;
	return new UserMistake({
		what: `The ${tool} of ${machine} is version ${version}, and this needs ${oldest.version} or newer.`,
		why: oldest.why,
		state,
		next
	});
}
/** `why` is the message of Docker's own client. */
function silentEngine(machine, why, options) {
	const { state, next } = REQUIREMENTS.docker;
	return new UserMistake({
		what: `The Docker engine of ${machine} does not answer.`,
		why,
		state,
		next
	}, options);
}
export { lookForTool as a, withEveryFileReadable as c, silentEngine as i, missingTool as n, parseToolAccess as o, oldTool as r, versionIn as s, REQUIREMENTS as t };

// src/backups/backup-name.ts
/**
* How the reference script names its files: `<database>_<YYYYmmdd>_<HHMMSS>.dump`, the manifest and the
* filestore archive next to it with the same stamp, and a link `<database>_latest.dump`.
*/
const STAMP = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;
const DUMP = /^(?<database>.+)_(?<stamp>\d{8}_\d{6})\.dump$/s;
const PARTIAL = /^\..*\.part$|\.manifest\.json\.part$|_latest\.dump\.part$/s;
/**
* How a backup keeps the filestore: in its own archive, or as a list of files in the pool that all backups
* share.
*/
const FILESTORE_KINDS = [
	"tar.gz",
	"tar.zst",
	"incremental"
];
const FOLDERS = [
	"daily",
	"weekly",
	"monthly"
];
/**
* The folder, inside one of those, that holds an off-site copy while it is checked. Its name marks it as
* partial, so it is never listed.
*/
const COPY_FOLDER = ".openspp_offsite.part";
function namesOf(database, stamp) {
	const dump = `${database}_${stamp}.dump`;
	return {
		dump,
		partial: `.${dump}.part`,
		manifest: manifestNameOf(dump),
		latest: `${database}_latest.dump`,
		filestore: {
			"tar.gz": `${database}_filestore_${stamp}.tar.gz`,
			"tar.zst": `${database}_filestore_${stamp}.tar.zst`,
			incremental: `${database}_filestore_${stamp}.sha1`
		}
	};
}
/** The pool holds each file of the filestore once, named by its content. */
function poolOf(directory, database) {
	return `${directory}/filestore/${database}`;
}
/** The directory that holds the folder `…/daily` of a backup's file. */
function directoryOf(path) {
	return path.split("/").slice(0, -2).join("/");
}
function manifestNameOf(dump) {
	return dump.replace(/\.dump$/, ".manifest.json");
}
/** Undefined for a file that is not a dump. */
function parseDumpName(name) {
	const { database, stamp } = DUMP.exec(name)?.groups ?? {};
	return database && stamp && namesMoment(stamp) ? {
		database,
		stamp
	} : void 0;
}
/** `dump` must be the name of a dump, `<database>_<stamp>.dump`. */
function stampOf(dump) {
	return dump.slice(-20, -5);
}
/** No clock writes a 30th of February, so such a file is neither our backup nor the script's. */
function namesMoment(stamp) {
	const moment = momentOf(stamp, "+0000");
	if (Number.isNaN(moment.getTime())) return false;
	return moment.toISOString().replaceAll(/\D/g, "") === `${stamp.replace("_", "")}000`;
}
/** Whether an unfinished run of this project left the file. */
function isPartial(name) {
	return PARTIAL.test(name);
}
/** `offset` is that of the clock that wrote the stamp: `+0200`. */
function momentOf(stamp, offset) {
	const [, year, month, day, hour, minute, second] = STAMP.exec(stamp) ?? [];
	return /* @__PURE__ */ new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset.slice(0, 3)}:${offset.slice(3)}`);
}
export { isPartial as a, namesOf as c, stampOf as d, directoryOf as i, parseDumpName as l, FILESTORE_KINDS as n, manifestNameOf as o, FOLDERS as r, momentOf as s, COPY_FOLDER as t, poolOf as u };

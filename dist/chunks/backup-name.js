// src/backups/backup-name.ts
/**
* How the reference script names its files: `<database>_<YYYYmmdd>_<HHMMSS>.dump`, the manifest and the
* filestore archive beside it with the same stamp, and a link `<database>_latest.dump`.
*/
const STAMP = /^(\d{4})(\d{2})(\d{2})_(\d{2})(\d{2})(\d{2})$/;
const DUMP = /^(?<database>.+)_(?<stamp>\d{8}_\d{6})\.dump$/s;
const PARTIAL = /^\..*\.part$|\.manifest\.json\.part$|_latest\.dump\.part$/s;
/** How a backup keeps the filestore: an archive of its own, or a list of files in the pool that all backups share. */
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
/** The folder, in one of those, that takes an off-site copy while it is looked at: partial by its name, and never listed. */
const COPY_FOLDER = ".openspp_offsite.part";
/** Given a database and a stamp, return the names of the backup's files. */
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
/** Given the backup directory and a database, return the pool: each file of the filestore once, named by its content. */
function poolOf(directory, database) {
	return `${directory}/filestore/${database}`;
}
/** Given the path of one of a backup's files, `…/daily/…`, return the directory in which that folder stands. */
function directoryOf(path) {
	return path.split("/").slice(0, -2).join("/");
}
/** Given a dump's name, return its manifest's. */
function manifestNameOf(dump) {
	return dump.replace(/\.dump$/, ".manifest.json");
}
/** Given a file's name, return the database and the stamp it was dumped at, or undefined for any other file. */
function parseDumpName(name) {
	const { database, stamp } = DUMP.exec(name)?.groups ?? {};
	return database && stamp && namesMoment(stamp) ? {
		database,
		stamp
	} : void 0;
}
/** Given the name of a dump, `<database>_<stamp>.dump`, return its stamp. */
function stampOf(dump) {
	return dump.slice(-20, -5);
}
/** A 30th of February is not written by any clock, so the file is not a backup of ours nor of the script's. */
function namesMoment(stamp) {
	const moment = momentOf(stamp, "+0000");
	if (Number.isNaN(moment.getTime())) return false;
	return moment.toISOString().replaceAll(/\D/g, "") === `${stamp.replace("_", "")}000`;
}
/** Given a file's name, return whether it is one that an unfinished run of ours left. */
function isPartial(name) {
	return PARTIAL.test(name);
}
/** Given a stamp and the offset of the clock that wrote it (`+0200`), return the moment it names. */
function momentOf(stamp, offset) {
	const [, year, month, day, hour, minute, second] = STAMP.exec(stamp) ?? [];
	return /* @__PURE__ */ new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset.slice(0, 3)}:${offset.slice(3)}`);
}
export { isPartial as a, namesOf as c, stampOf as d, directoryOf as i, parseDumpName as l, FILESTORE_KINDS as n, manifestNameOf as o, FOLDERS as r, momentOf as s, COPY_FOLDER as t, poolOf as u };

import { c as literal, d as object, f as optional, i as boolean, l as nullable, m as string, o as discriminatedUnion, t as datetime } from "./mini.js";
// src/backups/side-database.ts
/** Databases that a restore makes beside production: their names, and the comments by which they are known to be ours. */
/** What a database of ours is, as its comment says it. */
const schema = discriminatedUnion("is", [
	object({
		is: literal("incoming"),
		of: string(),
		backup: string(),
		since: datetime(),
		/** The filestore that is restored with it: where it stands until it is live. */
		filestore: optional(string()),
		/** The production database was dropped for it (`strategy: replace`), and this names the backup taken before. */
		replaces: optional(nullable(string()))
	}),
	object({
		is: literal("former"),
		of: string(),
		backup: string(),
		since: datetime(),
		until: datetime(),
		/** False until the services were seen to be healthy on the new one. */
		confirmed: boolean(),
		/** The filestore that was live with it: where it went, and which one became live. */
		filestore: optional(object({
			aside: string(),
			next: string()
		})),
		/** It was itself restored, and an undo took it back. */
		undone: optional(boolean())
	}),
	object({
		is: literal("copy"),
		of: string(),
		backup: string(),
		since: datetime(),
		until: datetime()
	})
]);
const PREFIX = "openspp-backup: ";
/** Given a mark, return the comment that carries it: a sentence for people, then the same for machines. */
function commentOf(mark) {
	return `${PREFIX}${sentenceOf(mark)} ${JSON.stringify(mark)}`;
}
function sentenceOf(mark) {
	switch (mark.is) {
		case "incoming": return `${mark.backup} on its way into ${mark.of}; the next run drops it if the restore is over.`;
		case "former": return `${mark.of} as it was before ${mark.undone ? "undoing " : ""}the restore of ${mark.backup}; kept until ${mark.until.slice(0, 10)}.`;
		case "copy": return `${mark.backup} of ${mark.of}, to look at; kept until ${mark.until.slice(0, 10)}.`;
	}
}
/** Given a database's comment, return our mark in it, or undefined when it is somebody else's. */
function parseMark(comment) {
	const text = comment?.startsWith(PREFIX) ? /\{.*\}$/s.exec(comment)?.[0] : void 0;
	if (text === void 0) return void 0;
	try {
		return schema.safeParse(JSON.parse(text)).data;
	} catch {
		return;
	}
}
/** SQL that answers every database with a comment that may be a mark of ours. One row, one JSON value. */
const COMMENTED_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'bytes', pg_database_size(d.oid)) ORDER BY d.datname), '[]') AS commented
FROM pg_database d WHERE shobj_description(d.oid, 'pg_database') LIKE '${PREFIX}%}'`;
/** Given what COMMENTED_QUERY answered and the production database, return the databases beside it that are ours. */
function sideDatabases(commented, production) {
	return commented.flatMap(({ name, comment, bytes }) => {
		const mark = parseMark(comment);
		return mark?.of === production && name !== production ? [{
			name,
			mark,
			bytes
		}] : [];
	});
}
/** Given databases beside production and the present time, return those whose date is past: the retention may drop them. */
function expired(databases, now) {
	return databases.filter(({ mark }) => mark.is !== "incoming" && !(mark.is === "former" && !mark.confirmed) && Date.parse(mark.until) < now.getTime());
}
/** PostgreSQL cuts longer names off silently (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;
/** Given the production database, what a database beside it is for and a stamp, return its name. */
function sideName(production, purpose, stamp) {
	const suffix = `_${purpose}_${stamp}`;
	let stem = production;
	while (Buffer.byteLength(stem + suffix) > LONGEST_NAME) stem = stem.replace(/.$/su, "");
	return stem + suffix;
}
export { sideName as a, sideDatabases as i, commentOf as n, expired as r, COMMENTED_QUERY as t };

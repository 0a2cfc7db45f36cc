import { _ as _nonnegative, c as literal, d as object, f as optional, i as boolean, l as nullable, m as string, n as _enum, p as readonly, r as array, s as int, t as datetime, v as _regex } from "./mini.js";
import { n as Failed, o as reasonOf } from "./failure.js";
import { n as FILESTORE_KINDS } from "./backup-name.js";
// src/backups/manifest.ts
const count = int().check(_nonnegative());
const hash = string().check(_regex(/^[0-9a-f]{16}$/));
const sha256 = string().check(_regex(/^[0-9a-f]{64}$/));
const sequenceState = object({
	value: nullable(string()),
	called: boolean()
});
const tableSchema = object({
	schema: string(),
	name: string(),
	rows: count,
	hash
});
const schema = object({
	manifestVersion: literal(1),
	/** The method that hashed the content of tables and large objects (checks/content-hash.ts). */
	hashVersion: count,
	/** The method that hashed the definitions in `structure` (checks/structure/). */
	structureVersion: count,
	database: string(),
	/** ISO 8601, UTC: the moment of the snapshot. */
	takenAt: datetime(),
	server: object({
		version: string(),
		number: count
	}),
	locale: object({
		encoding: string(),
		/** As pg_database.datlocprovider: b, c or i. */
		provider: string(),
		collate: string(),
		ctype: string(),
		locale: nullable(string()),
		icuRules: nullable(string())
	}),
	dump: object({
		file: string(),
		bytes: count,
		sha256,
		compression: string()
	}),
	extensions: array(object({
		name: string(),
		version: string(),
		schema: string(),
		/** Absent in manifests of earlier versions. */
		owner: optional(string())
	})),
	tables: array(tableSchema),
	/** Sequences move outside of any snapshot, so each is read before and after the dump. */
	sequences: array(object({
		schema: string(),
		name: string(),
		before: sequenceState,
		after: sequenceState
	})),
	geometries: array(object({
		schema: string(),
		table: string(),
		column: string(),
		type: string(),
		srid: int(),
		invalid: count,
		/** Geometries of types that PostGIS cannot judge. Absent when there are none. */
		unjudged: optional(object({
			count,
			types: readonly(array(string()))
		}))
	})),
	structure: array(object({
		kind: string(),
		name: string(),
		hash,
		/** What PostgreSQL printed of its expressions. */
		prints: optional(readonly(array(nullable(string()))))
	})),
	largeObjects: object({
		count,
		hash
	}),
	/**
	* Rights on functions of range types and on PostgreSQL's own languages, which no dump holds. Absent in manifests of earlier
	* versions.
	*/
	generatedRights: optional(array(object({
		kind: _enum(["FUNCTION", "LANGUAGE"]),
		name: string(),
		/** All rights to it. A null grantee is PUBLIC. */
		grants: array(object({
			grantee: nullable(string()),
			grantable: boolean()
		}))
	}))),
	/**
	* Roles that a fresh server needs before the restore, which no dump holds. Absent in manifests of earlier
	* versions.
	*/
	roles: optional(object({
		owner: string(),
		admin: string(),
		/** Others that own something in the database or have a right to it. */
		others: array(string())
	})),
	/** As pg_database_size reports it; absent in manifests of earlier versions. */
	databaseBytes: optional(count),
	/** The filestore that the backup holds; absent when it holds none. */
	filestore: optional(object({
		/** The archive, or the list of files in the pool. */
		file: string(),
		kind: _enum(FILESTORE_KINDS),
		/** Its files and their bytes, each file counted once by the SHA-1 that names it. */
		files: count,
		bytes: count,
		/** SHA-256 of the lines that `sha1sum` prints of these files, sorted by name in the C locale. */
		digest: sha256,
		/**
		* Whether each attachment's file was there, with the name and size that its row says. Absent in
		* manifests of earlier versions.
		*/
		proven: optional(boolean())
	}))
});
function serialize(manifest) {
	return `${JSON.stringify(manifest, null, 1)}\n`;
}
/** Throws Failed when the manifest is broken or belongs to another backup. */
function parseManifest(text, dump) {
	const state = "Nothing was restored.";
	let parsed;
	try {
		parsed = schema.safeParse(JSON.parse(text));
	} catch (error) {
		throw new Failed({
			what: `The manifest of ${dump} is not JSON.`,
			why: reasonOf(error),
			state,
			next: "It was cut short or changed after the backup. Drill another backup, and look at the disk."
		});
	}
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new Failed({
			what: `The manifest of ${dump} cannot be read.`,
			why: `Its ${issue?.path.join(".") || "whole"} is not as this version writes it: ${issue?.message ?? "unknown form"}.`,
			state,
			next: "If a newer version of this project wrote it, use that version here too."
		});
	}
	if (parsed.data.dump.file !== dump) throw new Failed({
		what: `The manifest next to ${dump} is that of another backup, ${parsed.data.dump.file}.`,
		state,
		next: "Somebody renamed or copied one of the two. Put the right manifest back, or drill another backup."
	});
	return parsed.data;
}
export { serialize as n, parseManifest as t };

import * as z from "zod/mini";
import { Failed, reasonOf } from "../failure.ts";
import { FILESTORE_KINDS } from "./backup-name.ts";

const count = z.int().check(z.nonnegative());
const hash = z.string().check(z.regex(/^[0-9a-f]{16}$/));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const sequenceState = z.object({ value: z.nullable(z.string()), called: z.boolean() });

const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  rows: count,
  hash,
});

const schema = z.object({
  manifestVersion: z.literal(1),
  /** The method that hashed the content of tables and large objects (checks/content-hash.ts). */
  hashVersion: count,
  /** The method that hashed the definitions in `structure` (checks/structure/). */
  structureVersion: count,
  database: z.string(),
  /** ISO 8601, UTC: the moment of the snapshot. */
  takenAt: z.iso.datetime(),
  server: z.object({ version: z.string(), number: count }),
  locale: z.object({
    encoding: z.string(),
    /** As pg_database.datlocprovider: b, c or i. */
    provider: z.string(),
    collate: z.string(),
    ctype: z.string(),
    locale: z.nullable(z.string()),
    icuRules: z.nullable(z.string()),
  }),
  dump: z.object({ file: z.string(), bytes: count, sha256, compression: z.string() }),
  extensions: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      schema: z.string(),
      /** Absent in manifests of earlier versions. */
      owner: z.optional(z.string()),
    }),
  ),
  tables: z.array(tableSchema),
  /** Sequences move outside of any snapshot, so each is read before and after the dump. */
  sequences: z.array(
    z.object({ schema: z.string(), name: z.string(), before: sequenceState, after: sequenceState }),
  ),
  geometries: z.array(
    z.object({
      schema: z.string(),
      table: z.string(),
      column: z.string(),
      type: z.string(),
      srid: z.int(),
      invalid: count,
      /** Geometries of types that PostGIS cannot judge. Absent when there are none. */
      unjudged: z.optional(z.object({ count, types: z.readonly(z.array(z.string())) })),
    }),
  ),
  structure: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      hash,
      /** What PostgreSQL printed of its expressions. */
      prints: z.optional(z.readonly(z.array(z.nullable(z.string())))),
    }),
  ),
  largeObjects: z.object({ count, hash }),
  /**
   * Rights on functions of range types and on PostgreSQL's own languages, which no dump holds. Absent in manifests of earlier
   * versions.
   */
  generatedRights: z.optional(
    z.array(
      z.object({
        kind: z.enum(["FUNCTION", "LANGUAGE"]),
        name: z.string(),
        /** All rights to it. A null grantee is PUBLIC. */
        grants: z.array(z.object({ grantee: z.nullable(z.string()), grantable: z.boolean() })),
      }),
    ),
  ),
  /**
   * Roles that a fresh server needs before the restore, which no dump holds. Absent in manifests of earlier
   * versions.
   */
  roles: z.optional(
    z.object({
      owner: z.string(),
      admin: z.string(),
      /** Others that own something in the database or have a right to it. */
      others: z.array(z.string()),
    }),
  ),
  /** As pg_database_size reports it; absent in manifests of earlier versions. */
  databaseBytes: z.optional(count),
  /** The filestore that the backup holds; absent when it holds none. */
  filestore: z.optional(
    z.object({
      /** The archive, or the list of files in the pool. */
      file: z.string(),
      kind: z.enum(FILESTORE_KINDS),
      /** Its files and their bytes, each file counted once by the SHA-1 that names it. */
      files: count,
      bytes: count,
      /** SHA-256 of the lines that `sha1sum` prints of these files, sorted by name in the C locale. */
      digest: sha256,
      /**
       * Whether each attachment's file was there, with the name and size that its row says. Absent in
       * manifests of earlier versions.
       */
      proven: z.optional(z.boolean()),
    }),
  ),
});

/**
 * What the database was at the dump's own snapshot. It holds names of tables, numbers and hashes, no
 * personal data.
 */
export type Manifest = z.infer<typeof schema>;
export type SequenceState = z.infer<typeof sequenceState>;

export function serialize(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

/** Throws Failed when the manifest is broken or belongs to another backup. */
export function parseManifest(text: string, dump: string): Manifest {
  const state = "Nothing was restored.";
  let parsed: ReturnType<typeof schema.safeParse>;
  try {
    parsed = schema.safeParse(JSON.parse(text));
  } catch (error) {
    throw new Failed({
      what: `The manifest of ${dump} is not JSON.`,
      why: reasonOf(error),
      state,
      next: "It was cut short or changed after the backup. Drill another backup, and look at the disk.",
    });
  }
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Failed({
      what: `The manifest of ${dump} cannot be read.`,
      why: `Its ${issue?.path.join(".") || "whole"} is not as this version writes it: ${issue?.message ?? "unknown form"}.`,
      state,
      next: "If a newer version of this project wrote it, use that version here too.",
    });
  }
  if (parsed.data.dump.file !== dump) {
    throw new Failed({
      what: `The manifest next to ${dump} is that of another backup, ${parsed.data.dump.file}.`,
      state,
      next: "Somebody renamed or copied one of the two. Put the right manifest back, or drill another backup.",
    });
  }
  return parsed.data;
}

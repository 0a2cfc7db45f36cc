import * as z from "zod/mini";
import { filestoreFolder } from "./filestore-folder.ts";

/** Databases that a restore makes next to production: their names, and the comments that mark them as ours. */

/**
 * Production's properties, apart from its content. Nothing else holds them while production is dropped
 * (checks/database-properties.ts).
 */
const properties = z.readonly(
  z.object({
    owner: z.string(),
    connectionLimit: z.number(),
    tablespace: z.string(),
    comment: z.nullable(z.string()),
    grants: z.nullable(
      z.readonly(
        z.array(
          z.object({
            grantee: z.nullable(z.string()),
            privilege: z.string(),
            grantable: z.boolean(),
          }),
        ),
      ),
    ),
    settings: z.readonly(
      z.array(z.object({ role: z.nullable(z.string()), name: z.string(), value: z.string() })),
    ),
    bytes: z.number(),
  }),
);

/**
 * Containers that a run stopped, or is about to stop. The next run starts them, when a reboot has ended the
 * run that would have done so.
 */
const stopped = z.optional(z.readonly(z.array(z.string())));

/** What one of our databases is, as its comment says. */
const schema = z.discriminatedUnion("is", [
  /** It is being restored, or was when the run died. Nobody works in it, so the next run drops it. */
  z.object({
    is: z.literal("incoming"),
    of: z.string(),
    backup: z.string(),
    since: z.iso.datetime(),
    /**
     * The filestore that is restored with it: `aside` is its place until it is live, `next` is where the
     * live one goes then.
     */
    filestore: z.optional(z.object({ aside: filestoreFolder, next: filestoreFolder })),
    /** All of it is proven and production was dropped for it. It only has to take production's name. */
    proven: z.optional(z.boolean()),
    stopped,
  }),
  /** It was production until a restore took its place. */
  z.object({
    is: z.literal("former"),
    of: z.string(),
    backup: z.string(),
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    /** False until the services were seen to be healthy on the new one. */
    confirmed: z.boolean(),
    /** The filestore that was live with it: where it went, and which one became live. */
    filestore: z.optional(z.object({ aside: filestoreFolder, next: filestoreFolder })),
    /** It was itself restored, and an undo put it back into this place. */
    undone: z.optional(z.boolean()),
    /** It gave up its name and will be dropped (`strategy: replace`). */
    doomed: z.optional(z.boolean()),
    stopped,
  }),
  /**
   * It has production's name while there is no production (`strategy: replace`), and nobody can connect to
   * it. Otherwise anything that starts Odoo meanwhile, such as a reboot, makes Odoo create an empty
   * database of that name.
   */
  z.object({
    is: z.literal("vacant"),
    of: z.string(),
    backup: z.string(),
    since: z.iso.datetime(),
    /** The backup that was taken before; null when the user declined it. */
    safety: z.nullable(z.string()),
    properties,
    stopped,
  }),
  /** A copy for people to look at. */
  z.object({
    is: z.literal("copy"),
    of: z.string(),
    backup: z.string(),
    since: z.iso.datetime(),
    until: z.iso.datetime(),
  }),
]);

export type DatabaseMark = z.infer<typeof schema>;
export type IncomingMark = Extract<DatabaseMark, { is: "incoming" }>;
export type FormerMark = Extract<DatabaseMark, { is: "former" }>;
export type PlaceholderMark = Extract<DatabaseMark, { is: "vacant" }>;
export type CopyMark = Extract<DatabaseMark, { is: "copy" }>;

const PREFIX = "openspp-backup: ";

/** A sentence for people, then the same for machines. */
export function commentOf(mark: DatabaseMark): string {
  return `${PREFIX}${sentenceOf(mark)} ${JSON.stringify(mark)}`;
}

function sentenceOf(mark: DatabaseMark): string {
  switch (mark.is) {
    case "incoming":
      return `${mark.backup} on its way into ${mark.of}; the next run drops it if the restore is over.`;
    case "former":
      return `${mark.of} as it was before ${mark.undone ? "undoing " : ""}the restore of ${mark.backup}; kept until ${mark.until.slice(0, 10)}.`;
    case "vacant":
      return `${mark.of} was dropped for a restore of ${mark.backup}; nobody can connect until that is done.`;
    case "copy":
      return `${mark.backup} of ${mark.of}, to look at; kept until ${mark.until.slice(0, 10)}.`;
  }
}

/** Undefined when the comment is not ours. */
export function parseMark(comment: string | null): DatabaseMark | undefined {
  const text = comment?.startsWith(PREFIX) ? /\{.*\}$/s.exec(comment)?.[0] : undefined;
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** One of our databases next to production, with what its comment says. */
export interface ExtraDatabase<Mark extends DatabaseMark = DatabaseMark> {
  readonly name: string;
  readonly mark: Mark;
  readonly bytes: number;
}

/** SQL: every database whose comment may be our mark. One row, one JSON value. */
export const COMMENTED_DATABASES_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'bytes', pg_database_size(d.oid)) ORDER BY d.datname), '[]') AS commented
FROM pg_database d WHERE shobj_description(d.oid, 'pg_database') LIKE '${PREFIX}%}'`;

/** `commented` is the answer to COMMENTED_QUERY. */
export function extraDatabasesIn(
  commented: readonly { name: string; comment: string; bytes: number }[],
  production: string,
): readonly ExtraDatabase[] {
  return commented.flatMap(({ name, comment, bytes }) => {
    const mark = parseMark(comment);
    return mark?.of === production && name !== production ? [{ name, mark, bytes }] : [];
  });
}

/** The mark of the placeholder that has production's name while production is dropped. */
export function placeholderIn(
  commented: readonly { name: string; comment: string }[],
  production: string,
): PlaceholderMark | undefined {
  const mark = parseMark(commented.find(({ name }) => name === production)?.comment ?? null);
  return mark?.is === "vacant" && mark.of === production ? mark : undefined;
}

/** Databases whose date has passed: the retention may drop them. */
export function expiredDatabases(
  databases: readonly ExtraDatabase[],
  now: Date,
): readonly ExtraDatabase[] {
  return databases.filter(
    ({ mark }) =>
      mark.is !== "incoming" &&
      mark.is !== "vacant" &&
      !(mark.is === "former" && !mark.confirmed) &&
      Date.parse(mark.until) < now.getTime(),
  );
}

/** PostgreSQL cuts longer names off silently (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;

/** Cuts the production database's name so that the result fits. */
export function extraDatabaseName(
  production: string,
  purpose: "restore" | "before" | "vacant" | "look",
  stamp: string,
): string {
  const suffix = `_${purpose}_${stamp}`;
  let stem = production;
  while (Buffer.byteLength(stem + suffix) > LONGEST_NAME) stem = stem.replace(/.$/su, "");
  return stem + suffix;
}

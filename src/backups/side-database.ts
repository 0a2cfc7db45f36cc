import * as z from "zod/mini";

/** Databases that a restore makes beside production: their names, and the comments by which they are known to be ours. */

/** What production was beside its content: nothing else holds it while production is dropped (checks/database-properties.ts). */
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

/** Containers that a run stopped, or is about to: the next run starts them, where a reboot has ended whoever else would. */
const stopped = z.optional(z.readonly(z.array(z.string())));

/** What a database of ours is, as its comment says it. */
const schema = z.discriminatedUnion("is", [
  /** It is being restored, or was when the run died. Nobody works in it: the next run drops it. */
  z.object({
    is: z.literal("incoming"),
    of: z.string(),
    backup: z.string(),
    since: z.iso.datetime(),
    /** The filestore that is restored with it: where it stands until it is live, and where the live one goes then. */
    filestore: z.optional(z.object({ aside: z.string(), next: z.string() })),
    /** All of it is proven: production, which was dropped for it, has only to be it. */
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
    filestore: z.optional(z.object({ aside: z.string(), next: z.string() })),
    /** It was itself restored, and an undo took it back. */
    undone: z.optional(z.boolean()),
    /** It made room to be dropped (`strategy: replace`). */
    doomed: z.optional(z.boolean()),
    stopped,
  }),
  /**
   * It has production's name while there is no production (`strategy: replace`), and nobody can connect to it: otherwise
   * whatever starts Odoo meanwhile, a reboot for one, has Odoo make itself an empty database of that name.
   */
  z.object({
    is: z.literal("vacant"),
    of: z.string(),
    backup: z.string(),
    since: z.iso.datetime(),
    /** The backup that was taken before; null when that was declined. */
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

export type SideMark = z.infer<typeof schema>;
export type Incoming = Extract<SideMark, { is: "incoming" }>;
export type Former = Extract<SideMark, { is: "former" }>;
export type Vacant = Extract<SideMark, { is: "vacant" }>;
export type Copy = Extract<SideMark, { is: "copy" }>;

const PREFIX = "openspp-backup: ";

/** Given a mark, return the comment that carries it: a sentence for people, then the same for machines. */
export function commentOf(mark: SideMark): string {
  return `${PREFIX}${sentenceOf(mark)} ${JSON.stringify(mark)}`;
}

function sentenceOf(mark: SideMark): string {
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

/** Given a database's comment, return our mark in it, or undefined when it is somebody else's. */
export function parseMark(comment: string | null): SideMark | undefined {
  const text = comment?.startsWith(PREFIX) ? /\{.*\}$/s.exec(comment)?.[0] : undefined;
  if (text === undefined) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** A database of ours beside production, with what its comment says. */
export interface SideDatabase<Mark extends SideMark = SideMark> {
  readonly name: string;
  readonly mark: Mark;
  readonly bytes: number;
}

/** SQL that answers every database with a comment that may be a mark of ours. One row, one JSON value. */
export const COMMENTED_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', d.datname, 'comment', shobj_description(d.oid, 'pg_database'),
  'bytes', pg_database_size(d.oid)) ORDER BY d.datname), '[]') AS commented
FROM pg_database d WHERE shobj_description(d.oid, 'pg_database') LIKE '${PREFIX}%}'`;

/** Given what COMMENTED_QUERY answered and the production database, return the databases beside it that are ours. */
export function sideDatabases(
  commented: readonly { name: string; comment: string; bytes: number }[],
  production: string,
): readonly SideDatabase[] {
  return commented.flatMap(({ name, comment, bytes }) => {
    const mark = parseMark(comment);
    return mark?.of === production && name !== production ? [{ name, mark, bytes }] : [];
  });
}

/** Given the same, return the mark of the database that has production's name while production is dropped, if there is none. */
export function vacancyIn(
  commented: readonly { name: string; comment: string }[],
  production: string,
): Vacant | undefined {
  const mark = parseMark(commented.find(({ name }) => name === production)?.comment ?? null);
  return mark?.is === "vacant" && mark.of === production ? mark : undefined;
}

/** Given databases beside production and the present time, return those whose date is past: the retention may drop them. */
export function expired(databases: readonly SideDatabase[], now: Date): readonly SideDatabase[] {
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

/** Given the production database, what a database beside it is for and a stamp, return its name. */
export function sideName(
  production: string,
  purpose: "restore" | "before" | "vacant" | "look",
  stamp: string,
): string {
  const suffix = `_${purpose}_${stamp}`;
  let stem = production;
  while (Buffer.byteLength(stem + suffix) > LONGEST_NAME) stem = stem.replace(/.$/su, "");
  return stem + suffix;
}

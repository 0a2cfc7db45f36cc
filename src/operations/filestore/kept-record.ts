import * as z from "zod/mini";
import { RECORDS_FOLDER } from "../../backups/run-record.ts";

/**
 * What the backup volume remembers of a filestore that a restore exchanged without a former database beside it: folders
 * carry no comment as databases do (extra-databases.ts). It is hidden, holds no personal data, and is no backup.
 */
const schema = z.object({
  recordVersion: z.literal(1),
  /** The production database whose filestore it is. */
  of: z.string(),
  /** The backup that was restored. */
  backup: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  /** The folder that was live, and the one that took its place. */
  aside: z.string(),
  next: z.string(),
  /** Whether the filestore was restored without its database, so that it can come back without it. */
  alone: z.boolean(),
  /** `staging` until it is proven, `proven` until it serves. */
  state: z.enum(["staging", "proven", "live"]),
  /** Containers that were stopped meanwhile. */
  stopped: z.optional(z.readonly(z.array(z.string()))),
});

export type KeptFilestore = z.infer<typeof schema>;

const PREFIX = "filestore-";

/** Given the backup directory and a record, return where it stands. */
export function keptFilestorePath(directory: string, { aside }: KeptFilestore): string {
  return `${directory}/${RECORDS_FOLDER}/${PREFIX}${aside.replace(/^\./, "")}.json`;
}

/** Given the backup directory, return the folder of the records and what their names begin with. */
export function keptFilestoresIn(directory: string): { folder: string; prefix: string } {
  return { folder: `${directory}/${RECORDS_FOLDER}`, prefix: PREFIX };
}

/** Given a record, return its text, on one line. */
export function serializeKeptFilestore(record: KeptFilestore): string {
  return `${JSON.stringify(record)}\n`;
}

/** Given the lines of all records and the production database, return those of it that this version can read. */
export function parseKeptFilestores(text: string, production: string): readonly KeptFilestore[] {
  return text.split("\n").flatMap((line) => {
    try {
      const { data } = schema.safeParse(JSON.parse(line));
      return data?.of === production ? [data] : [];
    } catch {
      return [];
    }
  });
}

/** Given records and the present time, return those whose date is past: the retention may remove what they keep. */
export function expiredFilestores(
  records: readonly KeptFilestore[],
  now: Date,
): readonly KeptFilestore[] {
  return records.filter(
    ({ state, until }) => state === "live" && Date.parse(until) < now.getTime(),
  );
}

import * as z from "zod/mini";
import { filestoreFolder } from "../../backups/filestore-folder.ts";
import { RECORDS_FOLDER } from "../../backups/run-record.ts";

/**
 * What the backup volume remembers of a filestore that a restore exchanged and kept without a former database. A database
 * carries a comment (extra-databases.ts); a folder cannot. The file is hidden, holds no personal data, and is no backup.
 */
const schema = z.object({
  recordVersion: z.literal(1),
  /** The production database whose filestore it is. */
  of: z.string(),
  /** The backup that was restored. */
  backup: z.string(),
  since: z.iso.datetime(),
  until: z.iso.datetime(),
  /** The folder that was live, and the folder that took its place. */
  aside: filestoreFolder,
  next: filestoreFolder,
  /** Whether the filestore was restored without its database, so that an undo exchanges it alone. */
  alone: z.boolean(),
  /** `staging` until it is proven, `proven` until it is live. */
  state: z.enum(["staging", "proven", "live"]),
  /** Containers that were stopped for the exchange. */
  stopped: z.optional(z.readonly(z.array(z.string()))),
});

export type KeptFilestore = z.infer<typeof schema>;

const PREFIX = "filestore-";

export function keptFilestorePath(directory: string, { aside }: KeptFilestore): string {
  return `${directory}/${RECORDS_FOLDER}/${PREFIX}${aside.replace(/^\./, "")}.json`;
}

export function keptFilestoresIn(directory: string): { folder: string; prefix: string } {
  return { folder: `${directory}/${RECORDS_FOLDER}`, prefix: PREFIX };
}

/** One line, as `parseKeptFilestores` reads it. */
export function serializeKeptFilestore(record: KeptFilestore): string {
  return `${JSON.stringify(record)}\n`;
}

/** `text` holds one record on each line. Those of other databases and other versions are left out. */
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

/** The retention may remove what these keep. */
export function expiredFilestores(
  records: readonly KeptFilestore[],
  now: Date,
): readonly KeptFilestore[] {
  return records.filter(
    ({ state, until }) => state === "live" && Date.parse(until) < now.getTime(),
  );
}

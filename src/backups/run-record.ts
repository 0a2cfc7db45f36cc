import * as z from "zod/mini";

/**
 * What the last drill and the last sync leave in the backup volume, so that a monitor knows of them
 * wherever they ran. It is hidden, holds no personal data, and is no backup: nothing copies it off-site.
 */
export const RECORDS_FOLDER = ".openspp-backup";

const schema = z.object({
  recordVersion: z.literal(1),
  operation: z.enum(["drill", "sync"]),
  verdict: z.enum(["passed", "failed", "not-run"]),
  /** ISO 8601, UTC, by the host's clock. */
  endedAt: z.iso.datetime(),
  /** The backup that was drilled, or the newest one off-site. */
  backup: z.optional(z.string()),
  /** ISO 8601, UTC: when that backup was taken. */
  takenAt: z.optional(z.iso.datetime()),
  /** Of a sync: the remote that it copied to. */
  remote: z.optional(z.string()),
  /** Of a drill whose restore was proven. */
  rtoSeconds: z.optional(z.number()),
});

export type RunRecord = z.infer<typeof schema>;

export function recordPath(directory: string, operation: RunRecord["operation"]): string {
  return `${directory}/${RECORDS_FOLDER}/last-${operation}.json`;
}

/** On one line. */
export function serializeRecord(record: RunRecord): string {
  return `${JSON.stringify(record)}\n`;
}

/** Only those that this version can read. */
export function parseRecords(text: string): readonly RunRecord[] {
  return text.split("\n").flatMap((line) => {
    try {
      const parsed = schema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      return [];
    }
  });
}

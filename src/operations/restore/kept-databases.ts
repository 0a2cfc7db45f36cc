import type { ExtraDatabase } from "../../backups/extra-databases.ts";
import type { KeptFilestore } from "../filestore/kept-record.ts";

/** What a restore left next to production, for a listing. */
export interface KeptItem {
  /** Of a database, or of a filestore's folder. */
  readonly name: string;
  readonly what: string;
  /** ISO 8601, UTC; absent for what the next run finishes or removes. */
  readonly until?: string;
  readonly bytes?: number;
}

/** `filestores` are those kept without a database. The newest is first. */
export function keptItems(
  extraDatabases: readonly ExtraDatabase[],
  filestores: readonly KeptFilestore[],
): readonly KeptItem[] {
  const items = [
    ...extraDatabases.map((one) => ({ since: one.mark.since, kept: ofDatabase(one) })),
    ...filestores.map((one) => ({ since: one.since, kept: [ofFilestore(one)] })),
  ];
  return items.toSorted((a, b) => b.since.localeCompare(a.since)).flatMap(({ kept }) => kept);
}

function ofDatabase({ name, mark, bytes }: ExtraDatabase): readonly KeptItem[] {
  if (mark.is === "copy") {
    return [{ name, what: `copy of ${mark.backup}, to look at`, until: mark.until, bytes }];
  }
  if (mark.is === "incoming" || mark.is === "vacant" || mark.doomed || !mark.confirmed) {
    const what = `left by a restore of ${mark.backup} that did not end; the next run settles it`;
    return [{ name, what, bytes }];
  }
  const { of, until, filestore } = mark;
  const before = mark.undone ? "before an undo" : `before the restore of ${mark.backup}`;
  return [
    { name, what: `database ${of} ${before}`, until, bytes },
    ...(filestore ? [{ name: filestore.aside, what: `filestore of ${of} ${before}`, until }] : []),
  ];
}

function ofFilestore({ aside, of, backup, until, state }: KeptFilestore): KeptItem {
  return state === "live"
    ? { name: aside, what: `filestore of ${of} before the restore of ${backup}`, until }
    : {
        name: aside,
        what: `filestore, of a restore of ${backup} that did not end; the next run settles it`,
      };
}

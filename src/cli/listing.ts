import type { ListedBackup } from "../backups/listing.ts";
import { formatBytes } from "../report/bytes.ts";
import { formatDuration } from "../report/duration.ts";
import { printable } from "../report/printable.ts";

const HEADS = ["BACKUP", "FOLDER", "TAKEN (UTC)", "AGE", "SIZE", "FILESTORE", "MANIFEST"];

/** Given the backups of a deployment and the present time, return them as a table for a terminal. */
export function renderListing(backups: readonly ListedBackup[], now: Date): string {
  if (backups.length === 0) return "There is no backup yet. Take one: openspp-backup backup\n";
  const rows = backups.map(({ name, kind, takenAt, bytes, filestore, manifest, latest }) => [
    `${printable(name)}${latest ? " (latest)" : ""}`,
    kind,
    takenAt.toISOString().slice(0, 16).replace("T", " "),
    formatDuration((now.getTime() - takenAt.getTime()) / 1000),
    formatBytes(bytes),
    filestoreCell(filestore),
    manifest ? "yes" : "no",
  ]);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [HEADS, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** A list says by its own size nothing of the files that it names. */
function filestoreCell(filestore: ListedBackup["filestore"]): string {
  if (!filestore) return "no";
  return filestore.kind === "incremental" ? "incremental" : formatBytes(filestore.bytes);
}

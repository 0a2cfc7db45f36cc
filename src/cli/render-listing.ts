import type { ListedBackup } from "../backups/listing.ts";
import type { DeploymentListing } from "../operations/list.ts";
import type { KeptItem } from "../operations/restore/kept-databases.ts";
import { formatBytes } from "../words/bytes.ts";
import { formatDuration } from "../words/duration.ts";
import { printable } from "../words/printable.ts";

const BACKUPS = ["BACKUP", "FOLDER", "TAKEN (UTC)", "AGE", "SIZE", "FILESTORE", "MANIFEST"];
const KEPT = ["KEPT BY A RESTORE", "WHAT", "UNTIL", "SIZE"];

/** Tables for a terminal. */
export function renderListing({ backups, kept }: DeploymentListing, now: Date): string {
  return renderBackups(backups, now) + (kept?.length ? `\n${renderKept(kept)}` : "");
}

function renderBackups(backups: readonly ListedBackup[], now: Date): string {
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
  return table(BACKUPS, rows);
}

function renderKept(kept: readonly KeptItem[]): string {
  const rows = kept.map(({ name, what, until, bytes }) => [
    printable(name),
    printable(what),
    until?.slice(0, 10) ?? "",
    bytes === undefined ? "" : formatBytes(bytes),
  ]);
  return `${table(KEPT, rows)}\nThe newest of the former ones comes back by: openspp-backup restore --undo\n`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [heads, ...rows]
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

/** A list of files in the pool does not show by its own size how large those files are. */
function filestoreCell(filestore: ListedBackup["filestore"]): string {
  if (!filestore) return "no";
  return filestore.kind === "incremental" ? "incremental" : formatBytes(filestore.bytes);
}

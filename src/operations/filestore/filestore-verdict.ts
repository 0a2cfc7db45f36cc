import type { Manifest } from "../../backups/manifest.ts";
import { type Check, type CheckName, failed, passed } from "../../report/check.ts";
import { formatBytes } from "../../words/bytes.ts";
import { counted, formatCount } from "../../words/count.ts";
import { SHOWN_IDS } from "./commands/compare-files.ts";

/** For when nothing was read. One row, one JSON value. */
export const ATTACHMENTS_QUERY = `
SELECT json_build_object('count', count(*), 'ids', coalesce(to_json((array_agg(id ORDER BY id))[1:${SHOWN_IDS}]), '[]')) AS attachments
FROM public.ir_attachment WHERE store_fname <> ''`;

export interface Attachments {
  readonly count: number;
  /** The first ones. */
  readonly ids: readonly number[];
}

/**
 * What may be wrong with the file that an attachment names:
 *
 * - `missing`: it is not there;
 * - `vanished`: it was there when the reading began;
 * - `irregular`: it is a link, or something else that is no file;
 * - `damaged`: its content is not what its name says;
 * - `mismatched`: its content is not what the row's `checksum` says;
 * - `missized`: its size is not the row's `file_size`;
 * - `misnamed`: its name is not that of a content.
 */
const STATES = [
  "missing",
  "vanished",
  "irregular",
  "damaged",
  "mismatched",
  "missized",
  "misnamed",
] as const;
type FileState = (typeof STATES)[number];

/** What was read, compared with what the rows of ir_attachment name. */
export interface FilestoreFindings {
  /** Rows that name a file; several may name the same one. */
  readonly attachments: number;
  readonly files: number;
  readonly bytes: number;
  /** As in the manifest. */
  readonly digest: string;
  /** Files that no row names, and files that are not named by content, but for Odoo's own marks. */
  readonly unnamed: number;
  readonly other: number;
  /** Files that were there when the reading began, and not when their turn came. */
  readonly vanished: number;
  /** Links and the like, anywhere; and names that lead out of the filestore. */
  readonly irregular: number;
  readonly outside: number;
  /** Names of the tools that could not read to the end. */
  readonly broken: readonly string[];
  readonly wrong: Readonly<Partial<Record<FileState, Attachments>>>;
}

/** What was read, and what is known of it. */
export interface FilestoreRead {
  readonly check: CheckName;
  /** For the sentence: the archive's name, or words for the folder. */
  readonly name: string;
  /** What the manifest says that it holds. */
  readonly expected?: Manifest["filestore"];
  /** Whether all files were hashed. A backup hashes only the files that are new to the pool. */
  readonly hashed: "all" | "new";
  /** The last useful line of a tool that could not read on. */
  readonly why?: string;
  readonly next: string;
}

export function compareFilestore(found: FilestoreFindings, read: FilestoreRead): Check {
  const troubles = [
    ...incompleteRead(found, read),
    ...STATES.flatMap((state) => wrongFiles(state, found.wrong[state])),
    ...forbiddenNames(found),
    ...(read.expected ? unexpected(found, read.expected) : []),
  ];
  if (troubles.length > 0) {
    return failed(read.check, `${read.name}: ${troubles.join("; ")}.`, read.next);
  }
  const { attachments } = found;
  const held = contentSentence(found);
  return passed(
    read.check,
    attachments === 0
      ? `No attachment names a file. ${read.name} holds ${held}.`
      : `${read.name} holds the file of each of ${counted(attachments, "attachment")}, ${PROVEN[read.hashed]}: ${held}.${NOT_HASHED[read.hashed]}`,
  );
}

const PROVEN: Readonly<Record<FilestoreRead["hashed"], string>> = {
  all: "and its SHA-1 is its name and the row's checksum",
  new: "named by the row's checksum and of its size",
};

const NOT_HASHED: Readonly<Record<FilestoreRead["hashed"], string>> = {
  all: "",
  new: " Those new to the pool were hashed, and a drill hashes all.",
};

function contentSentence({ files, bytes, unnamed, other, vanished }: FilestoreFindings): string {
  return [
    `${counted(files, "file")}, ${formatBytes(bytes)}`,
    ...(unnamed > 0 ? [`${formatCount(unnamed)} of them named by no attachment`] : []),
    ...(other > 0
      ? [`and ${counted(other, "more file that is", "more files that are")} not named by content`]
      : []),
    ...(vanished > 0
      ? [`without ${counted(vanished, "file")} that nothing names and that vanished meanwhile`]
      : []),
  ].join(", ");
}

export function idsOf({ count, ids }: Attachments): string {
  const more = count - ids.length;
  return `${ids.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}

function incompleteRead({ broken }: FilestoreFindings, { why }: FilestoreRead): string[] {
  if (broken.length === 0) return [];
  return [`it cannot be read to its end${why ? ` (${why})` : ""}`];
}

/** What is wrong with the file of one attachment, and with those of several. */
const WRONG: Readonly<Record<FileState, readonly [one: string, several: string]>> = {
  missing: ["is missing", "are missing"],
  vanished: ["vanished while it was read", "vanished while they were read"],
  irregular: [
    "is a link, or something else that is no file",
    "are links, or something else that is no file",
  ],
  damaged: ["has another content than its name says", "have another content than their names say"],
  mismatched: [
    "has another content than its row's checksum says",
    "have another content than their rows' checksums say",
  ],
  missized: ["has another size than its row says", "have another size than their rows say"],
  misnamed: ["is not named by its content", "are not named by their content"],
};

function wrongFiles(state: FileState, attachments: Attachments | undefined): string[] {
  if (!attachments) return [];
  const [one, several] = WRONG[state];
  const these = counted(attachments.count, "attachment");
  return attachments.count === 1
    ? [`the file of ${these} ${one} (id ${idsOf(attachments)})`]
    : [`the files of ${these} ${several} (ids ${idsOf(attachments)})`];
}

function forbiddenNames({ irregular, outside }: FilestoreFindings): string[] {
  return [
    ...(irregular > 0
      ? [`it holds ${counted(irregular, "link or device", "links or devices")}`]
      : []),
    ...(outside > 0
      ? [`it holds ${counted(outside, "name")} that would lead out of the filestore`]
      : []),
  ];
}

function unexpected(
  { files, bytes, digest }: FilestoreFindings,
  expected: NonNullable<Manifest["filestore"]>,
): string[] {
  if (files !== expected.files || bytes !== expected.bytes) {
    return [
      `it holds ${counted(files, "file")} with ${formatCount(bytes)} bytes, and its manifest says ${formatCount(expected.files)} with ${formatCount(expected.bytes)}`,
    ];
  }
  return digest === expected.digest ? [] : ["its files are not those that its manifest says"];
}

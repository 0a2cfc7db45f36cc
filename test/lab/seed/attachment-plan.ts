import { createCipheriv, createHash } from "node:crypto";

/** A file of the filestore: where it lies, and what its content is made from. */
export interface FilestoreFile {
  /** Under `filestore/<database>`: `ab/ab34…` for content, `checklist/ab/ab34…` for a mark of the collector. */
  readonly path: string;
  readonly seed: number;
  readonly size: number;
}

/** A row of ir_attachment; exactly one of `storeFname` and `content` is set, as Odoo keeps it. */
export interface AttachmentRow {
  readonly name: string;
  readonly mimetype: string;
  readonly size: number;
  readonly checksum: string;
  readonly storeFname: string | null;
  /** What the database itself stores. */
  readonly content: Buffer | null;
}

export interface AttachmentPlan {
  readonly rows: readonly AttachmentRow[];
  readonly files: readonly FilestoreFile[];
}

const LARGE = 5 * 1024 * 1024;
const KINDS = [
  { suffix: "pdf", mimetype: "application/pdf" },
  { suffix: "jpg", mimetype: "image/jpeg" },
  { suffix: "csv", mimetype: "text/csv" },
  { suffix: "js", mimetype: "application/javascript" },
] as const;
const NON_ASCII_NAME = 'Pièce d\'identité — সুমন "2".pdf';

/**
 * Given how many rows of ir_attachment, return the rows and the files of the filestore. Among the
 * first ones are an empty file, one of 5 MB, and one with a name that is not ASCII; every tenth row
 * shares the file of the row before it, every thirtieth is kept in the database. One file more lies
 * there that no row names, with the mark by which Odoo's collector would find it.
 */
export function planAttachments(count: number): AttachmentPlan {
  const rows: AttachmentRow[] = [];
  const files = new Map<string, FilestoreFile>();

  for (let number = 0; number < count; number++) {
    const seed = number % 10 === 9 ? number - 1 : number;
    const size = sizeOf(seed);
    const content = contentOf({ seed, size });
    const checksum = sha1(content);
    const inDatabase = number % 30 === 20;
    const path = pathOf(checksum);
    if (!inDatabase) files.set(path, { path, seed, size });
    rows.push({
      ...describe(number),
      size,
      checksum,
      storeFname: inDatabase ? null : path,
      content: inDatabase ? content : null,
    });
  }
  return { rows, files: [...files.values(), ...unnamedFile()] };
}

/** Given a seed and a size in bytes, return the content: noise, like the compressed formats that people upload. */
export function contentOf({ seed, size }: Pick<FilestoreFile, "seed" | "size">): Buffer {
  const key = createHash("sha256").update(`attachment ${seed}`).digest().subarray(0, 16);
  return createCipheriv("aes-128-ctr", key, Buffer.alloc(16)).update(Buffer.alloc(size));
}

/** Given content's SHA-1, return where Odoo keeps it (`_get_path` of ir_attachment.py). */
function pathOf(checksum: string): string {
  return `${checksum.slice(0, 2)}/${checksum}`;
}

/** Bytes: mostly a few kB, one in twenty up to 64 kB. */
function sizeOf(seed: number): number {
  if (seed === 0) return 0;
  if (seed === 1) return LARGE;
  const spread = createHash("sha256").update(`size ${seed}`).digest().readUInt32BE();
  return 1 + (spread % (seed % 20 === 0 ? 65_536 : 6_000));
}

function describe(number: number): { name: string; mimetype: string } {
  if (number === 2) return { name: NON_ASCII_NAME, mimetype: "application/pdf" };
  const { suffix, mimetype } = KINDS[number % KINDS.length] as (typeof KINDS)[number];
  return { name: `attachment ${number}.${suffix}`, mimetype };
}

function unnamedFile(): FilestoreFile[] {
  const unnamed = { seed: -1, size: 1234 };
  const path = pathOf(sha1(contentOf(unnamed)));
  return [
    { ...unnamed, path },
    { path: `checklist/${path}`, seed: -1, size: 0 },
  ];
}

function sha1(content: Buffer): string {
  return createHash("sha1").update(content).digest("hex");
}

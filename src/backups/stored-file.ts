/** A file of the backup volume or of a remote. Its path is relative: `daily/openspp_20260115_020000.dump`. */
export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
}

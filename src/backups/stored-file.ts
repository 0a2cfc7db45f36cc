/** A file of the backup volume or of a remote, by its path below that: `daily/openspp_20260115_020000.dump`. */
export interface StoredFile {
  readonly path: string;
  readonly bytes: number;
}

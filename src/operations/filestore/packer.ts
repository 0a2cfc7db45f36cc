/** What is said where a command ended with NO_PACKER, and what to do: gzip is everywhere, so it is zstd that lacks. */
export const LACKS_ZSTD = {
  what: "The image of the backup service has no `zstd`, which packs and unpacks `tar.zst`.",
  next: "Use an image that has it, as postgis/postgis:18-3.6-alpine does; or keep the filestore in another way: `filestore: tar.gz`.",
} as const;

import * as z from "zod/mini";

/**
 * The name of a folder that a restore makes next to the live filestore, and nothing else. Records in the
 * backup volume and comments on databases name such folders, and others may write there: a name with a
 * slash, or the live filestore's own, must never reach a command.
 */
export const filestoreFolder = z
  .string()
  .check(z.regex(/^\.[^/\p{Cc}]+_(?:before|restore)_\d{8}_\d{6}$/u));

/** What PostgreSQL warns of when GRANT or REVOKE do nothing: SQLSTATE 01007 and 01006. The exit code of a client is 0 all the same. */
const REFUSED =
  /WARNING: +((?:no|not all) privileges (?:were granted|could be revoked) for (?:column )?".*")/;

/** `line` is of a tool's standard error, in English. */
export function rightsNotRestored(line: string): readonly string[] {
  const refused = REFUSED.exec(line)?.[1];
  return refused === undefined ? [] : [refused];
}

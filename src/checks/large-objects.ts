import type { Manifest } from "../backups/manifest.ts";
import { type Check, failed, passed } from "../report/check.ts";
import { hashOfRow } from "./content-hash.ts";

/** The bytes of a page without the zeros at its end. */
const PAGE = "rtrim(p.data, decode('00', 'hex'))";

/**
 * Count and content hash of all large objects. One row, one JSON value. The pages are read, because lo_get ends
 * at 1 GB. A page that is missing reads as zeros, a short one as if zeros followed, and a restore writes both out:
 * so zeros at a page's end do not count, and the size does. A page is a quarter of a block (LOBLKSIZE).
 */
export const LARGE_OBJECTS_QUERY = `
SELECT json_build_object('count', count(*), 'hash', lpad(to_hex((coalesce(sum(
    ${hashOfRow(["m.oid", "o.size", "o.content"])}), '0'::numeric)
  % '9223372036854775807'::numeric)::int8), 16, '0')) AS large_objects
FROM pg_largeobject_metadata m
LEFT JOIN (
  SELECT p.loid,
    max(p.pageno::numeric * (current_setting('block_size')::numeric / '4'::numeric) + length(p.data)::numeric) AS size,
    sum(${hashOfRow(["p.pageno", PAGE])}) FILTER (WHERE length(${PAGE}) > 0) AS content
  FROM pg_largeobject p GROUP BY p.loid) o ON o.loid = m.oid`;

export function compareLargeObjects(
  expected: Manifest["largeObjects"],
  restored: Manifest["largeObjects"],
): Check {
  if (expected.count === restored.count && expected.hash === restored.hash) {
    return passed("large-objects", `All ${expected.count} large objects came back as they were.`);
  }
  return failed(
    "large-objects",
    expected.count === restored.count
      ? `The ${expected.count} large objects came back with other content.`
      : `${restored.count} large objects came back instead of ${expected.count}.`,
    "Do not rely on this backup. Take a new one and drill it.",
  );
}

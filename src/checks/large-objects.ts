import type { Manifest } from "../backups/manifest.ts";
import { type Check, failed, passed } from "../report/check.ts";

/** Count and content hash of all large objects. One row, one JSON value. */
export const LARGE_OBJECTS_QUERY = `
SELECT json_build_object('count', count(*),
  'hash', lpad(to_hex((coalesce(sum(hashint8extended(hash_record_extended(ROW(m.oid, lo_get(m.oid)), 0), 0)), 0) % 9223372036854775807)::int8), 16, '0')) AS large_objects
FROM pg_largeobject_metadata m`;

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

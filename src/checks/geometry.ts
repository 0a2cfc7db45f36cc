import type { Manifest } from "../backups/manifest.ts";
import { type Check, failed, passed } from "../report/check.ts";
import type { TableContent } from "./scan.ts";

export function geometriesOf(tables: readonly TableContent[]): Manifest["geometries"] {
  return tables.flatMap(({ schema, name, geometries }) =>
    geometries.map((geometry) => ({ schema, table: name, ...geometry })),
  );
}

/** Compares types and SRIDs, and whether a geometry became invalid. */
export function compareGeometries(
  expected: Manifest["geometries"],
  restored: Manifest["geometries"],
): Check {
  const keyOf = (one: Manifest["geometries"][number]) => `${one.schema}.${one.table}.${one.column}`;
  const found = new Map(restored.map((one) => [keyOf(one), one]));
  const wrong = expected.flatMap((one) => {
    const other = found.get(keyOf(one));
    if (!other) return [`${keyOf(one)} is missing`];
    if (other.type !== one.type) return [`${keyOf(one)} is ${other.type} instead of ${one.type}`];
    if (other.invalid !== one.invalid) {
      return [`${keyOf(one)} has ${other.invalid} invalid geometries instead of ${one.invalid}`];
    }
    return [];
  });
  if (wrong.length > 0) {
    return failed(
      "geometry",
      `${wrong.length} of ${expected.length} geometry columns differ: ${wrong.slice(0, 5).join("; ")}.`,
      "Compare the PostGIS versions of source and target; do not rely on this backup until it passes.",
    );
  }
  const invalid = expected.reduce((sum, one) => sum + one.invalid, 0);
  const note = invalid > 0 ? ` (${invalid} geometries are invalid in the source, too)` : "";
  return passed(
    "geometry",
    `${expected.length} geometry columns agree in type, SRID and validity${note}.`,
  );
}

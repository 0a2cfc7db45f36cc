import type { Manifest } from "../backups/manifest.ts";
import { type Check, failed, passed } from "../report/check.ts";
import { counted, formatCount } from "../words/count.ts";
import { firstFew } from "../words/first-few.ts";
import type { TableContent } from "./scan.ts";

export function geometriesOf(tables: readonly TableContent[]): Manifest["geometries"] {
  return tables.flatMap(({ schema, name, geometries }) =>
    geometries.map((geometry) => ({ schema, table: name, ...geometry })),
  );
}

type Geometry = Manifest["geometries"][number];

/** Compares types and SRIDs, and whether a geometry became invalid. */
export function compareGeometries(
  expected: Manifest["geometries"],
  restored: Manifest["geometries"],
): Check {
  const found = new Map(restored.map((one) => [keyOf(one), one]));
  const known = new Set(expected.map(keyOf));
  const wrong = expected.flatMap((one) => differenceOf(one, found.get(keyOf(one))));
  const unknown = restored.filter((one) => !known.has(keyOf(one))).map(nameOf);
  if (wrong.length > 0 || unknown.length > 0) {
    const sentences = [
      wrong.length > 0 &&
        `${wrong.length} of ${expected.length} geometry columns differ: ${firstFew(wrong)}.`,
      unknown.length > 0 &&
        `${counted(unknown.length, "geometry column")} came back that the manifest does not know: ${firstFew(unknown)}.`,
    ];
    return failed(
      "geometry",
      sentences.filter(Boolean).join(" "),
      "Compare the PostGIS versions of source and target; do not rely on this backup until it passes.",
    );
  }
  const invalid = expected.reduce((sum, one) => sum + one.invalid, 0);
  const note = invalid > 0 ? ` (${invalid} geometries are invalid in the source, too)` : "";
  return passed(
    "geometry",
    `${expected.length} geometry columns agree in type, SRID and validity${note}.${unjudgedNote(restored)}`,
  );
}

function differenceOf(one: Geometry, other: Geometry | undefined): readonly string[] {
  const name = nameOf(one);
  if (!other) return [`${name} is missing`];
  if (other.type !== one.type) return [`${name} is ${other.type} instead of ${one.type}`];
  if (other.srid !== one.srid) return [`${name} has SRID ${other.srid} instead of ${one.srid}`];
  if (other.invalid !== one.invalid) {
    return [`${name} has ${other.invalid} invalid geometries instead of ${one.invalid}`];
  }
  const [now, before] = [other, one].map(({ unjudged }) => unjudged?.count ?? 0);
  return now === before
    ? []
    : [`${name} has ${now} geometries whose validity cannot be judged instead of ${before}`];
}

function unjudgedNote(geometries: Manifest["geometries"]): string {
  const shown = geometries.flatMap((one) =>
    one.unjudged
      ? [`${nameOf(one)} (${formatCount(one.unjudged.count)}: ${one.unjudged.types.join(", ")})`]
      : [],
  );
  return shown.length === 0
    ? ""
    : ` Validity was not judged, because PostGIS cannot judge these types: ${firstFew(shown)}.`;
}

function nameOf({ schema, table, column }: Geometry): string {
  return `${schema}.${table}.${column}`;
}

function keyOf({ schema, table, column }: Geometry): string {
  return JSON.stringify([schema, table, column]);
}

/** What a table's scan found in one column of geometries. */
export interface Validity {
  readonly invalid: number;
  /** Geometries that PostGIS cannot judge, and the names of their types. */
  readonly unjudged: number;
  readonly types: readonly string[];
}

/**
 * What ST_IsValid answers for, as ST_GeometryType names it: each was tried with PostGIS 3.6. It refuses a
 * PolyhedralSurface with an error. A type that is not in this list may be refused, too.
 */
const JUDGED_TYPES = [
  "ST_Point",
  "ST_LineString",
  "ST_Polygon",
  "ST_MultiPoint",
  "ST_MultiLineString",
  "ST_MultiPolygon",
  "ST_CircularString",
  "ST_CompoundCurve",
  "ST_CurvePolygon",
  "ST_MultiCurve",
  "ST_MultiSurface",
  "ST_Tin",
  "ST_Triangle",
] as const;

/** A collection is refused for what is in it. Its text names the types: a word of capitals that is none of the list. */
const ANOTHER_WORD = `[[:<:]](?!(${JUDGED_TYPES.map((type) => type.slice("ST_".length).toUpperCase()).join("|")}|GEOMETRYCOLLECTION|EMPTY)[[:>:]])[A-Z]{3,}`;

/** A declared type admits no other, except that a GeometryCollection admits what is derived from it. */
const DECLARED_JUDGED = new RegExp(
  `\\((?:${JUDGED_TYPES.map((type) => type.slice("ST_".length)).join("|")})(?:Z|M|ZM)?[,)]`,
  "i",
);

/**
 * SQL of an aggregate, one JSON object, over the geometries `value` of a column that is `declared` so, as
 * format_type prints it. ST_IsValid is only called where it answers: its error would end the scan. To ask for
 * the type of each geometry costs a scan of OpenSPP's tables 16 %, so it is asked only where none is declared.
 */
export function validityOf(value: string, postgis: string, declared = "geometry"): string {
  const geometry = `${value}::${postgis}.geometry`;
  if (DECLARED_JUDGED.test(declared)) {
    return `json_build_object('invalid', count(*) FILTER (WHERE NOT ${postgis}.st_isvalid(${geometry})), 'unjudged', 0, 'types', json_build_array())`;
  }
  const type = `${postgis}.st_geometrytype(${geometry})`;
  const judged = `CASE WHEN ${type} IN (${JUDGED_TYPES.map((name) => `'${name}'`).join(", ")}) THEN true WHEN ${type} = 'ST_GeometryCollection' THEN ${postgis}.st_astext(${geometry}) !~ '${ANOTHER_WORD}' ELSE ${value} IS NULL END`;
  return [
    `json_build_object('invalid', count(*) FILTER (WHERE CASE WHEN ${judged} THEN NOT ${postgis}.st_isvalid(${geometry}) END)`,
    `'unjudged', count(*) FILTER (WHERE NOT ${judged})`,
    `'types', coalesce(json_agg(DISTINCT ${type}) FILTER (WHERE NOT ${judged}), '[]'))`,
  ].join(", ");
}

/** Of a table that was read in parts. */
export function joinValidities(parts: readonly Validity[]): Validity {
  return {
    invalid: parts.reduce((sum, part) => sum + part.invalid, 0),
    unjudged: parts.reduce((sum, part) => sum + part.unjudged, 0),
    types: [...new Set(parts.flatMap((part) => part.types))].sort(),
  };
}

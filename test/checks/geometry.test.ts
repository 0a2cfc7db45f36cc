import { describe, expect, test } from "vitest";
import type { Manifest } from "../../src/backups/manifest.ts";
import { compareGeometries, geometriesOf } from "../../src/checks/geometry.ts";

type Geometry = Manifest["geometries"][number];
const polygon: Geometry = {
  schema: "public",
  table: "spp_area",
  column: "geo_polygon",
  type: "geometry(MultiPolygon,4326)",
  srid: 4326,
  invalid: 2,
};
const point: Geometry = {
  ...polygon,
  column: "centroid",
  type: "geometry(Point,4326)",
  invalid: 0,
};
const expected = [polygon, point];

test("columns that agree, and how many geometries are invalid in the source, too", () => {
  expect(compareGeometries(expected, [point, polygon])).toEqual({
    name: "geometry",
    status: "passed",
    message:
      "2 geometry columns agree in type, SRID and validity (2 geometries are invalid in the source, too).",
  });
});

test("no geometry column at all", () => {
  expect(compareGeometries([], []).message).toBe(
    "0 geometry columns agree in type, SRID and validity.",
  );
});

test("geometries that PostGIS cannot judge are named, and are no difference", () => {
  const unjudged = { count: 1200, types: ["ST_GeometryCollection", "ST_PolyhedralSurface"] };
  const surfaces = [{ ...point, unjudged }];
  expect(compareGeometries(surfaces, surfaces)).toEqual({
    name: "geometry",
    status: "passed",
    message:
      "1 geometry columns agree in type, SRID and validity. Validity was not judged, because PostGIS cannot judge these types: public.spp_area.centroid (1,200: ST_GeometryCollection, ST_PolyhedralSurface).",
  });
});

test("a column that the manifest does not know", () => {
  expect(compareGeometries([polygon], [polygon, point])).toMatchObject({
    status: "failed",
    message:
      "1 geometry column came back that the manifest does not know: public.spp_area.centroid.",
  });
});

describe("a difference", () => {
  test.each<[string, Geometry[], string]>([
    ["a missing column", [polygon], "public.spp_area.centroid is missing"],
    [
      "another SRID",
      [polygon, { ...point, type: "geometry(Point,32651)", srid: 32_651 }],
      "public.spp_area.centroid is geometry(Point,32651) instead of geometry(Point,4326)",
    ],
    [
      "a column without a type",
      [polygon, { ...point, type: "geometry", srid: 0 }],
      "public.spp_area.centroid is geometry instead of geometry(Point,4326)",
    ],
    [
      "geometries that became invalid",
      [{ ...polygon, invalid: 3 }, point],
      "public.spp_area.geo_polygon has 3 invalid geometries instead of 2",
    ],
    [
      "another SRID under the same name",
      [polygon, { ...point, srid: 0 }],
      "public.spp_area.centroid has SRID 0 instead of 4326",
    ],
    [
      "other types that cannot be judged",
      [polygon, { ...point, unjudged: { count: 2, types: ["ST_PolyhedralSurface"] } }],
      "public.spp_area.centroid has 2 geometries whose validity cannot be judged instead of 0",
    ],
  ])("%s", (_, restored, trouble) => {
    expect(compareGeometries(expected, restored)).toEqual({
      name: "geometry",
      status: "failed",
      message: `1 of 2 geometry columns differ: ${trouble}.`,
      next: "Compare the PostGIS versions of source and target; do not rely on this backup until it passes.",
    });
  });
});

test("are read from the tables' content", () => {
  const { schema, table, ...geometry } = polygon;
  expect(
    geometriesOf([
      { schema, name: table, rows: 5, hash: "00000000000000aa", geometries: [geometry] },
      { schema, name: "res_partner", rows: 5, hash: "00000000000000aa", geometries: [] },
    ]),
  ).toEqual([polygon]);
});

import { type Fault, seenBy } from "../fault.ts";

/** Large objects, geometry columns, extensions and what a drill must find in any case. */
export const WHOLE: readonly Fault[] = [
  ...seenBy("large-objects", [
    ["a large object is missing", "SELECT lo_unlink(910001)"],
    ["a large object more", "SELECT lo_from_bytea(910009, 'x')"],
    ["a byte of a large object is another", "SELECT lo_put(910002, 4999, '\\x00')"],
    [
      "a large object is shorter",
      "SELECT lo_unlink(910002), lo_from_bytea(910002, decode(repeat('cd', 4999), 'hex'))",
    ],
    ["a large object has a zero byte more", "SELECT lo_put(910001, 2, '\\x00')"],
    [
      "a large object has another number",
      "UPDATE pg_largeobject SET loid = 910008 WHERE loid = 910001; UPDATE pg_largeobject_metadata SET oid = 910008 WHERE oid = 910001",
    ],
    [
      "two large objects have exchanged their content",
      "UPDATE pg_largeobject SET loid = 910007 WHERE loid = 900002; UPDATE pg_largeobject SET loid = 900002 WHERE loid = 910001; UPDATE pg_largeobject SET loid = 910001 WHERE loid = 910007",
    ],
    ["an empty large object is missing", "SELECT lo_unlink(900001)"],
    ["a hole of a large object is filled with a one", "SELECT lo_put(900005, 50000, '\\x01')"],
  ]),
  ...seenBy("geometry", [
    [
      "a geometry column has another SRID",
      "ALTER TABLE g_person ALTER place TYPE geometry(Point, 3857) USING ST_SetSRID(place, 3857)",
    ],
    [
      "a geometry column takes any type",
      "ALTER TABLE g_person ALTER place TYPE geometry(Geometry, 4326)  USING place",
    ],
    ["a geometry column is missing", "ALTER TABLE g_person DROP place"],
    ["a geometry column more", "ALTER TABLE g_swap ADD more geometry(Point, 4326)"],
    [
      "a geometry is not valid",
      "UPDATE spp_area SET geo_polygon = 'SRID=4326;MULTIPOLYGON(((0 0,1 1,1 0,0 1,0 0)))' WHERE id = (SELECT min(id) FROM spp_area)",
    ],
  ]),
  ...seenBy("extensions", [
    ["an extension is missing", "DROP EXTENSION fuzzystrmatch CASCADE"],
    ["an extension more", "CREATE EXTENSION hstore"],
    [
      "an extension is in another schema",
      "CREATE SCHEMA g_extensions; ALTER EXTENSION pg_trgm SET SCHEMA g_extensions",
    ],
    [
      "an extension has another version",
      "UPDATE pg_extension SET extversion = '1.5' WHERE extname = 'pg_trgm'",
    ],
  ]),
  ...seenBy("partners", [
    ["there are no partners", "TRUNCATE res_partner CASCADE"],
    ["there is no table of partners", "DROP TABLE res_partner CASCADE"],
  ]),
  ...seenBy("postgis", [["PostGIS is missing", "DROP EXTENSION postgis CASCADE"]]),
];

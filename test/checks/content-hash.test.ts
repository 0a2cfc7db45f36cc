import { describe, expect, test } from "vitest";
import { hashedValues, hashOfRow, type ValueType } from "../../src/checks/content-hash.ts";

describe("what is hashed of a value", () => {
  test.each<[string, ValueType["origin"], string | undefined, string[]]>([
    ["int4", "postgresql", "int4out", ["v"]],
    ["uuid", "postgresql", "uuid_out", ["v"]],
    ["bytea", "postgresql", "byteaout", ["v"]],
    ["bool", "postgresql", "boolout", ["v"]],
    ["int8", "postgresql", "int8out", ["int8send(v)"]],
    ["time", "postgresql", "time_out", ["time_send(v)"]],
    ["timestamp", "postgresql", "timestamp_out", ["timestamp_send(v)"]],
    ["timestamptz", "postgresql", "timestamptz_out", ["timestamptz_send(v)"]],
    ["text", "postgresql", "textout", ['v COLLATE "C"']],
    ["varchar", "postgresql", "varcharout", ['v COLLATE "C"']],
    ["bpchar", "postgresql", "bpcharout", ['textin(bpcharout(v)) COLLATE "C"']],
    ["numeric", "postgresql", "numeric_out", ['textin(numeric_out(v)) COLLATE "C"']],
    ["_text", "postgresql", "array_out", ['textin(array_out(v)) COLLATE "C"']],
    [
      "geometry",
      "postgis",
      undefined,
      ["v::gis.geometry::bytea", "gis.st_npoints(v::gis.geometry)"],
    ],
    [
      "geography",
      "postgis",
      undefined,
      ["v::gis.geography::bytea", "gis.st_npoints(v::gis.geography::gis.geometry)"],
    ],
    ["box2d", "postgis", undefined, ['textin(record_out(ROW(v))) COLLATE "C"']],
    ["geometry", "other", undefined, ['textin(record_out(ROW(v))) COLLATE "C"']],
    ["text", "other", undefined, ['textin(record_out(ROW(v))) COLLATE "C"']],
  ])("of type %s, brought by %s", (type, origin, output, values) => {
    expect(hashedValues("v", { type, origin, ...(output && { output }) }, "gis")).toEqual(values);
  });
});

describe("the hash of a row", () => {
  test("of a table without columns", () => {
    expect(hashOfRow([])).toBe("hashbyteaextended(int8send(hash_record_extended(ROW(), 0)), 0)");
  });

  test("of more values than a record takes goes through records of what it takes", () => {
    const names = Array.from({ length: 1700 }, (_, n) => `v${n}`);
    const first = `int8send(hash_record_extended(ROW(${names.slice(0, 1600).join(", ")}), 0))`;
    expect(hashOfRow(names)).toBe(
      `hashbyteaextended(int8send(hash_record_extended(ROW(${first}, ${names.slice(1600).join(", ")}), 0)), 0)`,
    );
  });
});

import { describe, expect, test } from "vitest";
import { compareExtensions } from "../../src/checks/server-facts.ts";

const postgis = { name: "postgis", version: "3.6.4", schema: "public" };
const unaccent = { name: "unaccent", version: "1.1", schema: "public" };

test("the same versions, in whatever order", () => {
  expect(compareExtensions([postgis, unaccent], [unaccent, postgis])).toEqual({
    name: "extensions",
    status: "passed",
    message: "Every extension is there in the same version: postgis 3.6.4, unaccent 1.1.",
  });
});

test("none", () => {
  expect(compareExtensions([], []).message).toBe(
    "Every extension is there in the same version: none.",
  );
});

test("another version, and one that is missing", () => {
  expect(compareExtensions([postgis, unaccent], [{ ...postgis, version: "3.5.0" }])).toEqual({
    name: "extensions",
    status: "failed",
    message: "postgis is 3.5.0 instead of 3.6.4; unaccent is missing instead of 1.1.",
    next: "In production: ALTER EXTENSION … UPDATE, so that it runs the version that this server installs; then take a new backup.",
  });
});

test("one in another schema, and one that the source has not", () => {
  expect(
    compareExtensions([postgis], [{ ...postgis, schema: "elsewhere" }, unaccent]),
  ).toMatchObject({
    status: "failed",
    message:
      "postgis is in elsewhere instead of public; unaccent is there, and the source has none.",
  });
});

describe("on a fresh server, whose image is built anew with each patch of PostGIS", () => {
  test("another patch level is told, and fails nothing", () => {
    const restored = [{ ...postgis, version: "3.6.9" }, unaccent];
    expect(compareExtensions([postgis, unaccent], restored, "fresh")).toEqual({
      name: "extensions",
      status: "passed",
      message:
        "Every extension is there; on this fresh server postgis is 3.6.9 instead of 3.6.4, of the same minor version.",
    });
  });

  test("another minor version, and one that is missing, fail", () => {
    expect(
      compareExtensions([postgis, unaccent], [{ ...postgis, version: "3.5.4" }], "fresh"),
    ).toEqual({
      name: "extensions",
      status: "failed",
      message: "postgis is 3.5.4 instead of 3.6.4; unaccent is missing instead of 1.1.",
      next: "Name with `runner-image` an image that has the versions of the source; or give a server that has them.",
    });
  });
});

import { expect, test } from "vitest";
import type { Manifest } from "../../src/backups/manifest.ts";
import { type GivenServerFacts, refuseGivenServer } from "../../src/checks/given-server.ts";
import type { UserMistake } from "../../src/failure.ts";

const SERVER: GivenServerFacts = {
  ...{ version: "18.6", number: 180_006, superuser: true },
  databases: ["postgres", "template0", "template1"],
  roles: ["postgres"],
  extensions: ["plpgsql", "postgis", "fuzzystrmatch"],
  installable: ["postgis 3.6.4"],
};

const manifest = {
  server: { version: "18.1", number: 180_001 },
  dump: { file: "openspp_20260115_020000.dump" },
  extensions: [{ name: "postgis", version: "3.6.1", schema: "public" }],
} as unknown as Manifest;

function refusalOf(differing: Partial<GivenServerFacts>): UserMistake["explanation"] | undefined {
  try {
    refuseGivenServer(
      "The given server",
      { ...SERVER, ...differing },
      { manifest, database: "openspp" },
    );
    return undefined;
  } catch (error) {
    return (error as UserMistake).explanation;
  }
}

test("a server of the same major version that holds nothing and has the extensions is taken", () => {
  expect(refusalOf({})).toBeUndefined();
});

test.each<[string, Partial<GivenServerFacts>, string]>([
  [
    "that may be production",
    { databases: ["postgres", "openspp"] },
    "The given server holds a database `openspp`: it may be production.",
  ],
  [
    "whose user is no superuser",
    { superuser: false },
    "The given server is reached as a user who is no superuser, and can create neither PostGIS nor what belongs to other roles.",
  ],
  [
    "of an older version",
    { number: 170_004, version: "17.4" },
    "The given server runs PostgreSQL 17.4, and openspp_20260115_020000.dump was dumped from 18.1.",
  ],
  [
    "of a newer version",
    { number: 190_000, version: "19.0" },
    "The given server runs PostgreSQL 19.0, and openspp_20260115_020000.dump was dumped from 18.1.",
  ],
  [
    "without an extension of the backup",
    { extensions: ["plpgsql"] },
    "The given server cannot create `postgis`, which openspp_20260115_020000.dump needs.",
  ],
])("a server %s is refused", (_, differing, what) => {
  expect(refusalOf(differing)).toMatchObject({ what, state: "Nothing was changed there." });
  expect(refusalOf(differing)?.next).toMatch(/^Give /);
});

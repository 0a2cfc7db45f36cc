import { describe, expect, test } from "vitest";
import { parseTableOfContents } from "../../src/backups/table-of-contents.ts";
import { type DumpNeeds, dumpNeeds, refuseUnmet } from "../../src/checks/dump-needs.ts";
import { UserMistake } from "../../src/failure.ts";

const CONTENTS = parseTableOfContents(`;
;     Dumped from database version: 15.18 (Debian 15.18-0+deb12u1)
;
2; 3079 16385 EXTENSION - postgis 
217; 1259 16386 TABLE public res_partner odoo
218; 1259 16387 TABLE public audit auditor
`);

const STATEMENTS = `
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA "Données à part";
GRANT SELECT ON TABLE public.res_partner TO "data ""steward""" WITH GRANT OPTION;
GRANT USAGE ON SCHEMA public TO PUBLIC;
ALTER DEFAULT PRIVILEGES FOR ROLE odoo IN SCHEMA public GRANT SELECT ON TABLES TO reader;
`;

test("roles, extensions and version of a dump", () => {
  expect(dumpNeeds(CONTENTS, STATEMENTS, true)).toEqual({
    roles: ["odoo", "auditor", 'data "steward"', "reader"],
    extensions: [
      { name: "postgis", schema: "public" },
      { name: "uuid-ossp", schema: "Données à part" },
    ],
    major: 15,
  });
});

test("owners are not needed where the restoring role owns all", () => {
  expect(dumpNeeds(CONTENTS, "", false).roles).toEqual([]);
});

describe("a server that cannot take it", () => {
  const needs: DumpNeeds = {
    roles: ["odoo"],
    extensions: [{ name: "postgis", schema: "public" }],
    major: 18,
  };
  const offers = {
    roles: ["odoo", "admin"],
    extensions: ["postgis"],
    ...{ installable: [], prepared: 0, number: 180_006, version: "18.6" },
  };
  const refusal = (change: object, other: object = {}) => {
    try {
      refuseUnmet("a.dump", { ...needs, ...change }, { ...offers, ...other });
      return undefined;
    } catch (error) {
      expect(error).toBeInstanceOf(UserMistake);
      return (error as UserMistake).explanation.what;
    }
  };

  test("is refused with the reason", () => {
    expect(refusal({ major: 19 })).toBe(
      "a.dump was dumped from PostgreSQL 19, and this server runs 18.6.",
    );
    expect(refusal({ extensions: [{ name: "pgrouting", schema: "public" }] })).toBe(
      "The server cannot create `pgrouting`, which a.dump needs.",
    );
    expect(refusal({ roles: ["odoo", "auditor"] })).toBe(
      "The server has no role `auditor`, which a.dump names as an owner or grants rights to.",
    );
    expect(refusal({}, { prepared: 1 })).toBe(
      "Production has 1 prepared transaction, and can be neither renamed nor dropped meanwhile.",
    );
  });

  test("an older dump, and one that fits, are taken", () => {
    expect(refusal({ major: 15 })).toBeUndefined();
    expect(refusal({})).toBeUndefined();
  });
});

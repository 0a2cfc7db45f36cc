import { describe, expect, test } from "vitest";
import { parseTableOfContents } from "../../src/backups/table-of-contents.ts";
import {
  type DumpNeeds,
  dumpNeeds,
  refuseSubscriptions,
  refuseUnmet,
  type ServerOffers,
} from "../../src/checks/dump-needs.ts";
import { UserMistake } from "../../src/failure.ts";

const CONTENTS = parseTableOfContents(`;
;     Dumped from database version: 15.18 (Debian 15.18-0+deb12u1)
;
2; 3079 16385 EXTENSION - postgis 
217; 1259 16386 TABLE public res_partner odoo
218; 1259 16387 TABLE public audit auditor
`);

const STATEMENTS = String.raw`
\restrict abc
CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA "Données à part";
GRANT SELECT ON TABLE public.res_partner TO "data ""steward""" WITH GRANT OPTION;
SET SESSION AUTHORIZATION 'data "steward"';
GRANT SELECT ON TABLE public.res_partner TO passed_on;
SET SESSION AUTHORIZATION granting;
RESET SESSION AUTHORIZATION;
SET SESSION AUTHORIZATION DEFAULT;
GRANT USAGE ON SCHEMA public TO PUBLIC;
REVOKE ALL ON FUNCTION public.f(a text) FROM former;
ALTER DEFAULT PRIVILEGES FOR ROLE third IN SCHEMA public GRANT SELECT ON TABLES TO reader;
ALTER DEFAULT PRIVILEGES FOR ROLE third REVOKE ALL ON FUNCTIONS FROM PUBLIC;
CREATE POLICY own ON public.notes FOR SELECT TO nurse, "Doctor" USING ((author = 'GRANT x TO nobody;'::text));
CREATE POLICY everybody ON public.notes USING ((id IN ( SELECT x.id FROM x)));
CREATE USER MAPPING FOR mapped SERVER s OPTIONS (password 'x TO y');
CREATE USER MAPPING FOR PUBLIC SERVER s;
\unrestrict abc
`;

test("roles, extensions, tablespaces and version of a dump", () => {
  expect(
    dumpNeeds(CONTENTS, STATEMENTS, { admins: CONTENTS.entries, tablespaces: ["fast", "fast"] }),
  ).toEqual({
    roles: [
      ...["odoo", "auditor", 'data "steward"', "passed_on", "granting", "former"],
      ...["third", "reader", "nurse", "Doctor", "mapped"],
    ],
    extensions: [
      { name: "postgis", schema: "public" },
      { name: "uuid-ossp", schema: "Données à part" },
    ],
    tablespaces: ["fast"],
    major: 15,
  });
});

test("owners are not needed where the restoring role owns all", () => {
  expect(dumpNeeds(CONTENTS, "", { admins: [], tablespaces: [] }).roles).toEqual([]);
});

test("the owner of rights, comments and rows is not restored by them", () => {
  const { entries } = parseTableOfContents(`
1; 0 0 ACL pg_catalog TABLE pg_authid postgres
2; 0 0 COMMENT - EVENT TRIGGER x somebody
3; 0 4 TABLE DATA public x else
4; 2605 4 CAST - CAST (a AS b) 
`);
  expect(dumpNeeds(CONTENTS, "", { admins: entries, tablespaces: [] }).roles).toEqual([]);
});

describe("a server that cannot take it", () => {
  const needs: DumpNeeds = {
    roles: ["odoo"],
    extensions: [{ name: "postgis", schema: "public" }],
    tablespaces: ["fast"],
    major: 18,
  };
  const offers = {
    roles: ["odoo", "admin"],
    extensions: ["postgis"],
    tablespaces: ["pg_default", "fast"],
    ...{ subscriptions: [], installable: [], prepared: 0, number: 180_006, version: "18.6" },
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
      "The server has no role `auditor`, which a.dump names as an owner, in a right or in a policy.",
    );
    expect(refusal({ tablespaces: ["fast", "slow"] })).toBe(
      "The server has no tablespace `slow`, which a.dump has tables or indexes in.",
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

test("production is not dropped while it has a subscription", () => {
  const offers = { subscriptions: ["a b"] } as unknown as ServerOffers;
  expect(() => refuseSubscriptions("openspp", offers)).toThrow(
    "openspp has the subscription `a b`, so PostgreSQL does not let it be dropped.",
  );
  expect(() => refuseSubscriptions("openspp", { ...offers, subscriptions: [] })).not.toThrow();
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Catalog } from "../../src/checks/structure/catalog.ts";
import { NOT_COMPARED } from "../../src/checks/structure/not-compared.ts";
import { RIGHTS } from "../../src/checks/structure/rights.ts";
import { CATALOGS } from "../../src/checks/structure/structure-query.ts";
import type { Session } from "../../src/database/session.ts";
import { sharedLab } from "../lab/shared.ts";
import { openSession } from "./lab-session.ts";

/** Every catalog of the server with its columns, but `oid`, which is a number in this database. */
const CATALOGS_QUERY = `
SELECT json_object_agg(c.relname, (SELECT json_agg(a.attname ORDER BY a.attname) FROM pg_attribute a
  WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)) AS catalogs
FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'pg_catalog'::regnamespace`;

let session: Session;
let server: Readonly<Record<string, readonly string[]>>;

beforeAll(async () => {
  session = await openSession(await sharedLab("strict"));
  server = await session.value(CATALOGS_QUERY);
});

afterAll(() => session.close());

function columnsOf(catalog: Catalog): readonly string[] {
  return [
    ...(catalog.named ?? []),
    ...(catalog.values ?? []),
    ...Object.keys(catalog.references ?? {}),
    ...Object.keys(catalog.printed ?? {}),
    ...(catalog.expressions?.columns ?? []),
    ...(catalog.rights ?? []),
    ...Object.keys(catalog.left ?? {}),
  ];
}

/** A catalog with rows of two kinds is described by its first entry; the others are about rows of their own. */
function describedColumns(name: string): readonly string[] {
  const [first] = CATALOGS.filter(({ catalog }) => catalog === name);
  return first ? columnsOf(first).toSorted() : [];
}

test("every catalog of the server is compared, or named with a reason", () => {
  const compared = CATALOGS.map(({ catalog }) => catalog);
  expect([...new Set([...compared, ...Object.keys(NOT_COMPARED)])].toSorted()).toEqual(
    Object.keys(server).toSorted(),
  );
});

test("every column of a catalog is compared, or named with a reason, in one group only", () => {
  const compared = [...new Set(CATALOGS.map(({ catalog }) => catalog))];
  expect(Object.fromEntries(compared.map((name) => [name, describedColumns(name)]))).toEqual(
    Object.fromEntries(compared.map((name) => [name, server[name]])),
  );
});

test("a reason is a sentence", () => {
  const reasons = [
    ...Object.values(NOT_COMPARED),
    ...CATALOGS.flatMap(({ left = {} }) => Object.values(left)),
  ];
  expect(reasons.filter((reason) => reason.split(" ").length < 3)).toEqual([]);
});

describe("columns with rights", () => {
  test("are those that the query on rights reads", () => {
    const named = CATALOGS.flatMap(({ catalog, rights = [] }) =>
      rights.map((column) => `${catalog}.${column}`),
    );
    expect(named.toSorted()).toEqual([...RIGHTS].toSorted());
  });

  test("are all that hold rights", async () => {
    const holding = await session.value<string[]>(
      `SELECT json_agg(c.relname || '.' || a.attname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
       WHERE a.atttypid = 'aclitem[]'::regtype AND c.relkind = 'r' AND c.relnamespace = 'pg_catalog'::regnamespace`,
    );
    const elsewhere = ["pg_default_acl.defaclacl"];
    const compared = holding.filter((column) => !((column.split(".")[0] ?? "") in NOT_COMPARED));
    expect(compared.toSorted()).toEqual([...RIGHTS, ...elsewhere].toSorted());
  });
});

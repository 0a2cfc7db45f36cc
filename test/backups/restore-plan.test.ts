import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type ExtensionObjects,
  type PlanOptions,
  planRestore,
  planTables,
  type RestorePlan,
  subscriptionsOf,
} from "../../src/backups/restore-plan.ts";
import { isKept, selectionsOf } from "../../src/backups/restore-selection.ts";
import { parseTableOfContents, type TableOfContents } from "../../src/backups/table-of-contents.ts";

const contents = parseTableOfContents(
  readFileSync(join(import.meta.dirname, "table-of-contents.txt"), "utf8"),
);
/** As the target says once the four extensions of PostGIS's image are in it. */
const extensions: ExtensionObjects = {
  relations: new Set([
    ...["public.spatial_ref_sys", "topology.topology", "topology.layer"],
    ...["topology.topology_id_seq", "tiger.geocode_settings", "tiger.pagc_gaz"],
    ...["tiger.pagc_lex", "tiger.pagc_rules"],
  ]),
  schemas: new Set(["public", "topology", "tiger"]),
};
const strict: PlanOptions = { owner: "odoo", subscriptions: "restored" };
const flexible: PlanOptions = { subscriptions: "restored" };

const named = ({ entries }: TableOfContents, ids: readonly number[]) =>
  entries
    .filter(({ id }) => ids.includes(id))
    .map(({ kind, schema, name }) => `${kind} ${schema} ${name}`);
const shown = (of: TableOfContents, { passes }: RestorePlan) =>
  passes.map(({ stage, level, login, ids }) => [`${stage} ${level} ${login}`, named(of, ids)]);

describe("the dump of a database with PostGIS", () => {
  const plan = planRestore(contents, extensions, strict);

  test("leaves out what is there already", () => {
    expect(named(contents, plan.leftOut)).toEqual([
      "SCHEMA - tiger",
      "SCHEMA - topology",
      "EXTENSION - fuzzystrmatch",
      "EXTENSION - pg_trgm",
      "EXTENSION - postgis",
      "EXTENSION - postgis_tiger_geocoder",
      "EXTENSION - postgis_topology",
      "EXTENSION - unaccent",
    ]);
  });

  test("has one pass more than under one login: the rights", () => {
    expect(plan.passes.map(({ stage, login }) => `${stage} ${login}`)).toEqual([
      "rows admin",
      "rows owner",
      "keys admin",
      "keys owner",
    ]);
  });

  test("the admin role first restores the extensions' own rows and comments", () => {
    expect(shown(contents, plan)[0]).toEqual([
      "rows 0 admin",
      [
        "COMMENT - SCHEMA topology",
        "COMMENT - EXTENSION fuzzystrmatch",
        "COMMENT - EXTENSION pg_trgm",
        "COMMENT - EXTENSION postgis",
        "COMMENT - EXTENSION postgis_tiger_geocoder",
        "COMMENT - EXTENSION postgis_topology",
        "COMMENT - EXTENSION unaccent",
        "TABLE DATA public spatial_ref_sys",
        "TABLE DATA tiger geocode_settings",
        "TABLE DATA tiger pagc_gaz",
        "TABLE DATA tiger pagc_lex",
        "TABLE DATA tiger pagc_rules",
        "TABLE DATA topology topology",
        "TABLE DATA topology layer",
        "SEQUENCE SET topology topology_id_seq",
      ],
    ]);
  });

  test("rights on the Odoo role's objects come once all are there, and then what reads other rows", () => {
    expect(shown(contents, plan).slice(2)).toEqual([
      [
        "keys 0 admin",
        ["ACL - SCHEMA spp_reporting", "DEFAULT ACL spp_reporting DEFAULT PRIVILEGES FOR TABLES"],
      ],
      [
        "keys 1 owner",
        [
          "FK CONSTRAINT public ir_attachment ir_attachment_company_id_fkey",
          "MATERIALIZED VIEW DATA public spp_program_summary",
        ],
      ],
    ]);
  });

  test("under the flexible policy one login restores all, what acts on the rest last", () => {
    const { passes } = planRestore(contents, extensions, flexible);
    expect(passes.map(({ stage, login }) => `${stage} ${login}`)).toEqual([
      "rows admin",
      "rows owner",
      "keys admin",
      "keys owner",
    ]);
  });
});

/** The Odoo role's and others' objects, each on top of the other's. */
const LAYERED = parseTableOfContents(
  `
1; 2615 1 SCHEMA - public odoo
2; 2615 2 SCHEMA - bi data steward
3; 0 0 ACL - SCHEMA bi data steward
;	depends on: 2
4; 1255 3 FUNCTION public note_change() openspp_admin
5; 0 0 ACL public FUNCTION note_change() openspp_admin
;	depends on: 4
6; 1247 4 SHELL TYPE public word odoo
7; 1255 5 FUNCTION public word_in(cstring) odoo
;	depends on: 6
8; 1247 6 TYPE public word odoo
;	depends on: 6 7
9; 1247 7 TYPE public state odoo
10; 0 0 ACL public TYPE kind openspp_admin
11; 1259 8 TABLE public res_partner odoo
;	depends on: 9
12; 0 0 ACL public TABLE res_partner odoo
;	depends on: 11
13; 1259 9 TABLE public trail openspp_admin
14; 0 0 ACL public TABLE trail openspp_admin
;	depends on: 13
15; 1259 10 VIEW bi people data steward
;	depends on: 2 11
16; 0 0 ACL bi TABLE people data steward
;	depends on: 15
17; 1259 11 VIEW public on_people odoo
;	depends on: 15
18; 1259 12 VIEW bi on_top data steward
;	depends on: 17
19; 1259 13 MATERIALIZED VIEW bi counted data steward
;	depends on: 15
20; 1259 14 MATERIALIZED VIEW public doubled odoo
;	depends on: 19
21; 1259 15 TABLE public words odoo
;	depends on: 8
22; 0 0 TABLE ATTACH public trail_2026 odoo
;	depends on: 13 21
23; 0 0 ACL - LANGUAGE plpgsql openspp_admin
24; 0 0 ACL pg_catalog TABLE pg_authid openspp_admin
25; 0 11 TABLE DATA public res_partner odoo
;	depends on: 11
26; 0 13 TABLE DATA public trail openspp_admin
;	depends on: 13
27; 2606 1 CONSTRAINT public res_partner res_partner_pkey odoo
;	depends on: 11
28; 2606 2 CONSTRAINT public trail trail_pkey openspp_admin
;	depends on: 13
29; 2620 3 TRIGGER public res_partner note_change odoo
;	depends on: 11 4
30; 2606 4 FK CONSTRAINT public trail trail_partner_fkey openspp_admin
;	depends on: 13 11 27
31; 2606 5 FK CONSTRAINT public words words_trail_fkey odoo
;	depends on: 21 13 28
32; 0 0 COMMENT public CONSTRAINT words_trail_fkey ON words odoo
;	depends on: 31
33; 6104 6 PUBLICATION - published odoo
34; 0 0 COMMENT - PUBLICATION published odoo
;	depends on: 33
35; 6106 7 PUBLICATION TABLE public published res_partner odoo
;	depends on: 33 11
36; 6100 8 SUBSCRIPTION - subscribed openspp_admin
37; 0 0 COMMENT - SUBSCRIPTION subscribed openspp_admin
;	depends on: 36
38; 826 9 DEFAULT ACL bi DEFAULT PRIVILEGES FOR TABLES data steward
39; 0 19 MATERIALIZED VIEW DATA bi counted data steward
;	depends on: 19 38
40; 0 20 MATERIALIZED VIEW DATA public doubled odoo
;	depends on: 20 39
41; 3466 10 EVENT TRIGGER - on_ddl openspp_admin
;	depends on: 4
42; 0 0 COMMENT - EVENT TRIGGER on_ddl openspp_admin
;	depends on: 41
43; 2605 11 CAST - CAST (public.word AS text) 
;	depends on: 8
44; 1255 12 FUNCTION public root(double precision) odoo
45; 0 0 COMMENT public FUNCTION root(double precision) odoo
;	depends on: 44
`,
  ["data steward", "odoo", "openspp_admin"],
);
const layered = planRestore(
  LAYERED,
  { relations: new Set(), schemas: new Set() },
  {
    ...strict,
    superuser: [7, 29, 44],
  },
);

test("each entry is restored by a login that may own it, after all that it needs", () => {
  expect(shown(LAYERED, layered)).toEqual([
    [
      "rows 0 admin",
      [
        "SCHEMA - public",
        "SCHEMA - bi",
        "ACL - SCHEMA bi",
        "FUNCTION public note_change()",
        "ACL public FUNCTION note_change()",
        "SHELL TYPE public word",
        "FUNCTION public word_in(cstring)",
        "TYPE public word",
        "TABLE public trail",
        "ACL public TABLE trail",
        "ACL pg_catalog TABLE pg_authid",
        "TABLE DATA public trail",
        "CONSTRAINT public trail trail_pkey",
        "CAST - CAST (public.word AS text)",
        "FUNCTION public root(double precision)",
      ],
    ],
    [
      "rows 1 owner",
      [
        "TYPE public state",
        "TABLE public res_partner",
        "TABLE public words",
        "TABLE DATA public res_partner",
        "CONSTRAINT public res_partner res_partner_pkey",
        "COMMENT public FUNCTION root(double precision)",
      ],
    ],
    [
      "rows 2 admin",
      [
        "VIEW bi people",
        "ACL bi TABLE people",
        "MATERIALIZED VIEW bi counted",
        "TABLE ATTACH public trail_2026",
        "TRIGGER public res_partner note_change",
      ],
    ],
    ["rows 3 owner", ["VIEW public on_people", "MATERIALIZED VIEW public doubled"]],
    ["rows 4 admin", ["VIEW bi on_top"]],
    [
      "keys 0 admin",
      [
        "ACL public TYPE kind",
        "ACL public TABLE res_partner",
        "ACL - LANGUAGE plpgsql",
        "DEFAULT ACL bi DEFAULT PRIVILEGES FOR TABLES",
      ],
    ],
    [
      "keys 1 owner",
      [
        "FK CONSTRAINT public words words_trail_fkey",
        "COMMENT public CONSTRAINT words_trail_fkey ON words",
      ],
    ],
    [
      "keys 2 admin",
      ["FK CONSTRAINT public trail trail_partner_fkey", "MATERIALIZED VIEW DATA bi counted"],
    ],
    ["keys 3 owner", ["MATERIALIZED VIEW DATA public doubled"]],
    [
      "keys 4 admin",
      [
        "PUBLICATION - published",
        "COMMENT - PUBLICATION published",
        "PUBLICATION TABLE public published res_partner",
        "SUBSCRIPTION - subscribed",
        "COMMENT - SUBSCRIPTION subscribed",
        "EVENT TRIGGER - on_ddl",
        "COMMENT - EVENT TRIGGER on_ddl",
      ],
    ],
  ]);
});

test("only passes that load rows of the user's run in several jobs, and the Odoo role's", () => {
  expect(layered.passes.filter(({ parallel }) => parallel).map(({ level }) => level)).toEqual([
    0, 1, 3, 1, 3,
  ]);
  const [first] = planRestore(contents, extensions, strict).passes;
  expect(first?.parallel).toBe(false);
});

test("warnings are read of the passes that grant", () => {
  expect(
    layered.passes.filter(({ grants }) => grants).map(({ stage, level }) => `${stage} ${level}`),
  ).toEqual(["rows 0", "rows 2", "keys 0"]);
});

test("a subscription is left out where it must not be", () => {
  const { leftOut } = planRestore(LAYERED, extensions, { ...strict, subscriptions: "left out" });
  expect(leftOut).toEqual([36, 37]);
  expect(subscriptionsOf(LAYERED)).toEqual(["subscribed"]);
});

test("a circle of dependencies does not lose an entry", () => {
  const circle = parseTableOfContents(`
1; 1259 1 VIEW public a odoo
;	depends on: 2
2; 1259 2 VIEW public b openspp_admin
;	depends on: 1
`);
  const { passes } = planRestore(circle, extensions, strict);
  expect(passes.flatMap(({ ids }) => ids).toSorted((a, b) => a - b)).toEqual([1, 2]);
});

/** As a list is picked from: each pass by the rules that its selection has. */
const picked = (
  plan: RestorePlan,
  of: TableOfContents,
  picks: "this archive" | "any archive",
  owner: string | undefined = "odoo",
) =>
  selectionsOf(plan, of, { owner, picks }).map(({ stage, level, rules }) => [
    `${stage} ${level}`,
    of.entries.filter((entry) => isKept(entry, rules)).map(({ id }) => id),
  ]);
const planned = ({ passes }: RestorePlan) =>
  passes.map(({ stage, level, ids }) => [`${stage} ${level}`, ids.toSorted((a, b) => a - b)]);
const sorted = (passes: ReturnType<typeof picked>) =>
  passes.map(([pass, ids]) => [pass, (ids as number[]).toSorted((a, b) => a - b)]);

describe.each<[string, TableOfContents, PlanOptions]>([
  ["of PostGIS, strict", contents, strict],
  ["of PostGIS, flexible", contents, flexible],
  ["in layers, strict", LAYERED, { ...strict, superuser: [7, 29, 44] }],
  ["in layers, without the subscription", LAYERED, { ...strict, subscriptions: "left out" }],
  ["in layers, flexible", LAYERED, flexible],
])("the selection of a database %s", (_, of, options) => {
  const plan = planRestore(of, extensions, options);

  test.each(["this archive", "any archive"] as const)("picks what was planned, of %s", (picks) => {
    expect(sorted(picked(plan, of, picks, options.owner)).filter(([, ids]) => ids?.length)).toEqual(
      planned(plan),
    );
  });

  test("restores every entry once, or leaves it out", () => {
    const ids = [...plan.leftOut, ...plan.passes.flatMap((pass) => pass.ids)];
    expect(ids.toSorted((a, b) => a - b)).toEqual(
      of.entries.map(({ id }) => id).toSorted((a, b) => a - b),
    );
  });
});

test("a later archive: each new entry is restored by the login that its owner and kind ask for", () => {
  const plan = planRestore(contents, extensions, strict);
  const later = parseTableOfContents(`
1; 1259 1 TABLE public new odoo
2; 1259 2 TABLE public admins openspp_admin
3; 0 0 ACL public TABLE new odoo
4; 2606 4 FK CONSTRAINT public admins admins_fkey openspp_admin
5; 3079 5 EXTENSION - hstore 
6; 3466 6 EVENT TRIGGER - on_ddl openspp_admin
7; 3602 7 OPERATOR FAMILY public backwards odoo
8; 0 0 ACL public TABLE admins openspp_admin
9; 2606 9 FK CONSTRAINT public new new_fkey odoo
`);
  const selections = selectionsOf(plan, contents, { owner: "odoo", picks: "any archive" });
  expect(
    selections.map(({ stage, login, rules }) => [
      `${stage} ${login}`,
      later.entries.filter((entry) => isKept(entry, rules)).map(({ id }) => id),
    ]),
  ).toEqual([
    ["rows admin", [2, 7, 8]],
    ["rows owner", [1]],
    ["keys admin", [3]],
    ["keys owner", [9]],
    ["keys admin", [4, 6]],
  ]);
});

test("a large archive, half of it the admin's, needs no long command", () => {
  const lines = Array.from({ length: 20_000 }, (_, n) =>
    n % 2 === 0
      ? `${n}; 1259 ${n} TABLE public t${n} odoo`
      : `${n}; 1259 ${n} TABLE public t${n} openspp_admin`,
  );
  const large = parseTableOfContents(lines.join("\n"));
  const plan = planRestore(large, extensions, strict);
  const selections = selectionsOf(plan, large, { owner: "odoo", picks: "this archive" });
  expect(JSON.stringify(selections).length).toBeLessThan(10_000);
});

test("some tables alone come as the Odoo role's, with what their columns need", () => {
  const plan = planTables(contents, ["public.x_coded", "public.spatial_ref_sys"], extensions);
  expect(shown(contents, plan)).toEqual([
    [
      "rows 1 owner",
      [
        "SCHEMA - Données à part",
        "SCHEMA - spp_reporting",
        "TYPE Données à part Sorte d'état",
        "DOMAIN public spp_email",
        "TABLE public x_coded",
        "TABLE DATA public spatial_ref_sys",
      ],
    ],
  ]);
  expect(picked(plan, contents, "this archive")).toEqual([["rows 1", plan.passes[0]?.ids]]);
});

test("an extension's rows come in the archive's order, also next to the admin's own", () => {
  const mixed = parseTableOfContents(`
1; 1259 1 TABLE public x_trail openspp_admin
2; 0 1 TABLE DATA public x_trail openspp_admin
;	depends on: 1
3; 0 2 TABLE DATA topology topology openspp_admin
4; 0 3 TABLE DATA topology layer openspp_admin
`);
  expect(planRestore(mixed, extensions, strict).passes).toMatchObject([
    { login: "admin", ids: [1, 2, 3, 4], parallel: false },
  ]);
  const apart = { ...extensions, relations: new Set<string>() };
  expect(planRestore(mixed, apart, strict).passes).toMatchObject([{ parallel: true }]);
});

test("the large objects of an old archive are there before their data, which has no owner", () => {
  const old = parseTableOfContents(`
1; 2613 900001 BLOB - 900001 odoo
2; 0 0 BLOBS - BLOBS 
`);
  const { passes } = planRestore(old, extensions, strict);
  expect(passes).toMatchObject([
    { login: "owner", ids: [1] },
    { login: "admin", ids: [2] },
  ]);
});

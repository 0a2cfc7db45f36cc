import { expect, test } from "vitest";
import { parseTableOfContents } from "../../src/backups/table-of-contents.ts";
import { tablespaceMoves } from "../../src/backups/tablespace-moves.ts";

const contents = parseTableOfContents(`
10; 1259 1 TABLE public moved odoo
11; 1259 2 INDEX public moved, by word odoo
12; 2606 3 CONSTRAINT public moved moved key odoo
13; 1259 4 MATERIALIZED VIEW own a table odoo
14; 1259 5 TABLE public admins openspp_admin
15; 1259 6 TABLE own a table odoo
16; 2606 7 CONSTRAINT own a table a table_pkey odoo
`);

const headers = `-- Name: moved; Type: TABLE; Schema: public; Owner: odoo; Tablespace: fast
-- Name: moved, by word; Type: INDEX; Schema: public; Owner: odoo; Tablespace: fast; and slow
-- Name: moved moved key; Type: CONSTRAINT; Schema: public; Owner: odoo; Tablespace: fast
-- Name: a table; Type: MATERIALIZED VIEW; Schema: own; Owner: odoo; Tablespace: fast
-- Name: a table a table_pkey; Type: CONSTRAINT; Schema: own; Owner: odoo; Tablespace: fast
-- Name: admins; Type: TABLE; Schema: public; Owner: openspp_admin; Tablespace: fast
-- Name: pg_authid; Type: TABLE; Schema: pg_catalog; Owner: odoo; Tablespace: fast
`;

test("the Odoo role's relations and their tablespaces, as far as the list confirms them", () => {
  expect(tablespaceMoves(headers, contents, "odoo")).toEqual([
    { kind: "TABLE", schema: "public", name: "moved", tablespace: "fast" },
    { kind: "INDEX", schema: "public", name: "moved, by word", tablespace: "fast; and slow" },
    { kind: "INDEX", schema: "public", name: "moved key", tablespace: "fast" },
    { kind: "MATERIALIZED VIEW", schema: "own", name: "a table", tablespace: "fast" },
    { kind: "INDEX", schema: "own", name: "a table_pkey", tablespace: "fast" },
  ]);
  expect(tablespaceMoves("", contents, "odoo")).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  compareStructure,
  type StructureObject,
} from "../../src/checks/structure/compare-structure.ts";
import { STRUCTURE_QUERY } from "../../src/checks/structure/structure-query.ts";
import type { Session } from "../../src/database/session.ts";
import type { Lab } from "../lab/lab.ts";
import { sharedLab } from "../lab/shared.ts";
import { openSession, rolledBack } from "./lab-session.ts";

let lab: Lab;
let session: Session;
let source: readonly StructureObject[];

const structure = () => session.value<StructureObject[]>(STRUCTURE_QUERY);

beforeAll(async () => {
  lab = await sharedLab("strict");
  session = await openSession(lab);
  source = await structure();
});

afterAll(() => session.close());

/** Given statements, return what the comparison says once they ran; they are rolled back. */
async function verdictAfter(...changes: string[]) {
  return rolledBack(session, async () => {
    await change(...changes);
    return compareStructure(source, { objects: await structure() });
  });
}

const change = (...changes: string[]) =>
  session.batch([
    "SET LOCAL search_path = public",
    ...changes,
    "SET LOCAL search_path = pg_catalog",
  ]);

/** What the verdict says of the objects. */
const troubleIn = (message: string) =>
  /^The restored structure is not the source's: (.*)\.$/s.exec(message)?.[1];

test("nothing changed is nothing seen", async () => {
  const { status, message } = await verdictAfter("SELECT 1");
  expect(message).toBe(`All ${source.length} objects are there and defined as in the source.`);
  expect(status).toBe("passed");
});

describe("is seen", () => {
  test.each<[string, string, string]>([
    [
      "a dropped index",
      "DROP INDEX spp_area_geo_polygon_index",
      "2 missing (index public.spp_area_geo_polygon_index, keys of public.spp_area_geo_polygon_index)",
    ],
    [
      "an index of another method",
      "DROP INDEX res_partner__ref_index; CREATE INDEX res_partner__ref_index ON res_partner USING hash (ref)",
      "2 different (index public.res_partner__ref_index, keys of public.res_partner__ref_index)",
    ],
    [
      "a changed default",
      "ALTER TABLE spp_program ALTER COLUMN state SET DEFAULT 'active'",
      "1 different (default value for public.spp_program.state)",
    ],
    [
      "a default that is gone",
      "ALTER TABLE spp_program ALTER COLUMN active DROP DEFAULT",
      "1 missing (default value for public.spp_program.active)",
    ],
    [
      "a column that may be null",
      "ALTER TABLE spp_area ALTER COLUMN code DROP NOT NULL",
      "2 different (columns of public.spp_area, not-null constraints of public.spp_area)",
    ],
    [
      "a wider column",
      "ALTER TABLE x_value_text ALTER COLUMN short TYPE varchar(41)",
      "1 different (columns of public.x_value_text)",
    ],
    [
      "another storage of a column",
      "ALTER TABLE x_value_text ALTER COLUMN bytes SET STORAGE EXTENDED",
      "1 different (columns of public.x_value_text)",
    ],
    [
      "an enabled trigger that was disabled",
      "ALTER TABLE x_audited ENABLE TRIGGER x_audited_disabled",
      "1 different (trigger x_audited_disabled on public.x_audited)",
    ],
    [
      "a disabled trigger",
      "ALTER TABLE x_audited DISABLE TRIGGER x_audited_audit",
      "1 different (trigger x_audited_audit on public.x_audited)",
    ],
    [
      "a dropped policy",
      'DROP POLICY "No, one deletes" ON x_case_note',
      '1 missing (policy "No, one deletes" on public.x_case_note)',
    ],
    [
      "a policy for other roles",
      "ALTER POLICY x_case_note_own ON x_case_note TO PUBLIC",
      "1 different (policy x_case_note_own on public.x_case_note)",
    ],
    [
      "row-level security that no longer holds for the owner",
      "ALTER TABLE x_case_secret NO FORCE ROW LEVEL SECURITY",
      "1 different (table public.x_case_secret)",
    ],
    [
      "a table's missing comment",
      "COMMENT ON TABLE spp_area IS NULL",
      "1 different (comments on public.spp_area)",
    ],
    [
      "a column's missing comment",
      "COMMENT ON COLUMN spp_area.local_grid IS NULL",
      "1 different (comments on public.spp_area)",
    ],
    [
      "a constraint's missing comment",
      "COMMENT ON CONSTRAINT x_constraint_no_overlap ON x_constraint IS NULL",
      "1 missing (comment on table constraint x_constraint_no_overlap on public.x_constraint)",
    ],
    [
      "a trigger's missing comment",
      "COMMENT ON TRIGGER x_audited_audit ON x_audited IS NULL",
      "1 missing (comment on trigger x_audited_audit on public.x_audited)",
    ],
    [
      "a policy's missing comment",
      "COMMENT ON POLICY x_case_note_own ON x_case_note IS NULL",
      "1 missing (comment on policy x_case_note_own on public.x_case_note)",
    ],
    [
      "a function's missing comment",
      "COMMENT ON FUNCTION x_audit() IS NULL",
      "1 missing (comment on function public.x_audit())",
    ],
    [
      "a schema's missing comment",
      'COMMENT ON SCHEMA "Données à part" IS NULL',
      '1 missing (comment on schema "Données à part")',
    ],
    [
      "a constraint that was not validated",
      "ALTER TABLE spp_area DROP CONSTRAINT spp_area_parent_id_fkey; ALTER TABLE spp_area ADD CONSTRAINT spp_area_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES spp_area ON DELETE CASCADE NOT VALID",
      "1 different (table constraint spp_area_parent_id_fkey on public.spp_area)",
    ],
    [
      "a dropped foreign key",
      "ALTER TABLE x_egg DROP CONSTRAINT x_egg_hen_id_fkey",
      "1 missing (table constraint x_egg_hen_id_fkey on public.x_egg)",
    ],
    [
      "a foreign key that is not enforced",
      "ALTER TABLE x_egg DISABLE TRIGGER ALL",
      "1 unexpected (disabled foreign keys of public.x_egg)",
    ],
    [
      "a changed function body",
      "CREATE OR REPLACE FUNCTION x_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
      "1 different (function public.x_raise())",
    ],
    [
      "a function that is no longer strict about who runs it",
      "ALTER PROCEDURE x_recode(integer) SECURITY INVOKER",
      "1 different (procedure public.x_recode(integer))",
    ],
    [
      "a changed view",
      "CREATE OR REPLACE VIEW x_event_view AS SELECT id, kind FROM spp_event WHERE id > 0",
      '1 different (rule "_RETURN" on public.x_event_view)',
    ],
    [
      "another option of a view",
      "ALTER VIEW x_coded_view SET (security_barrier = false)",
      "1 different (view public.x_coded_view)",
    ],
    [
      "a materialised view without its data",
      "REFRESH MATERIALIZED VIEW spp_program_summary WITH NO DATA",
      "1 different (materialized view public.spp_program_summary)",
    ],
    [
      "another step of a sequence",
      "ALTER SEQUENCE ir_sequence_001 INCREMENT BY 5",
      "1 different (parameters of public.ir_sequence_001)",
    ],
    [
      "a sequence that no longer begins anew",
      "ALTER SEQUENCE ir_sequence_003 NO CYCLE",
      "1 different (parameters of public.ir_sequence_003)",
    ],
    [
      "a sequence that no column owns",
      "ALTER SEQUENCE spp_area_id_seq OWNED BY NONE",
      "1 missing (column that owns public.spp_area_id_seq)",
    ],
    [
      "a rule that does something else",
      "CREATE OR REPLACE RULE x_ruled_log AS ON INSERT TO x_ruled DO ALSO NOTHING",
      "1 different (rule x_ruled_log on public.x_ruled)",
    ],
    [
      "a partition with other bounds",
      "ALTER TABLE spp_event DETACH PARTITION spp_event_2026; ALTER TABLE spp_event ATTACH PARTITION spp_event_2026 FOR VALUES FROM ('2026-01-01') TO ('2026-07-01')",
      "1 different (table public.spp_event_2026)",
    ],
    [
      "a table that is no longer unlogged",
      "ALTER TABLE bus_presence SET LOGGED",
      "2 different (sequence public.bus_presence_id_seq, table public.bus_presence)",
    ],
    [
      "another option of a table",
      "ALTER TABLE x_constraint SET (fillfactor = 90)",
      "1 different (table public.x_constraint)",
    ],
    [
      "another label of an enumeration",
      "ALTER TYPE spp_case_state RENAME VALUE 'open' TO 'opened'",
      "1 different (labels of public.spp_case_state)",
    ],
    [
      "a domain without its check",
      "ALTER DOMAIN spp_email DROP CONSTRAINT spp_email_has_at",
      "1 missing (domain constraint spp_email_has_at on public.spp_email)",
    ],
    [
      "an attribute less of a composite type",
      "ALTER TYPE spp_address DROP ATTRIBUTE tags",
      "1 different (columns of public.spp_address)",
    ],
    [
      "a dropped view",
      "DROP VIEW x_coded_view",
      '3 missing (columns of public.x_coded_view, rule "_RETURN" on public.x_coded_view, view public.x_coded_view)',
    ],
    [
      "a dropped function",
      "DROP AGGREGATE x_product(numeric)",
      "2 missing (aggregate public.x_product(numeric), parts of aggregate public.x_product(numeric))",
    ],
    [
      "a dropped operator",
      "DROP OPERATOR === (text, text)",
      "1 missing (operator public.===(pg_catalog.text,pg_catalog.text))",
    ],
    [
      "a dropped text search configuration",
      "DROP TEXT SEARCH CONFIGURATION x_simple",
      "2 missing (dictionaries of public.x_simple, text search configuration public.x_simple)",
    ],
    [
      "dropped statistics",
      "DROP STATISTICS res_partner_place",
      "1 missing (statistics object public.res_partner_place)",
    ],
    [
      "a table more",
      "CREATE TABLE extra (id integer)",
      "2 unexpected (columns of public.extra, table public.extra)",
    ],
    [
      "a right on a table that is gone",
      "REVOKE SELECT ON spp_area FROM openspp_reader",
      "1 missing (rights on table public.spp_area)",
    ],
    [
      "a right on a column that is gone",
      "REVOKE SELECT (name) ON res_partner FROM openspp_reader",
      "1 missing (rights on table column public.res_partner.name)",
    ],
    [
      "a right on a sequence that may no longer be handed on",
      "REVOKE GRANT OPTION FOR USAGE ON SEQUENCE ir_sequence_001 FROM openspp_reader",
      "1 different (rights on sequence public.ir_sequence_001)",
    ],
    [
      "a function that everyone may run again",
      "GRANT EXECUTE ON FUNCTION x_is_code(text) TO PUBLIC",
      "1 missing (rights on function public.x_is_code(pg_catalog.text))",
    ],
    [
      "a right on a schema that is gone",
      "REVOKE USAGE ON SCHEMA spp_reporting FROM openspp_reader",
      "1 missing (rights on schema spp_reporting)",
    ],
    [
      "default rights that are gone",
      "ALTER DEFAULT PRIVILEGES FOR ROLE odoo IN SCHEMA spp_reporting REVOKE SELECT ON TABLES FROM openspp_reader",
      "1 missing (default acl for role odoo in schema spp_reporting on tables)",
    ],
    [
      "a right on a large object that is more",
      "GRANT SELECT ON LARGE OBJECT 900001 TO openspp_reader",
      "1 unexpected (rights on large object 900001)",
    ],
    [
      "a table that a third role owns",
      "ALTER TABLE x_audited OWNER TO openspp_reader",
      "1 different (table public.x_audited)",
    ],
    [
      "a function that a third role owns",
      "ALTER FUNCTION x_raise() OWNER TO openspp_reader",
      "1 different (function public.x_raise())",
    ],
    [
      "a schema that a third role owns",
      'ALTER SCHEMA "Données à part" OWNER TO openspp_reader',
      '1 different (schema "Données à part")',
    ],
  ])("%s", async (_, statements, message) => {
    expect(troubleIn((await verdictAfter(statements)).message)).toBe(message);
  });

  test.each<[string, string, string]>([
    [
      "another option of a foreign table",
      "ALTER FOREIGN TABLE far OPTIONS (SET table_name 'there')",
      "1 different (foreign server of public.far)",
    ],
    [
      "an option of a foreign table's column that is gone",
      "ALTER FOREIGN TABLE far ALTER COLUMN id OPTIONS (DROP column_name)",
      "1 different (columns of public.far)",
    ],
    [
      "another option of a foreign server",
      "ALTER SERVER beyond OPTIONS (SET host '192.0.2.2')",
      "1 different (server beyond)",
    ],
  ])("%s", async (_, statements, message) => {
    const verdict = await rolledBack(session, async () => {
      await change(
        "CREATE FOREIGN DATA WRAPPER carrier",
        "CREATE SERVER beyond FOREIGN DATA WRAPPER carrier OPTIONS (host '192.0.2.1')",
        "CREATE FOREIGN TABLE far (id integer OPTIONS (column_name 'ID')) SERVER beyond OPTIONS (table_name 'here')",
      );
      const before = await structure();
      await change(statements);
      return compareStructure(before, { objects: await structure() });
    });
    expect(troubleIn(verdict.message)).toBe(message);
  });
});

test("a foreign key that the source did not enforce may be enforced", async () => {
  const verdict = await rolledBack(session, async () => {
    await change("ALTER TABLE x_egg DISABLE TRIGGER ALL");
    const before = await structure();
    await change("ALTER TABLE x_egg ENABLE TRIGGER ALL");
    return compareStructure(before, { objects: await structure() });
  });
  expect(verdict.status).toBe("passed");
});

describe("is not seen, because a restore leaves it otherwise", () => {
  test.each([
    [
      "an index whose building failed, which pg_dump leaves out",
      "CREATE INDEX failed ON spp_area (name); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'failed'::regclass",
    ],
    [
      "the gap that a dropped column leaves",
      "ALTER TABLE spp_area ADD COLUMN gone integer; ALTER TABLE spp_area DROP COLUMN gone",
    ],
  ])("%s", async (_, statements) => {
    expect((await verdictAfter(statements)).status).toBe("passed");
  });
});

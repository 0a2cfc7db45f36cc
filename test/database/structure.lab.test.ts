import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  compareStructure,
  type StructureObject,
  structureQuery,
} from "../../src/checks/structure.ts";
import type { Session } from "../../src/database/session.ts";
import type { Lab } from "../lab/lab.ts";
import { sharedLab } from "../lab/shared.ts";
import { openSession, rolledBack } from "./lab-session.ts";

let lab: Lab;
let session: Session;
let source: readonly StructureObject[];

const structure = (...more: string[]) =>
  session.value<StructureObject[]>(
    structureQuery([lab.database.owner, lab.database.admin, ...more]),
  );

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
    return compareStructure(source, await structure());
  });
}

const change = (...changes: string[]) =>
  session.batch([
    "SET LOCAL search_path = public",
    ...changes,
    "SET LOCAL search_path = pg_catalog",
  ]);

const different = (object: string) =>
  `The restored structure is not the source's: 1 different (${object}).`;
const missing = (object: string) =>
  `The restored structure is not the source's: 1 missing (${object}).`;

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
      different("table public.spp_area"),
    ],
    [
      "an index of another method",
      "DROP INDEX res_partner__ref_index; CREATE INDEX res_partner__ref_index ON res_partner USING hash (ref)",
      different("table public.res_partner"),
    ],
    [
      "a changed default",
      "ALTER TABLE spp_program ALTER COLUMN state SET DEFAULT 'active'",
      different("table public.spp_program"),
    ],
    [
      "a default that is gone",
      "ALTER TABLE spp_program ALTER COLUMN active DROP DEFAULT",
      different("table public.spp_program"),
    ],
    [
      "a column that may be null",
      "ALTER TABLE spp_area ALTER COLUMN code DROP NOT NULL",
      different("table public.spp_area"),
    ],
    [
      "a wider column",
      "ALTER TABLE x_value_text ALTER COLUMN short TYPE varchar(41)",
      different("table public.x_value_text"),
    ],
    [
      "another storage of a column",
      "ALTER TABLE x_value_text ALTER COLUMN bytes SET STORAGE EXTENDED",
      different("table public.x_value_text"),
    ],
    [
      "an enabled trigger that was disabled",
      "ALTER TABLE x_audited ENABLE TRIGGER x_audited_disabled",
      different("table public.x_audited"),
    ],
    [
      "a disabled trigger",
      "ALTER TABLE x_audited DISABLE TRIGGER x_audited_audit",
      different("table public.x_audited"),
    ],
    [
      "a dropped policy",
      'DROP POLICY "No, one deletes" ON x_case_note',
      different("table public.x_case_note"),
    ],
    [
      "a policy for other roles",
      "ALTER POLICY x_case_note_own ON x_case_note TO PUBLIC",
      different("table public.x_case_note"),
    ],
    [
      "row-level security that no longer holds for the owner",
      "ALTER TABLE x_case_secret NO FORCE ROW LEVEL SECURITY",
      different("table public.x_case_secret"),
    ],
    [
      "a table's missing comment",
      "COMMENT ON TABLE spp_area IS NULL",
      different("table public.spp_area"),
    ],
    [
      "a column's missing comment",
      "COMMENT ON COLUMN spp_area.local_grid IS NULL",
      different("table public.spp_area"),
    ],
    [
      "a constraint's missing comment",
      "COMMENT ON CONSTRAINT x_constraint_no_overlap ON x_constraint IS NULL",
      missing("comment on table constraint x_constraint_no_overlap on public.x_constraint"),
    ],
    [
      "a trigger's missing comment",
      "COMMENT ON TRIGGER x_audited_audit ON x_audited IS NULL",
      missing("comment on trigger x_audited_audit on public.x_audited"),
    ],
    [
      "a policy's missing comment",
      "COMMENT ON POLICY x_case_note_own ON x_case_note IS NULL",
      missing("comment on policy x_case_note_own on public.x_case_note"),
    ],
    [
      "a function's missing comment",
      "COMMENT ON FUNCTION x_audit() IS NULL",
      missing("comment on function public.x_audit()"),
    ],
    [
      "a schema's missing comment",
      'COMMENT ON SCHEMA "Données à part" IS NULL',
      missing('comment on schema "Données à part"'),
    ],
    [
      "a constraint that was not validated",
      "ALTER TABLE spp_area DROP CONSTRAINT spp_area_parent_id_fkey; ALTER TABLE spp_area ADD CONSTRAINT spp_area_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES spp_area ON DELETE CASCADE NOT VALID",
      different("table public.spp_area"),
    ],
    [
      "a dropped foreign key",
      "ALTER TABLE x_egg DROP CONSTRAINT x_egg_hen_id_fkey",
      different("table public.x_egg"),
    ],
    [
      "a changed function body",
      "CREATE OR REPLACE FUNCTION x_raise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
      different("function public.x_raise()"),
    ],
    [
      "a function that is no longer strict about who runs it",
      "ALTER PROCEDURE x_recode(integer) SECURITY INVOKER",
      different("function public.x_recode(INOUT done integer)"),
    ],
    [
      "a changed view",
      "CREATE OR REPLACE VIEW x_event_view AS SELECT id, kind FROM spp_event WHERE id > 0",
      different("view public.x_event_view"),
    ],
    [
      "another option of a view",
      "ALTER VIEW x_coded_view SET (security_barrier = false)",
      different("view public.x_coded_view"),
    ],
    [
      "a materialised view without its data",
      "REFRESH MATERIALIZED VIEW spp_program_summary WITH NO DATA",
      different("materialised view public.spp_program_summary"),
    ],
    [
      "another step of a sequence",
      "ALTER SEQUENCE ir_sequence_001 INCREMENT BY 5",
      different("sequence public.ir_sequence_001"),
    ],
    [
      "a sequence that no longer begins anew",
      "ALTER SEQUENCE ir_sequence_003 NO CYCLE",
      different("sequence public.ir_sequence_003"),
    ],
    [
      "a sequence that no column owns",
      "ALTER SEQUENCE spp_area_id_seq OWNED BY NONE",
      different("sequence public.spp_area_id_seq"),
    ],
    [
      "a rule that does something else",
      "CREATE OR REPLACE RULE x_ruled_log AS ON INSERT TO x_ruled DO ALSO NOTHING",
      different("table public.x_ruled"),
    ],
    [
      "a partition with other bounds",
      "ALTER TABLE spp_event DETACH PARTITION spp_event_2026; ALTER TABLE spp_event ATTACH PARTITION spp_event_2026 FOR VALUES FROM ('2026-01-01') TO ('2026-07-01')",
      different("table public.spp_event_2026"),
    ],
    [
      "a table that is no longer unlogged",
      "ALTER TABLE bus_presence SET LOGGED",
      "The restored structure is not the source's: 2 different (sequence public.bus_presence_id_seq, table public.bus_presence).",
    ],
    [
      "another option of a table",
      "ALTER TABLE x_constraint SET (fillfactor = 90)",
      different("table public.x_constraint"),
    ],
    [
      "another label of an enumeration",
      "ALTER TYPE spp_case_state RENAME VALUE 'open' TO 'opened'",
      different("type public.spp_case_state"),
    ],
    [
      "a domain without its check",
      "ALTER DOMAIN spp_email DROP CONSTRAINT spp_email_has_at",
      different("type public.spp_email"),
    ],
    [
      "an attribute less of a composite type",
      "ALTER TYPE spp_address DROP ATTRIBUTE tags",
      different("composite type public.spp_address"),
    ],
    ["a dropped view", "DROP VIEW x_coded_view", missing("view public.x_coded_view")],
    [
      "a dropped function",
      "DROP AGGREGATE x_product(numeric)",
      missing("function public.x_product(numeric)"),
    ],
    [
      "a dropped operator",
      "DROP OPERATOR === (text, text)",
      missing("operator public.===(pg_catalog.text,pg_catalog.text)"),
    ],
    [
      "a dropped text search configuration",
      "DROP TEXT SEARCH CONFIGURATION x_simple",
      missing("text search configuration public.x_simple"),
    ],
    [
      "dropped statistics",
      "DROP STATISTICS res_partner_place",
      missing("statistics object public.res_partner_place"),
    ],
    [
      "a table more",
      "CREATE TABLE extra (id integer)",
      "The restored structure is not the source's: 1 unexpected (table public.extra).",
    ],
    [
      "a right on a table that is gone",
      "REVOKE SELECT ON spp_area FROM openspp_reader",
      different("table public.spp_area"),
    ],
    [
      "a right on a column that is gone",
      "REVOKE SELECT (name) ON res_partner FROM openspp_reader",
      different("table public.res_partner"),
    ],
    [
      "a right on a sequence that may no longer be handed on",
      "REVOKE GRANT OPTION FOR USAGE ON SEQUENCE ir_sequence_001 FROM openspp_reader",
      different("sequence public.ir_sequence_001"),
    ],
    [
      "a function that everyone may run again",
      "GRANT EXECUTE ON FUNCTION x_is_code(text) TO PUBLIC",
      different("function public.x_is_code(value text)"),
    ],
    [
      "a right on a schema that is gone",
      "REVOKE USAGE ON SCHEMA spp_reporting FROM openspp_reader",
      different("schema spp_reporting"),
    ],
    [
      "default rights that are gone",
      "ALTER DEFAULT PRIVILEGES FOR ROLE odoo IN SCHEMA spp_reporting REVOKE SELECT ON TABLES FROM openspp_reader",
      missing("default rights of odoo in spp_reporting on r"),
    ],
    [
      "a right on a large object that is more",
      "GRANT SELECT ON LARGE OBJECT 900001 TO openspp_reader",
      different("large objects rights"),
    ],
    [
      "a table that a third role owns",
      "ALTER TABLE x_audited OWNER TO openspp_reader",
      different("table public.x_audited"),
    ],
    [
      "a function that a third role owns",
      "ALTER FUNCTION x_raise() OWNER TO openspp_reader",
      different("function public.x_raise()"),
    ],
    [
      "a schema that a third role owns",
      'ALTER SCHEMA "Données à part" OWNER TO openspp_reader',
      different("schema Données à part"),
    ],
  ])("%s", async (_, statements, message) => {
    expect((await verdictAfter(statements)).message).toBe(message);
  });

  test.each<[string, string, string]>([
    [
      "another option of a foreign table",
      "ALTER FOREIGN TABLE far OPTIONS (SET table_name 'there')",
      different("foreign table public.far"),
    ],
    [
      "an option of a foreign table's column that is gone",
      "ALTER FOREIGN TABLE far ALTER COLUMN id OPTIONS (DROP column_name)",
      different("foreign table public.far"),
    ],
    [
      "another option of a foreign server",
      "ALTER SERVER beyond OPTIONS (SET host '192.0.2.2')",
      different("server beyond"),
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
      return compareStructure(before, await structure());
    });
    expect(verdict.message).toBe(message);
  });
});

describe("is not seen, because a restore leaves it otherwise", () => {
  test.each([
    [
      "an index whose building failed, which pg_dump leaves out",
      "CREATE INDEX failed ON spp_area (name); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'failed'::regclass",
    ],
    ["who of the policy's roles owns a table", "ALTER TABLE spp_area OWNER TO openspp_admin"],
    [
      "the gap that a dropped column leaves",
      "ALTER TABLE spp_area ADD COLUMN gone integer; ALTER TABLE spp_area DROP COLUMN gone",
    ],
  ])("%s", async (_, statements) => {
    expect((await verdictAfter(statements)).status).toBe("passed");
  });

  test("the rights of the policy's roles, also where their names need quotes", async () => {
    const verdict = await rolledBack(session, async () => {
      await change('CREATE ROLE "Odoo-Admin"');
      const before = await structure("Odoo-Admin");
      await change('GRANT SELECT ON spp_area TO "Odoo-Admin"');
      return compareStructure(before, await structure("Odoo-Admin"));
    });
    expect(verdict.status).toBe("passed");
  });
});

import { readFile } from "node:fs/promises";
import type { Client } from "pg";
import { UserMistake } from "../../../src/failure.ts";
import { contentOf, planAttachments } from "./attachment-plan.ts";
import { insertAttachments } from "./attachments.ts";
import { createExtraTables } from "./extra-tables.ts";

export interface SeedOptions {
  /** Registrants in res_partner, a tenth of them groups; areas, memberships and entitlements follow. */
  registrants: number;
  /** Rows of ir_attachment. */
  attachments: number;
  /** Further tables, `x_extra_0001` and on. */
  tables: number;
  /** Whether unaccent() is made immutable and indexed, as Odoo does: what a plain restore fails on. */
  immutableUnaccent?: boolean;
  /** Takes each file of the filestore, named by its path under `filestore/<database>`. */
  onFile: (storeFname: string, content: Buffer) => Promise<void>;
}

/** The role that Odoo connects as; everything but extensions and schemas is made by it. */
const ODOO_ROLE = "odoo";

/** In the order in which each needs the ones before it. */
const AS_ODOO = [
  "odoo-base",
  "areas",
  "registrants",
  "programmes",
  "value-types",
  "table-shapes",
  "behaviour",
  "names",
  "large-objects",
];

/**
 * Given a superuser's session in an application database that has the PostGIS extensions, fill it
 * with data like OpenSPP's. The same sizes give the same data, byte for byte, on every run. Throws a
 * UserMistake when a size makes no sense or the database holds a res_partner already. All but the extra
 * tables is one transaction, so that a seed that fails there leaves nothing in the database.
 */
export async function seed(client: Client, options: SeedOptions): Promise<void> {
  refuseSizes(options);
  await refuseSeededDatabase(client);
  const plan = planAttachments(options.attachments);

  // As Odoo does it: a file is there before the row that names it commits.
  for (const file of plan.files) await options.onFile(file.path, contentOf(file));
  await inTransaction(client, async () => {
    await rememberSizes(client, options);
    await runFile(client, "deterministic");
    await runFile(client, "prepare");
    await client.query(`SET LOCAL ROLE ${ODOO_ROLE}`);
    for (const name of AS_ODOO) await runFile(client, name);
    await insertAttachments(client, plan);
    await client.query("RESET ROLE");
    if (options.immutableUnaccent) await runFile(client, "immutable-unaccent");
  });
  await createExtraTables(client, ODOO_ROLE, options);
  await client.query("VACUUM (ANALYZE)");
}

function refuseSizes({ registrants, attachments, tables }: SeedOptions): void {
  for (const [name, size, least] of [
    ["registrants", registrants, 1],
    ["attachments", attachments, 0],
    ["tables", tables, 0],
  ] as const) {
    if (Number.isSafeInteger(size) && size >= least) continue;
    throw new UserMistake({
      what: `The seed's size "${name}" must be a whole number of at least ${least}, and is ${size}.`,
      state: "Nothing was changed.",
    });
  }
}

async function refuseSeededDatabase(client: Client): Promise<void> {
  const { rows } = await client.query(
    "SELECT current_database() AS name, to_regclass('public.res_partner') IS NOT NULL AS seeded",
  );
  if (!rows[0].seeded) return;
  throw new UserMistake({
    what: `The database ${rows[0].name} cannot be seeded: it holds a res_partner already.`,
    state: "Nothing was changed.",
    next: "Seed a new database, or drop this one first.",
  });
}

async function inTransaction(client: Client, work: () => Promise<void>): Promise<void> {
  await client.query("BEGIN");
  try {
    await work();
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}

/** The SQL files read the sizes from settings of the transaction. */
async function rememberSizes(client: Client, { registrants }: SeedOptions): Promise<void> {
  await client.query("SELECT set_config('seed.registrants', $1, true)", [String(registrants)]);
}

async function runFile(client: Client, name: string): Promise<void> {
  const path = new URL(`sql/${name}.sql`, import.meta.url);
  try {
    await client.query(await readFile(path, "utf8"));
  } catch (error) {
    throw new Error(`seed: ${name}.sql: ${(error as Error).message}`, { cause: error });
  }
}

import { readFile } from "node:fs/promises";
import type { Lab } from "../lab/lab.ts";
import { withNames } from "./fault.ts";

/** Given a seeded lab, add to its production one or two objects of each kind that the seed lacks, for the faults to break. */
export async function layGround(lab: Lab): Promise<void> {
  const { owner, admin, name: database } = lab.database;
  const client = await lab.connect(admin);
  const runFile = async (file: string) => {
    const text = await readFile(new URL(`ground/${file}.sql`, import.meta.url), "utf8");
    await client.query(withNames(text, { owner, admin, database }));
  };
  try {
    await client.query("BEGIN");
    await runFile("roles");
    await client.query(`SET ROLE ${owner}`);
    await runFile("as-odoo");
    await client.query("RESET ROLE");
    await runFile("as-admin");
    await client.query("COMMIT");
  } finally {
    await client.end();
  }
}

import type { Client } from "pg";

/** One transaction each: thousands of tables in one would need more locks than a server has by default. */
const TABLES_PER_BATCH = 100;

/** Given how many, create the tables `x_extra_0001` and on, each with 0 to 50 rows. */
export async function createExtraTables(
  client: Client,
  role: string,
  { registrants, tables }: { registrants: number; tables: number },
): Promise<void> {
  for (let first = 1; first <= tables; first += TABLES_PER_BATCH) {
    const last = Math.min(tables, first + TABLES_PER_BATCH - 1);
    const statements = [`SET LOCAL ROLE ${role}`];
    for (let number = first; number <= last; number++) {
      statements.push(...extraTable(number, registrants));
    }
    await client.query(`BEGIN; ${statements.join("; ")}; COMMIT`);
  }
}

/** Given a table's number, return the statements that create and fill it; every fifth points at res_partner. */
export function extraTable(number: number, registrants: number): string[] {
  const name = `x_extra_${String(number).padStart(4, "0")}`;
  const partner =
    number % 5 === 0 ? "integer REFERENCES res_partner ON DELETE SET NULL" : "integer";
  const rows = (number * 7919) % 51;
  return [
    `CREATE TABLE ${name} (id serial PRIMARY KEY, name varchar NOT NULL, partner_id ${partner},
       active boolean DEFAULT true, amount numeric, note text, create_date timestamp without time zone)`,
    `CREATE INDEX ${name}__partner_id_index ON ${name} (partner_id)`,
    `INSERT INTO ${name} (name, partner_id, amount, note, create_date)
       SELECT 'row ' || n, 101 + (n * ${number}) % ${registrants}, n * ${number} / 8.0,
              CASE WHEN n % 3 = 0 THEN '' WHEN n % 3 = 1 THEN md5((n * ${number})::text) END,
              timestamp '2024-01-15 02:00:00' + n * interval '1 hour'
       FROM generate_series(1, ${rows}) AS n`,
  ];
}

import type { TableCount } from "../checks/content.ts";
import { TABLES_QUERY, type TableSource } from "../checks/scan.ts";
import { qualified } from "../checks/sql.ts";
import { firstValue, type Session } from "./session.ts";
import { inTransactions, type Transaction } from "./transactions.ts";

const LIVE: Transaction = { begin: ["BEGIN READ ONLY"], end: ["COMMIT"] };

/** Exact counts of every table that a dump holds, in two round trips. */
export async function countRows(session: Session): Promise<readonly TableCount[]> {
  const tables = await session.value<TableSource[]>(TABLES_QUERY);
  const statements = tables.map(({ schema, name, dumped = "" }) => {
    const from = `(SELECT FROM ONLY ${qualified(schema, name)} ${dumped ?? ""}) t`;
    return `SELECT count(*)::text AS rows FROM ${from}`;
  });
  const counts = await inTransactions(session, LIVE, statements);
  return tables.map(({ schema, name }, index) => ({
    schema,
    name,
    rows: Number(firstValue(counts[index] ?? [])),
  }));
}

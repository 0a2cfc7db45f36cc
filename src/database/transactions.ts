import { literal } from "../checks/sql.ts";
import type { Session } from "./session.ts";

/** Statements before and after a few others, which decide the state of the database that these see. */
export interface Transaction {
  readonly begin: readonly string[];
  readonly end: readonly string[];
}

/** Statements see what the session sees. */
export const AS_IT_STANDS: Transaction = { begin: [], end: [] };

/** Another session exported the snapshot and must keep it open. */
export function inSnapshot(snapshot: string): Transaction {
  return {
    begin: [
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
      `SET TRANSACTION SNAPSHOT ${literal(snapshot)}`,
    ],
    end: ["COMMIT"],
  };
}

/**
 * A statement locks its table and each of its indexes until the transaction ends. The server has room for a
 * few thousand locks (`max_locks_per_transaction`), and production needs them, too.
 */
const STATEMENTS_PER_TRANSACTION = 100;

/** In one round trip, in as many transactions as needed. Returns the rows of each statement. */
export async function inTransactions(
  session: Session,
  { begin, end }: Transaction,
  statements: readonly string[],
): Promise<Awaited<ReturnType<Session["batch"]>>> {
  const starts = Array.from(
    { length: Math.ceil(statements.length / STATEMENTS_PER_TRANSACTION) },
    (_, index) => index * STATEMENTS_PER_TRANSACTION,
  );
  const parts = starts.map((from) => statements.slice(from, from + STATEMENTS_PER_TRANSACTION));
  const answers = await session.batch(parts.flatMap((part) => [...begin, ...part, ...end]));
  const around = begin.length + end.length;
  return parts.flatMap((part, index) => {
    const from = index * (STATEMENTS_PER_TRANSACTION + around) + begin.length;
    return answers.slice(from, from + part.length);
  });
}

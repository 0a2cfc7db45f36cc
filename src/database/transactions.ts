import { literal } from "../checks/sql.ts";
import type { Session } from "./session.ts";

/** What stands before and after a few statements: how they come to see the state to observe. */
export interface Transaction {
  readonly begin: readonly string[];
  readonly end: readonly string[];
}

/** Statements see what the session sees. */
export const AS_IT_STANDS: Transaction = { begin: [], end: [] };

/** Given a snapshot that another session exported and keeps open, return the transaction that sees it. */
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
 * A statement locks its table and each of its indexes until the transaction ends, and the server has room for a
 * few thousand locks (`max_locks_per_transaction`), which production needs, too.
 */
const STATEMENTS_PER_TRANSACTION = 100;

/** Given statements, run them in one round trip, in as many transactions as it takes, and return the rows of each. */
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

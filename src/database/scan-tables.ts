import {
  batchesOf,
  contentOf,
  type ScanAnswer,
  type ScanTask,
  scanTasks,
  type TableContent,
  type TableSource,
} from "../checks/scan.ts";
import type { Session } from "./session.ts";
import { AS_IT_STANDS, inTransactions, type Transaction } from "./transactions.ts";

/** What a scan covers, and who hears of its progress. */
export interface Scan {
  readonly tables: readonly TableSource[];
  readonly postgisSchema?: string;
  /** The state that is read. Without it, statements see what the session sees. */
  readonly transaction?: Transaction;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** Reads on all sessions at once. */
export async function scanContent(
  sessions: readonly (Session | Promise<Session>)[],
  scan: Scan,
): Promise<readonly TableContent[]> {
  const tasks = scanTasks(scan.tables, scan.postgisSchema);
  const waiting = [...batchesOf(tasks, sessions.length)];
  const total = tasks.reduce((sum, { bytes }) => sum + bytes, 0) || 1;
  const answers: { task: ScanTask; answer: ScanAnswer }[] = [];
  let done = 0;
  const work = async (ready: Session | Promise<Session>) => {
    const session = await ready;
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      scan.signal?.throwIfAborted();
      const results = await inTransactions(
        session,
        scan.transaction ?? AS_IT_STANDS,
        batch.map(({ sql }) => sql),
      );
      for (const [index, task] of batch.entries()) {
        answers.push({ task, answer: results[index]?.[0] as unknown as ScanAnswer });
        done += task.bytes;
      }
      scan.onProgress?.(done / total);
    }
  };
  await Promise.all(sessions.map(work));
  return contentOf(scan.tables, answers);
}

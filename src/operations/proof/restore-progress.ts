import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "../../database/session.ts";
import { formatBytes } from "../../words/bytes.ts";
import type { Run } from "../run.ts";

const PAUSE_MS = 2000;

/**
 * Logs the progress of `restoring` until it is over. `expected` is the size of the source database in bytes (0: unknown, no
 * progress is logged); `session` is on the database that is restored into.
 *
 * The database is asked for its size. pg_restore's own messages, several lines for each entry, would slow it down: 12,000
 * lines on their way to the runner cost a twentieth. A restored database has no dead rows, so the restore may end before 100 %.
 */
export async function whileLoggingProgress<T>(
  { journal }: Pick<Run, "journal">,
  expected: number,
  { session, restoring }: { session: Session; restoring: Promise<T> },
): Promise<T> {
  if (expected === 0) return restoring;
  const over = new AbortController();
  const telling = logSize(session, over.signal, (bytes) => {
    journal.log.progress(bytes / expected, `of about ${formatBytes(expected)} restored`);
  }).catch(() => {
    // A server that does not answer ends the restore by itself.
  });
  try {
    return await restoring;
  } finally {
    over.abort();
    await telling;
  }
}

async function logSize(
  session: Session,
  over: AbortSignal,
  say: (bytes: number) => void,
): Promise<void> {
  while (!over.aborted) {
    await sleep(PAUSE_MS, undefined, { signal: over });
    say(Number(await session.value("SELECT pg_database_size(current_database())")));
  }
}

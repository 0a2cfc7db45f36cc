import { setTimeout as sleep } from "node:timers/promises";
import type { Session } from "../../database/session.ts";
import { formatBytes } from "../../words/bytes.ts";
import type { Run } from "../run.ts";

const PAUSE_MS = 2000;

/**
 * Given a run, the bytes that a database took where it was dumped (0: unknown), a session on what it is restored into, and
 * the restore, tell how far that has come until it is over, and return what it comes to. pg_restore's own account, several
 * lines for each entry, slows it down on their way to the runner (12,000 of them by a twentieth), so the database is asked for
 * its size. A restored one has no dead rows, so the restore may be over before the whole is reached.
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

import { Session, type SessionOptions } from "../database/session.ts";
import type { Locked } from "./locked.ts";

/** Given a number and what for, open that many sessions at once, do `work` with them, and close them whatever happens. */
export async function withSessions<T>(
  { host, deployment }: Pick<Locked, "host" | "deployment">,
  count: number,
  options: SessionOptions,
  work: (sessions: readonly Session[]) => Promise<T>,
): Promise<T> {
  const opening = Array.from({ length: count }, () =>
    Session.open(host, deployment.database, options),
  );
  const settled = await Promise.allSettled(opening);
  const sessions = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  try {
    await Promise.all(opening);
    return await work(sessions);
  } finally {
    for (const session of sessions) session.close();
  }
}

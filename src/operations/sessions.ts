import { Session, type SessionOptions } from "../database/session.ts";
import type { Database } from "../deployment/deployment.ts";
import type { Host } from "../host/host.ts";

interface Where {
  readonly host: Host;
  readonly deployment: { readonly database: Database };
}

export type Sessions = readonly [Session, ...Session[]];

/** The sessions are opened all at once, and always closed. */
export async function withSessions<T>(
  { host, deployment }: Where,
  count: number,
  options: SessionOptions,
  work: (sessions: Sessions) => Promise<T>,
): Promise<T> {
  const open = () => Session.open(host, deployment.database, options);
  const opening: [Promise<Session>, ...Promise<Session>[]] = [
    open(),
    ...Array.from({ length: count - 1 }, open),
  ];
  const settled = await Promise.allSettled(opening);
  try {
    return await work(await Promise.all(opening));
  } finally {
    for (const one of settled) if (one.status === "fulfilled") one.value.close();
  }
}

export function withSession<T>(
  where: Where,
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  return withSessions(where, 1, options, ([session]) => work(session));
}

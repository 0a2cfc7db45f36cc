import type { ServerFacts } from "../checks/server-facts.ts";
import type { Session } from "../database/session.ts";
import type { LockedRun } from "./locked.ts";

/** A run on a deployment whose production database stands. */
export interface Run extends LockedRun {
  /** On the production database, as the admin role. */
  readonly session: Session;
  readonly facts: ServerFacts;
  /** When `facts` were read, in seconds of the journal's. */
  readonly readAt: number;
  /** What was settled of a restore that was cut off before production could be opened, a sentence each. */
  readonly resolvedRestores?: readonly string[];
}

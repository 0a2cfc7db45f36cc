import type { ServerFacts } from "../checks/server-facts.ts";
import type { Session } from "../database/session.ts";
import type { LockedRun } from "./locked.ts";

/** A run on a deployment whose production database exists. */
export interface Run extends LockedRun {
  /** A session on the production database, as the admin role. */
  readonly session: Session;
  readonly facts: ServerFacts;
  /** When `facts` were read, in seconds since the journal began. */
  readonly readAt: number;
  /** A sentence for each thing that was settled after a restore was cut off. */
  readonly resolvedRestores?: readonly string[];
}

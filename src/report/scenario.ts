/** What a drill rehearses: the guide's "Recovery Time Objective (RTO)", a scenario each. */

export const SCENARIOS = ["database-corruption", "server-failure", "datacenter-outage"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Which copy of a backup is restored: the one in the deployment's volume, or the one off-site. */
export const SOURCES = ["local", "offsite"] as const;
export type Source = (typeof SOURCES)[number];

/**
 * Where it is restored: on the deployment's own server; on a fresh one on a host; or on a fresh one at the runner, which
 * uses nothing of any host.
 */
export const PLACES = ["host", "fresh", "runner"] as const;
export type Place = (typeof PLACES)[number];

/** What a drill rehearses and how, settled. */
export interface Rehearsal {
  readonly scenario: Scenario;
  readonly source: Source;
  readonly where: Place;
  readonly rtoSeconds: number;
}

const HOUR = 3600;

/**
 * The longest that the guide gives each: "30 minutes", "2-4 hours", "4-8 hours (with off-site backups)". A server that
 * failed is replaced by another host, which has Docker and the remote's tool; of a data centre that is out, nothing is left.
 */
const REHEARSALS: Readonly<Record<Scenario, Omit<Rehearsal, "scenario">>> = {
  "database-corruption": { source: "local", where: "host", rtoSeconds: HOUR / 2 },
  "server-failure": { source: "offsite", where: "fresh", rtoSeconds: 4 * HOUR },
  "datacenter-outage": { source: "offsite", where: "runner", rtoSeconds: 8 * HOUR },
};

/** Given a scenario and what the user wants otherwise, return what is rehearsed and how. A fresh server has no copy but the one off-site. */
export function rehearsalOf(
  scenario: Scenario,
  given: { readonly [Key in "source" | "where" | "rtoSeconds"]?: Rehearsal[Key] | undefined },
): Rehearsal {
  const usual = REHEARSALS[scenario];
  const where = given.where ?? (given.source === "local" ? "host" : usual.where);
  const source = given.source ?? (where === "host" ? usual.source : "offsite");
  return { scenario, source, where, rtoSeconds: given.rtoSeconds ?? usual.rtoSeconds };
}

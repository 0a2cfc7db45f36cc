/** What a drill rehearses: one scenario for each of the guide's "Recovery Time Objective (RTO)". */

export const SCENARIOS = ["database-corruption", "server-failure", "datacenter-outage"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** Which copy of a backup is restored: the one in the deployment's volume, or the one off-site. */
export const SOURCES = ["local", "offsite"] as const;
export type Source = (typeof SOURCES)[number];

/**
 * Where it is restored: on the deployment's own server, on a fresh server on a host, or on a fresh server
 * at the runner. The last one uses nothing of any host.
 */
export const PLACES = ["host", "fresh", "runner"] as const;
export type Place = (typeof PLACES)[number];

/** What a drill rehearses and how, with all defaults filled in. */
export interface Rehearsal {
  readonly scenario: Scenario;
  readonly source: Source;
  readonly where: Place;
  readonly rtoSeconds: number;
}

const HOUR = 3600;

/**
 * The longest time that the guide gives each: "30 minutes", "2-4 hours", "4-8 hours (with off-site
 * backups)". Another host replaces a failed server; it has Docker and the remote's tool. After a data
 * centre's outage, nothing is left.
 */
const REHEARSALS: Readonly<Record<Scenario, Omit<Rehearsal, "scenario">>> = {
  "database-corruption": { source: "local", where: "host", rtoSeconds: HOUR / 2 },
  "server-failure": { source: "offsite", where: "fresh", rtoSeconds: 4 * HOUR },
  "datacenter-outage": { source: "offsite", where: "runner", rtoSeconds: 8 * HOUR },
};

/** `given` overrides the scenario's defaults. A fresh server can only use the off-site copy. */
export function rehearsalOf(
  scenario: Scenario,
  given: { readonly [Key in "source" | "where" | "rtoSeconds"]?: Rehearsal[Key] | undefined },
): Rehearsal {
  const usual = REHEARSALS[scenario];
  const where = given.where ?? (given.source === "local" ? "host" : usual.where);
  const source = given.source ?? (where === "host" ? usual.source : "offsite");
  return { scenario, source, where, rtoSeconds: given.rtoSeconds ?? usual.rtoSeconds };
}

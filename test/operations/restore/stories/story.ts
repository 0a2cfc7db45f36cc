import type { PlantedSite } from "./planted-site.ts";

/**
 * A restore as the row of its lasting changes: a cut comes between two of them, and leaves all up to there. Each is made by
 * the builders that the restore itself uses. What a restore does between two of them (reading, proving) leaves nothing.
 */
export interface Story {
  readonly name: string;
  readonly deeds: readonly Deed[];
}

export interface Deed {
  /** What has just been done when the cut comes. */
  readonly done: string;
  readonly make?: (site: PlantedSite) => Promise<unknown>;
  /** How the services are from here on, unless the cut itself lets them start again. */
  readonly services?: "stopped" | "running";
  /** What a cut leaves here, in the words of left-by-cuts.ts. */
  readonly left: string;
  readonly settled: Settled;
}

/** What the next run says and does: the row of the table "Cut at any point" in ARCHITECTURE.md. */
export interface Settled {
  /** Which database is production then: the former one, the restored one, or none. */
  readonly production: "former" | "restored" | "none";
  /** Which filestore is live then. */
  readonly filestore: "old" | "restored";
  readonly left: string;
  readonly says: (site: PlantedSite) => readonly string[];
  /** The error that it ends with, where production is not there. */
  readonly refuses?: () => RegExp;
}

/** All that a cut of these may leave: what a real one leaves must be among them. */
export function leavingsOf({ deeds }: Story): readonly string[] {
  return deeds.map(({ left }) => left);
}

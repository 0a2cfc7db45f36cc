import type { Policy } from "../../src/deployment/deployment.ts";
import type { CheckName } from "../../src/report/check.ts";

/** One way in which a good production database may differ from another. Its backup and its drill must be green. */
export interface Variation {
  /** Unique in the whole table. */
  readonly name: string;
  /** Run in production, by Odoo's role or by the administrator. Marks as `{owner}` are replaced: see `withNames`. */
  readonly sql: string;
  readonly by: "odoo" | "admin";
  /** Run as root in the container of the database before that. */
  readonly prepare?: string;
  /** Queries that must answer the same in the restored database. */
  readonly keeps?: readonly string[];
  /** Run over and over by the administrator while the backup is taken. */
  readonly meanwhile?: string;
  /** PostgreSQL itself cannot restore it: the drill must be red, with the advice that helps. */
  readonly red?: { readonly check: CheckName; readonly next: RegExp };
  /** Not with others in one database: it reaches them, or is reached by them. */
  readonly alone?: true;
  /** Both without it. */
  readonly policy?: Policy;
}

type More = Omit<Variation, "name" | "sql" | "by">;
type Row = readonly [name: string, sql: string, more?: More];

export const byOdoo = (rows: readonly Row[]): readonly Variation[] => variations("odoo", rows);
export const byAdmin = (rows: readonly Row[]): readonly Variation[] => variations("admin", rows);

function variations(by: Variation["by"], rows: readonly Row[]): readonly Variation[] {
  return rows.map(([name, sql, more]) => ({ name, sql, by, ...more }));
}

/** Variations that are not tried together with others. */
export function alone(all: readonly Variation[]): readonly Variation[] {
  return all.map((one) => ({ ...one, alone: true }));
}

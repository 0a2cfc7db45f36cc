import type { Manifest } from "../../src/backups/manifest.ts";
import type { Policy } from "../../src/deployment/deployment.ts";
import type { CheckName } from "../../src/report/check.ts";

/**
 * One thing that is wrong in a restored database, in a manifest or in the files of a backup, as a bad restore, a changed dump or a
 * bug would leave it.
 */
export interface Fault {
  /** What is wrong, in a few words. Unique in the whole table. */
  readonly name: string;
  /** The check that must turn red. */
  readonly seenBy: CheckName;
  readonly done: Damage;
  /** Both without it. */
  readonly policy?: Policy;
}

export type Damage =
  | {
      /** Run by a superuser in the restored database. Marks as `{owner}` are replaced: see `withNames`. */
      readonly sql: string;
    }
  | { readonly manifest: (manifest: Manifest) => Manifest }
  | {
      /** For a shell in the backup container. `$dump`, `$manifest` and `$filestore` are the paths of a copy of the backup. */
      readonly files: string;
    };

/** The names that differ between the two policies. */
export interface Names {
  /** Odoo's role. */
  readonly owner: string;
  /** The superuser; the same in the flexible policy. */
  readonly admin: string;
  readonly database: string;
}

/** Given SQL with the marks `{owner}`, `{admin}` and `{database}`, return it with the names of a deployment. */
export function withNames(sql: string, names: Names): string {
  return sql.replaceAll(/\{(owner|admin|database)\}/g, (_, key: keyof Names) => names[key]);
}

type Row = readonly [name: string, sql: string, policy?: Policy];

/** Faults of a restored database that one check must see. */
export function seenBy(check: CheckName, rows: readonly Row[]): readonly Fault[] {
  return rows.map(([name, sql, policy]) => ({
    name,
    seenBy: check,
    done: { sql },
    ...(policy && { policy }),
  }));
}

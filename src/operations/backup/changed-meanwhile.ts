import {
  type CatalogVersion,
  changedObjects,
  OUTDATED_QUERY,
  presentQuery,
} from "../../checks/catalog-changes.ts";
import { emptiedTables, tableNameOf } from "../../checks/rewritten-tables.ts";
import { REWRITTEN_QUERY } from "../../checks/scan.ts";
import type { Observation } from "../../database/observe.ts";
import { scanContent } from "../../database/scan-tables.ts";
import { ServerError, type Session } from "../../database/session.ts";
import { Failed } from "../../failure.ts";
import { counted } from "../../words/count.ts";

/** Under the dump, something changed that takes no notice of the dump's snapshot. Another snapshot may be whole. */
export class ChangedMeanwhile extends Failed {
  constructor(names: readonly string[], cause?: Error) {
    const shown = `${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
    super(
      {
        what: `${counted(names.length, "object")} of the database changed under the dump: ${shown}.`,
        why: "TRUNCATE, DROP, CREATE OR REPLACE, RENAME and the ALTER TABLE that rewrites take no notice of the snapshot that a dump sees.",
        state: "What was written was removed; the earlier backups are as they were.",
        next: "Run it again when nobody installs or upgrades a module.",
      },
      { cause },
    );
  }
}

/** Names what changed since the snapshot, as far as it matters to a dump that failed. `snapshot` leaves its transaction. */
export async function changesUnderFailure(snapshot: Session): Promise<readonly string[]> {
  const [rewritten, outdated] = await snapshot.values<[string[], CatalogVersion[]]>([
    REWRITTEN_QUERY,
    OUTDATED_QUERY,
  ]);
  await snapshot.batch(["ROLLBACK"]);
  return [...new Set([...rewritten, ...(await changedOf(outdated, snapshot))])];
}

/**
 * Throws ChangedMeanwhile when the dump and what was observed may not be of one state. `snapshot` is in the snapshot's
 * transaction, `present` in none. `empty` names the tables that had no row in the beginning.
 */
export async function refuseChanges(
  snapshot: Session,
  present: Session,
  { tables, contents, postgisSchema }: Observation,
  empty: readonly string[],
): Promise<void> {
  const [rewritten, outdated] = await snapshot.values<[string[], CatalogVersion[]]>([
    REWRITTEN_QUERY,
    OUTDATED_QUERY,
  ]);
  const changed = await changedOf(outdated, present);
  const doubted = tables.filter((table) => rewritten.includes(tableNameOf(table)));
  const again = await readAgain(snapshot, doubted, postgisSchema);
  const names = [...new Set([...emptiedTables(rewritten, contents, again, empty), ...changed])];
  if (names.length > 0) throw new ChangedMeanwhile(names);
}

async function changedOf(
  outdated: readonly CatalogVersion[],
  present: Session,
): Promise<readonly string[]> {
  if (outdated.length === 0) return [];
  return changedObjects(outdated, await present.value<CatalogVersion[]>(presentQuery(outdated)));
}

/** Nothing, when the tables are not there any more, or have other columns. */
async function readAgain(
  snapshot: Session,
  tables: Observation["tables"],
  postgisSchema?: string,
): Promise<Observation["contents"]> {
  if (tables.length === 0) return [];
  try {
    return await scanContent([snapshot], { tables, postgisSchema });
  } catch (error) {
    if (error instanceof ServerError) return [];
    throw error;
  }
}

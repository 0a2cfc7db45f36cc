import type { Manifest } from "../../backups/manifest.ts";
import {
  compareContent,
  compareCounts,
  pairTables,
  type TableCount,
  unknownTables,
  withoutNewExtensionTables,
} from "../../checks/content.ts";
import { HASH_VERSION } from "../../checks/content-hash.ts";
import { compareGeometries, geometriesOf } from "../../checks/geometry.ts";
import { compareLargeObjects } from "../../checks/large-objects.ts";
import { compareSequences } from "../../checks/sequences.ts";
import { compareExtensions } from "../../checks/server-facts.ts";
import {
  compareStructure,
  printedOtherwise,
  type StructureObject,
} from "../../checks/structure/compare-structure.ts";
import { STRUCTURE_VERSION } from "../../checks/structure/structure-query.ts";
import { countRows } from "../../database/count-rows.ts";
import { type Observation, observe } from "../../database/observe.ts";
import type { Session } from "../../database/session.ts";
import type { Transaction } from "../../database/transactions.ts";
import { type Check, type CheckName, failed, notRun, passed } from "../../report/check.ts";
import type { TableResult } from "../../report/report-schema.ts";
import { formatCount } from "../../words/count.ts";
import type { Run } from "../run.ts";
import type { Sessions } from "../sessions.ts";
import type { Archive } from "./open-archive.ts";
import { printStructureAgain } from "./print-structure-again.ts";
import { runControl } from "./run-control.ts";

/** The empty database that an archive is restored into and proven in. */
export interface RestoreTarget {
  readonly name: string;
  /**
   * A session on the live database: a backup without a manifest is compared with it. A restore does not compare with the
   * database that it replaces: the backup need not be like that.
   */
  readonly live?: Session | "replaced";
  /** The only tables to restore, as `schema.name`; all of them without it. */
  readonly tables?: readonly string[];
  /** PostgreSQL settings of the sessions that restore. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Whether the backup's filestore is proven with it. */
  readonly filestore?: true;
  /** `fresh`: a server that was started for this restore. */
  readonly server?: "the source's" | "fresh";
  /** `restored` for what may become production. */
  readonly subscriptions?: "left out" | "restored";
}

export interface Proof {
  readonly checks: readonly Check[];
  readonly tables: readonly TableResult[];
  readonly rows: number;
  readonly postgis?: string;
  readonly partners?: number;
}

/** Read only, so that this project cannot change what it proves. */
const RESTORED: Transaction = {
  begin: ["BEGIN READ ONLY"],
  end: ["COMMIT"],
};

/**
 * Call it once all rows are in. The restore may still add foreign keys, so the rows are read at once, and the
 * catalog when `restoring` is over.
 */
export async function readBack(
  run: Run,
  sessions: Sessions,
  restoring: Promise<unknown>,
): Promise<Observation> {
  const { journal } = run;
  return journal.phase("Prove every table", () =>
    observe(sessions, {
      transaction: RESTORED,
      complete: restoring,
      onProgress: (fraction) => journal.log.progress(fraction, "of the restored content compared"),
      signal: run.signal,
    }),
  );
}

/** Compares with the manifest; without one, with the live database where there is one. */
export async function proveDatabase(
  run: Run,
  archive: Archive,
  { name, live, server }: RestoreTarget,
  session: Session,
  restored: Observation,
): Promise<Proof> {
  const partners = restored.contents.find(
    ({ schema, name }) => schema === "public" && name === "res_partner",
  );
  const { postgis } = restored;
  const compared = archive.manifest
    ? compareWithManifest(
        archive.manifest,
        restored,
        server,
        await structureCheck(run, archive.manifest, restored, { name, server, session }),
      )
    : await compareWithLive(run, live, restored);
  const control = await run.journal.phase("Control: change one row", () =>
    runControl(archive, restored, session),
  );
  return {
    checks: [...compared, judgePartners(partners), judgePostgis(postgis), control],
    tables: archive.manifest ? pairTables(archive.manifest.tables, restored.contents) : [],
    rows: restored.contents.reduce((sum, { rows }) => sum + rows, 0),
    ...(postgis !== undefined && { postgis }),
    ...(partners && { partners: partners.rows }),
  };
}

function compareWithManifest(
  manifest: Manifest,
  restored: Observation,
  server: RestoreTarget["server"],
  structure: Check,
): Check[] {
  const contents = withoutNewExtensionTables(manifest.tables, restored);
  const ofThisVersion = (name: CheckName, check: () => Check) =>
    manifest.hashVersion === HASH_VERSION ? check() : otherVersion(name);
  return [
    ofThisVersion("content", () =>
      compareContent(
        pairTables(manifest.tables, contents),
        unknownTables(manifest.tables, contents),
      ),
    ),
    structure,
    compareSequences(manifest.sequences, restored.sequences),
    ofThisVersion("large-objects", () =>
      compareLargeObjects(manifest.largeObjects, restored.largeObjects),
    ),
    compareExtensions(manifest.extensions, restored.extensions, server),
    ofThisVersion("geometry", () => compareGeometries(manifest.geometries, geometriesOf(contents))),
  ];
}

async function structureCheck(
  run: Run,
  { structureVersion, structure }: Manifest,
  restored: Observation,
  where: Pick<RestoreTarget, "name" | "server"> & { readonly session: Session },
): Promise<Check> {
  if (structureVersion !== STRUCTURE_VERSION) return otherVersion("structure");
  // A fresh server has no tablespaces but its own.
  const isCompared = ({ kind }: StructureObject) =>
    where.server !== "fresh" || kind !== "tablespace of";
  const expected = structure.filter(isCompared);
  const objects = restored.structure.filter(isCompared);
  const again = await printStructureAgain(run, where, printedOtherwise(expected, objects));
  return compareStructure(expected, { objects, again });
}

function otherVersion(name: CheckName): Check {
  return notRun(
    name,
    "The manifest was written by a version of this project that hashes otherwise, so the hashes cannot be compared.",
    "Take a new backup and drill that one; or drill this one with the version that wrote it.",
  );
}

function withoutLive(name: CheckName): Check {
  return notRun(
    name,
    "Not compared: this backup has no manifest, and the live database is out of reach here.",
    "Let this project take the backups (`mode: snapshot`), or drill this one where the live database is: `where: host`.",
  );
}

/** Without a manifest nothing says what the database held. The row counts of the live one are the best comparison left. */
async function compareWithLive(
  { settings, facts }: Run,
  live: RestoreTarget["live"],
  restored: Observation,
): Promise<Check[]> {
  const { countTolerance } = settings.proof;
  const content = notRun(
    "content",
    "The content is not proven: this backup has no manifest to compare with.",
    "Let this project take the backups (`mode: snapshot`), or accept it by name: `skip-checks: content`.",
  );
  if (live === "replaced") return [content];
  if (!live) return [withoutLive("row-counts"), withoutLive("extensions"), content];
  return [
    compareCounts(await countRows(live), restored.contents, countTolerance),
    // Production may have dropped one since.
    compareExtensions(
      facts.extensions,
      restored.extensions.filter(({ name }) => facts.extensions.some((one) => one.name === name)),
    ),
    content,
  ];
}

/** The guide's "Test Restore" asks for `SELECT PostGIS_Version()`. */
function judgePostgis(version: string | undefined): Check {
  if (version !== undefined) return passed("postgis", `PostGIS answers: ${version}.`);
  return failed(
    "postgis",
    "The restored database has no PostGIS.",
    "An OpenSPP database needs it: look at which database this backup was taken of.",
  );
}

/** The guide's "Test Restore" asks for `SELECT COUNT(*) FROM res_partner`. */
function judgePartners(partners: TableCount | undefined): Check {
  if (partners && partners.rows > 0) {
    return passed("partners", `res_partner has ${formatCount(partners.rows)} rows.`);
  }
  return failed(
    "partners",
    partners ? "res_partner is empty." : "There is no table res_partner.",
    "Odoo always has partners: look at which database this backup was taken of.",
  );
}

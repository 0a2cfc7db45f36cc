import type { Manifest } from "../backups/manifest.ts";
import { GENERATED_RIGHTS_QUERY, type GeneratedRights } from "../checks/generated-rights.ts";
import { LARGE_OBJECTS_QUERY } from "../checks/large-objects.ts";
import {
  POSTGIS_SCHEMA_QUERY,
  TABLES_QUERY,
  type TableContent,
  type TableSource,
} from "../checks/scan.ts";
import { SEQUENCES_QUERY, type SequenceContent } from "../checks/sequences.ts";
import { EXTENSIONS_QUERY, type ExtensionVersion } from "../checks/server-facts.ts";
import type { StructureObject } from "../checks/structure/compare-structure.ts";
import { STRUCTURE_QUERY } from "../checks/structure/structure-query.ts";
import { scanContent } from "./scan-tables.ts";
import { firstValue, type Session } from "./session.ts";
import { inTransactions, type Transaction } from "./transactions.ts";

/** All that a manifest and a proof need to know of a database. */
export interface Observation {
  readonly tables: readonly TableSource[];
  readonly contents: readonly TableContent[];
  readonly sequences: readonly SequenceContent[];
  readonly extensions: readonly ExtensionVersion[];
  readonly structure: readonly StructureObject[];
  readonly largeObjects: Manifest["largeObjects"];
  readonly generatedRights: GeneratedRights;
  readonly postgisSchema?: string;
  /** `PostGIS_Version()`. */
  readonly postgis?: string;
}

export interface ObserveOptions {
  /** The state of the database that is observed. */
  readonly transaction: Transaction;
  /** The catalog is complete only after this; the rows are complete before. */
  readonly complete?: Promise<unknown>;
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** All sessions must see the same state. Takes two round trips, and those of the scan. */
export async function observe(
  sessions: readonly Session[],
  options: ObserveOptions,
): Promise<Observation> {
  const [first, ...others] = sessions;
  if (!first) throw new RangeError("a database is observed through at least one session");
  const ask = async (statements: readonly string[]) =>
    (await inTransactions(first, options.transaction, statements)).map(firstValue);
  const [tables, postgisSchema] = (await ask([TABLES_QUERY, POSTGIS_SCHEMA_QUERY])) as [
    TableSource[],
    string | undefined,
  ];
  const askCatalog = () =>
    ask([
      SEQUENCES_QUERY,
      EXTENSIONS_QUERY,
      STRUCTURE_QUERY,
      LARGE_OBJECTS_QUERY,
      GENERATED_RIGHTS_QUERY,
      ...(postgisSchema === undefined ? [] : [`SELECT ${postgisSchema}.postgis_version()`]),
    ]);
  const catalog = options.complete ? options.complete.then(askCatalog) : askCatalog();
  const free = options.complete ? first : catalog.then(() => first);
  const scan = scanContent([...others, free], {
    ...options,
    tables,
    postgisSchema,
  });
  const [[sequences, extensions, structure, largeObjects, generatedRights, postgis], contents] =
    await Promise.all([catalog, scan]);
  return {
    tables,
    contents,
    sequences: sequences as SequenceContent[],
    extensions: extensions as ExtensionVersion[],
    structure: structure as StructureObject[],
    largeObjects: largeObjects as Manifest["largeObjects"],
    generatedRights: generatedRights as GeneratedRights,
    ...(postgisSchema !== undefined && { postgisSchema, postgis: postgis as string }),
  };
}

import type { Manifest } from "../backups/manifest.ts";
import { LARGE_OBJECTS_QUERY } from "../checks/large-objects.ts";
import {
  POSTGIS_SCHEMA_QUERY,
  TABLES_QUERY,
  type TableContent,
  type TableSource,
} from "../checks/scan.ts";
import { SEQUENCES_QUERY, type SequenceContent } from "../checks/sequences.ts";
import { EXTENSIONS_QUERY, type ExtensionVersion } from "../checks/server.ts";
import { type StructureObject, structureQuery } from "../checks/structure.ts";
import { scanContent } from "./scan.ts";
import type { Session } from "./session.ts";

/** All that a manifest and a proof ask of a database. */
export interface Observation {
  readonly tables: readonly TableSource[];
  readonly contents: readonly TableContent[];
  readonly sequences: readonly SequenceContent[];
  readonly extensions: readonly ExtensionVersion[];
  readonly structure: readonly StructureObject[];
  readonly largeObjects: Manifest["largeObjects"];
  readonly postgisSchema?: string;
  /** `PostGIS_Version()`. */
  readonly postgis?: string;
}

export interface ObserveOptions {
  /** What each session runs first: how it comes to see the state to observe. */
  readonly enter: readonly string[];
  /** The policy's two roles, whose own rights do not count in the structure. */
  readonly roles: readonly string[];
  readonly onProgress?: (fraction: number) => void;
  readonly signal?: AbortSignal;
}

/** Given sessions that see one state of a database, return what it holds: two round trips and the scan's own. */
export async function observe(
  sessions: readonly Session[],
  options: ObserveOptions,
): Promise<Observation> {
  const [first, ...others] = sessions;
  if (!first) throw new RangeError("a database is observed through at least one session");
  const [answers] = await Promise.all([
    first.values([...options.enter, TABLES_QUERY, POSTGIS_SCHEMA_QUERY]),
    ...others.map((session) => session.batch(options.enter)),
  ]);
  const [tables, postgisSchema] = answers.slice(options.enter.length) as [
    TableSource[],
    string | undefined,
  ];
  const catalog = first.values([
    SEQUENCES_QUERY,
    EXTENSIONS_QUERY,
    structureQuery(options.roles),
    LARGE_OBJECTS_QUERY,
    ...(postgisSchema === undefined ? [] : [`SELECT ${postgisSchema}.postgis_version()`]),
  ]);
  const scan = scanContent([...others, catalog.then(() => first)], {
    ...options,
    tables,
    postgisSchema,
  });
  const [[sequences, extensions, structure, largeObjects, postgis], contents] = await Promise.all([
    catalog,
    scan,
  ]);
  return {
    tables,
    contents,
    sequences: sequences as SequenceContent[],
    extensions: extensions as ExtensionVersion[],
    structure: structure as StructureObject[],
    largeObjects: largeObjects as Manifest["largeObjects"],
    ...(postgisSchema !== undefined && { postgisSchema, postgis: postgis as string }),
  };
}

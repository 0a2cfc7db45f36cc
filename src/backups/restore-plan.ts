import type { ArchiveEntry, TableOfContents } from "./table-of-contents.ts";

/**
 * Which login restores which entries of an archive, in which order. Each entry is restored by a login that may own it: what
 * the Odoo role owns by that role, all else by the admin role with its owner.
 */
export interface RestorePlan {
  /** Not restored: the extensions and their schemas, which exist already, and what the target must not have. */
  readonly leftOut: readonly number[];
  /** In their order. */
  readonly passes: readonly RestorePass[];
  /** Whether all entries but those left out are restored. */
  readonly whole: boolean;
}

/** One run of pg_restore. */
export interface RestorePass {
  readonly login: Login;
  /** `keys`: no row changes any more, and nothing takes a lock that blocks a reader. */
  readonly stage: Stage;
  /** Its place in the stage: odd for the Odoo role, even for the admin role. */
  readonly level: number;
  /** Whether several jobs are worth it: it loads rows, or builds keys and indexes. */
  readonly parallel: boolean;
  /** Whether it grants or revokes, so that its warnings must be read. */
  readonly grants: boolean;
  readonly ids: readonly number[];
}

/** `owner` is the Odoo role. Under the flexible policy both are the same role. */
export type Login = "owner" | "admin";
export type Stage = "rows" | "keys";

/** What must be known of the extensions in the target, to tell their objects from the owner's. */
export interface ExtensionObjects {
  /** `schema.name` of tables and sequences that belong to an extension. */
  readonly relations: ReadonlySet<string>;
  /** Schemas that exist in the target already. */
  readonly schemas: ReadonlySet<string>;
}

export interface PlanOptions {
  /** The Odoo role in the source; absent under the flexible policy, where one login restores all. */
  readonly owner?: string;
  /** Ids of what the Odoo role owns and only a superuser may create (superuser-definitions.ts). */
  readonly superuser?: readonly number[];
  /** A subscription would take another server's changes away from production. */
  readonly subscriptions: "left out" | "restored";
}

/** Only a superuser may create them, or they have no owner. Creating one evaluates nothing of the owner's. */
export const ADMIN_LINES: readonly string[] = [
  "SHELL TYPE ",
  "OPERATOR CLASS ",
  "OPERATOR FAMILY ",
  "PROCEDURAL LANGUAGE ",
  "TEXT SEARCH PARSER ",
  "TEXT SEARCH TEMPLATE ",
  "FOREIGN DATA WRAPPER ",
  "SERVER ",
  "USER MAPPING ",
  "ACCESS METHOD ",
  "TRANSFORM ",
  "CAST ",
  // The restored database has it already, so this only gives it its owner.
  "SCHEMA - public ",
];

/** Restored by the admin role in the end, since they act on what is done afterwards. */
export const LAST_LINES: readonly string[] = [
  "EVENT TRIGGER ",
  "PUBLICATION ",
  "SUBSCRIPTION ",
  "(COMMENT|SECURITY LABEL) - (EVENT TRIGGER|PUBLICATION|SUBSCRIPTION) ",
];

/** Foreign keys, comments on constraints (an Odoo database has thousands), and what is filled by queries. */
export const KEY_LINES: readonly string[] = [
  "FK CONSTRAINT ",
  "COMMENT .* CONSTRAINT ",
  "MATERIALIZED VIEW DATA ",
];

/** GRANT and REVOKE. */
export const RIGHTS_LINES: readonly string[] = ["ACL ", "DEFAULT ACL "];

/**
 * Rights that wait for all objects: default privileges change what is created after them, and who creates an object must be
 * able to use its language and types. All others of the admin's objects come with the object, so that nothing of the Odoo
 * role's is evaluated while a function lacks its REVOKE.
 */
export const LATE_RIGHTS_LINES: readonly string[] = [
  "DEFAULT ACL ",
  "ACL [^ ]+ (LANGUAGE|TYPE|DOMAIN) ",
];

/** The lowest level of each kind of pass. */
export const LEVELS = {
  rows: { admin: 0, owner: 1 },
  keys: { rights: 0, owner: 1, admin: 2 },
} as const;

/** Measured on PostgreSQL 18: `must be owner of extension`, `permission denied for table spatial_ref_sys`. */
export function planRestore(
  contents: TableOfContents,
  extensions: ExtensionObjects,
  options: PlanOptions,
): RestorePlan {
  const isLeftOut = (entry: ArchiveEntry) =>
    isCreatedBeforehand(entry, extensions) ||
    (options.subscriptions === "left out" && isSubscription(entry));
  const restored = contents.entries.filter((entry) => !isLeftOut(entry));
  return {
    leftOut: contents.entries.filter(isLeftOut).map(({ id }) => id),
    passes: passesOf(placed(restored, extensions, options), extensions),
    whole: true,
  };
}

/** The subscriptions of an archive, by name. */
export function subscriptionsOf({ entries }: TableOfContents): readonly string[] {
  return entries.filter(({ kind }) => kind === "SUBSCRIPTION").map(({ name }) => name);
}

/** `patterns` are for the beginning of a line. */
function matcher(...patterns: readonly string[]): (entry: ArchiveEntry) => boolean {
  const pattern = new RegExp(`^(?:${patterns.join("|")})`);
  return ({ line }) => pattern.test(line);
}

const isSubscription = matcher(
  "SUBSCRIPTION ",
  "SUBSCRIPTION TABLE ",
  "(COMMENT|SECURITY LABEL) - SUBSCRIPTION ",
);
const isRight = matcher(...RIGHTS_LINES);
const isLast = matcher(...LAST_LINES);
const isAlwaysOfKeys = matcher(...KEY_LINES, ...LAST_LINES, ...LATE_RIGHTS_LINES);
/** Whether the admin role restores an entry, whoever owns it. */
export const isAlwaysAdmins = matcher(...ADMIN_LINES, ...LAST_LINES, ...RIGHTS_LINES);

interface Place {
  readonly login: Login;
  readonly stage: Stage;
  readonly level: number;
}

/** Each entry, and where it is restored: after all that it depends on, in as few passes as that allows. */
function placed(
  entries: readonly ArchiveEntry[],
  extensions: ExtensionObjects,
  options: PlanOptions,
): ReadonlyMap<ArchiveEntry, Place> {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const loginOf = loginsOf(entries, extensions, options);
  const places = new Map<ArchiveEntry, Place>();
  const largeObjects = entries.filter(({ kind }) => kind === "BLOB").map(({ id }) => id);
  // Before PostgreSQL 17, the data of all large objects is one entry, which has no owner and names none of them.
  const dependenciesOf = ({ kind, dependsOn }: ArchiveEntry) =>
    kind === "BLOBS" ? [...dependsOn, ...largeObjects] : dependsOn;
  const begun = new Set<ArchiveEntry>();
  const place = (entry: ArchiveEntry): Place => {
    const known = places.get(entry);
    if (known) return known;
    begun.add(entry);
    const login = loginOf(entry);
    const needed = dependenciesOf(entry)
      .map((id) => byId.get(id))
      .filter((one) => one !== undefined)
      // pg_dump breaks circles of dependencies, but need not drop them from the list.
      .filter((one) => places.has(one) || !begun.has(one))
      .map(place);
    const stage =
      isOfKeys(entry, options) || needed.some((one) => one.stage === "keys") ? "keys" : "rows";
    const after = needed
      .filter((one) => one.stage === stage)
      .map((one) => one.level + (one.login === login ? 0 : 1));
    const found = {
      login,
      stage,
      level: Math.max(lowestLevel(entry, login, stage), ...after),
    } as const;
    places.set(entry, found);
    return found;
  };
  for (const entry of entries) place(entry);
  return withLastLevel(places);
}

function lowestLevel(entry: ArchiveEntry, login: Login, stage: Stage): number {
  if (stage === "keys" && login === "admin" && isRight(entry)) {
    return LEVELS.keys.rights;
  }
  return LEVELS[stage][login];
}

/** Event triggers fire on what is restored after them, so they come after everything. */
function withLastLevel(places: ReadonlyMap<ArchiveEntry, Place>): ReadonlyMap<ArchiveEntry, Place> {
  const levels = [...places.values()].filter(({ stage }) => stage === "keys");
  const highest = Math.max(LEVELS.keys.admin, ...levels.map(({ level }) => level));
  const last = highest + (highest % 2);
  return new Map(
    [...places].map(([entry, place]) => [
      entry,
      place.login === "admin" && place.stage === "keys" && isLast(entry)
        ? { ...place, level: last }
        : place,
    ]),
  );
}

function isOfKeys(entry: ArchiveEntry, { owner }: PlanOptions): boolean {
  if (isAlwaysOfKeys(entry)) return true;
  if (!isRight(entry)) return false;
  return owner === undefined || entry.owner === owner;
}

/**
 * Under the flexible policy only the extensions' own objects are apart, since other rows depend on theirs, and rights, whose
 * warnings are read.
 */
function loginsOf(
  entries: readonly ArchiveEntry[],
  extensions: ExtensionObjects,
  { owner, superuser = [] }: PlanOptions,
): (entry: ArchiveEntry) => Login {
  if (owner === undefined) {
    return (entry) => (belongsToExtension(entry, extensions) || isRight(entry) ? "admin" : "owner");
  }
  const byAdmin = new Set(superuser);
  const ofOthers = new Set(entries.filter((entry) => entry.owner !== owner).map(({ id }) => id));
  const shells = new Set(
    entries
      .filter(({ kind }) => kind === "SHELL TYPE")
      .map(({ schema, name }) => `${schema}.${name}`),
  );
  return (entry) => {
    const { id, kind, schema, name, dependsOn } = entry;
    const isAdmins =
      ofOthers.has(id) ||
      byAdmin.has(id) ||
      isAlwaysAdmins(entry) ||
      belongsToExtension(entry, extensions) ||
      (kind === "TYPE" && shells.has(`${schema}.${name}`)) ||
      // Whoever attaches a partition must own both tables.
      (kind.endsWith(" ATTACH") && dependsOn.some((one) => ofOthers.has(one)));
    return isAdmins ? "admin" : "owner";
  };
}

type Growing = { -readonly [Key in keyof RestorePass]: RestorePass[Key] } & {
  ids: number[];
  /** Whether its rows must come in the archive's order. */
  serial: boolean;
};

function passesOf(
  places: ReadonlyMap<ArchiveEntry, Place>,
  extensions: ExtensionObjects,
): readonly RestorePass[] {
  const passes = new Map<string, Growing>();
  const isExtensionRows = (entry: ArchiveEntry) =>
    entry.kind === "TABLE DATA" && belongsToExtension(entry, extensions);
  for (const [entry, place] of places) {
    const key = `${place.stage} ${place.level}`;
    const pass = passes.get(key) ?? {
      ...place,
      ids: [],
      parallel: place.login === "owner",
      grants: false,
      serial: false,
    };
    pass.ids.push(entry.id);
    pass.parallel ||= entry.kind === "TABLE DATA";
    pass.serial ||= isExtensionRows(entry);
    pass.grants ||= isRight(entry);
    passes.set(key, pass);
  }
  const order = ({ stage, level }: RestorePass) => (stage === "rows" ? level : 1e6 + level);
  // An extension's tables have their foreign keys already: their rows must come in the archive's order.
  return [...passes.values()]
    .sort((a, b) => order(a) - order(b))
    .map(({ serial, ...pass }) => ({ ...pass, parallel: pass.parallel && !serial }));
}

/** What the types of a table's columns may need. */
const COLUMN_KINDS: ReadonlySet<string> = new Set([
  "SCHEMA",
  "TYPE",
  "SHELL TYPE",
  "DOMAIN",
  "COLLATION",
]);

/**
 * Restores the rows of these tables and what the types of their columns need, nothing else: no keys, no
 * defaults, no triggers. The Odoo role owns all of it. `tables` are `schema.name`.
 */
export function planTables(
  contents: TableOfContents,
  tables: readonly string[],
  extensions: ExtensionObjects,
): RestorePlan {
  const wanted = new Set(tables);
  const isWanted = (entry: ArchiveEntry) =>
    (COLUMN_KINDS.has(entry.kind) && !isCreatedBeforehand(entry, extensions)) ||
    (["TABLE", "TABLE DATA"].includes(entry.kind) && wanted.has(`${entry.schema}.${entry.name}`));
  const ids = contents.entries.filter(isWanted).map(({ id }) => id);
  return {
    leftOut: contents.entries.filter((entry) => !isWanted(entry)).map(({ id }) => id),
    passes: [
      {
        login: "owner",
        stage: "rows",
        level: LEVELS.rows.owner,
        ids,
        parallel: true,
        grants: false,
      },
    ],
    whole: false,
  };
}

/** Tables, as `schema.name`, that the archive does not hold. */
export function unknownTables(
  contents: TableOfContents,
  tables: readonly string[],
): readonly string[] {
  const known = new Set(
    contents.entries
      .filter(({ kind }) => kind === "TABLE")
      .map(({ schema, name }) => `${schema}.${name}`),
  );
  return tables.filter((table) => !known.has(table));
}

function isCreatedBeforehand({ kind, name }: ArchiveEntry, { schemas }: ExtensionObjects): boolean {
  return kind === "EXTENSION" || (kind === "SCHEMA" && schemas.has(name) && name !== "public");
}

function belongsToExtension(
  { kind, schema, name }: ArchiveEntry,
  { relations, schemas }: ExtensionObjects,
): boolean {
  if (kind === "COMMENT" || kind === "ACL" || kind === "SECURITY LABEL") {
    const [what = "", ...rest] = name.split(" ");
    const object = rest.join(" ");
    return (
      what === "EXTENSION" ||
      (what === "SCHEMA" && schemas.has(object) && object !== "public") ||
      (what === "TABLE" && relations.has(`${schema}.${object}`))
    );
  }
  return (kind === "TABLE DATA" || kind === "SEQUENCE SET") && relations.has(`${schema}.${name}`);
}

import { type Check, failed, passed } from "../report/check.ts";

export interface ExtensionVersion {
  readonly name: string;
  readonly version: string;
  readonly schema: string;
  /** Absent in manifests of earlier versions. */
  readonly owner?: string | undefined;
}

/** In the order of creation, since one can need another. One row, one JSON value. */
export const EXTENSIONS_QUERY = `
SELECT coalesce(json_agg(json_build_object('name', x.extname, 'version', x.extversion, 'schema', n.nspname,
  'owner', pg_get_userbyid(x.extowner)) ORDER BY x.oid), '[]') AS extensions
FROM pg_extension x JOIN pg_namespace n ON n.oid = x.extnamespace WHERE x.extname <> 'plpgsql'`;

/** What a session says of its server and database. */
export interface ServerFacts {
  readonly version: string;
  /** As server_version_num: 180006. */
  readonly number: number;
  readonly superuser: boolean;
  readonly createsDatabases: boolean;
  readonly encoding: string;
  readonly provider: string;
  readonly collate: string;
  readonly ctype: string;
  readonly locale: string | null;
  readonly icuRules: string | null;
  /** Whether it is an Odoo database: its attachments name files of a filestore. */
  readonly attachments: boolean;
  readonly databaseBytes: number;
  /** The server's data directory in its own container; empty for a role that may not know it. */
  readonly dataDirectory: string;
  /** ISO 8601, UTC. */
  readonly now: string;
  readonly extensions: readonly ExtensionVersion[];
  /** `name version` of each version that the server can install, for the extensions that the database has. */
  readonly installable: readonly string[];
  /** `schema.name` of each relation that belongs to an extension. */
  readonly extensionRelations: readonly string[];
  /** Every role that owns something in the database or has a right to it, without PostgreSQL's own roles. */
  readonly roles: readonly string[];
}

/** One row, one JSON value. */
export const FACTS_QUERY = `
SELECT json_build_object('version', current_setting('server_version'), 'number', current_setting('server_version_num')::int,
  'superuser', r.rolsuper, 'createsDatabases', r.rolcreatedb, 'encoding', pg_encoding_to_char(d.encoding),
  'provider', d.datlocprovider, 'collate', d.datcollate, 'ctype', d.datctype, 'locale', d.datlocale,
  'icuRules', d.daticurules, 'databaseBytes', pg_database_size(d.oid),
  'attachments', EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = to_regclass('public.ir_attachment') AND a.attname = 'store_fname'),
  'dataDirectory', CASE WHEN r.rolsuper THEN current_setting('data_directory') ELSE '' END,
  'extensions', (${EXTENSIONS_QUERY}),
  'installable', (SELECT coalesce(json_agg(v.name || ' ' || v.version), '[]') FROM pg_available_extension_versions v
    WHERE v.name IN (SELECT x.extname FROM pg_extension x)),
  'extensionRelations', (SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]')
    FROM pg_depend p JOIN pg_class c ON c.oid = p.objid JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE p.classid = 'pg_class'::regclass AND p.deptype = 'e'),
  'roles', (SELECT coalesce(json_agg(DISTINCT o.rolname), '[]') FROM pg_shdepend s JOIN pg_roles o ON o.oid = s.refobjid
    WHERE s.refclassid = 'pg_authid'::regclass AND s.dbid = d.oid),
  'now', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) AS facts
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user`;

/**
 * For a superuser: by how many bytes the server's write-ahead log may still grow between two checkpoints
 * (`max_wal_size`).
 */
export const LOG_TO_COME_QUERY = `
SELECT greatest(0, pg_size_bytes(current_setting('max_wal_size')) - (SELECT coalesce(sum(size), 0) FROM pg_ls_waldir()))::float8 AS bytes`;

/**
 * Passed when the same extensions are there, in the same schemas and versions. A fresh server's image is built again for each patch of PostGIS,
 * so there only the minor version counts.
 */
export function compareExtensions(
  expected: readonly ExtensionVersion[],
  restored: readonly ExtensionVersion[],
  server: "the source's" | "fresh" = "the source's",
): Check {
  const found = new Map(restored.map((one) => [one.name, one]));
  const elsewhere = (one: ExtensionVersion) =>
    found.has(one.name) && found.get(one.name)?.schema !== one.schema;
  const others = expected.filter(({ name, version }) => found.get(name)?.version !== version);
  const versions =
    server === "fresh"
      ? others.filter(
          ({ name, version }) => minorOf(found.get(name)?.version ?? "") !== minorOf(version),
        )
      : others;
  const differing = (list: readonly ExtensionVersion[]) =>
    list.map(
      ({ name, version }) =>
        `${name} is ${found.get(name)?.version ?? "missing"} instead of ${version}`,
    );
  const known = new Set(expected.map(({ name }) => name));
  const places = [
    ...expected
      .filter(elsewhere)
      .map(({ name, schema }) => `${name} is in ${found.get(name)?.schema} instead of ${schema}`),
    ...restored
      .filter(({ name }) => !known.has(name))
      .map(({ name }) => `${name} is there, and the source has none`),
  ];
  if (versions.length > 0) {
    return failed(
      "extensions",
      `${[...differing(versions), ...places].join("; ")}.`,
      server === "fresh"
        ? "Name with `runner-image` an image that has the versions of the source; or give a server that has them."
        : "In production: ALTER EXTENSION … UPDATE, so that it runs the version that this server installs; then take a new backup.",
    );
  }
  if (places.length > 0) {
    return failed(
      "extensions",
      `${places.join("; ")}.`,
      "Do not rely on this backup: its manifest and its dump say different things. Take a new one and drill it.",
    );
  }
  if (others.length > 0) {
    return passed(
      "extensions",
      `Every extension is there; on this fresh server ${differing(others).join("; ")}, of the same minor version.`,
    );
  }
  const list = expected.map(({ name, version }) => `${name} ${version}`).join(", ");
  return passed("extensions", `Every extension is there in the same version: ${list || "none"}.`);
}

/** `3.6` of 3.6.4. */
function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

import { type Check, failed, passed } from "../report/check.ts";
import { identifier, literal } from "./sql.ts";

/** What belongs to a database apart from its content. None of our dumps holds it. */
export interface DatabaseProperties {
  readonly owner: string;
  /** -1 for none. */
  readonly connectionLimit: number;
  readonly tablespace: string;
  readonly comment: string | null;
  /** Null where nobody ever granted or revoked anything, so that PostgreSQL's defaults apply. */
  readonly grants: readonly Grant[] | null;
  /** `ALTER DATABASE … SET`, and `ALTER ROLE … IN DATABASE … SET`. */
  readonly settings: readonly Setting[];
  readonly bytes: number;
}

interface Grant {
  /** Null is PUBLIC. */
  readonly grantee: string | null;
  readonly privilege: string;
  readonly grantable: boolean;
}

interface Setting {
  /** Null is everybody. */
  readonly role: string | null;
  readonly name: string;
  readonly value: string;
}

/** Answers DatabaseProperties, or null when there is no such database. One row, one JSON value. */
export function propertiesQuery(database: string): string {
  return `
SELECT (SELECT json_build_object('owner', d.datdba::regrole::name, 'connectionLimit', d.datconnlimit,
  'tablespace', (SELECT spcname FROM pg_tablespace t WHERE t.oid = d.dattablespace), 'bytes', pg_database_size(d.oid),
  'comment', shobj_description(d.oid, 'pg_database'),
  'grants', CASE WHEN d.datacl IS NOT NULL THEN (SELECT coalesce(json_agg(json_build_object('grantee', r.rolname, 'privilege', g.privilege_type, 'grantable', g.is_grantable)
      ORDER BY r.rolname, g.privilege_type), '[]')
    FROM aclexplode(d.datacl) g LEFT JOIN pg_roles r ON r.oid = g.grantee) END,
  'settings', (SELECT coalesce(json_agg(json_build_object('role', r.rolname, 'name', split_part(c.line, '=', 1),
      'value', substr(c.line, strpos(c.line, '=') + 1)) ORDER BY r.rolname NULLS FIRST, c.line), '[]')
    FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) c (line) LEFT JOIN pg_roles r ON r.oid = s.setrole
    WHERE s.setdatabase = d.oid))
 FROM pg_database d WHERE d.datname = ${literal(database)}) AS properties`;
}

/** Statements that give the properties to a database, without comment and tablespace. */
export function applyProperties(
  database: string,
  { owner, connectionLimit, grants, settings }: DatabaseProperties,
): readonly string[] {
  const name = identifier(database);
  return [
    `ALTER DATABASE ${name} OWNER TO ${identifier(owner)}`,
    ...(grants === null
      ? []
      : [`REVOKE ALL ON DATABASE ${name} FROM PUBLIC, ${identifier(owner)}`]),
    ...(grants ?? []).map(({ grantee, privilege, grantable }) => {
      const to = grantee === null ? "PUBLIC" : identifier(grantee);
      return `GRANT ${privilege} ON DATABASE ${name} TO ${to}${grantable ? " WITH GRANT OPTION" : ""}`;
    }),
    // Some extensions set a search path on the database in which they are created.
    `ALTER DATABASE ${name} RESET ALL`,
    ...settings.map((setting) => {
      const whose =
        setting.role === null
          ? `DATABASE ${name}`
          : `ROLE ${identifier(setting.role)} IN DATABASE ${name}`;
      return `ALTER ${whose} SET ${identifier(setting.name)} TO ${settingValue(setting)}`;
    }),
    `ALTER DATABASE ${name} CONNECTION LIMIT ${connectionLimit}`,
  ];
}

/**
 * Settings whose value is a list of quoted names. `ALTER … SET` takes the names one by one (pg_dump's
 * variable_is_guc_list_quote).
 */
const NAME_LISTS: ReadonlySet<string> = new Set([
  "local_preload_libraries",
  "search_path",
  "session_preload_libraries",
  "shared_preload_libraries",
  "temp_tablespaces",
  "unix_socket_directories",
]);

function settingValue({ name, value }: Setting): string {
  if (!NAME_LISTS.has(name)) return literal(value);
  const names = [...value.matchAll(/"((?:[^"]|"")*)"|([^,\s]+)/g)].map(([, quoted, bare]) =>
    literal(quoted === undefined ? (bare ?? "") : quoted.replaceAll('""', '"')),
  );
  return names.length === 0 ? "''" : names.join(", ");
}

/** When there was no database before, there is nothing to keep. */
export function compareProperties(
  before: DatabaseProperties | null,
  after: DatabaseProperties,
): Check {
  if (before === null) {
    return passed(
      "properties",
      `There was no production database any more: it has ${after.owner} as its owner, and the defaults of a new one.`,
    );
  }
  const parts = [
    "owner",
    "connectionLimit",
    "tablespace",
    "comment",
    "grants",
    "settings",
  ] as const;
  const different = parts.filter(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
  if (different.length === 0) {
    return passed(
      "properties",
      `Owner (${after.owner}), grants, settings (${after.settings.length}), connection limit and comment of the database are as before.`,
    );
  }
  return failed(
    "properties",
    `The database differs from the one before in its ${different.join(", ")}.`,
    "Compare `\\l+` and `\\drds` in psql for both databases, and set what differs.",
  );
}

import { a as passed, r as failed } from "./check.js";
import { R as identifier, z as literal } from "./discover.js";
// src/checks/database-properties.ts
/** Given a database, return SQL that answers its DatabaseProperties, or null when there is none. One row, one JSON value. */
function propertiesQuery(database) {
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
/** Given a database and the properties of another, return the statements that give them to it; its comment and place are not among them. */
function applyProperties(database, { owner, connectionLimit, grants, settings }) {
	const name = identifier(database);
	return [
		`ALTER DATABASE ${name} OWNER TO ${identifier(owner)}`,
		...grants === null ? [] : [`REVOKE ALL ON DATABASE ${name} FROM PUBLIC, ${identifier(owner)}`],
		...(grants ?? []).map(({ grantee, privilege, grantable }) => {
			const to = grantee === null ? "PUBLIC" : identifier(grantee);
			return `GRANT ${privilege} ON DATABASE ${name} TO ${to}${grantable ? " WITH GRANT OPTION" : ""}`;
		}),
		`ALTER DATABASE ${name} RESET ALL`,
		...settings.map((setting) => {
			return `ALTER ${setting.role === null ? `DATABASE ${name}` : `ROLE ${identifier(setting.role)} IN DATABASE ${name}`} SET ${identifier(setting.name)} TO ${settingValue(setting)}`;
		}),
		`ALTER DATABASE ${name} CONNECTION LIMIT ${connectionLimit}`
	];
}
/** Settings whose value is a list of quoted names; `ALTER … SET` takes the names one by one (pg_dump's variable_is_guc_list_quote). */
const NAME_LISTS = /* @__PURE__ */ new Set([...[
	"local_preload_libraries",
	"search_path",
	"session_preload_libraries"
], ...[
	"shared_preload_libraries",
	"temp_tablespaces",
	"unix_socket_directories"
]]);
function settingValue({ name, value }) {
	if (!NAME_LISTS.has(name)) return literal(value);
	const names = [...value.matchAll(/"((?:[^"]|"")*)"|([^,\s]+)/g)].map(([, quoted, bare]) => literal(quoted === void 0 ? bare ?? "" : quoted.replaceAll("\"\"", "\"")));
	return names.length === 0 ? "''" : names.join(", ");
}
/** Given the properties before and after, return whether they are the same; without any before, there is nothing to keep. */
function compareProperties(before, after) {
	if (before === null) return passed("properties", `There was no production database any more: it has ${after.owner} as its owner, and the defaults of a new one.`);
	const different = [
		"owner",
		"connectionLimit",
		"tablespace",
		"comment",
		"grants",
		"settings"
	].filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]));
	if (different.length === 0) return passed("properties", `Owner (${after.owner}), grants, settings (${after.settings.length}), connection limit and comment of the database are as before.`);
	return failed("properties", `The database differs from the one before in its ${different.join(", ")}.`, "Compare `\\l+` and `\\drds` in psql for both databases, and set what differs.");
}
export { compareProperties as n, propertiesQuery as r, applyProperties as t };

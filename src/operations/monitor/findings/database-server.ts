import { COMMENTED_DATABASES_QUERY, extraDatabasesIn } from "../../../backups/extra-databases.ts";
import { literal } from "../../../checks/sql.ts";
import { type Check, failed, passed, warned } from "../../../report/check.ts";
import { counted } from "../../../words/count.ts";
import { formatDuration } from "../../../words/duration.ts";

/** The answer of a session on the production database. It holds only names, numbers and times. */
export interface ServerEvidence {
  readonly version: string;
  readonly maxConnections: number;
  /** Connections that are reserved for superusers and other privileged roles. */
  readonly reserved: number;
  readonly connections: number;
  /** As `ALTER DATABASE … CONNECTION LIMIT` has it; -1 for none. */
  readonly databaseLimit: number;
  readonly databaseConnections: number;
  /** Only roles with a limit of their own. */
  readonly roles: readonly {
    readonly name: string;
    readonly limit: number;
    readonly connections: number;
  }[];
  /** Those on the production database, without our own. */
  readonly sessions: readonly ServerSession[];
  readonly preparedTransactions: number;
  /** Names of logical replication slots of the production database. */
  readonly slots: readonly string[];
  /** Databases that a drill made, found by their comment or their name. */
  readonly leftovers: readonly string[];
  /** Databases whose comment may be one of our marks (backups/extra-databases.ts). */
  readonly commented: readonly {
    readonly name: string;
    readonly comment: string;
    readonly bytes: number;
  }[];
  /** Whether one of our runs is working there now. */
  readonly busy: boolean;
}

export interface ServerSession {
  readonly application: string;
  /** The client's address. Empty for the server's own machine. */
  readonly address: string;
  readonly state: string;
  /** Seconds since its transaction began. Zero outside of one. */
  readonly transactionSeconds: number;
  /** Seconds that it has waited for another session's lock. Zero when it does not wait. */
  readonly waitingSeconds: number;
}

/**
 * The answer is a ServerEvidence: one row with one JSON value. `application` is the first word of
 * our sessions' names. `mark` and `suffix` are how a drill's database is known.
 */
export function serverQuery(application: string, mark: string, suffix: string): string {
  const own = `a.application_name LIKE ${literal(`${application} %`)}`;
  return `
SELECT json_build_object('version', current_setting('server_version'),
  'maxConnections', current_setting('max_connections')::int,
  'reserved', current_setting('superuser_reserved_connections')::int + current_setting('reserved_connections')::int,
  'connections', (SELECT count(*) FROM pg_stat_activity a WHERE a.backend_type = 'client backend'),
  'databaseLimit', d.datconnlimit,
  'databaseConnections', (SELECT count(*) FROM pg_stat_activity a WHERE a.datid = d.oid AND a.backend_type = 'client backend'),
  'roles', (SELECT coalesce(json_agg(json_build_object('name', r.rolname, 'limit', r.rolconnlimit, 'connections',
      (SELECT count(*) FROM pg_stat_activity a WHERE a.usesysid = r.oid AND a.backend_type = 'client backend')) ORDER BY r.rolname), '[]')
    FROM pg_roles r WHERE r.rolconnlimit >= 0),
  'sessions', (SELECT coalesce(json_agg(json_build_object('application', a.application_name, 'address', coalesce(host(a.client_addr), ''),
      'state', coalesce(a.state, ''), 'transactionSeconds', coalesce(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::float,
      'waitingSeconds', CASE WHEN cardinality(pg_blocking_pids(a.pid)) > 0
        THEN coalesce(extract(epoch FROM clock_timestamp() - a.query_start), 0)::float ELSE 0 END) ORDER BY a.backend_start), '[]')
    FROM pg_stat_activity a WHERE a.datid = d.oid AND a.backend_type = 'client backend' AND NOT (${own})),
  'preparedTransactions', (SELECT count(*) FROM pg_prepared_xacts p WHERE p.database = d.datname),
  'slots', (SELECT coalesce(json_agg(s.slot_name ORDER BY s.slot_name), '[]') FROM pg_replication_slots s WHERE s.database = d.datname),
  'leftovers', (SELECT coalesce(json_agg(o.datname ORDER BY o.datname), '[]') FROM pg_database o
    WHERE shobj_description(o.oid, 'pg_database') = ${literal(mark)} OR right(o.datname, ${suffix.length}) = ${literal(suffix)}),
  'commented', (${COMMENTED_DATABASES_QUERY}),
  'busy', (SELECT count(*) > 0 FROM pg_stat_activity a WHERE ${own} AND a.pid <> pg_backend_pid())) AS evidence
FROM pg_database d WHERE d.datname = current_database()`;
}

/**
 * Ends every session on the production database except our own (the guide's "Force disconnect all
 * users"), and answers how many. `application` is the first word of our sessions' names.
 */
export function endSessionsQuery(application: string): string {
  return `
SELECT count(pg_terminate_backend(a.pid, 5000))::text AS ended FROM pg_stat_activity a
WHERE a.datname = current_database() AND a.backend_type = 'client backend' AND a.pid <> pg_backend_pid()
  AND a.application_name NOT LIKE ${literal(`${application} %`)}`;
}

/** `ready` is what pg_isready says. A text in place of the evidence says why no session could be opened. */
export function judgeDatabase(ready: boolean | undefined, server: ServerEvidence | string): Check {
  const next = "See what it says: docker compose logs db";
  if (typeof server === "string") {
    const answers = ready
      ? "The server accepts connections, but not ours"
      : "The database server does not answer";
    return failed("database", `${answers}: ${server}`, next);
  }
  if (ready === false) {
    return failed(
      "database",
      "The backup container does not reach the database server (pg_isready), though the host does.",
      "See that both are on the same network: docker compose up --detach backup",
    );
  }
  return passed("database", `PostgreSQL ${server.version} accepts connections.`);
}

const NEARLY_ALL = 0.9;

/** Whether a backup or a restore would find a free connection. */
export function judgeConnections(server: ServerEvidence): Check {
  const limits = [
    {
      name: "The server",
      used: server.connections,
      limit: server.maxConnections - server.reserved,
    },
    {
      name: "The production database",
      used: server.databaseConnections,
      limit: server.databaseLimit,
    },
    ...server.roles.map(({ name, connections, limit }) => ({
      name: `The role \`${name}\``,
      used: connections,
      limit,
    })),
  ].filter(({ limit }) => limit >= 0);
  const share = ({ used, limit }: { used: number; limit: number }) =>
    limit === 0 ? 1 : used / limit;
  const fullest = limits.toSorted((a, b) => share(b) - share(a))[0];
  if (!fullest) return passed("connections", "The server limits no connections.");
  const sentence = `${fullest.name} has ${fullest.used} of ${counted(fullest.limit, "connection")} in use.`;
  const next = "Find who holds them (SELECT * FROM pg_stat_activity), or raise the limit.";
  if (share(fullest) >= 1) return failed("connections", sentence, next);
  return share(fullest) >= NEARLY_ALL
    ? warned("connections", sentence, next)
    : passed("connections", sentence);
}

const HOUR = 3600;
const WAITING_SECONDS = 300;

/**
 * Whether a session or a lock would hold up a restore. `services` are the names of the deployment's
 * own services by their addresses. A restore stops those.
 */
export function judgeSessions(
  server: ServerEvidence,
  services: ReadonlyMap<string, string>,
): Check {
  const { sessions, preparedTransactions, slots } = server;
  const foreign = sessions.filter(({ address }) => !services.has(address));
  const oldest = Math.max(0, ...sessions.map(({ transactionSeconds }) => transactionSeconds));
  const waiting = Math.max(0, ...sessions.map(({ waitingSeconds }) => waitingSeconds));
  const blockers = [
    ...(preparedTransactions > 0
      ? [`${counted(preparedTransactions, "prepared transaction")} that no disconnecting ends`]
      : []),
    ...(slots.length > 0
      ? [
          `the logical replication ${slots.length === 1 ? "slot" : "slots"} \`${slots.join("`, `")}\``,
        ]
      : []),
    ...(oldest > HOUR ? [`a transaction that has been open for ${formatDuration(oldest)}`] : []),
    ...(waiting > WAITING_SECONDS
      ? [`a session that has waited for a lock for ${formatDuration(waiting)}`]
      : []),
  ];
  const all = `${counted(sessions.length, "session")} on the production database, ${foreign.length} of them not of the deployment's services`;
  if (blockers.length > 0) {
    return warned(
      "sessions",
      `${all}; a restore would be held up by ${blockers.join(" and ")}.`,
      "Look at them: SELECT * FROM pg_stat_activity, pg_prepared_xacts. To disconnect everybody: openspp-backup monitor --end-sessions DATABASE",
    );
  }
  return passed("sessions", `${all}; none would hold up a restore.`);
}

/** Whether a restore or a drill that died left something. */
export function judgeLeftovers(server: ServerEvidence, production: string): Check {
  const { leftovers, busy, commented } = server;
  const interrupted = extraDatabasesIn(commented, production).find(
    ({ mark }) =>
      mark.is === "incoming" || mark.is === "vacant" || (mark.is === "former" && !mark.confirmed),
  );
  if (interrupted && !busy) {
    return failed(
      "leftovers",
      `A restore of ${interrupted.mark.backup} was interrupted: \`${interrupted.name}\` is left of it.`,
      "See in which state production is, and what finishes or undoes it: openspp-backup restore --status",
    );
  }
  if (leftovers.length === 0) return passed("leftovers", "No drill left a database behind.");
  const names = leftovers.map((name) => `\`${name}\``).join(", ");
  return busy
    ? passed("leftovers", `A run is at work, which drops ${names} when it ends.`)
    : warned(
        "leftovers",
        `A drill left ${names} behind, which takes space.`,
        "Drop it: openspp-backup sweep",
      );
}

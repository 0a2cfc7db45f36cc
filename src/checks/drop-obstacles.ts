import { identifier, literal } from "./sql.ts";

/** What keeps a database from being dropped, other than sessions, which are ended (PostgreSQL manual, "DROP DATABASE"). */
export interface DropObstacles {
  readonly subscriptions: readonly string[];
  /** Names of prepared transactions. */
  readonly prepared: readonly string[];
  readonly slots: readonly string[];
  readonly template: boolean;
}

/** For a superuser, in any database of the server. One row, one JSON value. */
export function dropObstaclesQuery(name: string): string {
  const database = literal(name);
  return `
SELECT json_build_object(
  'subscriptions', (SELECT coalesce(json_agg(s.subname ORDER BY s.subname), '[]') FROM pg_subscription s
    JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = ${database}),
  'prepared', (SELECT coalesce(json_agg(p.gid ORDER BY p.gid), '[]') FROM pg_prepared_xacts p WHERE p.database = ${database}),
  'slots', (SELECT coalesce(json_agg(s.slot_name ORDER BY s.slot_name), '[]') FROM pg_replication_slots s WHERE s.database = ${database}),
  'template', coalesce((SELECT d.datistemplate FROM pg_database d WHERE d.datname = ${database}), false)) AS obstacles`;
}

/** What a person does so that the database can be dropped. */
export function removeObstacles(name: string, found: DropObstacles): string {
  const inside = [
    ...found.subscriptions.map((one) => dropSubscription(one).join("; ")),
    ...found.prepared.map((one) => `ROLLBACK PREPARED ${literal(one)}`),
    ...found.slots.map((one) => `SELECT pg_drop_replication_slot(${literal(one)})`),
  ];
  const steps = [
    ...(inside.length > 0 ? [`In the database \`${name}\`: ${inside.join("; ")}`] : []),
    ...(found.template ? [`ALTER DATABASE ${identifier(name)} IS_TEMPLATE false`] : []),
  ];
  if (steps.length === 0) {
    return `Find who uses it (SELECT * FROM pg_stat_activity WHERE datname = ${literal(name)}), then: openspp-backup sweep`;
  }
  return `As the admin role: ${steps.join("; ")}. Then: openspp-backup sweep`;
}

export function dropSubscription(name: string): readonly string[] {
  const subscription = `SUBSCRIPTION ${identifier(name)}`;
  return [
    `ALTER ${subscription} DISABLE`,
    `ALTER ${subscription} SET (slot_name = NONE)`,
    `DROP ${subscription}`,
  ];
}

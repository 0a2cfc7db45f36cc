import { identifier, literal } from "../checks/sql.ts";
import { dropDatabase } from "../commands/databases.ts";
import type { LockedRun } from "./locked.ts";
import { withSession } from "./sessions.ts";

type Dropping = Pick<LockedRun, "host" | "deployment" | "applicationName" | "maintenance">;

/**
 * Drops a database that this project made, or that is no longer production. PostgreSQL refuses to drop one that has a
 * subscription. The slot at the publisher stays: it is production's.
 */
export async function dropWithSubscriptions(run: Dropping, name: string): Promise<void> {
  const { maintenance, deployment, applicationName } = run;
  const subscriptions = await maintenance.value<string[]>(subscriptionsQuery(name));
  if (subscriptions.length > 0) {
    await withSession(run, { role: deployment.database.admin, name, applicationName }, (session) =>
      session.batch(subscriptions.flatMap(dropSubscription)),
    );
  }
  await maintenance.batch([dropDatabase(name)]);
}

function subscriptionsQuery(database: string): string {
  return `
SELECT coalesce(json_agg(s.subname), '[]') AS subscriptions
FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = ${literal(database)}`;
}

function dropSubscription(name: string): readonly string[] {
  const subscription = `SUBSCRIPTION ${identifier(name)}`;
  return [
    `ALTER ${subscription} DISABLE`,
    `ALTER ${subscription} SET (slot_name = NONE)`,
    `DROP ${subscription}`,
  ];
}

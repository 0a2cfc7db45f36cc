import { restore } from "../../../src/operations/restore/restore.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import type { Lab } from "../../lab/lab.ts";
import { type Inputs, inBackup, type KeptLog, onLab } from "../on-lab.ts";

/** Given a lab and inputs, restore its production, confirmed as a user would. */
export function restoreOn(lab: Lab, inputs: Inputs = {}, log?: KeptLog): Promise<Report> {
  return onLab(lab, restore, { confirm: `restore openspp on ${lab.ssh.host}`, ...inputs }, log);
}

/** Given a lab, a statement and a database (production by default), run it as the admin role and return its rows. */
export async function sql(
  lab: Lab,
  statement: string,
  database = "openspp",
): Promise<Record<string, unknown>[]> {
  const client = await lab.connect(lab.database.admin, database);
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

/** Given a lab, mark its production database, so that it can be told from one restored from an older backup. */
export async function markLive(lab: Lab): Promise<void> {
  await unmarkLive(lab);
  await sql(lab, "INSERT INTO ir_config_parameter (key, value) VALUES ('restore.test', 'live')");
}

export async function unmarkLive(lab: Lab): Promise<void> {
  await sql(lab, "DELETE FROM ir_config_parameter WHERE key = 'restore.test'");
}

/** Given a lab, return whether its production database is the one that was marked, and how many partners it has. */
export async function production(lab: Lab): Promise<{ live: boolean; partners: number }> {
  const [row] = await sql(
    lab,
    `SELECT (SELECT count(*)::int FROM ir_config_parameter WHERE key = 'restore.test') AS live,
       (SELECT count(*)::int FROM res_partner) AS partners`,
  );
  return { live: row?.live === 1, partners: Number(row?.partners) };
}

/** Given a lab, return the names of the databases beside production that a restore made. */
export async function besideOf(lab: Lab): Promise<string[]> {
  const rows = await sql(
    lab,
    "SELECT datname FROM pg_database WHERE datname ~ '^openspp_' ORDER BY 1",
    "postgres",
  );
  return rows.map(({ datname }) => String(datname));
}

/** Given a lab, remove what restores left beside production and its filestore. */
export async function dropBeside(lab: Lab): Promise<void> {
  for (const name of await besideOf(lab)) {
    await sql(lab, `DROP DATABASE "${name}" WITH (FORCE)`, "postgres");
  }
  const folders = "rm -rf /var/lib/odoo/filestore/.openspp_*";
  await lab.docker("exec", lab.container("odoo"), "sh", "-c", folders);
  await inBackup(lab, "rm -f /backups/.openspp-backup/filestore-*");
}

/** Given a lab, return the states of its services that use the database, in Docker's words. */
export async function serviceStates(lab: Lab): Promise<readonly string[]> {
  const format = "{{.State.Status}}{{if .State.Health}} {{.State.Health.Status}}{{end}}";
  const containers = ["odoo", "queue-worker"].map((service) => lab.container(service));
  return (await lab.docker("inspect", "--format", format, ...containers)).split("\n");
}

/** Given a lab, return when each of those services was started: none was stopped in between while they stay the same. */
export function serviceStarts(lab: Lab): Promise<string> {
  const containers = ["odoo", "queue-worker"].map((service) => lab.container(service));
  return lab.docker("inspect", "--format", "{{.State.StartedAt}}", ...containers);
}

export const SERVING = ["running healthy", "running"];

/** Given a report, return the names of its checks that did not pass, with their states. */
export function troublesOf({ checks }: Report): readonly string[] {
  return checks
    .filter(({ status }) => status !== "passed")
    .map(({ name, status }) => `${name}: ${status}`);
}

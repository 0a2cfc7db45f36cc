import { sideName } from "../../backups/side-database.ts";
import { FACTS_QUERY, type ServerFacts } from "../../checks/server.ts";
import { dropDatabase } from "../../commands/databases.ts";
import { startContainers, stopContainers } from "../../commands/services.ts";
import { Cancelled, Failed, Failure } from "../../failure.ts";
import type { Report } from "../../report/report.ts";
import type { Archive } from "../archive.ts";
import { takeBackup } from "../backup.ts";
import type { FilestoreExchange } from "../filestore/restore.ts";
import { goLive } from "./go-live.ts";
import { createIncoming, restoreIncoming } from "./incoming.ts";
import type { ServerRun } from "./on-server.ts";
import { isProven, type Marks, reportOf } from "./outcome.ts";
import type { Preconditions } from "./preconditions.ts";
import { containersOf } from "./services.ts";
import { stageAndProve } from "./with-filestore.ts";

/**
 * Restores in production's place, for a disk that cannot hold both: the guide's "Full Database Restore", in its order.
 * A safety backup first; then stop, drop, create, extensions, restore. The database gets its name only once it is proven,
 * so that nobody ever works in half of one.
 */
export async function replaceProduction(
  run: ServerRun,
  archive: Archive,
  known: Preconditions,
  marks: Marks,
  filestore: FilestoreExchange | undefined,
): Promise<Report> {
  const { deployment, stamp, clock, host, maintenance, journal, signal } = run;
  const database = deployment.database.name;
  const safety = await safetyBackup(run);
  const containers = await containersOf(run);
  const name = sideName(database, "restore", stamp);
  const mark = { ...marks.incoming, replaces: safety ?? null };
  await createIncoming(run, archive, name, mark);
  const stoppedAt = clock.seconds();
  await journal.phase("Stop the services, drop the database", async () => {
    try {
      await host.run(stopContainers(containers), { signal });
      await maintenance.batch([dropDatabase(database)]);
    } catch (error) {
      await host.run(startContainers(containers));
      await maintenance.batch([dropDatabase(name)]);
      throw error;
    }
  });
  try {
    const findings = await restoreIncoming(run, archive, known, name);
    const files = filestore && findings.proven ? [await stageAndProve(run, archive, name)] : [];
    const checks = [archive.check, known.check, ...findings.checks, ...files];
    if (!isProven(run, checks)) throw unproven(run, checks, name, safety);
    const live = await goLive(run, { name, mark, stoppedAt, ...(filestore && { filestore }) });
    const { downtimeSeconds } = live;
    const summary = { downtimeSeconds, ...(safety && { safetyBackup: safety }) };
    return reportOf(run, archive, [...checks, ...live.checks], summary, {
      ...findings,
      rtoSeconds: downtimeSeconds,
    });
  } catch (error) {
    throw interrupted(error, run, safety);
  }
}

/** Takes a backup of the production database as it is; returns its name, and nothing when it was declined or there is no database. */
async function safetyBackup(run: ServerRun): Promise<string | undefined> {
  const { settings, production, journal } = run;
  if (!settings.restore.safetyBackup || production === null) return undefined;
  const { verdict, backup, checks } = await backUpProduction(run);
  if (verdict === "passed") {
    journal.log.info(`The safety backup is ${backup.name}.`);
    return backup.name;
  }
  throw new Failed({
    what: "The safety backup is not good, so production was not dropped.",
    why: checks.find(({ status }) => status !== "passed")?.message,
    state: "Production is as it was.",
    next: "See to that, or decline it by name when production is beyond saving: `safety-backup: none`.",
  });
}

/** Its session ends with it: a database that somebody is connected to cannot be dropped. */
async function backUpProduction(run: ServerRun) {
  const { admin, name } = run.deployment.database;
  const session = await run.sessions.open(admin, name);
  try {
    const facts = await session.value<ServerFacts>(FACTS_QUERY);
    return await takeBackup({ ...run, session, facts });
  } finally {
    session.close();
  }
}

function unproven(
  run: ServerRun,
  checks: Parameters<typeof isProven>[1],
  name: string,
  safety: string | undefined,
): Failed {
  const red = checks.filter(
    ({ status, name: check }) =>
      status !== "passed" && !run.settings.proof.skipChecks.includes(check),
  );
  return new Failed({
    what: "What was restored is not proven, so it did not become production.",
    why: red.map(({ name: check, message }) => `${check}: ${message}`).join(" "),
    state: stateOf(run, safety, `What was restored stands as ${name}, until the next restore.`),
    next: nextOf(safety),
  });
}

function interrupted(error: unknown, run: ServerRun, safety: string | undefined): unknown {
  if (!(error instanceof Failure) || error.explanation.state?.includes(" was dropped"))
    return error;
  const { what, why } = error.explanation;
  return new Failed(
    {
      what: "Production was dropped, and its restore was cut off.",
      why: error instanceof Cancelled ? "It was cancelled." : (why ?? what),
      state: stateOf(run, safety),
      next: nextOf(safety),
    },
    { cause: error },
  );
}

function stateOf(run: ServerRun, safety: string | undefined, more = ""): string {
  const kept = safety ? ` As it was, it is in the backup ${safety}.` : "";
  return `${run.deployment.database.name} was dropped, and the services are stopped.${kept} ${more}`.trim();
}

function nextOf(safety: string | undefined): string {
  const which = safety ? `another backup, or ${safety}` : "this or another backup";
  return `Restore ${which}, again with \`strategy: replace\`.`;
}

import {
  commentOf,
  extraDatabaseName,
  type PlaceholderMark,
} from "../../backups/extra-databases.ts";
import { applyProperties } from "../../checks/database-properties.ts";
import { FACTS_QUERY, type ServerFacts } from "../../checks/server-facts.ts";
import { commentOnDatabase, dropDatabase } from "../../commands/databases.ts";
import { Failed, Failure, Unreachable } from "../../failure.ts";
import type { Check } from "../../report/check.ts";
import type { Report } from "../../report/report-schema.ts";
import { takeBackup } from "../backup/backup.ts";
import { exchangeFilestoreWithRecord, keptFilestoreOf } from "../filestore/kept-filestores.ts";
import type { FilestoreExchange } from "../filestore/restore-filestore.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { ProofFindings } from "../proof/restore-and-prove.ts";
import { cutOff } from "./cut-off.ts";
import { stageAndProveFilestore } from "./exchange-filestore.ts";
import { judgeProduction, withStateOnFailure } from "./go-live.ts";
import { createIncoming, restoreIncoming } from "./incoming-database.ts";
import {
  dropVacant,
  replaceWithPlaceholder,
  safetyBackupSentence,
  takeProductionName,
} from "./placeholder.ts";
import type { Preconditions } from "./preconditions.ts";
import { isProven, type RestoreMarks, reportOf } from "./restore-report.ts";
import type { ServerRun } from "./server-run.ts";
import {
  containersOf,
  type ServiceContainers,
  stopServices,
  unhealthyService,
} from "./stop-services.ts";

interface Replacement {
  readonly archive: Archive;
  readonly preconditions: Preconditions;
  readonly marks: RestoreMarks;
  readonly filestore: FilestoreExchange | undefined;
  readonly name: string;
  /** Absent where production was already gone, and its properties are not known. */
  readonly placeholder: PlaceholderMark | undefined;
}

/**
 * For a disk that cannot hold both: the guide's "Full Database Restore", in its order. A safety backup first; then stop,
 * drop, create, extensions, restore, start.
 *
 * The database gets its name only when it is proven, so that nobody ever works in half a database. Until then nobody can
 * connect to production, or create it.
 */
export async function replaceProduction(
  run: ServerRun,
  archive: Archive,
  preconditions: Preconditions,
  planned: RestoreMarks,
  filestore: FilestoreExchange | undefined,
): Promise<Report> {
  const { deployment, stamp, clock, journal, properties, placeholder: earlier } = run;
  const database = deployment.database.name;
  const safety = earlier ? earlier.safety : await safetyBackup(run);
  const containers = await containersOf(run);
  const marks = { ...planned, incoming: { ...planned.incoming, stopped: containers } };
  const { of, backup, since } = marks.incoming;
  const placeholder =
    earlier ??
    (properties
      ? { is: "vacant" as const, of, backup, since, safety, properties, stopped: containers }
      : undefined);
  const name = extraDatabaseName(database, "restore", stamp);
  await createIncoming(run, archive, name, marks.incoming);
  const stoppedAt = clock.seconds();
  const replacement = { archive, preconditions, marks, filestore, name, placeholder };
  const { checks, findings } = await replaceStopped(run, containers, replacement);
  const within = run.settings.restore.healthyWithinSeconds;
  const unhealthy = await journal.phase("Wait until the services are healthy", () =>
    withStateOnFailure(run, undefined, () => unhealthyService(run, containers, within)),
  );
  const downtimeSeconds = clock.seconds() - stoppedAt;
  const former = placeholder
    ? "the former one was dropped for it"
    : "there was no former one to keep";
  const message = `${database} is the restored database; ${former}.`;
  const live = await judgeProduction(run, {
    message,
    containers,
    downtimeSeconds,
    unhealthy,
    hasProductionSettings: true,
  });
  const summary = { downtimeSeconds, ...(safety && { safetyBackup: safety }) };
  return reportOf(run, archive, [...checks, ...live], summary, {
    ...findings,
    rtoSeconds: downtimeSeconds,
  });
}

async function replaceStopped(
  run: ServerRun,
  containers: ServiceContainers,
  replacement: Replacement,
): ReturnType<typeof replace> {
  const start = await run.journal.phase("Stop the services", () => stopServices(run, containers));
  try {
    const done = await replace(run, replacement);
    await withStateOnFailure(run, undefined, async () => {
      await start();
      if (replacement.placeholder) await dropVacant(run);
    });
    return done;
  } catch (error) {
    // A failure to start must not hide this error, which says what became of production. The host starts the services by itself.
    await start().catch(() => {});
    throw error;
  }
}

async function replace(
  run: ServerRun,
  replacement: Replacement,
): Promise<{ checks: readonly Check[]; findings: ProofFindings }> {
  const { maintenance, journal, production, signal } = run;
  const { archive, preconditions, marks, filestore, name, placeholder } = replacement;
  try {
    signal.throwIfAborted();
    if (production && placeholder) {
      await journal.phase("Drop the database", () =>
        replaceWithPlaceholder(run, placeholder, { ...marks.former, doomed: true }),
      );
    }
  } catch (error) {
    if ([error, run.signal.reason].some((one) => one instanceof Unreachable)) {
      throw dropOutcomeUnknown(error, run, placeholder);
    }
    await maintenance.batch([dropDatabase(name)]);
    throw error;
  }
  try {
    const findings = await restoreIncoming(run, archive, preconditions, name);
    const files =
      filestore && findings.proven ? [await stageAndProveFilestore(run, archive, name)] : [];
    const checks = [archive.check, preconditions.check, ...findings.checks, ...files];
    if (!isProven(run, checks)) throw notProven(run, checks, replacement);
    await journal.phase("Give it production's place", () => becomeProduction(run, replacement));
    return { checks, findings };
  } catch (error) {
    throw interrupted(error, run, placeholder);
  }
}

/** The mark comes first: after it, the next run can finish this. */
async function becomeProduction(
  run: ServerRun,
  { archive, marks, filestore, name, placeholder }: Replacement,
): Promise<void> {
  const { maintenance, properties } = run;
  await maintenance.batch([
    ...(properties ? applyProperties(name, properties) : []),
    commentOnDatabase(name, commentOf({ ...marks.incoming, proven: true })),
  ]);
  if (filestore) {
    await exchangeFilestoreWithRecord(
      run,
      keptFilestoreOf(run, archive.backup.name, filestore, false),
    );
  }
  await takeProductionName(run, placeholder, { name, comment: properties?.comment ?? null });
}

/** Returns the backup's name; null when it was declined or there is no database. Throws Failed when it is not good. */
async function safetyBackup(run: ServerRun): Promise<string | null> {
  const { settings, production, journal } = run;
  if (!settings.restore.safetyBackup || production === null) return null;
  const { verdict, backup, checks } = await backUpProduction(run);
  if (verdict === "passed") {
    journal.log.info(`The safety backup is ${backup.name}.`);
    return backup.name;
  }
  throw new Failed({
    what: "The safety backup is not good, so production was not dropped.",
    why: checks.find(({ status }) => status !== "passed")?.message,
    state: "Production is as it was.",
    next: "Repair that. Or decline the safety backup by name when production is beyond saving: `safety-backup: none`.",
  });
}

/** It closes its session: a database that somebody is connected to cannot be dropped. */
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

/** Its explanation already says what became of production, so `interrupted` leaves it as it is. */
class NotProven extends Failed {}

function notProven(
  run: ServerRun,
  checks: readonly Check[],
  { name, placeholder }: Replacement,
): NotProven {
  const red = checks.filter(
    ({ status, name: check }) =>
      status !== "passed" && !run.settings.proof.skipChecks.includes(check),
  );
  return new NotProven({
    what: "What was restored is not proven, so it did not become production.",
    why: red.map(({ name: check, message }) => `${check}: ${message}`).join(" "),
    state: productionState(
      run,
      placeholder,
      ` What was restored is kept as ${name} until the next run.`,
    ),
    next: nextStep(placeholder),
  });
}

function dropOutcomeUnknown(
  error: unknown,
  run: ServerRun,
  placeholder: PlaceholderMark | undefined,
): Failure {
  const { name } = run.deployment.database;
  const kept = placeholder ? ` ${safetyBackupSentence(placeholder.safety)}` : "";
  return cutOff(error, run, {
    what: "The run was cut off when production was about to be dropped.",
    state: `${name} is either there as it was, or dropped. The services start by themselves.${kept}`,
    next: "Run any command once the server answers: it says which, and brings back what was not dropped yet. To look only: openspp-backup restore --status",
  });
}

function interrupted(
  error: unknown,
  run: ServerRun,
  placeholder: PlaceholderMark | undefined,
): unknown {
  if (!(error instanceof Failure) || error instanceof NotProven) return error;
  return cutOff(error, run, {
    what: "Production was dropped, and its restore was cut off.",
    state: productionState(run, placeholder),
    next: nextStep(placeholder),
  });
}

function productionState(
  run: ServerRun,
  placeholder: PlaceholderMark | undefined,
  more = "",
): string {
  const kept = placeholder ? ` ${safetyBackupSentence(placeholder.safety)}` : "";
  const { name } = run.deployment.database;
  return `${name} was dropped.${kept} The services find no database until one is restored.${more}`;
}

function nextStep(placeholder: PlaceholderMark | undefined): string {
  const which = placeholder?.safety
    ? `another backup, or ${placeholder.safety}`
    : "this or another backup";
  return `Restore ${which}, again with \`strategy: replace\`.`;
}

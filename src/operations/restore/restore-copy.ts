import {
  type CopyMark,
  commentOf,
  extraDatabaseName,
  type IncomingMark,
} from "../../backups/extra-databases.ts";
import { compareContent, pairTables, unknownTables } from "../../checks/content.ts";
import { HASH_VERSION } from "../../checks/content-hash.ts";
import {
  POSTGIS_SCHEMA_QUERY,
  TABLES_QUERY,
  type TableContent,
  type TableSource,
} from "../../checks/scan.ts";
import { commentOnDatabase } from "../../commands/databases.ts";
import { scanContent } from "../../database/scan-tables.ts";
import { ServerError } from "../../database/session.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Settings } from "../../inputs/settings.ts";
import { type Check, failed, notRun, passed } from "../../report/check.ts";
import type { TableResult } from "../../report/report-schema.ts";
import { tryDropLeftover } from "../drop-leftover.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { ProofFindings } from "../proof/restore-and-prove.ts";
import { restoreArchive } from "../proof/restore-archive.ts";
import { type Sessions, withSessions } from "../sessions.ts";
import { createIncoming, restoreIncoming, withArchiveExtensions } from "./incoming-database.ts";
import { neutralize } from "./neutralize.ts";
import type { Preconditions } from "./preconditions.ts";
import type { ServerRun } from "./server-run.ts";

export interface RestoredCopy {
  readonly findings: ProofFindings;
  readonly kept?: { readonly name: string; readonly until: string };
}

/**
 * Restores the archive, or only the tables that the settings name, into a database for people to look at. Production
 * is not touched. The copy is kept for as many days as the settings say.
 */
export async function restoreCopy(
  run: ServerRun,
  archive: Archive,
  preconditions: Preconditions,
  marks: { readonly incoming: IncomingMark; readonly copy: CopyMark },
): Promise<RestoredCopy> {
  const { maintenance, deployment, settings, stamp, journal } = run;
  const { tables } = settings.restore;
  const name = extraDatabaseName(deployment.database.name, "look", stamp);
  await createIncoming(run, archive, name, marks.incoming);
  let kept = false;
  try {
    const findings =
      tables.length > 0
        ? await restoreTables(run, archive, preconditions, name)
        : await restoreIncoming(run, archive, preconditions, name);
    if (!findings.proven) return { findings };
    const neutralized = settings.restore.neutralize ? await neutralize(run, name) : undefined;
    const checks = [...findings.checks, ...(neutralized ? [neutralized] : [])];
    // People would open a copy that is kept, so this one is dropped.
    if (neutralized && neutralized.status !== "passed" && !accepted(neutralized, settings)) {
      journal.log.warning(`${name} is not kept: it is not neutralized, as was asked for.`);
      return { findings: { ...findings, checks } };
    }
    await maintenance.batch([commentOnDatabase(name, commentOf(marks.copy))]);
    kept = true;
    return {
      findings: { ...findings, checks },
      kept: { name, until: marks.copy.until },
    };
  } finally {
    if (!kept) await tryDropLeftover(run, name);
  }
}

function accepted({ name }: Check, { proof }: Settings): boolean {
  return proof.skipChecks.includes(name);
}

async function restoreTables(
  run: ServerRun,
  archive: Archive,
  preconditions: Preconditions,
  name: string,
): Promise<ProofFindings> {
  const { deployment, settings, applicationName, journal } = run;
  const { tables } = settings.restore;
  const prepared = withArchiveExtensions(run, archive, preconditions);
  const restored = await journal.phase("Restore", () =>
    restoreArchive(prepared, archive, { name, tables }).then(
      () => passed("restore", `${tables.join(", ")}: pg_restore ended without an error.`),
      notRestored,
    ),
  );
  if (restored.status !== "passed") return { proven: false, checks: [restored] };
  const options = { role: deployment.database.admin, name, applicationName };
  const contents = await journal.phase("Prove these tables", () =>
    withSessions(run, settings.proof.jobs ?? deployment.cores, options, (sessions) =>
      readTables(sessions, tables),
    ),
  );
  const results = pairTables(
    archive.manifest ? archive.manifest.tables.filter(isOneOf(tables)) : contents,
    contents,
  );
  return {
    proven: true,
    checks: [restored, judgeTables(archive, results, contents)],
    tables: results,
    rows: results.reduce((sum, { rows }) => sum + (rows.restored ?? 0), 0),
  };
}

function notRestored(error: unknown): Check {
  if (!(error instanceof CommandFailed || error instanceof ServerError)) throw error;
  return failed(
    "restore",
    "These tables could not be restored alone: they need something else of the database.",
    "Restore all of it for a look: `strategy: copy` without `tables`.",
  );
}

async function readTables(
  sessions: Sessions,
  wanted: readonly string[],
): Promise<readonly TableContent[]> {
  const [found, postgisSchema] = await sessions[0].values<[TableSource[], string | undefined]>([
    TABLES_QUERY,
    POSTGIS_SCHEMA_QUERY,
  ]);
  return scanContent(sessions, { tables: found.filter(isOneOf(wanted)), postgisSchema });
}

function isOneOf(wanted: readonly string[]) {
  return ({ schema, name }: { schema: string; name: string }) =>
    wanted.includes(`${schema}.${name}`);
}

function judgeTables(
  { manifest }: Archive,
  results: readonly TableResult[],
  contents: readonly TableContent[],
): Check {
  if (manifest?.hashVersion === HASH_VERSION) {
    return compareContent(results, unknownTables(manifest.tables, contents));
  }
  return notRun(
    "content",
    "The content of these tables is not proven: this backup has no manifest that it could be compared with.",
    "Accept it by name: `skip-checks: content`.",
  );
}

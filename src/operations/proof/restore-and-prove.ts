import { restoreTrouble } from "../../checks/restore-trouble.ts";
import { judgeSqlCheck, sqlCheckRefused } from "../../checks/sql-checks.ts";
import { ServerError, type Session } from "../../database/session.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { SqlCheck } from "../../inputs/parse/check-lists.ts";
import { type Check, type CheckName, failed, notRun, passed } from "../../report/check.ts";
import type { Report } from "../../report/report-schema.ts";
import { proveFilestore } from "../filestore/prove-filestore.ts";
import type { Run } from "../run.ts";
import { withSession, withSessions } from "../sessions.ts";
import type { Archive } from "./open-archive.ts";
import { proveDatabase, type RestoreTarget, readBack } from "./prove-database.ts";
import { RightsNotRestored, restoreArchive, subscriptionNote } from "./restore-archive.ts";
import { whileLoggingProgress } from "./restore-progress.ts";

/** The parts of the report that restoring and proving fill. */
export interface ProofFindings extends Partial<Omit<Report, "checks">> {
  readonly checks: readonly Check[];
  /** Whether the database was restored, so that the proof could be made. */
  readonly proven: boolean;
}

const PROOFS: readonly CheckName[] = [
  "content",
  "structure",
  "sequences",
  "large-objects",
  "extensions",
  "geometry",
  "partners",
  "postgis",
  "control",
];

/** For when nothing was restored: none of the proofs may be green. */
export function notProvenChecks(
  reason: string,
  { filestore }: Pick<RestoreTarget, "filestore">,
): readonly Check[] {
  const proofs = filestore ? [...PROOFS, "filestore" as const] : PROOFS;
  return proofs.map((name) => notRun(name, `Not looked at: ${reason}`));
}

/**
 * The rows are read back while the foreign keys are still being checked: no row changes any more, and that check
 * uses one processor only.
 */
export async function restoreAndProve(
  run: Run,
  archive: Archive,
  target: RestoreTarget,
): Promise<ProofFindings> {
  const { deployment, settings, applicationName } = run;
  const { name } = target;
  const { jobs, sqlChecks } = settings.proof;
  const admin = { role: deployment.database.admin, name, applicationName };
  const rows = Promise.withResolvers<undefined>();
  const restoring = restore(run, archive, target, () => rows.resolve(undefined));
  const filling = run.journal.phase("Restore", () => Promise.race([restoring, rows.promise]));
  // The sessions open meanwhile. If they fail first, the restore is still awaited: see `finally`.
  for (const work of [restoring, filling]) work.catch(() => {});
  const broken = (restored: Check): ProofFindings => ({
    proven: false,
    checks: [restored, ...notProvenChecks("the restore failed.", target)],
  });
  try {
    return await withSessions(run, jobs ?? deployment.cores, admin, async (sessions) => {
      const [session] = sessions;
      const expected = expectedBytes(run, archive, target);
      const early = await whileLoggingProgress(run, expected, { session, restoring: filling });
      if (early?.status === "failed") return broken(early);
      const read = await readBack(run, sessions, restoring);
      const restored = await restoring;
      if (restored.status === "failed") return broken(restored);
      const proof = await proveDatabase(run, archive, target, session, read);
      const filestore = target.filestore ? [await filestoreCheck(run, archive, name, session)] : [];
      const own = await askOwnChecks(run, name, sqlChecks);
      return { ...proof, proven: true, checks: [restored, ...proof.checks, ...filestore, ...own] };
    });
  } finally {
    await Promise.allSettled([restoring]);
  }
}

/** The size of the source database; 0 (unknown) when only some tables are restored. */
function expectedBytes({ facts }: Run, { manifest }: Archive, { tables }: RestoreTarget): number {
  return tables ? 0 : (manifest?.databaseBytes ?? facts.databaseBytes);
}

function filestoreCheck(...proving: Parameters<typeof proveFilestore>): Promise<Check> {
  const [run] = proving;
  return run.journal.phase("Prove the filestore", () => proveFilestore(...proving));
}

async function restore(...restoring: Parameters<typeof restoreArchive>): Promise<Check> {
  const [, archive, target] = restoring;
  try {
    await restoreArchive(...restoring);
    const note = subscriptionNote(archive, target);
    return passed("restore", `pg_restore ended without an error.${note ? ` ${note}` : ""}`);
  } catch (error) {
    if (error instanceof RightsNotRestored) return rightsMissing(error);
    if (!(error instanceof CommandFailed || error instanceof ServerError)) throw error;
    const printed = error instanceof CommandFailed ? error.stderr : "";
    const { why, next } = restoreTrouble(printed, error.reason);
    return failed("restore", `The restore stopped at an error: ${why}`, next);
  }
}

function rightsMissing({ explanation }: RightsNotRestored): Check {
  return failed(
    "restore",
    `${explanation.what} ${explanation.why}`,
    "In production, look at who granted it, and whether they still may: `\\dp` in psql. Grant it again as the object's owner, and take a new backup.",
  );
}

/** The user's own statements run as the data's owner, read-only, with Odoo's search path. */
async function askOwnChecks(run: Run, name: string, checks: readonly SqlCheck[]): Promise<Check[]> {
  if (checks.length === 0) return [];
  const { deployment, applicationName } = run;
  const owner = {
    role: deployment.database.owner,
    name,
    applicationName,
    asText: true as const,
    settings: {
      search_path: '"$user",public',
      restrict_nonsystem_relation_kind: "",
      default_transaction_read_only: "on",
      statement_timeout: "5min",
    },
  };
  return run.journal.phase("Your own SQL checks", () =>
    withSession(run, owner, async (session) => {
      const answers: Check[] = [];
      for (const check of checks) answers.push(await askOwnCheck(check, session));
      return answers;
    }),
  );
}

async function askOwnCheck(check: SqlCheck, session: Session): Promise<Check> {
  try {
    return judgeSqlCheck(check, (await session.value<string | null>(check.sql)) ?? null);
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    return sqlCheckRefused(check, `SQLSTATE ${error.code}.`);
  }
}

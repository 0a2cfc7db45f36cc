import { literal } from "../../checks/sql.ts";
import type { Command, Program } from "../../commands/command.ts";
import { ask } from "../../commands/postgres.ts";
import type { Session } from "../../database/session.ts";
import { lastUsefulLine } from "../../host/command-failed.ts";
import type { Run } from "../run.ts";
import {
  ATTACHMENTS_QUERY,
  type Attachments,
  FILESTORE_QUERY,
  type FilestoreFindings,
  READING_TABLES,
} from "./filestore-verdict.ts";
import { WORK } from "./volumes-container.ts";

/** In which database the attachments are, and in which snapshot of it. */
export interface AttachmentSource {
  readonly database: string;
  /** One that another session exported and keeps open. */
  readonly snapshot?: string;
}

/** What a reading came to, and the last useful line of what the tools said meanwhile. */
export interface FilestoreReading {
  readonly findings: FilestoreFindings;
  readonly why?: string;
}

/**
 * Given where the attachments are, return the command that judges what was read into WORK: it is loaded into temporary tables
 * of one session, and judged there, so that no memory but the server's holds it. Nobody has counted those tables' rows, and
 * what the planner then takes for the best sorts them all.
 */
export function judgementCommand(
  { deployment, applicationName }: Run,
  { database, snapshot }: AttachmentSource,
): Program {
  const { innerHost: host, innerPort: port, admin: role } = deployment.database;
  return ask({ host, port, role, database, applicationName }, [
    "BEGIN ISOLATION LEVEL REPEATABLE READ",
    ...(snapshot === undefined ? [] : [`SET TRANSACTION SNAPSHOT ${literal(snapshot)}`]),
    "SET LOCAL work_mem = '64MB'",
    "SET LOCAL enable_mergejoin = off",
    ...Object.entries(READING_TABLES).flatMap(([name, { columns, delimiter }]) => [
      `CREATE TEMP TABLE ${name} (${columns})`,
      `\\copy pg_temp.${name} FROM '${WORK}/${name}' WITH (DELIMITER ${literal(delimiter)})`,
    ]),
    FILESTORE_QUERY,
    "ROLLBACK",
  ]);
}

/** Given a run and a command that ends with the judgement, run it and return what it found. */
export async function runJudgement(
  { host, signal }: Run,
  command: Command,
): Promise<FilestoreReading> {
  const { stdout, stderr } = await host.run(command, { signal });
  const why = lastUsefulLine(stderr);
  return { findings: JSON.parse(stdout) as FilestoreFindings, ...(why !== undefined && { why }) };
}

/** Given a session, return the attachments that name a file in its database. */
export function attachmentsOf(session: Session): Promise<Attachments> {
  return session.value<Attachments>(ATTACHMENTS_QUERY);
}

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

export interface AttachmentSource {
  readonly database: string;
  /** Another session exported it and keeps it open. */
  readonly snapshot?: string;
}

export interface FilestoreReading {
  readonly findings: FilestoreFindings;
  /** The last useful line that the tools printed to stderr. */
  readonly why?: string;
}

/**
 * Judges what was read into WORK. It is loaded into temporary tables and judged there, so that only the server's memory holds
 * it. Merge joins are off: the planner has no statistics of these tables, and would sort them all.
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

/** `command` must end with the judgement. Throws CommandFailed. */
export async function runJudgement(
  { host, signal }: Run,
  command: Command,
): Promise<FilestoreReading> {
  const { stdout, stderr } = await host.run(command, { signal });
  const why = lastUsefulLine(stderr);
  return { findings: JSON.parse(stdout) as FilestoreFindings, ...(why !== undefined && { why }) };
}

export function attachmentsOf(session: Session): Promise<Attachments> {
  return session.value<Attachments>(ATTACHMENTS_QUERY);
}

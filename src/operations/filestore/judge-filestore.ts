import { literal } from "../../checks/sql.ts";
import type { Command, Program } from "../../commands/command.ts";
import { ask } from "../../commands/postgres.ts";
import type { Session } from "../../database/session.ts";
import { lastUsefulLine } from "../../host/command-failed.ts";
import type { Run } from "../run.ts";
import { compareFiles, ROWS_FILE, ROWS_QUERY } from "./commands/compare-files.ts";
import {
  ATTACHMENTS_QUERY,
  type Attachments,
  type FilestoreFindings,
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

/** Judges what was read into WORK. The admin role reads the rows, so nothing but PostgreSQL's own functions is looked up. */
export function judgementCommand(
  { deployment, applicationName }: Run,
  { database, snapshot }: AttachmentSource,
): Program {
  const { innerHost: host, innerPort: port, admin: role } = deployment.database;
  // A view in the table's place is code of whoever owns it.
  const settings = {
    search_path: "pg_catalog",
    restrict_nonsystem_relation_kind: "view, foreign-table",
  };
  const askRows = ask({ host, port, role, database, applicationName, settings }, [
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    ...(snapshot === undefined ? [] : [`SET TRANSACTION SNAPSHOT ${literal(snapshot)}`]),
    `\\copy (${ROWS_QUERY}) TO '${WORK}/${ROWS_FILE}'`,
    "COMMIT",
  ]);
  return compareFiles(WORK, askRows);
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

import {
  ATTACHMENTS_QUERY,
  type Attachments,
  FILESTORE_QUERY,
  type FilestoreFindings,
  READING_TABLES,
} from "../../checks/filestore.ts";
import { literal } from "../../checks/sql.ts";
import { and, type Command, type Joined, type Program } from "../../commands/command.ts";
import { ask } from "../../commands/postgres.ts";
import type { Session } from "../../database/session.ts";
import { lastUsefulLine } from "../../host/command-failed.ts";
import type { Run } from "../run.ts";
import { WORK } from "./container.ts";

/** In which database the attachments are, and in which snapshot of it. */
export interface AttachmentsAt {
  readonly database: string;
  /** One that another session exported and keeps open. */
  readonly snapshot?: string;
}

/** What a reading came to, and the last useful line of what the tools said meanwhile. */
export interface Judged {
  readonly findings: FilestoreFindings;
  readonly why?: string;
}

/**
 * Given commands that read files into WORK and where the attachments are, return them followed by the judgement: what they
 * read is loaded into a temporary table of one session, and judged there, so that no memory but the server's holds it.
 */
export function thenJudge(
  { deployment, applicationName }: Run,
  reading: readonly (Program | Joined)[],
  { database, snapshot }: AttachmentsAt,
): Joined {
  const { innerHost: host, innerPort: port, admin: role } = deployment.database;
  return and(
    ...reading,
    ask({ host, port, role, database, applicationName }, [
      "BEGIN ISOLATION LEVEL REPEATABLE READ",
      ...(snapshot === undefined ? [] : [`SET TRANSACTION SNAPSHOT ${literal(snapshot)}`]),
      "SET LOCAL work_mem = '64MB'",
      ...Object.entries(READING_TABLES).flatMap(([name, { columns, delimiter }]) => [
        `CREATE TEMP TABLE ${name} (${columns})`,
        `\\copy pg_temp.${name} FROM '${WORK}/${name}' WITH (DELIMITER ${literal(delimiter)})`,
      ]),
      FILESTORE_QUERY,
      "ROLLBACK",
    ]),
  );
}

/** Given a run and a command that ends with the judgement, run it and return what it found. */
export async function judged({ host, signal }: Run, command: Command): Promise<Judged> {
  const { stdout, stderr } = await host.run(command, { signal });
  const why = lastUsefulLine(stderr);
  return { findings: JSON.parse(stdout) as FilestoreFindings, ...(why !== undefined && { why }) };
}

/** Given a session, return the attachments that name a file in its database. */
export function attachmentsOf(session: Session): Promise<Attachments> {
  return session.value<Attachments>(ATTACHMENTS_QUERY);
}

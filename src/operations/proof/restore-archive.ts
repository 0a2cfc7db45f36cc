import {
  type Login,
  planRestore,
  planTables,
  subscriptionsOf,
} from "../../backups/restore-plan.ts";
import { type Selection, selectionsOf } from "../../backups/restore-selection.ts";
import { restoreGeneratedRights } from "../../checks/generated-rights.ts";
import { rightsNotRestored } from "../../checks/rights-not-restored.ts";
import { removeFiles } from "../../commands/backup-files.ts";
import { and, type InContainer, inContainer, program } from "../../commands/command.ts";
import {
  moveToTablespace,
  pgRestore,
  psql,
  writeRestoreList,
  writeWholeList,
} from "../../commands/postgres.ts";
import { Failed } from "../../failure.ts";
import { RESTORE_LIST } from "../drill/throwaway-database.ts";
import type { Run } from "../run.ts";
import { extensionsToCreate } from "./create-extensions.ts";
import { type Archive, sourceOwner } from "./open-archive.ts";
import type { RestoreTarget } from "./prove-database.ts";

/** The command prints this line when nothing that is left can change a row. */
const ROWS_ARE_IN = "rows are in";

/** The list that the others are picked from. */
const WHOLE_LIST = `${RESTORE_LIST}.whole`;

/** pg_restore ended without an error, and the server did not do all that it was asked for. */
export class RightsNotRestored extends Failed {}

/** What is restored, and where. */
export interface RestoreJob {
  readonly target: Pick<RestoreTarget, "name" | "settings" | "server">;
  readonly archive: Pick<Archive, "backup" | "moves">;
  readonly selections: readonly Selection[];
  /** For the admin role, before anything else. */
  readonly createExtensions: readonly string[];
  /** For the admin role, once the rows are in. */
  readonly grants: readonly string[];
}

/**
 * One command on the host. It creates the extensions, restores all rows in passes of the two logins, and then the foreign
 * keys and the rights. Throws CommandFailed, or RightsNotRestored.
 *
 * `onRows` is called when every row is final and indexed. What is left then takes no lock that blocks a reader (PostgreSQL
 * manual, "Table-Level Locks": ADD FOREIGN KEY takes SHARE ROW EXCLUSIVE).
 */
export async function restoreArchive(
  run: Run,
  archive: Archive,
  target: RestoreTarget,
  onRows: () => void = () => {},
): Promise<void> {
  const { host, signal } = run;
  const job = restoreJob(run, archive, target, "this archive");
  const refused: string[] = [];
  await host.run(restoreCommand(run, job), {
    signal,
    onLine: (line) => {
      if (line === ROWS_ARE_IN) onRows();
    },
    onErrorLine: (line) => refused.push(...rightsNotRestored(line)),
  });
  if (refused.length === 0) return;
  throw new RightsNotRestored({
    what: "Some rights could not be restored.",
    why: `The server said: ${[...new Set(refused)].slice(0, 5).join("; ")}`,
  });
}

/** What is restored as which login. */
export function restoreJob(
  { deployment, facts }: Pick<Run, "deployment" | "facts">,
  archive: Archive,
  target: Pick<RestoreTarget, "name" | "settings" | "server" | "tables" | "subscriptions">,
  picks: "this archive" | "any archive",
): RestoreJob {
  const { contents, manifest, superuser } = archive;
  const owner = sourceOwner(deployment, manifest);
  const { statements, schemas } = extensionsToCreate(archive, facts, deployment.database, {
    database: target.name,
    source: manifest?.roles,
  });
  const extensions = {
    relations: new Set(facts.extensionRelations),
    schemas: new Set(schemas),
  };
  const plan = target.tables
    ? planTables(contents, target.tables, extensions)
    : planRestore(contents, extensions, {
        ...(owner !== undefined && { owner }),
        superuser,
        subscriptions: target.subscriptions ?? "left out",
      });
  return {
    target,
    archive: { ...archive, moves: target.tables ? [] : archive.moves },
    selections: selectionsOf(plan, contents, { owner, picks }),
    createExtensions: statements,
    grants: target.tables
      ? []
      : restoreGeneratedRights(manifest?.generatedRights ?? [], (name) =>
          name === owner ? deployment.database.owner.name : name,
        ),
  };
}

/** For the backup container. */
export function restoreCommand(
  { deployment, settings, applicationName }: Run,
  { target, archive: { backup, moves }, selections, createExtensions, grants }: RestoreJob,
): InContainer {
  const { backups, policy } = deployment;
  const { innerHost: host, innerPort: port, owner, admin } = deployment.database;
  const as = (login: Login) => {
    const role = login === "owner" ? owner : admin;
    const { name: database, settings: tuning = {} } = target;
    return { host, port, database, applicationName, role, settings: tuning };
  };
  const asAdmin = (statements: readonly string[]) =>
    statements.length === 0 ? [] : [psql(as("admin"), statements)];
  const isFresh = target.server === "fresh";
  const restore = ({ login, parallel, grants: verbose, rules }: Selection) =>
    and(
      writeRestoreList(WHOLE_LIST, RESTORE_LIST, rules),
      pgRestore(as(login), {
        file: backup.path,
        list: RESTORE_LIST,
        jobs: parallel ? (settings.proof.jobs ?? deployment.cores) : 1,
        noOwner: login === "owner" && policy === "strict",
        verbose,
        noTablespaces: isFresh || (login === "owner" && policy === "strict"),
      }),
    );
  const ofStage = (stage: Selection["stage"]) =>
    selections.filter((one) => one.stage === stage).map(restore);
  const keys = [...asAdmin(grants), ...ofStage("keys")];
  return inContainer(
    backups.container,
    and(
      ...asAdmin(createExtensions),
      writeWholeList(backup.path, WHOLE_LIST),
      ...ofStage("rows"),
      ...asAdmin(isFresh ? [] : moves.map(moveToTablespace)),
      ...(keys.length > 0 ? [program(["echo", ROWS_ARE_IN]), ...keys] : []),
      removeFiles([RESTORE_LIST, WHOLE_LIST]),
    ),
  );
}

/** A sentence on the subscriptions that the archive holds; undefined without one. */
export function subscriptionNote(
  { contents }: Pick<Archive, "contents">,
  { subscriptions, tables }: Pick<RestoreTarget, "subscriptions" | "tables">,
): string | undefined {
  const names = tables ? [] : subscriptionsOf(contents);
  if (names.length === 0) return undefined;
  const list = names.map((name) => `\`${name}\``).join(", ");
  return subscriptions === "restored"
    ? `Its subscription ${list} is there, but disabled, as the former database may still have it enabled: drop it there, then ALTER SUBSCRIPTION … ENABLE.`
    : `Its subscription ${list} was left out: in a copy it would take changes away from production.`;
}

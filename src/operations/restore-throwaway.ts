import { planRestore, type RestorePlan } from "../backups/restore-plan.ts";
import { EXTENSIONS_QUERY, type ExtensionVersion } from "../checks/server.ts";
import { identifier, literal } from "../checks/sql.ts";
import { removeFiles } from "../commands/backup-files.ts";
import { and, inContainer, type Joined } from "../commands/command.ts";
import { pgRestore, writeRestoreList } from "../commands/postgres.ts";
import type { Session } from "../database/session.ts";
import type { Role } from "../deployment/deployment.ts";
import { counted } from "../report/count.ts";
import type { Archive } from "./archive.ts";
import type { Run } from "./run.ts";
import { withSessions } from "./sessions.ts";
import { RESTORE_LIST } from "./throwaway.ts";

/** The relations that belong to an extension, as `schema.name`. One row, one JSON value. */
const EXTENSION_RELATIONS_QUERY = `
SELECT coalesce(json_agg(n.nspname || '.' || c.relname), '[]') AS relations
FROM pg_depend d JOIN pg_class c ON c.oid = d.objid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE d.classid = 'pg_class'::regclass AND d.deptype = 'e'`;

const INSTALLABLE_QUERY = `
SELECT json_agg(name || ' ' || version) AS versions FROM pg_available_extension_versions`;

/**
 * Given an opened archive and an empty throwaway database, create its extensions and restore it: the extensions' own rows as the admin role, all data as its owner and in parallel, and
 * last what only a superuser may create.
 */
export async function restoreThrowaway(run: Run, archive: Archive): Promise<void> {
  const { journal, deployment, settings, applicationName } = run;
  const creator = {
    role: deployment.database.admin,
    name: settings.drill.throwawayDatabase,
    applicationName,
    // The script of postgis_tiger_geocoder resets search_path and then looks for geometry in it.
    settings: { search_path: "public" },
  };
  const plan = await journal.phase("Create its extensions", () =>
    withSessions(run, 1, creator, ([session]) =>
      createExtensions(run, archive, session as Session),
    ),
  );
  await journal.phase("Restore", async () => {
    const { owner, admin } = deployment.database;
    await restorePart(run, archive, admin, { keep: plan.adminFirst, jobs: 1 });
    await restorePart(run, archive, owner, {
      leaveOut: [...plan.leftOut, ...plan.adminFirst, ...plan.adminLast],
      jobs: run.settings.drill.jobs ?? deployment.cores,
      entries: plan.ownerEntries,
    });
    await restorePart(run, archive, admin, { keep: plan.adminLast, jobs: 1 });
  });
}

/** The archive's extensions, where the source had them; in its versions, too, where the server still has these. */
async function createExtensions(
  run: Run,
  archive: Archive,
  session: Session,
): Promise<RestorePlan> {
  const { manifest, contents } = archive;
  const names = contents.entries.filter(({ kind }) => kind === "EXTENSION").map(({ name }) => name);
  const [known, installable] = await Promise.all([
    manifest?.extensions ?? run.session.value<ExtensionVersion[]>(EXTENSIONS_QUERY),
    session.value<string[]>(INSTALLABLE_QUERY),
  ]);
  const wanted = known.filter(({ name }) => names.includes(name));
  const { owner, admin } = run.deployment.database;
  const statements = wanted.flatMap(({ name, version, schema }) => {
    const ofOwner = contents.entries.some(
      (entry) => entry.kind === "SCHEMA" && entry.name === schema && entry.owner === owner.name,
    );
    const role = identifier(ofOwner ? owner.name : admin.name);
    const inVersion = installable.includes(`${name} ${version}`)
      ? ` VERSION ${literal(version)}`
      : "";
    return [
      `CREATE SCHEMA IF NOT EXISTS ${identifier(schema)} AUTHORIZATION ${role}`,
      `CREATE EXTENSION IF NOT EXISTS ${identifier(name)} SCHEMA ${identifier(schema)}${inVersion}`,
      ...(name === "unaccent" ? [immutableUnaccent(schema)] : []),
    ];
  });
  const answers = await session.values([...statements, EXTENSION_RELATIONS_QUERY]);
  return planRestore(contents, {
    relations: new Set(answers.at(-1) as string[]),
    schemas: new Set(wanted.map(({ schema }) => schema)),
  });
}

/**
 * Odoo declares unaccent immutable when it makes a database (odoo/service/db.py), to index by it. A dump holds the
 * index and not the declaration, so that a plain restore fails: `functions in index expression must be marked IMMUTABLE`.
 */
function immutableUnaccent(schema: string): string {
  return `ALTER FUNCTION ${identifier(schema)}.unaccent(text) IMMUTABLE`;
}

type Part = { jobs: number; entries?: number } & (
  | { keep: readonly number[] }
  | { leaveOut: readonly number[] }
);

async function restorePart(run: Run, archive: Archive, role: Role, part: Part): Promise<void> {
  if ("keep" in part && part.keep.length === 0) return;
  const { host, deployment, signal, journal } = run;
  let finished = 0;
  await host.run(
    inContainer(deployment.backups.container, restoreCommand(run, archive, role, part)),
    {
      signal,
      onErrorLine: (line) => {
        if (!/^pg_restore: finished item /.test(line) || !part.entries) return;
        finished += 1;
        journal.log.progress(
          finished / part.entries,
          `of ${counted(part.entries, "entry", "entries")} restored`,
        );
      },
    },
  );
}

function restoreCommand(
  { deployment, settings, applicationName }: Run,
  { backup }: Archive,
  role: Role,
  part: Part,
): Joined {
  const { innerHost, innerPort } = deployment.database;
  const [mode, ids] =
    "keep" in part ? (["keep", part.keep] as const) : (["leave out", part.leaveOut] as const);
  return and(
    writeRestoreList(backup.path, RESTORE_LIST, mode, ids),
    pgRestore(
      {
        host: innerHost,
        port: innerPort,
        role,
        database: settings.drill.throwawayDatabase,
        applicationName,
      },
      {
        file: backup.path,
        list: RESTORE_LIST,
        jobs: part.jobs,
        noOwner: deployment.policy === "strict",
      },
    ),
    removeFiles([RESTORE_LIST]),
  );
}

import { identifier } from "../../checks/sql.ts";
import type { StructureObject } from "../../checks/structure/compare-structure.ts";
import { type Again, againQuery, printAgain } from "../../checks/structure/structure-query.ts";
import { ServerError, type Session } from "../../database/session.ts";
import type { Database } from "../../deployment/deployment.ts";
import type { Host } from "../../host/host.ts";
import { withSession } from "../sessions.ts";

/** Enough for one round trip. Each object has two to five statements. */
const OBJECTS_PER_BATCH = 50;

interface Server {
  readonly host: Host;
  readonly deployment: { readonly database: Database };
  readonly applicationName: string;
}

interface Where {
  /** The restored database, and the admin role's session on it. */
  readonly name: string;
  readonly session: Session;
}

/**
 * Creates the source's objects once more in the restored database, from the source's own text, in
 * transactions that are rolled back. Returns them with what PostgreSQL prints of them there. What cannot be
 * created is left out, so it stays different.
 *
 * Parsing an expression can run code: the input function of a type, or a function of constants. So each is
 * created by a login of its owner.
 */
export async function printStructureAgain(
  server: Server,
  { name, session }: Where,
  objects: readonly StructureObject[],
): Promise<readonly StructureObject[]> {
  if (objects.length === 0) return [];
  const { owner, admin } = server.deployment.database;
  const [steps, eventTriggers] = await session.values<[readonly Again[], boolean]>([
    againQuery(objects),
    "SELECT EXISTS (SELECT FROM pg_event_trigger WHERE evtenabled <> 'D')",
  ]);
  const isOwners = (step: Again) => step.owner === owner.name;
  const parts = [
    { role: owner, steps: steps.filter(isOwners) },
    { role: admin, steps: steps.filter((step) => !isOwners(step)) },
  ].filter((part) => part.steps.length > 0);
  const database = identifier(name);
  // Restored event triggers may forbid all DDL.
  if (eventTriggers) await session.batch([`ALTER DATABASE ${database} SET event_triggers = off`]);
  try {
    const printed = await Promise.all(
      parts.map(({ role, steps: own }) =>
        withSession(server, { role, name, applicationName: server.applicationName }, (login) =>
          printAll(login, own, objects),
        ),
      ),
    );
    return printed.flat();
  } finally {
    if (eventTriggers) await session.batch([`ALTER DATABASE ${database} RESET event_triggers`]);
  }
}

async function printAll(
  session: Session,
  steps: readonly Again[],
  objects: readonly StructureObject[],
): Promise<readonly StructureObject[]> {
  const printed: StructureObject[] = [];
  for (let from = 0; from < steps.length; from += OBJECTS_PER_BATCH) {
    const some = steps.slice(from, from + OBJECTS_PER_BATCH);
    printed.push(...(await printSome(session, some, objects)));
  }
  return printed;
}

/** All in one round trip; when one of them cannot be created, each half by itself. */
async function printSome(
  session: Session,
  steps: readonly Again[],
  objects: readonly StructureObject[],
): Promise<readonly StructureObject[]> {
  const works = steps.flatMap((step) => {
    const source = objects.find(({ kind, name }) => kind === step.kind && name === step.name);
    return source?.prints ? [{ source, statements: printAgain(step, source.prints) }] : [];
  });
  const batch = works.flatMap(({ statements }) => [
    "SAVEPOINT again",
    ...statements,
    "ROLLBACK TO SAVEPOINT again",
  ]);
  try {
    const answers = await session.batch(["BEGIN", ...batch, "ROLLBACK"]);
    let at = 0;
    return works.map(({ source, statements }) => {
      at += statements.length + 2;
      const [row] = answers[at - 1] ?? [];
      return { ...source, prints: (row?.prints ?? []) as (string | null)[] };
    });
  } catch (error) {
    if (!(error instanceof ServerError)) throw error;
    await session.batch(["ROLLBACK"]);
    if (steps.length <= 1) return [];
    const middle = Math.ceil(steps.length / 2);
    return [
      ...(await printSome(session, steps.slice(0, middle), objects)),
      ...(await printSome(session, steps.slice(middle), objects)),
    ];
  }
}

import { createMarkedStatements, type NewMarkedDatabase } from "../../commands/databases.ts";
import { ServerError, type Session } from "../../database/session.ts";
import { Failed } from "../../failure.ts";

/** Given a session and what to create, create the database, mark it, and only then give it its name. */
export async function createMarked(session: Session, database: NewMarkedDatabase): Promise<void> {
  const [create, ...rest] = createMarkedStatements(database);
  await session.batch([create]).catch((error: unknown) => {
    throw error instanceof ServerError ? notCreated(database.name, error) : error;
  });
  await session.batch(rest);
}

function notCreated(name: string, error: ServerError): Failed {
  return new Failed(
    {
      what: `The database \`${name}\` could not be created.`,
      why: error.explanation.why,
      state: "Nothing was restored.",
      next: "See to the disk space of the `db` service, and that its server knows the locale that the backup's database had.",
    },
    { cause: error },
  );
}

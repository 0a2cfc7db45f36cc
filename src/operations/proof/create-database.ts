import { createMarkedStatements, type NewMarkedDatabase } from "../../commands/databases.ts";
import { ServerError, type Session } from "../../database/session.ts";
import { Failed } from "../../failure.ts";

/** The database gets its name only when its mark is there: whoever finds it by that name can see what it is. Throws Failed. */
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
      next: "Look at the disk space of the `db` service. Its server must also know the locale of the backup's database.",
    },
    { cause: error },
  );
}

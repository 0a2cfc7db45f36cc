import { NO_ODOO_EXIT, neutralizeDatabase } from "../../commands/odoo.ts";
import { ServerError } from "../../database/session.ts";
import { Failed } from "../../failure.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import { type Check, notRun, passed } from "../../report/check.ts";
import type { Run } from "../run.ts";
import { withSession } from "../sessions.ts";

const UNSAFE =
  "Do not let people open such a copy: it would send mail and run jobs as production does.";

/**
 * Uses Odoo's own command in the deployment's container, where there is one. Afterwards the copy itself is asked
 * whether it is neutralized: the command takes its server from Odoo's configuration, which may be another one.
 * Throws Failed when the command was tried and the copy is not neutralized: it may be half done.
 */
export async function neutralize(run: Run, database: string): Promise<Check> {
  const { deployment, settings, host, signal, journal, applicationName } = run;
  const name = settings.restore.services[0];
  const container = deployment.services.find((service) => service.name === name)?.container;
  if (container === undefined) {
    return notRun(
      "neutralized",
      `The service ${name} does not run, so nothing could neutralize ${database}.`,
      UNSAFE,
    );
  }
  const { innerHost, innerPort, owner } = deployment.database;
  const connection = {
    host: innerHost,
    port: innerPort,
    role: owner,
    database,
    applicationName,
  };
  try {
    await journal.phase(`Neutralize ${database}`, () =>
      host.run(neutralizeDatabase(container, connection), { signal }),
    );
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    if (error.exit !== NO_ODOO_EXIT)
      throw notNeutralized(database, `exit code ${error.exit}`, error);
    return notRun(
      "neutralized",
      `The container ${container} has no command \`odoo\`, so ${database} is as production was.`,
      UNSAFE,
    );
  }
  if (await saysSo(run, database)) {
    return passed("neutralized", `Odoo neutralized ${database}: no mail, no scheduled jobs.`);
  }
  throw notNeutralized(database, "it ended without an error, and the copy does not say that it is");
}

/** Odoo's command writes it into the database (`database.is_neutralized`, odoo/addons/base/data/neutralize.sql). */
async function saysSo(run: Run, name: string): Promise<boolean> {
  const { deployment, applicationName } = run;
  const query =
    "SELECT coalesce(bool_or(lower(value) = 'true'), false) AS neutralized FROM public.ir_config_parameter WHERE key = 'database.is_neutralized'";
  try {
    const options = { role: deployment.database.owner, name, applicationName };
    return await withSession(run, options, (session) => session.value<boolean>(query));
  } catch (error) {
    if (error instanceof ServerError) return false;
    throw error;
  }
}

function notNeutralized(database: string, why: string, cause?: CommandFailed): Failed {
  return new Failed(
    {
      what: `Odoo's own command could not neutralize ${database}.`,
      why,
      state: "The copy was dropped; production was not touched.",
      next: `Make a copy without \`neutralize\`, and see what \`odoo neutralize\` says of it by hand. ${UNSAFE}`,
    },
    { cause },
  );
}

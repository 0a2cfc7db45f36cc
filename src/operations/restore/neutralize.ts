import { type Check, failed, notRun, passed } from "../../checks/check.ts";
import { NO_ODOO_EXIT, neutralizeDatabase } from "../../commands/odoo.ts";
import { CommandFailed } from "../../host/command-failed.ts";
import type { Run } from "../run.ts";

/** Given a run and a copy, neutralize it by Odoo's own command in the deployment's image, where there is one. */
export async function neutralize(run: Run, database: string): Promise<Check> {
  const { deployment, settings, host, signal, journal, applicationName } = run;
  const name = settings.restore.services[0];
  const container = deployment.services.find((service) => service.name === name)?.container;
  const keep =
    "Do not let people open this copy: it would send mail and run jobs as production does.";
  if (container === undefined) {
    return notRun(
      "neutralized",
      `The service ${name} does not run, so nothing could neutralize ${database}.`,
      keep,
    );
  }
  const { innerHost, innerPort, owner } = deployment.database;
  const connection = {
    ...{ host: innerHost, port: innerPort, role: owner, database, applicationName },
  };
  try {
    await journal.phase(`Neutralize ${database}`, () =>
      host.run(neutralizeDatabase(container, connection), { signal }),
    );
    return passed("neutralized", `Odoo neutralized ${database}: no mail, no scheduled jobs.`);
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    return error.exit === NO_ODOO_EXIT
      ? notRun(
          "neutralized",
          `The container ${container} has no command \`odoo\`, so ${database} is as production was.`,
          keep,
        )
      : failed(
          "neutralized",
          `Odoo could not neutralize ${database}: exit code ${error.exit}.`,
          keep,
        );
  }
}

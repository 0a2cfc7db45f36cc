import { extraDatabaseName } from "../../backups/extra-databases.ts";
import type { Command } from "../../commands/command.ts";
import { separatePrograms } from "../../commands/command.ts";
import { optionVariables } from "../../commands/postgres.ts";
import { print, quote } from "../../commands/shell.ts";
import type { Archive } from "../proof/open-archive.ts";
import { filestoreExchangeOf } from "./exchange-filestore.ts";
import { withArchiveExtensions } from "./incoming-database.ts";
import type { Preconditions } from "./preconditions.ts";
import { restoreSteps } from "./restore-steps.ts";
import type { ServerRun } from "./server-run.ts";
import { containersOf } from "./stop-services.ts";

/** Every command of the restore in order, as an administrator could run it, below the title of its step. Changes nothing. */
export async function planText(
  run: ServerRun,
  archive: Archive,
  preconditions: Preconditions,
): Promise<string> {
  const { deployment, stamp, production } = run;
  const { restore } = run.settings;
  const { name } = deployment.database;
  const copy = restore.strategy === "copy";
  const names = filestoreExchangeOf(run, archive);
  const listed = archive.backup.filestore;
  const steps = restoreSteps({
    run: withArchiveExtensions(run, archive, preconditions),
    archive,
    production,
    containers: copy ? [] : await containersOf(run),
    incoming: extraDatabaseName(name, copy ? "look" : "restore", stamp),
    former: extraDatabaseName(name, "before", stamp),
    placeholder: extraDatabaseName(name, "vacant", stamp),
    strategy: restore.strategy,
    ...(names && listed && { filestore: { listed, names } }),
    tables: restore.tables,
    healthyWithinSeconds: restore.healthyWithinSeconds,
    path: archive.backup.path,
    picks: "this archive",
  });
  const { admin, owner } = deployment.database;
  const variables = new Map(optionVariables(admin, owner));
  const settings = [...variables].map(([value, variable]) => `export ${variable}=${quote(value)}`);
  const commandLines = (command: Command) =>
    separatePrograms(command).map((one) => print(one, variables));
  return [
    ["# The settings of each session", ...settings],
    ...steps.map(({ title, commands }) => [`# ${title}`, ...commands.flatMap(commandLines)]),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

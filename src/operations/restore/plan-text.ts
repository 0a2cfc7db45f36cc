import { extraDatabaseName } from "../../backups/extra-databases.ts";
import type { Command } from "../../commands/command.ts";
import { separatePrograms } from "../../commands/command.ts";
import { print } from "../../commands/shell.ts";
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
  const { deployment, settings, stamp, production } = run;
  const { name } = deployment.database;
  const copy = settings.restore.strategy === "copy";
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
    strategy: settings.restore.strategy,
    ...(names && listed && { filestore: { listed, names } }),
    tables: settings.restore.tables,
    healthyWithinSeconds: settings.restore.healthyWithinSeconds,
    path: archive.backup.path,
    picks: "this archive",
  });
  return steps
    .map(({ title, commands }) => [`# ${title}`, ...commands.flatMap(commandLines)].join("\n"))
    .join("\n\n");
}

function commandLines(command: Command): readonly string[] {
  return separatePrograms(command).map(print);
}

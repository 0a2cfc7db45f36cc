import { sideName } from "../../backups/side-database.ts";
import type { Command } from "../../commands/command.ts";
import { apart } from "../../commands/command.ts";
import { print } from "../../commands/shell.ts";
import type { Archive } from "../proof/archive.ts";
import { knowingExtensions } from "./incoming.ts";
import type { ServerRun } from "./on-server.ts";
import type { Preconditions } from "./preconditions.ts";
import { restoreSteps } from "./steps.ts";
import { containersOf } from "./stop-services.ts";
import { filestoreOf } from "./with-filestore.ts";

/**
 * Given a run and an archive that can be restored, return every command of the restore in order, as an administrator could
 * give them, under the title of its step. Nothing is changed.
 */
export async function planText(
  run: ServerRun,
  archive: Archive,
  known: Preconditions,
): Promise<string> {
  const { deployment, settings, stamp, production } = run;
  const { name } = deployment.database;
  const copy = settings.restore.strategy === "copy";
  const names = filestoreOf(run, archive);
  const listed = archive.backup.filestore;
  const steps = restoreSteps({
    run: knowingExtensions(run, archive, known),
    ...{ archive, production },
    containers: copy ? [] : await containersOf(run),
    incoming: sideName(name, copy ? "look" : "restore", stamp),
    former: sideName(name, "before", stamp),
    vacant: sideName(name, "vacant", stamp),
    strategy: settings.restore.strategy,
    ...(names && listed && { filestore: { listed, names } }),
    tables: settings.restore.tables,
    healthyWithinSeconds: settings.restore.healthyWithinSeconds,
    path: archive.backup.path,
    picks: "this archive",
  });
  return steps
    .map(({ title, commands }) => [`# ${title}`, ...commands.flatMap(lines)].join("\n"))
    .join("\n\n");
}

function lines(command: Command): readonly string[] {
  return apart(command).map(print);
}

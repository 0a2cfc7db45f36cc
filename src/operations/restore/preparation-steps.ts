import { relationsOfExtensions } from "../../backups/table-of-contents.ts";
import { applyProperties } from "../../checks/database-properties.ts";
import type { ServerFacts } from "../../checks/server-facts.ts";
import { hashFiles } from "../../commands/backup-files.ts";
import { inContainer } from "../../commands/command.ts";
import { createDatabase } from "../../commands/databases.ts";
import { pgRestoreList } from "../../commands/postgres.ts";
import { checkFolder } from "../filestore/commands/restore-files.ts";
import { stagingCommand } from "../filestore/restore-filestore.ts";
import { inVolumesContainer } from "../filestore/volumes-container.ts";
import { restoreCommand, restoreJob } from "../proof/restore-archive.ts";
import {
  inDatabase,
  onMaintenanceDatabase,
  type RestoreStep,
  type RestoreStepInput,
} from "./restore-step.ts";

/** The steps of a restore that leave production alone. */

export function inspectBackupStep({ run, path }: RestoreStepInput): RestoreStep {
  const { container } = run.deployment.backups;
  return {
    title: "Look at the backup",
    text: "The SHA-256 must be the one in the manifest next to the dump, and the list must be printed to its end.",
    commands: [
      inContainer(container, hashFiles([path])),
      inContainer(container, pgRestoreList(path)),
    ],
  };
}

export function createDatabaseStep({
  run,
  archive,
  incoming,
  production,
}: RestoreStepInput): RestoreStep {
  const { owner } = run.deployment.database;
  const statement = createDatabase({
    name: incoming,
    owner: owner.name,
    locale: archive.manifest?.locale ?? run.facts,
    ...(production && { tablespace: production.tablespace }),
  });
  return {
    title: "Create an empty database next to production",
    text: "It gets production's name only once it is whole.",
    commands: [onMaintenanceDatabase(run, [statement])],
  };
}

export function restoreArchiveStep({
  run,
  archive,
  incoming,
  path,
  picks,
  strategy,
  tables = [],
}: RestoreStepInput): RestoreStep {
  const facts: ServerFacts = {
    ...run.facts,
    extensionRelations: [...relationsOfExtensions(archive.contents)],
  };
  const target = {
    name: incoming,
    ...(tables.length > 0 && { tables }),
    subscriptions: strategy === "copy" ? "left out" : "restored",
  } as const;
  const chosen = { ...archive, backup: { ...archive.backup, path } };
  const job = restoreJob({ ...run, facts }, chosen, target, picks);
  return {
    title: "Restore into it",
    text: "First the extensions, and what other roles than Odoo's own, as the role that may create them. Then all that Odoo's role owns, as that role; last the rights and the foreign keys. If one of them ends with an error, or prints a warning that privileges were not granted or not revoked, the restore is not complete. A subscription comes back disabled.",
    commands: [restoreCommand(run, job)],
  };
}

export function inspectDatabaseStep({ run, incoming }: RestoreStepInput): RestoreStep {
  return {
    title: "Look at what was restored",
    text: "The number of partners must be what you expect.",
    commands: [
      inDatabase(run, incoming, [
        "ANALYZE",
        "SELECT count(*) AS partners FROM public.res_partner",
        "SELECT PostGIS_Version()",
      ]),
    ],
  };
}

/** No step when no filestore is restored with the database. */
export function stageFilestoreSteps({
  run,
  archive,
  filestore,
}: RestoreStepInput): readonly RestoreStep[] {
  const at = run.deployment.filestore;
  if (!filestore || !at) return [];
  const { listed, names } = filestore;
  const check = checkFolder(at.directory, names.next);
  const access = { backups: "read", filestore: { at, may: "read" } } as const;
  return [
    {
      title: "Restore the filestore next to the live one",
      text: "It ends with the number of its files, each of which has the content that its name says.",
      commands: [
        stagingCommand(run, archive, listed, names.next),
        inVolumesContainer(run.deployment, access, check),
      ],
    },
  ];
}

/** A dump does not hold the database's own settings. */
export function applySettingsStep({ run, incoming, production }: RestoreStepInput): RestoreStep {
  return {
    title: "Give it what production has apart from its content",
    text: "Owner, rights, settings, connection limit.",
    commands: [onMaintenanceDatabase(run, production ? applyProperties(incoming, production) : [])],
  };
}

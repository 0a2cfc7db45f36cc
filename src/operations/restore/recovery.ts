import { FOLDERS } from "../../backups/backup-name.ts";
import { type DatabaseProperties, propertiesQuery } from "../../checks/database-properties.ts";
import { inContainer, program } from "../../commands/command.ts";
import { optionVariables } from "../../commands/postgres.ts";
import { pasteable, print, quote } from "../../commands/shell.ts";
import { renderRecovery } from "../../report/recovery-page.ts";
import type { BackupReport } from "../../report/report-schema.ts";
import type { Secret } from "../../secret.ts";
import type { Drilled } from "../drill/drill-backup.ts";
import type { Archive } from "../proof/open-archive.ts";
import type { Run } from "../run.ts";
import { undoStep } from "./production-steps.ts";
import { restoreSteps } from "./restore-steps.ts";

/** A link in the backup container to the chosen backup. */
const CHOSEN = "/tmp/openspp-recovery.dump";

/** Adds RECOVERY.md to the report of a drill that restored from the volume and proved it. */
export async function withRecovery(run: Run, { report, proven }: Drilled): Promise<BackupReport> {
  if (!proven) return report;
  const query = propertiesQuery(run.deployment.database.name);
  const production = await run.maintenance.value<DatabaseProperties | null>(query);
  return { ...report, recovery: recoveryText(run, proven, production) };
}

/**
 * The text of RECOVERY.md: the restore that the run has just made, for this deployment and any of its backups, by hand and
 * with ordinary tools. It is for the day when neither GitHub nor this project can be used.
 */
export function recoveryText(
  run: Run,
  archive: Archive,
  production: DatabaseProperties | null,
): string {
  const { deployment, host, settings, startedAt } = run;
  const { database, backups } = deployment;
  const containers = settings.restore.services.flatMap(
    (name) => deployment.services.find((service) => service.name === name)?.created ?? [],
  );
  const listed = deployment.filestore && archive.backup.filestore;
  const names = {
    next: `.${database.name}_restore_by_hand`,
    aside: `.${database.name}_before_by_hand`,
  };
  const options = optionVariables(database.admin, database.owner);
  const variables = new Map<Secret | string, string>([
    ...options,
    [database.owner.password, "OWNER_PASSWORD"],
    [database.admin.password, "ADMIN_PASSWORD"],
    ...(listed ? [[listed.path, "FILESTORE"] as const] : []),
  ]);
  const planned = {
    run: { ...run, applicationName: "recovery by hand" },
    archive,
    production,
    containers,
    incoming: `${database.name}_by_hand`,
    former: `${database.name}_former`,
    placeholder: `${database.name}_vacant`,
    strategy: "swap" as const,
    ...(listed && { filestore: { listed, names } }),
    healthyWithinSeconds: settings.restore.healthyWithinSeconds,
    path: CHOSEN,
    picks: "any archive" as const,
  };
  const shown = ({ commands, ...step }: ReturnType<typeof undoStep>) => ({
    ...step,
    lines: commands.map((command) => pasteable(command, variables)).join("\n"),
  });
  const inBackup = (...argv: string[]) =>
    pasteable(inContainer(backups.container, program(argv)), variables);
  return renderRecovery({
    host: host.name,
    project: deployment.project,
    directory: deployment.directory,
    database: database.name,
    policy: deployment.policy,
    backup: archive.backup.name,
    writtenAt: startedAt.toISOString(),
    passwords: passwordsOf(run),
    settings: options.map(([value, name]) => `export ${name}=${quote(value)}`),
    list: inBackup("ls", "-l", ...FOLDERS.map((folder) => `${backups.directory}/${folder}`)),
    choose: inBackup("ln", "-sf", archive.backup.path, CHOSEN),
    ...(listed && { chooseFilestore: `export FILESTORE=${print(program([listed.path]))}` }),
    steps: restoreSteps(planned).map(shown),
    back: shown(undoStep(planned)),
  });
}

/** Each password is in the environment of the container that needs it. */
function passwordsOf({ deployment }: Run): readonly (readonly [string, string, string])[] {
  const { database, backups } = deployment;
  const { admin, owner } = database;
  return [
    ["ADMIN_PASSWORD", `docker exec ${database.container} printenv POSTGRES_PASSWORD`, admin.name],
    ...(owner === admin
      ? []
      : ([
          ["OWNER_PASSWORD", `docker exec ${backups.container} printenv PGPASSWORD`, owner.name],
        ] as const)),
  ];
}

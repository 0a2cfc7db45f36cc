import {
  allowConnections,
  createDatabase,
  dropDatabase,
  endSessions,
  exchangeStatements,
} from "../../commands/databases.ts";
import { composeByHand } from "../../commands/docker.ts";
import { awaitHealthy, startContainers, stopContainers } from "../../commands/services.ts";
import { exchangeCommand } from "../filestore/restore-filestore.ts";
import { onMaintenanceDatabase, type RestoreStep, type RestoreStepInput } from "./restore-step.ts";

/** The steps of a restore that change production, each from what the restore is planned from. */

/** Stop whatever writes to production. */
export function stopServicesStep({ containers }: RestoreStepInput): RestoreStep {
  return {
    title: "Stop the services",
    text: "From here on nobody can work, until they are started again.",
    commands: [stopContainers(containers)],
  };
}

/** Drop production, which an empty database takes the name of meanwhile. */
export function dropProductionStep({ run, former, placeholder }: RestoreStepInput): RestoreStep {
  const { name, admin } = run.deployment.database;
  return {
    title: "Drop production",
    text: `There is no way back from this but a backup. An empty database that nobody can connect to takes its name, so that no Odoo makes itself one meanwhile.`,
    commands: [
      onMaintenanceDatabase(run, [
        createDatabase({ name: placeholder, owner: admin.name, locale: run.facts }),
      ]),
      onMaintenanceDatabase(run, [
        allowConnections(placeholder, false),
        endSessions(name),
        ...exchangeStatements({
          ...{ production: name, incoming: placeholder, comment: null },
          aside: { name: former, comment: null },
        }),
        dropDatabase(former),
      ]),
    ],
  };
}

/** Put an empty database where production was: who restores by hand may have lost what the names are exchanged with. */
export function createPlaceholderStep({ run }: RestoreStepInput): RestoreStep {
  const { name, admin } = run.deployment.database;
  return {
    title: `Only if there is no database ${name} any more`,
    text: "An empty one takes its place, for the next step to exchange with. Where production is still there, this is refused, and nothing is lost by it.",
    commands: [
      onMaintenanceDatabase(run, [createDatabase({ name, owner: admin.name, locale: run.facts })]),
    ],
    ifNeeded: true,
  };
}

/** Give what was restored production's name. */
export function exchangeNamesStep({
  run,
  incoming,
  former,
  placeholder,
  production,
  strategy,
  filestore,
}: RestoreStepInput): RestoreStep {
  const { name } = run.deployment.database;
  const aside = strategy === "replace" ? placeholder : former;
  const swap = production && strategy === "swap";
  return {
    title: swap ? "Exchange the names" : "Give it production's name",
    text: swap
      ? `In one transaction: production is wholly the one or wholly the other. The former one stays as ${former}.`
      : "",
    commands: [
      onMaintenanceDatabase(run, [
        endSessions(name),
        endSessions(incoming),
        ...exchangeStatements({
          ...{ production: name, incoming, comment: production?.comment ?? null },
          ...(production && { aside: { name: aside, comment: null } }),
        }),
        ...(production && !swap ? [dropDatabase(placeholder)] : []),
      ]),
      ...(filestore ? [exchangeCommand(run, filestore.names)] : []),
    ],
  };
}

/** Start the services again. */
export function startServicesStep({
  run,
  containers,
  healthyWithinSeconds,
}: RestoreStepInput): RestoreStep {
  const { directory, composeFile, envFile } = run.settings.deployment;
  return {
    title: "Start the services, and wait until they are healthy",
    text: "",
    commands: [
      startContainers(containers),
      awaitHealthy(containers, healthyWithinSeconds),
      composeByHand({ directory, composeFile, envFile }, "ps"),
    ],
  };
}

/** Given what a restore was planned from, return the step that takes its exchange back. */
export function undoStep({
  run,
  containers,
  incoming,
  former,
  production,
  filestore,
}: RestoreStepInput): RestoreStep {
  const { name } = run.deployment.database;
  const back = filestore && { next: filestore.names.aside, aside: filestore.names.next };
  return {
    title: "The way back",
    text: `For as long as ${former} is there, this brings it back. What was restored is ${incoming} again.`,
    commands: [
      stopContainers(containers),
      ...(back ? [exchangeCommand(run, back)] : []),
      onMaintenanceDatabase(run, [
        endSessions(name),
        ...exchangeStatements({
          ...{ production: name, incoming: former, comment: production?.comment ?? null },
          aside: { name: incoming, comment: null },
        }),
      ]),
      startContainers(containers),
    ],
  };
}

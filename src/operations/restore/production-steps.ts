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

/** The steps of a restore that change production. */

export function stopServicesStep({ containers }: RestoreStepInput): RestoreStep {
  return {
    title: "Stop the services",
    text: "From here on nobody can work, until they are started again.",
    commands: [stopContainers(containers)],
  };
}

export function dropProductionStep({ run, former, placeholder }: RestoreStepInput): RestoreStep {
  const { name, admin } = run.deployment.database;
  return {
    title: "Drop production",
    text: "Only a backup can bring it back. An empty database that nobody can connect to takes its name, so that no Odoo creates one meanwhile.",
    commands: [
      onMaintenanceDatabase(run, [
        createDatabase({ name: placeholder, owner: admin.name, locale: run.facts }),
      ]),
      onMaintenanceDatabase(run, [
        allowConnections(placeholder, false),
        endSessions(name),
        ...exchangeStatements({
          production: name,
          incoming: placeholder,
          comment: null,
          aside: { name: former, comment: null },
        }),
        dropDatabase(former),
      ]),
    ],
  };
}

/** For a person who has lost production: the exchange of names needs a database on both sides. */
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
      ? `In one transaction: production is either the one or the other, never half of each. The former one is kept as ${former}.`
      : "",
    commands: [
      onMaintenanceDatabase(run, [
        endSessions(name),
        endSessions(incoming),
        ...exchangeStatements({
          production: name,
          incoming,
          comment: production?.comment ?? null,
          ...(production && { aside: { name: aside, comment: null } }),
        }),
        ...(production && !swap ? [dropDatabase(placeholder)] : []),
      ]),
      ...(filestore ? [exchangeCommand(run, filestore.names)] : []),
    ],
  };
}

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
          production: name,
          incoming: former,
          comment: production?.comment ?? null,
          aside: { name: incoming, comment: null },
        }),
      ]),
      startContainers(containers),
    ],
  };
}

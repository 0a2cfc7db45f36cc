import type { Clock } from "../clock.ts";
import { COMPOSE_EXIT, composeByHand, discoverProject } from "../commands/docker.ts";
import { print } from "../commands/shell.ts";
import { UserMistake } from "../failure.ts";
import { CommandFailed, lastUsefulLine } from "../host/command-failed.ts";
import type { Host } from "../host/host.ts";
import type { DeploymentSettings } from "../inputs/settings.ts";
import { backupSiteOf, deploymentOf } from "./compose.ts";
import { type Inspection, parseInspection } from "./containers.ts";
import type { BackupSite, Deployment } from "./deployment.ts";

/** Docker does not answer the SSH user. For the monitor, that is a finding. */
export class EngineSilent extends UserMistake {}

interface Looking {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Throws UserMistake that says what is missing. */
export async function discover(
  host: Host,
  settings: DeploymentSettings,
  { clock, signal }: Looking,
): Promise<Deployment> {
  const inspection = await inspect(host, settings, signal);
  return deploymentOf(inspection, settings, clock.now().getTime() / 1000);
}

/** Works when the deployment's database server is down, too. */
export async function discoverBackupSite(
  host: Host,
  settings: DeploymentSettings,
  { clock, signal }: Looking,
): Promise<BackupSite> {
  const inspection = await inspect(host, settings, signal);
  return backupSiteOf(inspection, settings, clock.now().getTime() / 1000);
}

/** Works whatever of the deployment is down. Throws EngineSilent when Docker does not answer. */
export async function inspect(
  host: Host,
  settings: DeploymentSettings,
  signal: AbortSignal,
): Promise<Inspection> {
  try {
    const { stdout } = await host.run(discoverProject(settings), { signal });
    return parseInspection(stdout);
  } catch (error) {
    if (error instanceof CommandFailed) throw composeTrouble(error, host, settings);
    throw error;
  }
}

function composeTrouble(
  error: CommandFailed,
  host: Host,
  settings: DeploymentSettings,
): UserMistake {
  const { directory, composeFile, envFile } = settings;
  const why = lastUsefulLine(error.stderr);
  const state = "Nothing was changed.";
  switch (error.exit) {
    case COMPOSE_EXIT.noDirectory:
      return new UserMistake({
        what: `The project folder \`${directory}\` does not exist on ${host.name}, or the SSH user may not enter it.`,
        state,
        next: "Set `project-directory` to the folder that holds the compose file.",
      });
    case COMPOSE_EXIT.noComposeFile:
      return new UserMistake({
        what: `There is no \`${composeFile}\` in \`${directory}\` on ${host.name}.`,
        state,
        next: "Set `compose-file` to the production compose file's name.",
      });
    case COMPOSE_EXIT.noEnvFile:
      return new UserMistake({
        what: `There is no \`${envFile}\` in \`${directory}\` on ${host.name}, or the SSH user may not read it.`,
        why: "Without it the compose file's required variables are missing, in every docker compose call.",
        state,
        next: "Set `env-file`, or let the SSH user read it.",
      });
    case COMPOSE_EXIT.noDocker:
      return new UserMistake({
        what: `The command \`docker\` is not on the PATH of the SSH user on ${host.name}.`,
        state,
        next: "Install Docker Engine with the Compose plugin there, or fix that user's PATH.",
      });
    case COMPOSE_EXIT.noEngine:
      return new EngineSilent({
        what: `The SSH user may not use the Docker engine on ${host.name}, or none runs there.`,
        why,
        state,
        next: "Add the user to the group `docker`, or start the engine: sudo systemctl start docker",
      });
    case COMPOSE_EXIT.noCompose:
      return new UserMistake({
        what: `Docker on ${host.name} has no Compose v2 plugin: \`docker compose\` does not run.`,
        state,
        next: "Install it: sudo apt-get install docker-compose-plugin (Docker's own packages) or docker-compose-v2 (Ubuntu's)",
      });
    default:
      return new UserMistake({
        what: `The compose file \`${composeFile}\` in \`${directory}\` does not resolve.`,
        why,
        state,
        next: `Try it there: ${print(composeByHand(settings, "config", "--quiet"))}`,
      });
  }
}

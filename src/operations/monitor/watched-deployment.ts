import { composeByHand } from "../../commands/docker.ts";
import { print } from "../../commands/shell.ts";
import { backupVolumeOf, databaseNamesOf, databaseOf } from "../../deployment/compose.ts";
import {
  addressOf,
  type Container,
  containerOf,
  type Inspection,
  isRunning,
  stateOf,
} from "../../deployment/containers.ts";
import type { BackupVolume, Database, Policy } from "../../deployment/deployment.ts";
import { UserMistake } from "../../failure.ts";
import type { DeploymentSettings } from "../../inputs/settings.ts";

/** A deployment as a monitor sees it. Any part of it may be down, and then the monitor reports that. */
export interface WatchedDeployment {
  readonly project: string;
  readonly database: string;
  readonly policy: Policy;
  readonly service: {
    readonly name: string;
    readonly state: string;
    readonly running: boolean;
    readonly start: string;
  };
  /** Where the backups are, or why that cannot be found out. */
  readonly backups: BackupVolume | UserMistake;
  /** How to reach the database, or why it cannot be reached. */
  readonly server: Database | UserMistake;
  /** The services' names, by the addresses of their containers. */
  readonly addresses: ReadonlyMap<string, string>;
  /** How many seconds the host's clock is ahead of this machine's. */
  readonly clockSkewSeconds: number;
}

/** The user's overrides are applied. A service that is down is part of the result and no error. */
export function watchedDeployment(
  { config, containers, hostEpochSeconds }: Inspection,
  settings: DeploymentSettings,
  epochSeconds: number,
): WatchedDeployment {
  const { name, admin, owner } = databaseNamesOf(config, containers, settings);
  const container = containerOf(containers, settings.backupService);
  const start = container?.State.Status === "paused" ? ["unpause"] : ["up", "--detach"];
  return {
    project: config.name,
    database: name,
    policy: settings.policy ?? (admin === owner ? "flexible" : "strict"),
    service: {
      name: settings.backupService,
      state: stateOf(container),
      running: container !== undefined && isRunning(container),
      start: print(composeByHand(settings, ...start, settings.backupService)),
    },
    backups: container
      ? orMistake(() => backupVolumeOf(config, container, settings))
      : new UserMistake({
          what: `No container of the service \`${settings.backupService}\` exists.`,
        }),
    server: orMistake(() => databaseOf(config, containers, settings)),
    addresses: new Map(
      Object.keys(config.services).flatMap((service) => addressesOf(containers, service)),
    ),
    clockSkewSeconds: hostEpochSeconds - epochSeconds,
  };
}

function addressesOf(containers: readonly Container[], service: string): [string, string][] {
  const address = containerOf(containers, service);
  const found = address && addressOf(address);
  return found ? [[found, service]] : [];
}

function orMistake<T>(look: () => T): T | UserMistake {
  try {
    return look();
  } catch (error) {
    if (error instanceof UserMistake) return error;
    throw error;
  }
}

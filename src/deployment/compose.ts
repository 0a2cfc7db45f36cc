import { composeByHand } from "../commands/docker.ts";
import { print } from "../commands/shell.ts";
import { UserMistake } from "../failure.ts";
import type { DeploymentSettings } from "../inputs/settings.ts";
import { Secret } from "../secret.ts";
import {
  addressesOf,
  addressOf,
  type ComposeConfig,
  type Container,
  containerOf,
  environmentOf,
  type Inspection,
  isRunning,
  stateOf,
} from "./containers.ts";
import type {
  BackupSite,
  BackupVolume,
  Database,
  Deployment,
  Filestore,
  Role,
  Service,
} from "./deployment.ts";

/** Throws UserMistake, one sentence each, for a service that is missing or does not run. */
export function deploymentOf(
  inspection: Inspection,
  settings: DeploymentSettings,
  epochSeconds: number,
): Deployment {
  const { config, containers } = inspection;
  const database = databaseOf(config, containers, settings);
  const filestore = filestoreOf(containers, settings);
  return {
    ...backupSiteOf(inspection, settings, epochSeconds),
    services: Object.entries(config.services).map(([name, service]) =>
      serviceOf(name, service.image ?? "built locally", containerOf(containers, name)),
    ),
    database,
    ...(filestore && { filestore }),
    leftoverContainers: inspection.leftoverContainers,
  };
}

/** Throws UserMistake when no container has the backup volume. */
export function backupSiteOf(
  { config, containers, cores, hostEpochSeconds }: Inspection,
  settings: DeploymentSettings,
  epochSeconds: number,
): BackupSite {
  const { name, admin, owner } = databaseNamesOf(config, containers, settings);
  return {
    project: config.name,
    directory: settings.directory,
    database: { name },
    policy: settings.policy ?? (admin === owner ? "flexible" : "strict"),
    backups: backupVolumeOf(
      config,
      runningContainer(config, containers, settings, "backup-service"),
      settings,
    ),
    cores,
    clockSkewSeconds: hostEpochSeconds - epochSeconds,
  };
}

function serviceOf(name: string, image: string, container: Container | undefined): Service {
  return {
    name,
    image: container?.Config.Image ?? image,
    state: stateOf(container),
    ...(container && isRunning(container) && { container: nameOf(container) }),
    ...(container && { created: nameOf(container) }),
    addresses: container ? addressesOf(container) : [],
  };
}

function nameOf(container: Container): string {
  return container.Name.replace(/^\//, "");
}

/** Throws UserMistake when the database's server does not run in the project. */
export function databaseOf(
  config: ComposeConfig,
  containers: readonly Container[],
  settings: DeploymentSettings,
): Database {
  const { odooService } = settings;
  const odoo = environmentOf(config.services[odooService], containerOf(containers, odooService));
  refuseExternalServer(odoo.DATABASE_URL, settings);
  const container = runningContainer(config, containers, settings, "database-service");
  const server = environmentOf(config.services[settings.databaseService], container);
  const backup = environmentOf(
    config.services[settings.backupService],
    containerOf(containers, settings.backupService),
  );
  const address = addressOf(container);
  if (!address) {
    throw new UserMistake({
      what: `The container \`${nameOf(container)}\` has no network address on its host.`,
      why: "It is attached to no bridge network, so PostgreSQL in it cannot be reached over SSH.",
      next: "Attach the `db` service to the project's network, as the production compose file does.",
    });
  }
  const password = server.POSTGRES_PASSWORD;
  const names = databaseNamesOf(config, containers, settings);
  const admin: Role = {
    ...roleOf("admin", names.admin, [settings.adminPassword, password]),
    superuser: true,
  };
  const ownerPassword =
    settings.databasePassword ?? backup.PGPASSWORD ?? odoo.DB_PASSWORD ?? password;
  return {
    name: names.name,
    container: nameOf(container),
    address: { host: address, port: 5432 },
    innerHost: backup.PGHOST ?? settings.databaseService,
    innerPort: Number(backup.PGPORT ?? 5432),
    admin,
    owner: names.owner === admin.name ? admin : roleOf("database", names.owner, [ownerPassword]),
  };
}

/**
 * `name` is the production database, `admin` the role that makes databases, `owner` the role that owns the
 * data.
 */
export function databaseNamesOf(
  config: ComposeConfig,
  containers: readonly Container[],
  settings: DeploymentSettings,
): { readonly name: string; readonly admin: string; readonly owner: string } {
  const { databaseService, backupService } = settings;
  const [odoo, server, backup] = ["odoo", databaseService, backupService].map((service) =>
    environmentOf(config.services[service], containerOf(containers, service)),
  ) as [Environment, Environment, Environment];
  const admin = settings.adminUser ?? server.POSTGRES_USER ?? "postgres";
  return {
    name: settings.database ?? backup.PGDATABASE ?? server.POSTGRES_DB ?? odoo.DB_NAME ?? "openspp",
    admin,
    owner: settings.databaseUser ?? backup.PGUSER ?? odoo.DB_USER ?? admin,
  };
}

type Environment = ReturnType<typeof environmentOf>;

/** The URL holds a password, so only its host is ever printed. */
function refuseExternalServer(url: string | undefined, { databaseService }: DeploymentSettings) {
  if (url === undefined) return;
  const host = URL.parse(url)?.hostname ?? "";
  if (host === databaseService) return;
  throw new UserMistake({
    what: `Odoo keeps its database on another server than the service \`${databaseService}\`: \`${host}\`.`,
    why: "The variable `DATABASE_URL` of the service `odoo` points there.",
    state: "Nothing was changed.",
    next: "If that is a service of this project, name it with `database-service`. A managed server (RDS, Cloud SQL) is beyond this project: use its provider's own backups.",
  });
}

function roleOf(
  input: "admin" | "database",
  name: string,
  passwords: readonly (string | Secret | undefined)[],
): Role {
  const password = passwords.find((candidate) => candidate !== undefined);
  if (password === undefined) {
    throw new UserMistake({
      what: `No password was found for the database role \`${name}\`.`,
      why: "Neither the compose configuration nor the running containers hold one.",
      next: `Hand it in as the secret \`${input}-password\`.`,
    });
  }
  return { name, password: typeof password === "string" ? new Secret(password) : password };
}

/** The container may be stopped. Throws UserMistake when it mounts no volume there. */
export function backupVolumeOf(
  config: ComposeConfig,
  container: Container,
  settings: DeploymentSettings,
): BackupVolume {
  const env = environmentOf(config.services[settings.backupService], container);
  const directory = settings.backupDirectory ?? env.BACKUP_DIR ?? "/backups";
  const mount = mountOf(container, directory);
  if (!mount) {
    throw new UserMistake({
      what: `\`${directory}\` in the container \`${nameOf(container)}\` is not on a volume.`,
      why: "A backup written there would be lost with the container.",
      next: "Mount the backup volume there, or name its folder with `backup-directory`.",
    });
  }
  return {
    container: nameOf(container),
    image: container.Image,
    directory,
    volume: mount.Name ?? mount.Source,
    hostPath: `${mount.Source}${directory.slice(mount.Destination.replace(/\/$/, "").length)}`,
    schedule: env.BACKUP_SCHEDULE ?? "0 2 * * *",
    retention: {
      days: Number(env.BACKUP_KEEP_DAYS ?? 7),
      weeks: Number(env.BACKUP_KEEP_WEEKS ?? 4),
      months: Number(env.BACKUP_KEEP_MONTHS ?? 6),
    },
  };
}

/** Odoo's own default of `data_dir` in its image, and in it `filestore` (odoo/tools/config.py). */
const FILESTORE = "/var/lib/odoo/filestore";

function filestoreOf(
  containers: readonly Container[],
  settings: DeploymentSettings,
): Filestore | undefined {
  const container = containerOf(containers, settings.odooService);
  const directory = settings.filestoreDirectory ?? FILESTORE;
  const mount = container && mountOf(container, directory);
  if (mount) {
    return { container: nameOf(container), directory, volume: mount.Name ?? mount.Source };
  }
  if (!container || settings.filestoreDirectory === undefined) return undefined;
  throw new UserMistake({
    what: `\`${directory}\` in the container \`${nameOf(container)}\` is not on a volume.`,
    why: "So it is not where Odoo keeps its attachments: they would be lost with the container.",
    next: "Name the folder that holds a folder for each database with `filestore-directory`, or leave it out for Odoo's default.",
  });
}

/** The mount that holds a container's directory: the deepest one, when one is inside another. */
function mountOf(
  { Mounts }: Container,
  directory: string,
): Container["Mounts"][number] | undefined {
  return Mounts.filter(({ Destination }) =>
    `${directory}/`.startsWith(`${Destination.replace(/\/$/, "")}/`),
  ).sort((a, b) => b.Destination.length - a.Destination.length)[0];
}

function runningContainer(
  config: ComposeConfig,
  containers: readonly Container[],
  settings: DeploymentSettings,
  input: "database-service" | "backup-service",
): Container {
  const service = input === "database-service" ? settings.databaseService : settings.backupService;
  const container = containerOf(containers, service);
  if (container && isRunning(container)) return container;
  if (!container && !config.services[service]) {
    throw new UserMistake({
      what: `The compose project \`${config.name}\` has no service \`${service}\`.`,
      why: `Its services are ${Object.keys(config.services).join(", ")}.`,
      next: `Name the right one with \`${input}\`.`,
    });
  }
  const start = container?.State.Status === "paused" ? ["unpause"] : ["up", "--detach"];
  throw new UserMistake({
    what: `The service \`${service}\` is not running (${stateOf(container)}).`,
    state: "Nothing was changed.",
    next: `Start it there: ${print(composeByHand(settings, ...start, service))}`,
  });
}

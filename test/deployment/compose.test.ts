import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backupSiteOf, deploymentOf } from "../../src/deployment/compose.ts";
import type { ComposeConfig, Container } from "../../src/deployment/containers.ts";
import { describe as lines } from "../../src/deployment/describe.ts";
import { UserMistake } from "../../src/failure.ts";
import type { DeploymentSettings } from "../../src/inputs/settings.ts";
import { Secret } from "../../src/secret.ts";

/** What Compose and Docker say of a lab that is up, cut down to what is read. */
const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), "utf8"));
const CONFIG: ComposeConfig = fixture("compose-config");
const CONTAINERS: Container[] = fixture("containers");
const PASSWORD = `p'a"ss $w0rd\\#1 @:/%`;

const SETTINGS: DeploymentSettings = {
  directory: "/opt/openspp",
  composeFile: "docker-compose.production.yml",
  envFile: ".env.production",
  databaseService: "db",
  backupService: "backup",
  odooService: "odoo",
};

interface Changes {
  settings?: Partial<DeploymentSettings>;
  config?: ComposeConfig;
  containers?: readonly Container[];
}

function discovered({ settings = {}, config = CONFIG, containers = CONTAINERS }: Changes = {}) {
  return deploymentOf(
    inspected({ config, containers }),
    { ...SETTINGS, ...settings },
    1_768_442_400,
  );
}

function inspected({ config = CONFIG, containers = CONTAINERS }: Changes) {
  return { hostEpochSeconds: 1_768_442_405, cores: 2, config, leftoverContainers: 0, containers };
}

function mistakeOf(changes: Changes): UserMistake {
  try {
    discovered(changes);
  } catch (error) {
    if (error instanceof UserMistake) return error;
    throw error;
  }
  throw new Error("the deployment was accepted");
}

const isOf = (service: string) => (container: Container) =>
  container.Config.Labels["com.docker.compose.service"] === service;

/** The containers, one service's changed. */
const withContainer = (service: string, change: (one: Container) => Container) =>
  CONTAINERS.map((one) => (isOf(service)(one) ? change(one) : one));

/** The containers, variables of one service's set; null takes one away. */
const withEnv = (service: string, variables: Record<string, string | null>) =>
  withContainer(service, (one) => {
    const kept = (one.Config.Env ?? []).filter(
      (line) => !((line.split("=")[0] as string) in variables),
    );
    const set = Object.entries(variables).flatMap(([name, value]) =>
      value === null ? [] : [`${name}=${value}`],
    );
    return { ...one, Config: { ...one.Config, Env: [...kept, ...set] } };
  });

const without = (service: string): ComposeConfig => {
  const { [service]: _, ...services } = CONFIG.services;
  return { ...CONFIG, services };
};

test("a production deployment is discovered whole", () => {
  const deployment = discovered();
  expect(deployment).toMatchObject({
    project: "openspp-prod",
    directory: "/opt/openspp",
    policy: "flexible",
    cores: 2,
    clockSkewSeconds: 5,
    services: [
      {
        name: "backup",
        image: "postgis/postgis:18-3.6-alpine",
        container: "openspp-prod-backup-1",
        state: "running",
      },
      { name: "db", container: "openspp-prod-db-1", state: "running (healthy)" },
      { name: "odoo", image: "openspp/openspp2:19.0", state: "running (healthy)" },
      { name: "queue-worker", state: "running" },
    ],
    database: {
      name: "openspp",
      container: "openspp-prod-db-1",
      address: { host: "10.213.3.2", port: 5432 },
      innerHost: "db",
      innerPort: 5432,
    },
    backups: {
      container: "openspp-prod-backup-1",
      image: `sha256:${"7".repeat(64)}`,
      directory: "/backups",
      volume: "openspp-prod_backup_data",
      hostPath: "/var/lib/docker/volumes/openspp-prod_backup_data/_data",
      schedule: "0 2 * * *",
      retention: { days: 7, weeks: 4, months: 6 },
    },
  });
  expect(deployment.filestore).toEqual({
    container: "openspp-prod-odoo-1",
    directory: "/var/lib/odoo/filestore",
    volume: "openspp-prod_odoo_data",
  });
  expect(deployment.database.owner).toBe(deployment.database.admin);
  expect(deployment.database.admin.name).toBe("odoo");
  expect(deployment.database.admin.password.reveal()).toBe(PASSWORD);
});

test("where the backups stand can be told although the database is down", () => {
  const containers = withContainer("db", (one) => ({ ...one, State: { Status: "exited" } }));
  const { services: _, filestore: __, leftoverContainers: ___, database, ...site } = discovered();
  expect(backupSiteOf(inspected({ containers }), SETTINGS, 1_768_442_400)).toEqual({
    ...site,
    database: { name: database.name },
  });
});

test("a backup folder within the volume is a folder of the host, too", () => {
  const { backups } = discovered({ settings: { backupDirectory: "/backups/openspp" } });
  expect(backups.hostPath).toBe("/var/lib/docker/volumes/openspp-prod_backup_data/_data/openspp");
});

test("a clock that differs by a minute or more is told", () => {
  const clockOf = (clockSkewSeconds: number) =>
    lines({ ...discovered(), clockSkewSeconds }).filter((line) => line.startsWith("Clock"));
  expect(clockOf(59)).toEqual([]);
  expect(clockOf(90)).toEqual(["Clock      1 min 30 s ahead of this machine's"]);
  expect(clockOf(-3600)).toEqual(["Clock      1 h behind this machine's"]);
});

test("what was discovered is printed, and no password", () => {
  const text = lines(discovered()).join("\n");
  expect(text).toBe(
    [
      "Project    openspp-prod in /opt/openspp, 2 cores",
      "Services   backup: postgis/postgis:18-3.6-alpine, running",
      "           db: postgis/postgis:18-3.6-alpine, running (healthy)",
      "           odoo: openspp/openspp2:19.0, running (healthy)",
      "           queue-worker: openspp/openspp2:19.0, running",
      "Database   openspp at 10.213.3.2:5432",
      "Policy     flexible: data owned by odoo, databases made by odoo",
      "Backups    /backups in openspp-prod-backup-1 (volume openspp-prod_backup_data)",
      "Filestore  /var/lib/odoo/filestore in openspp-prod-odoo-1 (volume openspp-prod_odoo_data)",
      "Schedule   0 2 * * *",
      "Retention  7 daily, 4 weekly, 6 monthly",
    ].join("\n"),
  );
  expect(JSON.stringify(discovered())).not.toContain("w0rd");
});

describe("the filestore", () => {
  test("is found on the volumes of a stopped container, too", () => {
    const containers = withContainer("odoo", (one) => ({ ...one, State: { Status: "exited" } }));
    expect(discovered({ containers }).filestore?.container).toBe("openspp-prod-odoo-1");
  });

  test("is where the user says, on the deepest mount that holds it", () => {
    const at = (Destination: string) => ({
      Type: "bind",
      Source: `/srv${Destination}`,
      Destination,
    });
    const containers = withContainer("odoo", (one) => ({
      ...one,
      Mounts: [at("/data"), at("/data/files"), at("/data/files-of-others")],
    }));
    const settings = { filestoreDirectory: "/data/files/filestore" };
    expect(discovered({ containers, settings }).filestore).toEqual({
      container: "openspp-prod-odoo-1",
      directory: "/data/files/filestore",
      volume: "/srv/data/files",
    });
  });

  test.each<[string, Changes]>([
    [
      "no container of that service exists",
      { containers: CONTAINERS.filter((one) => !isOf("odoo")(one)) },
    ],
    [
      "it is on no volume",
      { containers: withContainer("odoo", (one) => ({ ...one, Mounts: [] })) },
    ],
    ["the service has another name", { settings: { odooService: "web" } }],
  ])("is not found where %s, and the lines say so", (_, changes) => {
    const deployment = discovered(changes);
    expect(deployment.filestore).toBeUndefined();
    expect(lines(deployment)).toContain("Filestore  not found on a volume of the Odoo service");
  });

  test("is a mistake where the user names a folder that is on no volume", () => {
    const mistake = mistakeOf({ settings: { filestoreDirectory: "/var/lib/odoo-files" } });
    expect(mistake.message).toBe(
      [
        "`/var/lib/odoo-files` in the container `openspp-prod-odoo-1` is not on a volume.",
        "Why: So it is not where Odoo keeps its attachments: they would be lost with the container.",
        "State: Nothing was changed.",
        "Next: Name the folder that holds a folder for each database with `filestore-directory`, or leave it out for Odoo's default.",
      ].join("\n"),
    );
  });
});

describe("the policy", () => {
  test("is strict where another role than Odoo's made the server", () => {
    const { policy, database } = discovered({
      containers: withEnv("db", { POSTGRES_USER: "openspp_admin" }),
    });
    expect(policy).toBe("strict");
    expect([database.owner.name, database.admin.name]).toEqual(["odoo", "openspp_admin"]);
  });

  test("is what the user says", () => {
    expect(discovered({ settings: { policy: "strict" } }).policy).toBe("strict");
  });
});

describe("the running container has the last word", () => {
  test("over the configuration, which may have been edited since", () => {
    const containers = withEnv("backup", { PGDATABASE: "older", BACKUP_SCHEDULE: "0 3 * * *" });
    const { database, backups } = discovered({ containers });
    expect([database.name, backups.schedule]).toEqual(["older", "0 3 * * *"]);
  });

  test("but what it leaves out is read from the configuration, dollar signs undoubled", () => {
    const containers = withEnv("backup", { PGPASSWORD: null, PGUSER: null });
    const { database } = discovered({
      containers: containers.map((one) =>
        isOf("db")(one) ? { ...one, Config: { ...one.Config, Env: ["POSTGRES_USER=boss"] } } : one,
      ),
    });
    expect(database.owner.password.reveal()).toBe(PASSWORD);
    expect(database.admin.password.reveal()).toBe(PASSWORD);
  });

  test("a container of `docker compose run` is not the service's", () => {
    const oneOff = withContainer("backup", (one) => ({
      ...one,
      Name: "/openspp-prod-backup-run-1",
      Config: {
        ...one.Config,
        Labels: { ...one.Config.Labels, "com.docker.compose.oneoff": "True" },
      },
    })).filter(isOf("backup"));
    expect(discovered({ containers: [...oneOff, ...CONTAINERS] }).backups.container).toBe(
      "openspp-prod-backup-1",
    );
  });

  test("a stopped replica does not hide the running one", () => {
    const stopped = CONTAINERS.filter(isOf("db")).map((one) => ({
      ...one,
      Name: "/openspp-prod-db-2",
      State: { Status: "exited" },
    }));
    const { services } = discovered({ containers: [...stopped, ...CONTAINERS] });
    expect(services.find(({ name }) => name === "db")?.container).toBe("openspp-prod-db-1");
  });
});

describe("inputs override what was discovered", () => {
  test("database and roles, each with a password of its own", () => {
    const { database, policy } = discovered({
      settings: {
        database: "other",
        databaseUser: "app",
        databasePassword: new Secret("of the app"),
        adminUser: "postgres",
        adminPassword: new Secret("of the admin"),
      },
    });
    expect(database.name).toBe("other");
    expect([database.owner.name, database.owner.password.reveal()]).toEqual(["app", "of the app"]);
    expect([database.admin.name, database.admin.password.reveal()]).toEqual([
      "postgres",
      "of the admin",
    ]);
    expect(policy).toBe("strict");
  });

  test("the backup folder, on the volume that holds it", () => {
    const { backups } = discovered({ settings: { backupDirectory: "/backups/nightly" } });
    expect([backups.directory, backups.volume]).toEqual([
      "/backups/nightly",
      "openspp-prod_backup_data",
    ]);
  });

  test("the services", () => {
    const config = {
      ...CONFIG,
      services: { postgres: CONFIG.services.db ?? {}, ...without("db").services },
    };
    const containers = withContainer("db", (one) => ({
      ...one,
      Config: {
        ...one.Config,
        Labels: { ...one.Config.Labels, "com.docker.compose.service": "postgres" },
      },
    }));
    const { database } = discovered({
      config,
      containers,
      settings: { databaseService: "postgres" },
    });
    expect(database.address.host).toBe("10.213.3.2");
  });
});

test("an IPv6 address serves where there is no other", () => {
  const containers = withContainer("db", (one) => ({
    ...one,
    NetworkSettings: { Networks: { own: { IPAddress: "", GlobalIPv6Address: "fd00::2" } } },
  }));
  expect(discovered({ containers }).database.address).toEqual({ host: "fd00::2", port: 5432 });
});

describe("what is missing has a sentence of its own", () => {
  test.each<[string, Changes, string, string]>([
    [
      "no such service",
      { settings: { databaseService: "postgres" } },
      "The compose project `openspp-prod` has no service `postgres`.",
      "Name the right one with `database-service`.",
    ],
    [
      "no backup service",
      { config: without("backup"), containers: CONTAINERS.filter((one) => !isOf("backup")(one)) },
      "The compose project `openspp-prod` has no service `backup`.",
      "Name the right one with `backup-service`.",
    ],
    [
      "a database that is stopped",
      {
        containers: withContainer("db", (one) => ({
          ...one,
          State: { Status: "exited" },
        })),
      },
      "The service `db` is not running (exited).",
      "Start it there: cd /opt/openspp && docker compose --file docker-compose.production.yml --env-file .env.production up --detach db",
    ],
    [
      "a database that is paused",
      { containers: withContainer("db", (one) => ({ ...one, State: { Status: "paused" } })) },
      "The service `db` is not running (paused).",
      "Start it there: cd /opt/openspp && docker compose --file docker-compose.production.yml --env-file .env.production unpause db",
    ],
    [
      "a database that was never created",
      { containers: CONTAINERS.filter((one) => !isOf("db")(one)) },
      "The service `db` is not running (not created).",
      "Start it there: cd /opt/openspp && docker compose --file docker-compose.production.yml --env-file .env.production up --detach db",
    ],
    [
      "a database on no network",
      {
        containers: withContainer("db", (one) => ({ ...one, NetworkSettings: { Networks: {} } })),
      },
      "The container `openspp-prod-db-1` has no network address on its host.",
      "Attach the `db` service to the project's network, as the production compose file does.",
    ],
    [
      "a backup folder on no volume",
      { settings: { backupDirectory: "/backups2" } },
      "`/backups2` in the container `openspp-prod-backup-1` is not on a volume.",
      "Mount the backup volume there, or name its folder with `backup-directory`.",
    ],
    [
      "no password anywhere",
      {
        config: without("nothing"),
        settings: { adminUser: "boss" },
        containers: withEnv("db", { POSTGRES_PASSWORD: "" }),
      },
      "No password was found for the database role `boss`.",
      "Hand it in as the secret `admin-password`.",
    ],
  ])("%s", (_, changes, what, next) => {
    const { explanation } = mistakeOf(changes);
    expect(explanation.what).toBe(what);
    expect(explanation.next).toBe(next);
  });
});

describe("a database on another server", () => {
  const url = "postgresql://odoo:s3cret@openspp.cluster.rds.example.com:5432/openspp";

  test.each<[string, Changes]>([
    ["without a db service", { config: without("db") }],
    ["beside a db service that nobody uses", {}],
  ])("%s is told, and its URL is not shown", (_, changes) => {
    const failure = mistakeOf({ ...changes, containers: withEnv("odoo", { DATABASE_URL: url }) });
    expect(failure.explanation).toEqual({
      what: "Odoo keeps its database on another server than the service `db`: `openspp.cluster.rds.example.com`.",
      why: "The variable `DATABASE_URL` of the service `odoo` points there.",
      state: "Nothing was changed.",
      next: "If that is a service of this project, name it with `database-service`. A managed server (RDS, Cloud SQL) is beyond this project: use its provider's own backups.",
    });
    expect(failure.message).not.toContain("s3cret");
  });

  test("a URL that names the db service is none", () => {
    const containers = withEnv("odoo", { DATABASE_URL: "postgresql://odoo:x@db:5432/openspp" });
    expect(discovered({ containers }).database.name).toBe("openspp");
  });
});

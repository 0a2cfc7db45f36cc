import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import pg from "pg";
import { parseDocument } from "yaml";
import type { Policy } from "../../src/deployment/deployment.ts";
import { Failed } from "../../src/failure.ts";
import type { Engine } from "./engine.ts";

export const COMPOSE_FILE = "docker-compose.production.yml";
export const ENV_FILE = ".env.production";

/** What the deployment's `.env.production` says of the database. */
export interface DatabaseSettings {
  readonly name: string;
  /** Odoo's role, which owns the data. */
  readonly owner: string;
  /** The superuser; the same role in the flexible policy. */
  readonly admin: string;
  readonly password: string;
}

/** What a lab's deployment is made from. */
export interface StackOptions {
  readonly directory: string;
  readonly policy: Policy;
  readonly image: string;
  /** Size of the backup volume; without it the volume is as large as the disk. */
  readonly backupVolumeBytes?: number;
  /** Inodes of a backup volume that has a size. */
  readonly backupVolumeInodes?: number;
  /** Size of the database's volume; it is lost with the last container that mounts it. */
  readonly databaseVolumeBytes?: number;
  /** Start the server with `fsync=off`: quicker, where nothing that is tried needs data to outlive the machine. */
  readonly fsyncOff?: boolean;
}

/** What the stack of a lab is started with. */
export interface StackOfLab {
  readonly engine: Engine;
  readonly policy: Policy;
  readonly project: string;
  compose(...args: string[]): Promise<string>;
}

/** Every character that a shell, Compose, a URL or SQL could take for its own. */
const PASSWORD = `p'a"ss $w0rd\\#1 @:/%`;

const SOURCE = join(import.meta.dirname, "stack");

/** Given a policy, return the database that a deployment under it has. */
export function databaseOf(policy: Policy): DatabaseSettings {
  const admin = policy === "strict" ? "openspp_admin" : "odoo";
  return { name: "openspp", owner: "odoo", admin, password: PASSWORD };
}

/** Given the options, write the project directory: compose file, env file and the scripts it mounts. */
export async function writeProject(options: StackOptions): Promise<void> {
  const { directory, policy, image } = options;
  await mkdir(directory, { recursive: true });
  await cp(SOURCE, directory, { recursive: true });
  await writeFile(join(directory, COMPOSE_FILE), await composeFile(options));
  await writeFile(join(directory, ENV_FILE), envFile(policy, image), { mode: 0o600 });
}

/**
 * Start the services of a lab's project directory, and wait until they are healthy. What `fill` puts into the volumes is
 * there before the first start.
 */
export async function startStack(lab: StackOfLab, fill?: () => Promise<void>): Promise<void> {
  const pull = ["--pull", "never"];
  if (fill) {
    await lab.compose("create", ...pull);
    await fill();
  }
  await lab.compose("up", "--detach", "--wait", "--wait-timeout", "120", ...pull);
  // While it is being initialised, the server answers inside its container and nowhere else.
  const address = await addressOf(lab.engine.env, lab.project, "db");
  await untilServing(address, databaseOf(lab.policy));
}

/** Given a Compose project, remove its containers, volumes and networks, the anonymous ones too. */
export async function removeStack({ env }: Engine, project: string): Promise<void> {
  const label = `label=com.docker.compose.project=${project}`;
  const docker = async (...args: string[]) => (await execa("docker", args, { env })).stdout;
  const ids = async (...args: string[]) =>
    (await docker(...args, "--quiet", "--filter", label)).split("\n").filter(Boolean);
  const remove = async (removal: string[], names: string[]) => {
    if (names.length > 0) await docker(...removal, ...names);
  };
  await remove(["rm", "--force", "--volumes"], await ids("ps", "--all"));
  await remove(["volume", "rm"], await ids("volume", "ls"));
  await remove(["network", "rm"], await ids("network", "ls"));
}

/** Given a Compose project and a service, return the address of its container on the project's network. */
export async function addressOf(
  env: Engine["env"],
  project: string,
  service: string,
): Promise<string> {
  const format = "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}";
  const container = `${project}-${service}-1`;
  return (await execa("docker", ["inspect", "--format", format, container], { env })).stdout.trim();
}

async function composeFile(options: StackOptions): Promise<string> {
  const document = parseDocument(await readFile(join(SOURCE, COMPOSE_FILE), "utf8"));
  for (const service of ["db", "backup"]) {
    document.setIn(["services", service, "image"], options.image);
  }
  if (options.policy === "strict") {
    const roles = "01-create-roles.sql";
    const mount = `./initdb/${roles}:/docker-entrypoint-initdb.d/${roles}:ro`;
    document.addIn(["services", "db", "volumes"], mount);
  }
  if (options.fsyncOff) {
    document.setIn(["services", "db", "command"], ["postgres", "-c", "fsync=off"]);
  }
  const inodes = options.backupVolumeInodes;
  const sizes = {
    backup_data:
      options.backupVolumeBytes &&
      `${options.backupVolumeBytes}${inodes === undefined ? "" : `,nr_inodes=${inodes}`}`,
    postgres_data: options.databaseVolumeBytes,
  };
  for (const [volume, size] of Object.entries(sizes)) {
    if (!size) continue;
    document.setIn(["volumes", volume], {
      driver: "local",
      driver_opts: { type: "tmpfs", device: "tmpfs", o: `size=${size}` },
    });
  }
  return document.toString();
}

function envFile(policy: Policy, image: string): string {
  const { name, owner, admin, password } = databaseOf(policy);
  const values = {
    DOMAIN: "openspp.example.org",
    DB_HOST: "db",
    DB_PORT: "5432",
    DB_NAME: name,
    DB_USER: owner,
    DB_ADMIN_USER: admin,
    DB_PASSWORD: password,
    DB_SSLMODE: "prefer",
    ODOO_ADMIN_PASSWD: "lab-master-password",
    BACKUP_SCHEDULE: "0 2 * * *",
    OPENSPP_IMAGE: image,
  };
  return Object.entries(values)
    .map(([key, value]) => `${key}=${quoteForCompose(value)}\n`)
    .join("");
}

/** Compose reads a double-quoted value with backslash escapes and `$` as the start of a variable. */
function quoteForCompose(value: string): string {
  return `"${value.replace(/["\\$]/g, "\\$&")}"`;
}

async function untilServing(host: string, { name, owner, password }: DatabaseSettings) {
  const deadline = Date.now() + 120_000;
  for (;;) {
    const client = new pg.Client({ host, database: name, user: owner, password });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline) {
        throw new Failed(
          {
            what: "The lab's database did not come up.",
            why: (error as Error).message,
            next: "Read the db container's log with `npm run lab -- exec -- docker ps` and `docker logs`.",
          },
          { cause: error },
        );
      }
      await sleep(100);
    }
  }
}

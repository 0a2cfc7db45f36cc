import { access, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type Options as ExecaOptions, execa } from "execa";
import pg from "pg";
import type { Policy } from "../../src/deployment/deployment.ts";
import { UserMistake } from "../../src/failure.ts";
import type { Say } from "../packages.ts";
import { alone, LABS } from "./cache.ts";
import { type Engine, findEngine, revive, stopEngineIfUnused } from "./engine.ts";
import { findImage } from "./image.ts";
import { startWithData } from "./prepared.ts";
import type { SeedSizes } from "./seeding.ts";
import { stopSite } from "./site.ts";
import { type SshAccess, startSshServers, stopSshServers } from "./sshd.ts";
import {
  addressOf,
  COMPOSE_FILE,
  databaseOf,
  ENV_FILE,
  removeStack,
  writeProject,
} from "./stack.ts";

export interface LabOptions {
  /** Labs of different names run side by side; `lab` by default. */
  name?: string;
  /** `flexible` by default. */
  policy?: Policy;
  /** The deployment's project directory; its last part names the Compose project. */
  directory?: string;
  /** A backup volume of this size, for tests of a full disk. */
  backupVolumeBytes?: number;
  /** With so many inodes, for tests of a file system that runs out of them. */
  backupVolumeInodes?: number;
  /** A database's volume of this size, for the same. */
  databaseVolumeBytes?: number;
  fsyncOff?: boolean;
  /** Data of these sizes from the start; else the database is empty. */
  seed?: SeedSizes;
  /** Given each line of progress. */
  say?: Say;
}

/** What is known of a lab that is up, kept in its folder as lab.json. */
interface LabRecord {
  readonly name: string;
  readonly policy: Policy;
  readonly directory: string;
  readonly project: string;
  readonly engine: Engine;
  readonly ssh?: SshAccess;
}

/**
 * Given options, return a deployment host that is up: an SSH server, a Docker engine and OpenSPP's
 * production stack. One of the same name that was up is taken down first, and
 * one that does not come up is taken down again.
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const { name = "lab", policy = "flexible", say = () => {} } = options;
  requireLinux();
  const folder = folderOf(name);
  const directory = resolve(options.directory ?? join(folder, `openspp-${name}`));
  await (await openLab(name))?.down();
  await requireAbsent(directory);

  const record = await alone(async () => {
    try {
      const engine = await findEngine(say);
      const begun = { name, policy, directory, project: projectName(directory), engine };
      // From here on `down` finds the lab, however far `up` came.
      await writeRecord(begun);
      return begun;
    } catch (error) {
      await stopEngineIfUnused();
      throw error;
    }
  });
  try {
    const image = await alone(() => findImage(record.engine, say));
    await writeProject({ ...options, directory, policy, image });
    say("starting the SSH servers and the stack");
    const [servers, stack] = await Promise.allSettled([
      startSshServers(join(folder, "ssh"), record.engine.env, say),
      startWithData(new Lab(record), { ...options, image }),
    ]);
    if (servers.status === "rejected") throw servers.reason;
    if (stack.status === "rejected") throw stack.reason;
    const ssh = servers.value;
    await writeRecord({ ...record, ssh });
    return new Lab({ ...record, ssh });
  } catch (error) {
    await new Lab(record).down();
    throw error;
  }
}

/** Given a name, return the lab of that name that is up (or was left half up), or undefined. */
export async function openLab(name: string): Promise<Lab | undefined> {
  const text = await readFile(join(folderOf(name), "lab.json"), "utf8").catch(() => undefined);
  return text === undefined ? undefined : new Lab(JSON.parse(text));
}

/** Return the names of the labs that are up, or were left half up. */
export async function labNames(): Promise<string[]> {
  const names = await readdir(LABS).catch(() => []);
  const labs = await Promise.all(names.map(openLab));
  return labs.flatMap((lab) => lab?.name ?? []);
}

/** A deployment host that is up. */
export class Lab {
  readonly name: string;
  readonly policy: Policy;
  /** The deployment's project directory. */
  readonly directory: string;
  /** The Compose project. */
  readonly project: string;
  readonly engine: Engine;
  /** Where this lab keeps its keys and records. */
  readonly folder: string;
  readonly database: ReturnType<typeof databaseOf>;
  readonly #ssh: SshAccess | undefined;

  constructor(record: LabRecord) {
    this.name = record.name;
    this.policy = record.policy;
    this.directory = record.directory;
    this.project = record.project;
    this.engine = record.engine;
    this.folder = folderOf(record.name);
    this.database = databaseOf(record.policy);
    this.#ssh = record.ssh;
  }

  /** How to log in; throws UserMistake for a lab that did not come all the way up. */
  get ssh(): SshAccess {
    if (this.#ssh) return this.#ssh;
    throw new UserMistake({
      what: `The lab ${this.name} is only half up.`,
      next: `Run: npm run lab -- down --name ${this.name}, then up again.`,
    });
  }

  /**
   * Given the port to log in at (the server's own, or that of a proxy to it), return what the CLI
   * needs to reach the deployment: an action's input `ssh-host` is `OPENSPP_SSH_HOST` here.
   */
  async env(port = this.ssh.port): Promise<Record<string, string>> {
    return {
      OPENSPP_SSH_HOST: this.ssh.host,
      OPENSPP_SSH_PORT: String(port),
      OPENSPP_SSH_USER: this.ssh.user,
      OPENSPP_SSH_KEY: await readFile(this.ssh.keys.ed25519, "utf8"),
      OPENSPP_SSH_KNOWN_HOSTS: this.ssh.knownHosts.replaceAll(`]:${this.ssh.port}`, `]:${port}`),
      OPENSPP_PROJECT_DIRECTORY: this.directory,
      OPENSPP_COMPOSE_FILE: COMPOSE_FILE,
      OPENSPP_ENV_FILE: ENV_FILE,
      ...this.engine.env,
    };
  }

  /** Given a command line, run it on this machine with `env()`. */
  async exec([file, ...args]: readonly [string, ...string[]], options: ExecaOptions = {}) {
    return execa(file, args, { ...options, env: { ...(await this.env()), ...options.env } });
  }

  /** Given arguments of `docker`, run it on the lab's engine and return its standard output. */
  async docker(...args: string[]): Promise<string> {
    return (await execa("docker", args, { env: this.engine.env })).stdout;
  }

  /** Given arguments of `docker compose`, run it for the deployment and return its standard output. */
  async compose(...args: string[]): Promise<string> {
    const files = ["-f", COMPOSE_FILE, "--env-file", ENV_FILE];
    const { stdout } = await execa("docker", ["compose", ...files, ...args], {
      cwd: this.directory,
      env: this.engine.env,
    });
    return stdout;
  }

  /** Freeze what runs of the deployment: nothing is lost, and it takes no processor time until `unpause`. */
  async pause(): Promise<void> {
    await this.#each("running", "pause");
  }

  /** Let what `pause` froze go on. */
  async unpause(): Promise<void> {
    await this.#each("paused", "unpause");
  }

  async #each(status: string, command: string): Promise<void> {
    const filters = [`label=com.docker.compose.project=${this.project}`, `status=${status}`];
    const found = await this.docker("ps", "-q", ...filters.flatMap((one) => ["--filter", one]));
    if (found !== "") await this.docker(command, ...found.split("\n"));
  }

  /** Given a service, return the name of its container. */
  container(service: string): string {
    return `${this.project}-${service}-1`;
  }

  /** Given a role and a database (Odoo's role and the production database by default), return a connected client. */
  async connect(role = this.database.owner, database = this.database.name): Promise<pg.Client> {
    const client = new pg.Client({
      host: await addressOf(this.engine.env, this.project, "db"),
      user: role,
      password: this.database.password,
      database,
    });
    await client.connect();
    return client;
  }

  /** Take everything of this lab's away, and with the last lab the engine that labs started. */
  async down(say: Say = () => {}): Promise<void> {
    await stopSshServers(join(this.folder, "ssh"));
    await stopSite(this.folder);
    await alone(async () => {
      await revive(this.engine, say);
      await removeStack(this.engine, this.project);
      await rm(this.directory, { recursive: true, force: true });
      await rm(this.folder, { recursive: true, force: true });
      await stopEngineIfUnused();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
  }
}

/** Compose names a project by its directory. */
function projectName(directory: string): string {
  const last = directory.split("/").filter(Boolean).at(-1) ?? "";
  return last
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, "")
    .replace(/^[_-]+/, "");
}

/** A lab's folder exists for as long as the lab does. */
function folderOf(name: string): string {
  if (/^[a-z0-9][a-z0-9-]{0,30}$/.test(name)) return join(LABS, name);
  throw new UserMistake({
    what: `A lab cannot be named ${JSON.stringify(name)}.`,
    next: "Use lower-case letters, digits and dashes, 31 at most, as in `--name strict-1`.",
  });
}

function requireLinux(): void {
  if (process.platform === "linux") return;
  throw new UserMistake({
    what: "The lab needs Linux.",
    why: "It reaches the database at its container's own address, which other systems hide in a virtual machine.",
    next: "Run it in a Linux machine or in a GitHub Actions job.",
  });
}

/** `down` removes the project directory, so it must be the lab's own. */
async function requireAbsent(directory: string): Promise<void> {
  const exists = await access(directory).then(
    () => true,
    () => false,
  );
  if (!exists) return;
  throw new UserMistake({
    what: `The project directory ${directory} exists already.`,
    why: "The lab makes it, and removes it with everything in it.",
    next: "Name one that does not exist yet.",
  });
}

/** Another lab's `down` may read it at any moment. */
async function writeRecord(record: LabRecord): Promise<void> {
  const folder = folderOf(record.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, "lab.json.new"), JSON.stringify(record, undefined, 2));
  await rename(join(folder, "lab.json.new"), join(folder, "lab.json"));
}

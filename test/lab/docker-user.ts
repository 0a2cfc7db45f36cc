import { chmod, chown, copyFile, link, mkdir, readFile, rm } from "node:fs/promises";
import { createConnection, createServer, type Server } from "node:net";
import { join } from "node:path";
import { execa } from "execa";
import type { Lab } from "./lab.ts";
import { keygen, startSshServer, stopSshServer } from "./sshd.ts";

/** An SSH user as docs/setup.md makes one: of the group `docker`, and not root. */
export interface DockerUser extends AsyncDisposable {
  /** What the CLI needs to log in as this user. */
  readonly env: Readonly<Record<string, string>>;
  /** The user's home on the host. */
  readonly home: string;
}

const SERVER = "docker-user";

/**
 * Given a lab whose project directory others may enter, and programs of its host, make a user who may use Docker and
 * not read its folders, with a server to log in at. Needs root, as making a user does.
 */
export async function makeDockerUser(
  lab: Lab,
  programs: Readonly<Record<string, string>>,
): Promise<DockerUser> {
  const name = `openspp-lab-${process.pid}`;
  const home = `/srv/${name}`;
  await execa("useradd", [
    "--system",
    "--create-home",
    "--home-dir",
    home,
    "--password",
    "*",
    name,
  ]);
  const [uid, gid] = [await idOf("-u", name), await idOf("-g", name)];
  await mkdir(join(home, "bin"));
  for (const [program, path] of Object.entries(programs)) {
    await lend(path, join(home, "bin", program));
  }
  const { DOCKER_HOST, DOCKER_CONFIG } = lab.engine.env;
  const socket = join(home, "docker.sock");
  const engine = await relay(socket, DOCKER_HOST.replace("unix://", ""));
  await chown(socket, uid, gid);
  if (DOCKER_CONFIG) {
    const plugins = join(home, ".docker", "cli-plugins");
    await mkdir(plugins, { recursive: true });
    await lend(join(DOCKER_CONFIG, "cli-plugins/docker-compose"), join(plugins, "docker-compose"));
  }
  const envFile = join(lab.directory, ".env.production");
  await chown(envFile, 0, gid);
  await chmod(envFile, 0o640);
  const key = join(home, "id_ed25519");
  await keygen(key, "ed25519");
  await copyFile(`${key}.pub`, join(home, "authorized_keys"));
  const { port, knownHosts } = await startSshServer(home, SERVER, {
    DOCKER_HOST: `unix://${socket}`,
    DOCKER_CONFIG: join(home, ".docker"),
  });
  return {
    home,
    env: {
      ...(await lab.env()),
      OPENSPP_SSH_PORT: String(port),
      OPENSPP_SSH_USER: name,
      OPENSPP_SSH_KEY: await readFile(key, "utf8"),
      OPENSPP_SSH_KNOWN_HOSTS: knownHosts,
    },
    async [Symbol.asyncDispose]() {
      await stopSshServer(home, SERVER);
      engine.close();
      await execa("userdel", [name], { reject: false });
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** A file of root's home that this user is to have: linked where that can be, else copied. */
async function lend(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to));
  await chmod(to, 0o755);
}

async function idOf(which: "-u" | "-g", name: string): Promise<number> {
  return Number((await execa("id", [which, name])).stdout);
}

/** The engine's own socket may stand in a folder that only root enters. */
async function relay(from: string, to: string): Promise<Server> {
  const server = createServer({ allowHalfOpen: true }, (inward) => {
    const outward = createConnection({ path: to, allowHalfOpen: true });
    inward.pipe(outward).pipe(inward);
    for (const one of [inward, outward])
      one.on("error", () => [inward.destroy(), outward.destroy()]);
  });
  await new Promise<void>((resolve) => server.listen(from, resolve));
  return server;
}

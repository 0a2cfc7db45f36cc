import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { userInfo } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { Failed } from "../../src/failure.ts";
import { need, type Say, which } from "../packages.ts";
import { type Daemon, descendantsOf, kill, pidOf, startDaemon, stopDaemon } from "./process.ts";

/** An OpenSSH server of the lab's, and what a client needs to log in. */
export interface SshAccess {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly user: string;
  /** A second server to go through first, with the same user and keys. */
  readonly jump: { readonly host: "127.0.0.1"; readonly port: number };
  /** Paths of private keys; `protected` asks for the passphrase. */
  readonly keys: Readonly<Record<KeyName, string>>;
  readonly passphrase: string;
  /** The text of a known_hosts file for both servers. */
  readonly knownHosts: string;
  readonly knownHostsFile: string;
}

type KeyName = "ed25519" | "rsa" | "ecdsa" | "protected";

const PASSPHRASE = "open sesame";
const HOST_KEY_TYPES = ["ed25519", "rsa", "ecdsa"] as const;
const SERVERS = ["sshd", "jump"] as const;

/** Given a folder and the environment that its sessions get, make keys and start both servers. */
export async function startSshServers(
  folder: string,
  sessionEnv: Readonly<Record<string, string>>,
  say: Say,
): Promise<SshAccess> {
  await need(["sshd", "ssh", "ssh-keygen"], say);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const keys = await makeUserKeys(folder);
  const [port, jumpPort] = [await freePort(), await freePort()];
  const knownHosts = (
    await Promise.all([
      startServer(folder, "sshd", port, sessionEnv),
      startServer(folder, "jump", jumpPort, {}),
    ])
  ).join("");
  const knownHostsFile = join(folder, "known_hosts");
  await writeFile(knownHostsFile, knownHosts);
  return {
    host: "127.0.0.1",
    port,
    user: userInfo().username,
    jump: { host: "127.0.0.1", port: jumpPort },
    keys,
    passphrase: PASSPHRASE,
    knownHosts,
    knownHostsFile,
  };
}

/**
 * Given a folder that holds `authorized_keys`, the server's name and the environment that its sessions get, start one
 * server on a free port, and return the port and its lines of known_hosts.
 */
export async function startSshServer(
  folder: string,
  name: string,
  sessionEnv: Readonly<Record<string, string>>,
): Promise<{ readonly port: number; readonly knownHosts: string }> {
  const port = await freePort();
  return { port, knownHosts: await startServer(folder, name, port, sessionEnv) };
}

/** Given the folder of `startSshServer` and its server's name, start the server again where it was. */
export async function resumeSshServer(folder: string, name: string): Promise<void> {
  const config = join(folder, `${name}_config`);
  const port = Number(/^Port (\d+)$/m.exec(await readFile(config, "utf8"))?.[1]);
  await serve(folder, name, port);
}

/** Given the folder of `startSshServer` and its server's name, end the server and what its sessions run. */
export async function stopSshServer(folder: string, name: string): Promise<void> {
  const pid = await pidOf(daemonOf(folder, name));
  for (const one of pid === undefined ? [] : await descendantsOf(pid)) kill(one.pid);
  await stopDaemon(daemonOf(folder, name));
}

/** Given the folder of `startSshServers`, end both servers, every session on them, and what the sessions run. */
export async function stopSshServers(folder: string): Promise<void> {
  for (const { pid } of await sessionProcesses(folder)) kill(pid);
  for (const name of SERVERS) await stopDaemon(daemonOf(folder, name));
}

/**
 * Given the folder of `startSshServers`, kill every session's server process: the connections are
 * lost, and what they run lives on.
 */
export async function cutSessions(folder: string): Promise<void> {
  for (const { pid, name } of await sessionProcesses(folder)) {
    if (name.startsWith("sshd")) kill(pid);
  }
}

/** Given the folder of `startSshServers`, kill both servers and all that runs in their sessions at one blow, as a power cut does. */
export async function crashSshServers(folder: string): Promise<void> {
  const processes = await sessionProcesses(folder);
  // What is ended by another's end might do something first.
  for (const { pid } of processes) kill(pid, "SIGSTOP");
  for (const { pid } of processes) kill(pid);
  for (const name of SERVERS) await stopDaemon(daemonOf(folder, name));
}

/** Given the folder of `startSshServers`, start both servers again where they were. */
export async function resumeSshServers(folder: string): Promise<void> {
  for (const name of SERVERS) await resumeSshServer(folder, name);
}

async function sessionProcesses(folder: string) {
  const servers = await Promise.all(SERVERS.map((name) => pidOf(daemonOf(folder, name))));
  const running = servers.filter((pid) => pid !== undefined);
  return (await Promise.all(running.map(descendantsOf))).flat();
}

/** Return a port that is free on the IPv4 and, where there is one, the IPv6 loopback address. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = await listen("127.0.0.1", 0);
    const free = await listen("::1", port).catch((error) => error.code !== "EADDRINUSE");
    if (free) return port;
  }
}

async function makeUserKeys(folder: string): Promise<SshAccess["keys"]> {
  const path = (name: KeyName) => join(folder, `id_${name}`);
  await Promise.all([
    keygen(path("ed25519"), "ed25519"),
    keygen(path("rsa"), "rsa"),
    keygen(path("ecdsa"), "ecdsa"),
    keygen(path("protected"), "ed25519", PASSPHRASE),
  ]);
  const keys = {
    ed25519: path("ed25519"),
    rsa: path("rsa"),
    ecdsa: path("ecdsa"),
    protected: path("protected"),
  };
  const publicKeys = Object.values(keys).map((key) => readFile(`${key}.pub`, "utf8"));
  await writeFile(join(folder, "authorized_keys"), (await Promise.all(publicKeys)).join(""));
  return keys;
}

/** Returns the server's lines of known_hosts. */
async function startServer(
  folder: string,
  name: string,
  port: number,
  sessionEnv: Readonly<Record<string, string>>,
): Promise<string> {
  const hostKey = (type: string) => join(folder, `${name}_host_${type}`);
  await Promise.all(HOST_KEY_TYPES.map((type) => keygen(hostKey(type), type)));
  const config = join(folder, `${name}_config`);
  await writeFile(config, await serverConfig(folder, name, port, hostKey, sessionEnv));
  await serve(folder, name, port);
  const publicKeys = HOST_KEY_TYPES.map((type) => readFile(`${hostKey(type)}.pub`, "utf8"));
  return (await Promise.all(publicKeys))
    .map((key) => `[127.0.0.1]:${port},[::1]:${port} ${key.split(" ").slice(0, 2).join(" ")}\n`)
    .join("");
}

/** Starts a server by the configuration in its folder. */
async function serve(folder: string, name: string, port: number): Promise<void> {
  if (process.getuid?.() === 0) await mkdir("/run/sshd", { recursive: true });
  const log = join(folder, `${name}.log`);
  const config = join(folder, `${name}_config`);
  // sshd insists on an absolute path: it runs itself again for each connection.
  startDaemon((await which("sshd")) as string, ["-D", "-f", config, "-E", log], log);
  await untilServing(daemonOf(folder, name), port, log);
}

async function serverConfig(
  folder: string,
  name: string,
  port: number,
  hostKey: (type: string) => string,
  sessionEnv: Readonly<Record<string, string>>,
): Promise<string> {
  const docker = dirname((await which("docker")) ?? "/usr/bin/docker");
  // The host's own tools of the lab's, such as rclone, come first (site.ts).
  const path = `${join(folder, "bin")}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:${docker}`;
  // Bash reads ~/.bashrc before each command over SSH: what this machine's user keeps there is not the lab's.
  const env = Object.entries({ ...sessionEnv, PATH: path, HOME: folder }).map(
    ([key, value]) => `"${key}=${value}"`,
  );
  return [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    ...((await hasIpv6()) ? ["ListenAddress ::1"] : []),
    ...HOST_KEY_TYPES.map((type) => `HostKey "${hostKey(type)}"`),
    `AuthorizedKeysFile "${join(folder, "authorized_keys")}"`,
    `PidFile "${daemonOf(folder, name).pidFile}"`,
    `SetEnv ${env.join(" ")}`,
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "AllowTcpForwarding yes",
    // The lab's keys lie wherever the cache is.
    "StrictModes no",
    "UsePAM no",
    "Subsystem sftp internal-sftp",
    "LogLevel VERBOSE",
    "",
  ].join("\n");
}

async function untilServing(server: Daemon, port: number, log: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await pidOf(server)) === undefined || !(await accepts(port))) {
    if (Date.now() > deadline) {
      throw new Failed({
        what: "The lab's SSH server did not start.",
        why: (await readFile(log, "utf8").catch(() => "")).trim().split("\n").at(-1),
        next: `Read ${log}.`,
      });
    }
    await sleep(20);
  }
}

/**
 * Given a path, a type and a passphrase, make a key pair there. An RSA key of ssh-keygen's own size takes more than half
 * a second of processor time, and a lab has three.
 */
export async function keygen(path: string, type: string, passphrase = ""): Promise<void> {
  const size = type === "rsa" ? ["-b", "2048"] : [];
  const comment = ["-C", "openspp-backup-lab"];
  await execa("ssh-keygen", ["-q", "-t", type, ...size, "-f", path, "-N", passphrase, ...comment]);
  await chmod(path, 0o600);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}

/** Listens for a moment and returns the port; rejects where that cannot be. */
function listen(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function hasIpv6(): Promise<boolean> {
  return listen("::1", 0).then(
    () => true,
    () => false,
  );
}

function daemonOf(folder: string, name: string): Daemon {
  return { pidFile: join(folder, `${name}.pid`), mark: join(folder, `${name}_config`) };
}

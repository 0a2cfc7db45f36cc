import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import { Failed, UserMistake } from "../../src/failure.ts";
import { canInstall, need, type Say } from "../packages.ts";
import { CACHE, LABS } from "./cache.ts";
import { downloadComposePlugin } from "./debian.ts";
import { pidOf, startDaemon, stopDaemon } from "./process.ts";

/** A Docker engine with Compose v2, as the environment that reaches it. */
export interface Engine {
  readonly env: { readonly DOCKER_HOST: string; readonly DOCKER_CONFIG?: string };
  /** Whether the lab started it, and ends it with its last lab. */
  readonly ours: boolean;
}

const DEFAULT_SOCKET = "unix:///var/run/docker.sock";
const HOME = join(CACHE, "engine");
const SOCKET = `unix://${join(HOME, "docker.sock")}`;
const DAEMON = { pidFile: join(HOME, "dockerd.pid"), mark: HOME };
const PLUGINS = join(CACHE, "docker-config");

/** Networks of the lab's own engine, which leaves the machine's firewall alone but for one rule for these. */
const ADDRESSES = "10.213.0.0/16";
const RULE = [
  ...["FORWARD", "-s", ADDRESSES, "-d", ADDRESSES],
  ...["-m", "comment", "--comment", HOME, "-j", "ACCEPT"],
];

/** Return the engine this machine already runs, or start the lab's own; call it while `alone`. */
export async function findEngine(say: Say): Promise<Engine> {
  await need(["docker"], say);
  for (const host of [process.env.DOCKER_HOST, DEFAULT_SOCKET, SOCKET]) {
    if (host?.startsWith("unix:") && (await answers(host))) return withCompose(host, say);
  }
  if (!(await canInstall())) {
    throw new UserMistake({
      what: "The lab needs a Docker engine, and none answers.",
      why: `Neither DOCKER_HOST nor ${DEFAULT_SOCKET} answered, and only root on Debian can let the lab start its own.`,
      next: "Start Docker, or run the lab as root on Debian.",
    });
  }
  await startOwnEngine(say);
  return withCompose(SOCKET, say);
}

/** Given an engine that a lab was started on, start it again if it is the lab's own and has stopped. */
export async function revive(engine: Engine, say: Say): Promise<void> {
  if (engine.ours && !(await answers(SOCKET))) await startOwnEngine(say);
}

/** End the lab's own engine, unless a lab still runs on it; call it while `alone`. */
export async function stopEngineIfUnused(): Promise<void> {
  const labs = await readdir(LABS).catch(() => []);
  for (const name of labs) {
    const record = await readFile(join(LABS, name, "lab.json"), "utf8").catch(() => "{}");
    if (JSON.parse(record).engine?.ours) return;
  }
  if ((await pidOf(DAEMON)) === undefined) return;
  await stopDaemon(DAEMON);
  // It leaves the network that containers shared with the machine mounted, and so its folder could not be removed.
  await execa("umount", [join(HOME, "exec/netns/default")], { reject: false });
  await execa("iptables", ["-D", ...RULE], { reject: false });
}

async function startOwnEngine(say: Say): Promise<void> {
  say("starting a Docker engine of the lab's own");
  await need(["dockerd"], say);
  await mkdir(HOME, { recursive: true });
  await stopDaemon(DAEMON);
  const log = join(HOME, "dockerd.log");
  startDaemon(
    "dockerd",
    [
      ...["--host", SOCKET, "--pidfile", DAEMON.pidFile],
      ...["--data-root", join(HOME, "data"), "--exec-root", join(HOME, "exec")],
      ...["--containerd-namespace", "openspp-lab"],
      ...["--containerd-plugins-namespace", "openspp-lab-plugins"],
      ...["--bridge=none", "--default-address-pool", `base=${ADDRESSES},size=24`],
      ...["--iptables=false", "--ip6tables=false", "--ip-masq=false", "--ip-forward=false"],
      "--userland-proxy=false",
    ],
    log,
  );
  // Another engine's FORWARD policy of DROP would cut bridged containers off from each other.
  await execa("iptables", ["-D", ...RULE], { reject: false });
  await execa("iptables", ["-I", ...RULE], { reject: false });
  const deadline = Date.now() + 60_000;
  while (!(await answers(SOCKET))) {
    if (Date.now() > deadline) {
      throw new Failed({
        what: "The lab's Docker engine did not start.",
        why: (await readFile(log, "utf8")).trim().split("\n").at(-1),
        next: `Read ${log}.`,
      });
    }
    await sleep(100);
  }
}

async function answers(host: string): Promise<boolean> {
  const { exitCode } = await execa("docker", ["--host", host, "version"], {
    reject: false,
    timeout: 10_000,
  });
  return exitCode === 0;
}

/** The machine's own Compose plugin, or else one in the lab's cache. */
async function withCompose(host: string, say: Say): Promise<Engine> {
  const ours = host === SOCKET;
  const { DOCKER_CONFIG } = process.env;
  const own = { DOCKER_HOST: host, ...(DOCKER_CONFIG && { DOCKER_CONFIG }) };
  for (const env of [own, { DOCKER_HOST: host, DOCKER_CONFIG: PLUGINS }]) {
    const { exitCode } = await execa("docker", ["compose", "version"], { env, reject: false });
    if (exitCode === 0) return { env, ours };
  }
  await downloadComposePlugin(join(PLUGINS, "cli-plugins"), say);
  return { env: { DOCKER_HOST: host, DOCKER_CONFIG: PLUGINS }, ours };
}

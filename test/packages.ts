import { access } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { UserMistake } from "../src/failure.ts";

/** Reports the lab's progress to a person. */
export type Say = (line: string) => void;

const PACKAGE_OF: Readonly<Record<string, string>> = {
  dockerd: "docker.io",
  docker: "docker.io",
  sshd: "openssh-server",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
};

/** Daemons live in /usr/sbin, which is not on every user's PATH. */
const SEARCH_PATH = `${process.env.PATH}:/usr/local/sbin:/usr/sbin:/sbin`;

/** Given a program's name, return its path, or undefined when this machine does not have it. */
export async function which(program: string): Promise<string | undefined> {
  const paths = SEARCH_PATH.split(":").map((folder) => join(folder, program));
  for (const path of paths) if (await exists(path)) return path;
  return undefined;
}

/** Given programs that the tests or the lab need, install those that are missing; throws UserMistake where it cannot. */
export async function need(programs: readonly string[], say: Say = () => {}): Promise<void> {
  const missing: string[] = [];
  for (const program of programs) if (!(await which(program))) missing.push(program);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => PACKAGE_OF[program] ?? program))];
  if (!(await canInstall())) {
    throw new UserMistake({
      what: `This needs ${missing.join(", ")}, which this machine does not have.`,
      why: "It is installed for root on Debian or Ubuntu alone.",
      next: `Install ${packages.join(", ")}, or run this as root on Debian or Ubuntu.`,
    });
  }
  say(`installing ${packages.join(", ")}`);
  await refreshIndex();
  await install(packages);
}

/** Return whether the lab may install packages and build a root file system: root, with apt. */
export async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await which("apt-get")) !== undefined;
}

/** Given packages, install them. The services in them are not started: the lab starts its own. */
async function install(packages: readonly string[]): Promise<void> {
  await apt(["install", "--yes", "--no-install-recommends", ...packages]);
}

/** Fetch the index of the machine's own package sources. */
export async function refreshIndex(): Promise<void> {
  await apt(["update"]);
}

/** Test files run side by side, and apt takes its locks without waiting for whoever holds them. */
const ONE_AT_A_TIME = join(tmpdir(), "openspp-backup-tests-apt.lock");

async function apt(args: readonly string[]): Promise<void> {
  await execa("flock", [ONE_AT_A_TIME, "apt-get", ...args], {
    env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

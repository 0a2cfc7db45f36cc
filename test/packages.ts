import { access } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UserMistake } from "../../src/failure.ts";

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

/** Given programs the lab needs, install those that are missing; throws UserMistake where it cannot. */
export async function need(programs: readonly string[], say: Say): Promise<void> {
  const missing: string[] = [];
  for (const program of programs) if (!(await which(program))) missing.push(program);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => PACKAGE_OF[program] ?? program))];
  if (!(await canInstall())) {
    throw new UserMistake({
      what: `The lab needs ${missing.join(", ")}, which this machine does not have.`,
      why: "Only root on Debian or Ubuntu can let the lab install it.",
      next: `Install ${packages.join(", ")}, or run the lab as root on Debian or Ubuntu.`,
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
export async function install(packages: readonly string[]): Promise<void> {
  await execa("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], {
    env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  });
}

/** Fetch the index of the machine's own package sources. */
export async function refreshIndex(): Promise<void> {
  await execa("apt-get", ["update"]);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

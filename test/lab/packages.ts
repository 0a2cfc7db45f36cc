import { access, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UserMistake } from "../../src/failure.ts";
import { CACHE } from "./cache.ts";

/** What reports the lab's progress to a person. */
export type Say = (line: string) => void;

const PACKAGE_OF: Readonly<Record<string, string>> = {
  dockerd: "docker.io",
  docker: "docker.io",
  sshd: "openssh-server",
  ssh: "openssh-client",
  "ssh-keygen": "openssh-client",
  debootstrap: "debootstrap",
};

/** The Debian suite that has PostgreSQL 18 with PostGIS 3.6, and the one with Compose v2 as a plugin. */
const SUITES: Readonly<Record<string, { image: string; script: string; compose: string }>> = {
  debian: { image: "forky", script: "sid", compose: "trixie" },
};

/** Where Debian's docker-compose package holds the plugin. */
const PLUGIN = "./usr/libexec/docker/cli-plugins/docker-compose";

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
  // Installing must not start services: the lab starts its own engine and its own sshd.
  await execa("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], {
    env: { DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" },
  });
}

/** Return whether packages can be installed and a root file system built: root, with apt. */
export async function canInstall(): Promise<boolean> {
  return process.getuid?.() === 0 && (await which("apt-get")) !== undefined;
}

/** Return where this machine gets its packages from, and the suites the lab takes from there. */
export async function mirror(): Promise<{ url: string; image: string; script: string }> {
  const release = await osRelease();
  const suites = SUITES[release.ID ?? ""];
  if (!suites) {
    throw new UserMistake({
      what: "The lab cannot build its database image on this distribution.",
      why: `It knows where Debian keeps PostgreSQL 18 and PostGIS 3.6, and this is ${release.PRETTY_NAME}.`,
      next: "Give it a Docker engine that can pull postgis/postgis:18-3.6-alpine, or use Debian.",
    });
  }
  return { url: await mirrorOf(release.VERSION_CODENAME ?? ""), ...suites };
}

/** Given a folder, put the Compose v2 plugin into it. */
export async function downloadComposePlugin(folder: string, say: Say): Promise<void> {
  say("downloading the Compose plugin");
  const release = await osRelease();
  const suite = SUITES[release.ID ?? ""]?.compose;
  if (!suite || !(await canInstall())) {
    throw new UserMistake({
      what: "The lab needs Docker Compose v2, which this machine does not have.",
      why: "Only root on Debian can let the lab fetch it.",
      next: "Install the Compose plugin, so that `docker compose version` answers.",
    });
  }
  const workshop = join(CACHE, "apt");
  await mkdir(join(workshop, "lists/partial"), { recursive: true });
  await mkdir(join(workshop, "archives/partial"), { recursive: true });
  const sources = join(workshop, "sources.list");
  const keys = "/usr/share/keyrings/debian-archive-keyring.gpg";
  const url = await mirrorOf(release.VERSION_CODENAME ?? "");
  await writeFile(sources, `deb [signed-by=${keys}] ${url} ${suite} main\n`);
  const apart = [
    ...["-o", `Dir::Etc::sourcelist=${sources}`, "-o", "Dir::Etc::sourceparts=/dev/null"],
    ...["-o", `Dir::State::lists=${join(workshop, "lists")}`, "-o", `Dir::Cache=${workshop}`],
    // Downloading as root keeps apt's own user out of root's home.
    ...["-o", "APT::Sandbox::User=root"],
  ];
  await execa("apt-get", [...apart, "update"]);
  await execa("apt-get", [...apart, "download", "docker-compose"], { cwd: workshop });
  const [deb] = (await readdir(workshop)).filter((name) => name.endsWith(".deb"));
  await mkdir(folder, { recursive: true });
  await execa("dpkg-deb", ["--fsys-tarfile", join(workshop, deb as string)]).pipe("tar", [
    "x",
    "-C",
    folder,
    "--strip-components=5",
    PLUGIN,
  ]);
  await rm(workshop, { recursive: true });
}

async function mirrorOf(codename: string): Promise<string> {
  const format = "$(REPO_URI) $(RELEASE) $(COMPONENT)";
  const targets = async () => {
    const { stdout } = await execa("apt-get", ["indextargets", "--format", format]);
    const lines = stdout.split("\n").map((line) => line.split(" "));
    return lines.find(([, suite, component]) => suite === codename && component === "main")?.[0];
  };
  const known = await targets();
  if (known) return known;
  await refreshIndex();
  const url = await targets();
  if (url) return url;
  throw new UserMistake({
    what: "The lab cannot tell where this machine gets its packages from.",
    why: `apt has no index of ${codename}/main.`,
    next: "Check the machine's apt sources: `apt-get update` must succeed.",
  });
}

async function refreshIndex(): Promise<void> {
  await execa("apt-get", ["update"]);
}

async function osRelease(): Promise<Record<string, string>> {
  const text = await readFile("/etc/os-release", "utf8").catch(() => "");
  const pairs = text.split("\n").flatMap((line) => {
    const match = line.match(/^(\w+)="?(.*?)"?$/);
    return match ? [[match[1], match[2]]] : [];
  });
  return Object.fromEntries(pairs);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

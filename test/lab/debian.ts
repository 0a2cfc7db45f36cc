import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UserMistake } from "../../src/failure.ts";
import { canInstall, need, refreshIndex, type Say } from "../packages.ts";
import { CACHE } from "./cache.ts";

/** The suites that have PostgreSQL 18 with PostGIS 3.6, and Compose v2 as a plugin. */
const POSTGRES_SUITE = "forky";
const COMPOSE_SUITE = "trixie";

/** How debootstrap(8) builds any Debian suite: its own list of them ends where the machine's does. */
const SCRIPT = "/usr/share/debootstrap/scripts/sid";
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The plugin's place in Debian's docker-compose package. */
const PLUGIN = "./usr/libexec/docker/cli-plugins/docker-compose";

/** Given a folder that does not exist, make a Debian with PostgreSQL 18, PostGIS 3.6, busybox and zstd there. */
export async function buildRoot(folder: string, say: Say): Promise<void> {
  const url = await mirror("build its database image");
  await need(["debootstrap"], say);
  const packages = "postgresql-18,postgresql-18-postgis-3,busybox,zstd";
  const options = ["--variant=minbase", `--keyring=${KEYRING}`, `--include=${packages}`];
  await execa("debootstrap", [...options, POSTGRES_SUITE, folder, url, SCRIPT]);
}

/** Given a folder, put the Compose plugin into it, without installing anything on this machine. */
export async function downloadComposePlugin(folder: string, say: Say): Promise<void> {
  const url = await mirror("fetch Docker Compose v2");
  say("downloading the Compose plugin");
  const workshop = join(CACHE, "apt");
  await mkdir(join(workshop, "lists/partial"), { recursive: true });
  await mkdir(join(workshop, "archives/partial"), { recursive: true });
  const sources = join(workshop, "sources.list");
  await writeFile(sources, `deb [signed-by=${KEYRING}] ${url} ${COMPOSE_SUITE} main\n`);
  const apart = [
    ...["-o", `Dir::Etc::sourcelist=${sources}`, "-o", "Dir::Etc::sourceparts=/dev/null"],
    ...["-o", `Dir::State::lists=${join(workshop, "lists")}`, "-o", `Dir::Cache=${workshop}`],
    // apt's own user cannot write below root's home.
    ...["-o", "APT::Sandbox::User=root"],
  ];
  await execa("apt-get", [...apart, "update"]);
  await execa("apt-get", [...apart, "download", "docker-compose"], { cwd: workshop });
  const deb = (await readdir(workshop)).find((name) => name.endsWith(".deb"));
  await mkdir(folder, { recursive: true });
  await execa("dpkg-deb", ["--fsys-tarfile", join(workshop, deb as string)], {
    buffer: false,
  }).pipe("tar", ["x", "-C", folder, "--strip-components=5", PLUGIN]);
  await rm(workshop, { recursive: true });
}

/**
 * Given what it is for, return the Debian mirror that this machine's own apt uses, or the one that
 * OPENSPP_LAB_MIRROR names; throws UserMistake where there is none, or no right to use it.
 */
async function mirror(purpose: string): Promise<string> {
  const url = process.env.OPENSPP_LAB_MIRROR || (await configuredMirror());
  if (url && (await canInstall())) return url;
  throw new UserMistake({
    what: `The lab cannot ${purpose} on this machine.`,
    why: url
      ? "Only root on Debian or Ubuntu can."
      : "It takes the packages from a Debian mirror, and this machine's apt uses none.",
    next:
      "Install Docker with its Compose plugin and let it pull postgis/postgis:18-3.6-alpine, or run the lab as root on Debian; " +
      "on Ubuntu, name a Debian mirror in OPENSPP_LAB_MIRROR and install debian-archive-keyring.",
  });
}

async function configuredMirror(): Promise<string | undefined> {
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  if (!/^ID=debian$/m.test(release)) return undefined;
  const codename = release.match(/^VERSION_CODENAME=(.+)$/m)?.[1];
  const find = async () => {
    const format = "$(REPO_URI) $(RELEASE) $(COMPONENT)";
    const { stdout } = await execa("apt-get", ["indextargets", "--format", format]);
    return stdout
      .split("\n")
      .map((line) => line.split(" "))
      .find(([, suite, component]) => suite === codename && component === "main")?.[0];
  };
  const known = await find();
  if (known) return known;
  // A machine whose index was never fetched, or was thrown away, as in container images.
  await refreshIndex();
  return find();
}

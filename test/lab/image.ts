import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UserMistake } from "../../src/failure.ts";
import { CACHE } from "./cache.ts";
import type { Engine } from "./engine.ts";
import { canInstall, mirror, need, type Say } from "./packages.ts";

const OFFICIAL = "postgis/postgis:18-3.6-alpine";
const BASE = "openspp-backup-lab/debian-postgis:18";
const RECIPE = join(import.meta.dirname, "image");

/** What a running PostgreSQL never reads. */
const LEFT_OUT = [
  ...["./var/cache/apt", "./var/lib/apt/lists", "./var/lib/postgresql/18", "./etc/postgresql/18"],
  ...["./usr/share/doc", "./usr/share/locale", "./usr/share/man", "./var/log"],
];

/**
 * Given an engine, return an image on it with PostgreSQL 18 and PostGIS 3.6: the official one where
 * the registry answers, else one of the same interface from Debian packages. Call it while `alone`.
 */
export async function findImage({ env }: Engine, say: Say): Promise<string> {
  const built = `openspp-backup-lab/postgis:18-${await recipeHash()}`;
  const present = async (image: string) =>
    (await execa("docker", ["image", "inspect", image], { env, reject: false })).exitCode === 0;

  for (const image of [OFFICIAL, built]) if (await present(image)) return image;
  if (!(await present(BASE))) {
    say(`pulling ${OFFICIAL}`);
    const pull = await execa("docker", ["pull", "--quiet", OFFICIAL], { env, reject: false });
    if (pull.exitCode === 0) return OFFICIAL;
    await importBase(env, pull.stderr, say);
  }
  say("building the database image");
  // The classic builder is the one that every engine has.
  await execa("docker", ["build", "--network=none", "--tag", built, RECIPE], {
    env: { ...env, DOCKER_BUILDKIT: "0" },
  });
  return built;
}

async function importBase(env: Engine["env"], pullError: string, say: Say): Promise<void> {
  if (!(await canInstall())) {
    throw new UserMistake({
      what: "The lab has no database image.",
      why: `Pulling ${OFFICIAL} failed (${pullError.trim().split("\n").at(-1)}), and only root on Debian can build one.`,
      next: "Give the engine access to its registry, or run the lab as root on Debian.",
    });
  }
  const { url, image, script } = await mirror();
  await need(["debootstrap"], say);
  say("no registry answers: building the image from Debian packages, about a minute");
  const root = join(CACHE, "rootfs");
  await rm(root, { recursive: true, force: true });
  await mkdir(CACHE, { recursive: true });
  const packages = "postgresql-18,postgresql-18-postgis-3,busybox";
  await execa("debootstrap", [
    ...["--variant=minbase", `--include=${packages}`, image, root, url],
    `/usr/share/debootstrap/scripts/${script}`,
  ]);
  await execa("tar", ["-C", root, ...LEFT_OUT.map((path) => `--exclude=${path}`), "-c", "."], {
    buffer: false,
  }).pipe("docker", ["import", "-", BASE], { env });
  await rm(root, { recursive: true });
}

/** A change of the recipe is another image. */
async function recipeHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(RECIPE)).sort()) {
    hash.update(name).update(await readFile(join(RECIPE, name)));
  }
  return hash.digest("hex").slice(0, 12);
}

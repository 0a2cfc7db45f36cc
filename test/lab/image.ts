import { createHash } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import type { Say } from "../packages.ts";
import { CACHE } from "./cache.ts";
import { buildRoot } from "./debian.ts";
import type { Engine } from "./engine.ts";

const OFFICIAL = "postgis/postgis:18-3.6-alpine";
const BASE = "openspp-backup-lab/debian-postgis:18-zstd";
const RECIPE = join(import.meta.dirname, "image");

/** What a running PostgreSQL never reads, and the cluster that Debian makes. */
const LEFT_OUT = [
  ...["var/cache/apt", "var/lib/apt/lists", "var/log", "var/lib/postgresql", "etc/postgresql"],
  ...["usr/share/doc", "usr/share/locale", "usr/share/man"],
].map((folder) => `--exclude=./${folder}/*`);

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
    say(`the registry does not answer: ${pull.stderr.trim().split("\n").at(-1)}`);
    await importBase(env, say);
  }
  say("building the database image");
  // The classic builder is the one that every engine has.
  await execa("docker", ["build", "--network=none", "--tag", built, RECIPE], {
    env: { ...env, DOCKER_BUILDKIT: "0" },
  });
  return built;
}

/** Builds the part of the image that takes a minute; `image/Dockerfile` adds the rest. */
async function importBase(env: Engine["env"], say: Say): Promise<void> {
  say("building the image from Debian packages, about a minute");
  const root = join(CACHE, "rootfs");
  try {
    await buildRoot(root, say);
    await execa("tar", ["-C", root, ...LEFT_OUT, "-c", "."], { buffer: false }).pipe(
      "docker",
      ["import", "-", BASE],
      { env },
    );
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

/** A change of the recipe is another image. */
async function recipeHash(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of (await readdir(RECIPE)).sort()) {
    hash.update(name).update(await readFile(join(RECIPE, name)));
  }
  return hash.digest("hex").slice(0, 12);
}

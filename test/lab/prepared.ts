import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { alone, CACHE } from "./cache.ts";
import type { Lab } from "./lab.ts";
import { type SeedSizes, seedLab } from "./seeding.ts";
import { startStack } from "./stack.ts";

const PREPARED = join(CACHE, "prepared");

/** What decides, next to the image and the policy, what a new lab's volumes hold. */
const RECIPE = ["stack", "stack.ts", "seed", "seeding.ts"];

/** The volumes that a lab begins with, by the service and the folder that they are mounted at. */
const VOLUMES = [
  { service: "db", folder: "/var/lib/postgresql" },
  { service: "odoo", folder: "/var/lib/odoo" },
] as const;

const UNUSED_MS = 7 * 24 * 3_600_000;

interface Start {
  readonly image: string;
  readonly seed?: SeedSizes;
  readonly databaseVolumeBytes?: number;
}

/**
 * Start a lab's services, with data of the sizes in its database and filestore, or with an empty database. The first lab of
 * a kind runs initdb and the seed; what its volumes then hold is kept in the cache, and the next ones begin with a copy.
 */
export async function startWithData(lab: Lab, { image, seed, ...start }: Start): Promise<void> {
  const seeded = async () => {
    if (seed) await seedLab(lab, seed);
  };
  // Such a volume is in memory, and forgets what it is filled with before a container runs.
  if (start.databaseVolumeBytes) {
    await startStack(lab);
    return seeded();
  }
  const empty = await archiveOf(lab, image, {});
  const startEmpty = () => startFrom(empty, lab, () => startStack(lab));
  if (!seed) return startEmpty();
  return startFrom(await archiveOf(lab, image, seed), lab, async () => {
    await startEmpty();
    await seeded();
  });
}

/** Start a lab with what an archive holds; where there is none, by `make`, and keep what that made. */
async function startFrom(archive: string, lab: Lab, make: () => Promise<void>): Promise<void> {
  const made = await alone(async () => {
    if (existsSync(archive)) return false;
    await make();
    await keep(archive, lab);
    return true;
  }, archive);
  if (!made) await startStack(lab, () => fill(archive, lab));
}

/** A server that has been stopped has all its data in its data folder. */
async function keep(archive: string, lab: Lab): Promise<void> {
  await removeUnused();
  const unfinished = `${archive}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  await lab.compose("stop", "db");
  for (const { service, folder } of VOLUMES) {
    await execa("docker", ["cp", `${lab.container(service)}:${folder}`, "-"], {
      env: lab.engine.env,
      stdout: { file: join(unfinished, service) },
      buffer: false,
    });
  }
  await rename(unfinished, archive);
  await startStack(lab);
}

async function fill(archive: string, lab: Lab): Promise<void> {
  const now = new Date();
  await utimes(archive, now, now);
  for (const { service, folder } of VOLUMES) {
    await execa("docker", ["cp", "-", `${lab.container(service)}:${dirname(folder)}`], {
      env: lab.engine.env,
      inputFile: join(archive, service),
    });
  }
}

/** What no lab has begun with for a week is of an image or a recipe that has changed since. */
async function removeUnused(): Promise<void> {
  const names = await readdir(PREPARED).catch(() => []);
  for (const path of names.map((name) => join(PREPARED, name))) {
    const { mtimeMs } = await stat(path);
    if (mtimeMs < Date.now() - UNUSED_MS) await rm(path, { recursive: true, force: true });
  }
}

async function archiveOf(lab: Lab, image: string, sizes: Partial<SeedSizes>): Promise<string> {
  const id = await lab.docker("image", "inspect", "--format", "{{.Id}}", image);
  const parts = [id, lab.policy, JSON.stringify(sizes, Object.keys(sizes).sort()), await recipe()];
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return join(PREPARED, `${lab.policy}-${hash.slice(0, 16)}`);
}

/** A digest of everything that the data is made by. */
async function recipe(): Promise<string> {
  const hash = createHash("sha256");
  for (const name of RECIPE) {
    const path = join(import.meta.dirname, name);
    const inside = name.includes(".") ? [""] : await readdir(path, { recursive: true });
    for (const one of inside.sort()) {
      const content = await readFile(join(path, one)).catch(() => "a folder");
      hash.update(join(name, one)).update(content);
    }
  }
  return hash.digest("hex");
}

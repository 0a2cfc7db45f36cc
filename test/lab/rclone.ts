import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { UserMistake } from "../../src/failure.ts";
import { type Say, which } from "../packages.ts";
import { alone, CACHE } from "./cache.ts";

/** The version that the lab's hosts have; it can serve S3, too. */
const VERSION = "v1.76.0";
const IMAGE = `rclone/rclone:${VERSION.slice(1)}`;

/**
 * The path of an rclone of the lab's version, from the cache; else built by Go, which takes minutes, or taken from
 * rclone's own image. Two files that need it at once build it once. Throws UserMistake where neither can be had.
 */
export function findRclone(say: Say): Promise<string> {
  return alone(() => findOrMake(say), "rclone");
}

async function findOrMake(say: Say): Promise<string> {
  const folder = join(CACHE, "tools", `rclone-${VERSION}`);
  const path = join(folder, "rclone");
  if ((await execa(path, ["version"], { reject: false })).exitCode === 0) return path;
  await rm(folder, { recursive: true, force: true });
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  if (await which("go")) await build(unfinished, say);
  else await takeFromImage(unfinished, say);
  await rename(unfinished, folder);
  return path;
}

async function build(folder: string, say: Say): Promise<void> {
  say(`building rclone ${VERSION}, some minutes`);
  await execa(
    "nice",
    ["go", "install", "-trimpath", "-ldflags=-s -w", `github.com/rclone/rclone@${VERSION}`],
    { env: { GOBIN: folder, GOTOOLCHAIN: "local", CGO_ENABLED: "0", GOFLAGS: "-p=2" } },
  );
}

async function takeFromImage(folder: string, say: Say): Promise<void> {
  say(`taking rclone ${VERSION} from its image`);
  const created = await execa("docker", ["create", IMAGE], { reject: false });
  if (created.exitCode !== 0) {
    throw new UserMistake({
      what: `The lab needs rclone ${VERSION}, and it can be had neither from Go nor from the image ${IMAGE}.`,
      why: created.stderr.trim().split("\n").at(-1),
      next: `Install Go, or put rclone ${VERSION} into ${folder.replace(/\.\d+$/, "")}.`,
    });
  }
  await execa("docker", ["cp", `${created.stdout.trim()}:/usr/local/bin/rclone`, folder]);
  await execa("docker", ["rm", created.stdout.trim()]);
}

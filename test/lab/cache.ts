import { createHash } from "node:crypto";
import { createServer } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Everything the lab ever writes: what is worth keeping (engine, image) and a folder for each lab that is up. */
export const CACHE = join(
  process.env.XDG_CACHE_HOME || join(homedir(), ".cache"),
  "openspp-backup-lab",
);

export const LABS = join(CACHE, "labs");

/**
 * Run some work on what all labs share while no other process does, and return its result. Work on a part of it, by that
 * part's name, excludes only work on the same part.
 */
export async function alone<T>(work: () => Promise<T>, part = ""): Promise<T> {
  const release = await acquire(part);
  try {
    return await work();
  } finally {
    release();
  }
}

/** The lock is a name in Linux's abstract socket namespace: it goes with the process that holds it. */
async function acquire(part: string): Promise<() => void> {
  const id = createHash("sha256").update(join(CACHE, part)).digest("hex");
  const name = `\0openspp-backup-lab-${id}`;
  for (;;) {
    const server = createServer();
    const held = await new Promise<boolean>((resolve, reject) => {
      server.once("listening", () => resolve(true));
      server.once("error", (error: NodeJS.ErrnoException) =>
        error.code === "EADDRINUSE" ? resolve(false) : reject(error),
      );
      server.listen(name);
    });
    if (held) return () => server.close();
    await sleep(100);
  }
}

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

/** Given some work on what all labs share, run it while no other process does, and return its result. */
export async function alone<T>(work: () => Promise<T>): Promise<T> {
  const release = await acquire();
  try {
    return await work();
  } finally {
    release();
  }
}

/** The lock is a name in Linux's abstract socket namespace: it goes with the process that holds it. */
async function acquire(): Promise<() => void> {
  const name = `\0openspp-backup-lab-${createHash("sha256").update(CACHE).digest("hex")}`;
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

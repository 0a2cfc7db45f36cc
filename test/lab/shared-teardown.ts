import { readdir } from "node:fs/promises";
import type { TestProject } from "vitest/node";
import { LABS } from "./cache.ts";
import { openLab } from "./lab.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** What the names of the labs begin with that the test files of one run share (shared.ts). */
    sharedLabs: string;
  }
}

/** Given the project of tests that need a lab, say how the shared ones are named, and take them down when all is done. */
export default function setup(project: TestProject): () => Promise<void> {
  const prefix = `shared-${process.pid}`;
  project.provide("sharedLabs", prefix);
  return async () => {
    const names = await readdir(LABS).catch(() => []);
    for (const name of names) {
      const lab = name.startsWith(`${prefix}-`) ? await openLab(name) : undefined;
      // Docker waits 10 s for each frozen container that it is to remove.
      await lab?.unpause();
      await lab?.down();
    }
  };
}

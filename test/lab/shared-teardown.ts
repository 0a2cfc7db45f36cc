import type { TestProject } from "vitest/node";
import type { Policy } from "../../src/deployment/deployment.ts";
import { openLab } from "./lab.ts";

/** The names of the labs that the test files of one run share (shared.ts), by policy. */
export type SharedLabs = Readonly<Record<Policy, string>>;

declare module "vitest" {
  interface ProvidedContext {
    sharedLabs: SharedLabs;
  }
}

/** Given the project of tests that need a lab, name the shared ones, and take them down when all is done. */
export default function setup(project: TestProject): () => Promise<void> {
  const names: SharedLabs = {
    flexible: `shared-${process.pid}-flexible`,
    strict: `shared-${process.pid}-strict`,
  };
  project.provide("sharedLabs", names);
  return async () => {
    for (const name of Object.values(names)) await (await openLab(name))?.down();
  };
}

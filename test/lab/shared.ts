import { inject } from "vitest";
import type { Policy } from "../../src/deployment/deployment.ts";
import { type Lab, openLab, startLab } from "./lab.ts";

const REGISTRANTS = 300;

/**
 * Given a policy, return the seeded lab that the test files of one run share; the first that asks starts it. Files that run
 * at the same time have one each. Who changes its data takes the change back. The strict one has Odoo's immutable unaccent.
 */
export async function sharedLab(policy: Policy): Promise<Lab> {
  const name = nameOf(policy);
  const running = await openLab(name);
  if (running) {
    await running.unpause();
    return running;
  }
  const lab = await startLab({
    name,
    policy,
    seed: { registrants: REGISTRANTS, immutableUnaccent: policy === "strict" },
  });
  return lab;
}

/**
 * Freeze the shared labs of this worker until the next file asks for one: the health checks of a deployment, each second a
 * process in a container or two, would take the processor from the files that run.
 */
export async function pauseSharedLabs(): Promise<void> {
  for (const policy of ["strict", "flexible"] as const) {
    await (await openLab(nameOf(policy)))?.pause();
  }
}

function nameOf(policy: Policy): string {
  return `${inject("sharedLabs")}-${process.env.VITEST_POOL_ID}-${policy}`;
}

import { delayProxy } from "../lab/delay-proxy.ts";
import type { Lab } from "../lab/lab.ts";
import { runCli } from "./cli.ts";

/** Between runner and host: a runner in another part of the world. */
const ROUND_TRIP_MS = 100;

/** Given a lab with a backup and how often, return by how many seconds a drill is slower at 100 ms than on loopback. */
export async function secondsLost(lab: Lab, rounds: number): Promise<readonly number[]> {
  const lost: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const near = await drillAt(lab, 0);
    const far = await drillAt(lab, ROUND_TRIP_MS);
    process.stderr.write(`bench: drill ${near.toFixed(2)} s near, ${far.toFixed(2)} s far\n`);
    lost.push(far - near);
  }
  return lost;
}

/** Given seconds lost at 100 ms, return how many round trips these are. */
export function roundTrips(seconds: number): number {
  return (seconds * 1000) / ROUND_TRIP_MS;
}

/** Both go through a proxy, so that its own cost falls on both. */
async function drillAt(lab: Lab, roundTripMs: number): Promise<number> {
  const proxy = await delayProxy(lab.ssh.port, roundTripMs);
  try {
    return (await runCli(lab, ["drill", "--quiet"], proxy.port)).seconds;
  } finally {
    await proxy.close();
  }
}

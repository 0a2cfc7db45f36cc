import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import type { Report } from "../../src/report/report-schema.ts";
import type { Lab } from "../lab/lab.ts";

const CLI = join(import.meta.dirname, "../../dist/cli/main.js");
const SAMPLE_MILLISECONDS = 100;

export interface Run {
  /** Of the whole process. */
  readonly seconds: number;
  /** The most memory that the process ever held, in MB. */
  readonly megabytes: number;
  readonly report: Report;
}

/** Given a lab and arguments, run the built CLI as a user would, at `port` (the server's, or a proxy's); it must pass. */
export async function runCli(lab: Lab, args: readonly string[], port?: number): Promise<Run> {
  const start = performance.now();
  const child = execa(process.execPath, [CLI, ...args, "--json"], {
    env: { ...(await lab.env(port)) },
    stderr: "inherit",
  });
  let megabytes = 0;
  const sample = setInterval(() => {
    megabytes = Math.max(megabytes, peakMegabytes(child.pid));
  }, SAMPLE_MILLISECONDS);
  try {
    const { stdout } = await child;
    const seconds = (performance.now() - start) / 1000;
    return { seconds, megabytes, report: JSON.parse(stdout) as Report };
  } finally {
    clearInterval(sample);
  }
}

/** `VmHWM` of /proc (proc(5)), which only grows; 0 of a process that has ended. */
function peakMegabytes(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return (Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024) / 1e6;
  } catch {
    return 0;
  }
}

/** Given work, do it and return the seconds that it took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** A process of the lab's that outlives the one that started it, known by its pid file. */
export interface Daemon {
  readonly pidFile: string;
  /** A word of its command line that is this daemon's alone: a pid may have been given to another. */
  readonly mark: string;
}

/** Given a daemon's command line, start it in a session of its own, its output in `log`; it writes its own pid file. */
export function startDaemon(file: string, args: readonly string[], log: string): void {
  const output = openSync(log, "a");
  spawn(file, args, { detached: true, stdio: ["ignore", output, output] }).unref();
  closeSync(output);
}

/** Given a daemon, return its pid, or undefined when it does not run. */
export async function pidOf({ pidFile, mark }: Daemon): Promise<number | undefined> {
  const pid = Number(await readFile(pidFile, "utf8").catch(() => ""));
  if (!pid) return undefined;
  const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  return line.includes(mark) ? pid : undefined;
}

/** Given the pid of a process that may end by itself in the meantime, send it a signal. */
export function kill(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}

/** Given a daemon, end it and wait until it is gone, at most 20 s. */
export async function stopDaemon(daemon: Daemon): Promise<void> {
  const pid = await pidOf(daemon);
  if (pid !== undefined) {
    kill(pid, "SIGTERM");
    const deadline = Date.now() + 20_000;
    while ((await pidOf(daemon)) === pid) {
      if (Date.now() > deadline) kill(pid);
      await sleep(50);
    }
  }
  await rm(daemon.pidFile, { force: true });
}

/** Given a pid, return the processes below it, as pid and command name. */
export async function descendantsOf(root: number): Promise<{ pid: number; name: string }[]> {
  const entries = (await readdir("/proc")).filter((entry) => /^\d+$/.test(entry));
  const processes = await Promise.all(entries.map(statOf));
  const found: { pid: number; name: string }[] = [];
  const visit = (parent: number): void => {
    for (const one of processes) {
      if (one?.parent !== parent) continue;
      found.push({ pid: one.pid, name: one.name });
      visit(one.pid);
    }
  };
  visit(root);
  return found;
}

/** proc(5): the command name stands in brackets and may itself hold brackets and spaces. */
async function statOf(
  pid: string,
): Promise<{ pid: number; name: string; parent: number } | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const match = stat?.match(/^\d+ \((.*)\) \S (\d+) /s);
  return match
    ? { pid: Number(pid), name: match[1] as string, parent: Number(match[2]) }
    : undefined;
}

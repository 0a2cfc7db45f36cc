import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** The command lines of all processes of this machine; the dead not yet buried have none. */
export function commandLines(): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()];
      } catch {
        return [];
      }
    });
}

/** Given a text, say whether a process has it in its command line, waiting some seconds for the expected answer. */
export async function isRunning(text: string, expected: boolean): Promise<boolean> {
  const found = () => commandLines().some((line) => line.includes(text));
  for (let attempt = 0; attempt < 100 && found() !== expected; attempt += 1) await sleep(50);
  return found();
}

let naps = 0;
/** A number of seconds to sleep that no other test sleeps, so that its process can be told from theirs. */
export function uniqueNap(): string {
  naps += 1;
  return `9${process.pid}.${naps}`;
}

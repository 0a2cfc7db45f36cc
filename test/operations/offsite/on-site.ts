import { readFile, writeFile } from "node:fs/promises";
import { execa } from "execa";
import { backup } from "../../../src/operations/backup/backup.ts";
import { type SyncReport, sync } from "../../../src/operations/offsite/sync.ts";
import type { Check } from "../../../src/report/check.ts";
import type { Lab } from "../../lab/lab.ts";
import { type Inputs, KeptLog, onLab } from "../on-lab.ts";

/** Given a lab, take a backup as an administrator would, and return its dump's name. */
export async function takeBackup(lab: Lab, inputs: Inputs = {}): Promise<string> {
  const report = await onLab(lab, backup, { retention: "off", ...inputs });
  return report.backup.name;
}

/** Given a lab, inputs and a log, copy its backups off-site as `openspp-backup sync` does. */
export function syncLab(lab: Lab, inputs: Inputs, log = new KeptLog()): Promise<SyncReport> {
  return onLab(lab, sync, { retention: "off", ...inputs }, log);
}

/** Given a report, return what its checks came to by their names. */
export function verdicts({ checks }: SyncReport): Record<string, Check["status"]> {
  return Object.fromEntries(checks.map(({ name, status }) => [name, status]));
}

/** Given a report and a check's name, return what that check says. */
export function messageOf({ checks }: SyncReport, name: string): string {
  return checks.find((check) => check.name === name)?.message ?? "";
}

/** Given a folder, return its files with their SHA-256, by their paths below it. */
export async function contentOf(folder: string): Promise<Record<string, string>> {
  const line = 'cd "$1" && find . -type f -exec sha256sum {} +';
  const { stdout } = await execa("sh", ["-c", line, "sh", folder], { reject: false });
  const entries = stdout.split("\n").flatMap((one) => {
    const [, sum = "", path] = /^(\w{64}) {2}\.\/(.*)$/.exec(one) ?? [];
    return path === undefined ? [] : [[path, sum] as const];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => a.localeCompare(b)));
}

/** Given a file, flip one bit in its middle. */
export async function flipBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** Returns a folder with nothing but busybox's applets, as an Alpine image has them. It goes with the test file that asks for it. */
export function alpineTools(): string {
  const folder = mkdtempSync(join(tmpdir(), "busybox-"));
  const busybox = execFileSync("sh", ["-c", "command -v busybox"], { encoding: "utf8" }).trim();
  const applets = execFileSync(busybox, ["--list"], { encoding: "utf8" }).trim().split("\n");
  for (const applet of applets) symlinkSync(busybox, join(folder, applet));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { need, which } from "../packages.ts";

/** Returns a folder with nothing but busybox's applets, as an Alpine image has them. It goes with the test file that asks for it. */
export async function alpineTools(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "busybox-"));
  await need(["busybox"]);
  const busybox = String(await which("busybox"));
  const applets = execFileSync(busybox, ["--list"], { encoding: "utf8" }).trim().split("\n");
  for (const applet of applets) symlinkSync(busybox, join(folder, applet));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

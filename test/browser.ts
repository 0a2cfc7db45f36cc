import { execa } from "execa";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/**
 * Opens a browser: the machine's own Chromium or Chrome. Where there is none, and we are root on Debian or Ubuntu,
 * installs it; else the error says how.
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = (await installed()) ?? (await install());
  const asRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath, args: asRoot ? ["--no-sandbox"] : [] });
}

async function installed(): Promise<string | undefined> {
  for (const name of NAMES) {
    const { stdout, failed } = await execa("which", [name], { reject: false });
    if (!failed) return stdout;
  }
  return undefined;
}

async function install(): Promise<string> {
  const apt = (args: readonly string[]) =>
    execa("apt-get", args, { env: { DEBIAN_FRONTEND: "noninteractive" }, reject: false });
  await apt(["update", "--quiet"]);
  await apt(["install", "--quiet", "--yes", "--no-install-recommends", "chromium"]);
  const path = await installed();
  if (path === undefined) {
    throw new Error(
      "No browser to look at pages with: install Chromium (apt-get install chromium).",
    );
  }
  return path;
}

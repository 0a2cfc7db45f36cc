import { type Browser, chromium } from "playwright-core";
import { need, which } from "./packages.ts";

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
    const path = await which(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

async function install(): Promise<string> {
  await need(["chromium"]);
  return String(await which("chromium"));
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { discover } from "../../src/deployment/discover.ts";
import { UserMistake } from "../../src/failure.ts";
import { LocalHost } from "../../src/host/local.ts";
import type { DeploymentSettings } from "../../src/inputs/settings.ts";

const root = mkdtempSync(join(tmpdir(), "discover-"));
const directory = join(root, "project");
mkdirSync(directory);
writeFileSync(join(directory, "docker-compose.production.yml"), "services: [");
afterAll(() => rmSync(root, { recursive: true }));

const SETTINGS: DeploymentSettings = {
  directory,
  composeFile: "docker-compose.production.yml",
  envFile: ".env.production",
  databaseService: "db",
  backupService: "backup",
  odooService: "odoo",
};

function discovery(settings: Partial<DeploymentSettings>) {
  const signal = new AbortController().signal;
  const host = new LocalHost(systemClock);
  return discover(host, { ...SETTINGS, ...settings }, { clock: systemClock, signal });
}

test.each<[string, Partial<DeploymentSettings>, UserMistake]>([
  [
    "a folder that is not there",
    { directory: join(root, "it's not there") },
    new UserMistake({
      what: `The project folder \`${join(root, "it's not there")}\` does not exist on this machine, or the SSH user may not enter it.`,
      state: "Nothing was changed.",
      next: "Set `project-directory` to the folder that holds the compose file.",
    }),
  ],
  [
    "a compose file that is not there",
    { composeFile: "compose.yml" },
    new UserMistake({
      what: `There is no \`compose.yml\` in \`${directory}\` on this machine.`,
      state: "Nothing was changed.",
      next: "Set `compose-file` to the production compose file's name.",
    }),
  ],
  [
    "an env file that is not there",
    {},
    new UserMistake({
      what: `There is no \`.env.production\` in \`${directory}\` on this machine, or the SSH user may not read it.`,
      why: "Without it the compose file's required variables are missing, in every docker compose call.",
      state: "Nothing was changed.",
      next: "Set `env-file`, or let the SSH user read it.",
    }),
  ],
])("%s", async (_, settings, expected) => {
  await expect(discovery(settings)).rejects.toThrow(expected);
});

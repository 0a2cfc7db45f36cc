import { randomBytes } from "node:crypto";
import { imageOf, rolesOf } from "../../backups/fresh-server.ts";
import { type Check, failed, passed, verdictOf } from "../../checks/check.ts";
import { Secret } from "../../commands/secret.ts";
import { FETCHED_DIRECTORY } from "../../commands/throwaway-server.ts";
import type { BackupReport } from "../../report/report.ts";
import type { Settings } from "../../settings.ts";
import { drillChosen } from "../drill.ts";
import type { Effects } from "../effects.ts";
import { fetchCopy, refuseTooLarge } from "./fetch.ts";
import { fetchedInto } from "./fetched-copy.ts";
import { findCopy } from "./find-copy.ts";
import { onFreshDeployment } from "./fresh-deployment.ts";
import { openFromRunner } from "./offsite.ts";
import { removeDeadServersOn, withThrowawayServer } from "./throwaway-server.ts";

/**
 * Given the settings, drill a backup as on the day when its off-site copy is all that is left: fetch it to this machine,
 * restore it on a server that is started for it, prove it, and remove everything. Nothing of the deployment's host is
 * used. The time from the first byte asked for to the proof is what recovery would take.
 */
export async function drillOnRunner(settings: Settings, effects: Effects): Promise<BackupReport> {
  const { journal, clock } = effects;
  const machine: Effects = { ...effects, host: effects.runner };
  const startedAt = clock.now();
  const offsite = await openFromRunner({ ...effects, settings });
  await removeDeadServersOn(machine);

  const since = clock.seconds();
  const { database, ...given } = settings.deployment;
  const copy = await journal.phase("Find the backup off-site", () =>
    findCopy(machine, offsite, { database, backup: settings.drill.backup }),
  );
  const { remote } = offsite;
  const roles = rolesOf(copy.manifest, given);
  const password = newPassword(effects);
  const wanted = {
    image: settings.drill.runnerImage ?? imageOf(copy.manifest),
    user: roles.admin,
    password,
    database: copy.database,
  };
  const { result, left } = await withThrowawayServer(machine, wanted, async (server) => {
    const here = { ...machine, signal: server.signal };
    refuseTooLarge(copy, server.freeBytes, `The folder ${server.folder}`);
    await journal.phase(`Fetch ${copy.backup.name}`, () =>
      fetchCopy({ ...here, limit: settings.sync.limit }, offsite, copy, server.folder),
    );
    const address = await journal.phase(`Wait for ${wanted.image}`, () => server.ready);
    const fresh = { settings, server, address, copy, remote, roles, password, startedAt };
    return onFreshDeployment(here, fresh, (run) =>
      drillChosen(run, fetchedInto(FETCHED_DIRECTORY, copy.backup), since),
    );
  });
  return withRemoval(result, left, effects);
}

function newPassword({ journal }: Effects): Secret {
  const password = new Secret(randomBytes(24).toString("base64url"));
  journal.log.mask(password.reveal());
  return password;
}

/** What holds a country's data and could not be removed is no success. */
function withRemoval(
  report: BackupReport,
  left: string | undefined,
  { journal }: Effects,
): BackupReport {
  const cleanup: Check =
    left === undefined
      ? passed(
          "cleanup",
          "The throwaway server, its volume, its network and the copy were removed.",
        )
      : failed("cleanup", left, "It holds personal data: remove it now.");
  const checks = [...report.checks.filter(({ name }) => name !== "cleanup"), cleanup];
  return {
    ...report,
    checks,
    verdict: verdictOf(checks),
    seconds: journal.elapsed(),
    phases: [...journal.phases],
    ...(left !== undefined && { state: left }),
  };
}

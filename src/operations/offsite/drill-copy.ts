import { randomBytes } from "node:crypto";
import { imageOf, rolesOf } from "../../backups/fresh-server.ts";
import { FETCHED_DIRECTORY } from "../../commands/throwaway-server.ts";
import type { Settings } from "../../inputs/settings.ts";
import { type Check, failed, passed } from "../../report/check.ts";
import type { BackupReport } from "../../report/report-schema.ts";
import { Secret } from "../../secret.ts";
import { amendReport } from "../assemble-report.ts";
import { drillChosen } from "../drill/drill-backup.ts";
import type { Effects } from "../effects.ts";
import { fetchCopy, refuseTooLarge } from "./fetch-copy.ts";
import { fetchedInto } from "./fetched-copy.ts";
import { findCopy } from "./find-copy.ts";
import { onFreshDeployment } from "./fresh-deployment.ts";
import { openFrom } from "./offsite.ts";
import { removeDeadServersOn, withThrowawayServer } from "./start-throwaway-server.ts";

/**
 * Drills a backup as if the off-site copy were all that is left. It fetches the copy to a machine,
 * restores it on a fresh server there, proves it, and removes everything. It uses nothing of the
 * deployment. The time from the first byte asked for to the proof is what recovery would take.
 */
export async function drillCopy(settings: Settings, effects: Effects): Promise<BackupReport> {
  const { journal, clock } = effects;
  const { where, runnerImage } = settings.drill;
  const machine: Effects = { ...effects, host: where === "fresh" ? effects.host : effects.runner };
  const startedAt = clock.now();
  const offsite = await openFrom({ ...effects, settings }, machine.host);
  await removeDeadServersOn(machine);

  const since = clock.seconds();
  const { database } = settings.deployment;
  const copy = await journal.phase("Find the backup off-site", () =>
    findCopy(machine, offsite, { database, backup: settings.drill.backup }),
  );
  const image = runnerImage ?? imageOf(copy.manifest);
  const roles = rolesOf(copy.manifest, settings.deployment);
  const password = newPassword(effects);
  const wanted = { image, user: roles.admin, password, database: copy.database };
  const { result, notRemoved } = await withThrowawayServer(machine, wanted, async (server) => {
    const here = { ...machine, signal: server.signal };
    refuseTooLarge(copy, server.freeBytes, `The folder ${server.folder}`);
    await journal.phase(`Fetch ${copy.backup.name}`, () =>
      fetchCopy(
        { ...here, bandwidthLimit: settings.sync.bandwidthLimit },
        offsite,
        copy,
        server.folder,
      ),
    );
    const address = await journal.phase(`Wait for ${image}`, () => server.ready);
    const { remote } = offsite;
    const fresh = { settings, copy, remote, startedAt, server, address, roles, password };
    return onFreshDeployment(here, fresh, (run) =>
      drillChosen(run, fetchedInto(FETCHED_DIRECTORY, copy.backup), since),
    );
  });
  return withRemoval(result.report, notRemoved, effects);
}

function newPassword({ journal }: Effects): Secret {
  const password = new Secret(randomBytes(24).toString("base64url"));
  journal.log.mask(password.reveal());
  return password;
}

/**
 * A copy that could not be removed holds a country's data, so the drill did not succeed. The
 * database need not be dropped first: it goes with its server.
 */
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
    ...amendReport({ journal }, report, checks),
    ...(left !== undefined && { state: left }),
  };
}

import { literal } from "../checks/sql.ts";
import { removeTrees } from "../commands/backup-files.ts";
import { removeContainers, throwawayLabelOf } from "../commands/docker.ts";
import type { Settings } from "../inputs/settings.ts";
import { counted } from "../words/count.ts";
import { APPLICATION, LOCKING_VERBS } from "./application.ts";
import {
  deadThrowawaysQuery,
  dropFound,
  dropThrowaway,
  type FoundDatabase,
  RESTORE_LIST,
} from "./drill/throwaway-database.ts";
import type { Effects } from "./effects.ts";
import { removeDeadServersOn } from "./offsite/start-throwaway-server.ts";
import { resolveInterruptedRestores, restoreLeftovers } from "./restore/resolve-interrupted.ts";
import type { Run } from "./run.ts";
import { inBackup } from "./run-in-container.ts";
import { withRun } from "./with-run.ts";

/**
 * Removes what our runs left on the deployment. Where the settings say that drills run on a fresh
 * server, it also removes what they left of those. Returns a sentence for each thing removed.
 */
export async function sweep(settings: Settings, effects: Effects): Promise<readonly string[]> {
  const { where } = settings.drill;
  const machine = { ...effects, host: where === "fresh" ? effects.host : effects.runner };
  const fresh = where === "host" ? [] : await removeDeadServersOn(machine);
  if (settings.deployment.directory === "") return fresh;
  return [...fresh, ...(await sweepDeployment(settings, effects))];
}

function sweepDeployment(settings: Settings, effects: Effects): Promise<readonly string[]> {
  return withRun("sweep", settings, effects, async (run) => [
    ...(await removeLeftovers(run)),
    ...(await dropThrowaway(run, settings.drill.throwawayDatabase)),
  ]);
}

/**
 * Ends the sessions, drops the databases and removes the partial files that a dead run left.
 * Because this run holds the lock, no other one is alive. Returns a sentence for each thing
 * removed.
 */
export async function removeLeftovers(run: Run): Promise<readonly string[]> {
  const { listing, deployment, journal, session, host, signal, resolvedRestores = [] } = run;
  const [[ended, forgotten], interrupted] = await Promise.all([
    session.values<[string, FoundDatabase[]]>([
      endLeftoverSessions(deployment.database.name),
      deadThrowawaysQuery(run),
    ]),
    restoreLeftovers(run),
    deployment.leftoverContainers > 0 &&
      host.run(removeContainers(throwawayLabelOf(deployment.project)), { signal }),
  ]);
  if (listing.partials.length > 0) {
    await inBackup(run, removeTrees([...listing.partials, RESTORE_LIST]));
  }
  const removed = [
    ...(Number(ended) > 0
      ? [`Ended ${counted(Number(ended), "session")} of a run that died.`]
      : []),
    ...listing.partials.map((path) => `Removed ${path}, which an unfinished run left.`),
  ];
  for (const sentence of removed) journal.log.info(sentence);
  return [
    ...resolvedRestores,
    ...(await resolveInterruptedRestores(run, interrupted)),
    ...removed,
    ...(await dropFound(run, forgotten)),
  ];
}

/**
 * Only one run at a time holds the lock. So any other session of these verbs belongs to a run that
 * died.
 */
const endLeftoverSessions = (production: string) => `
SELECT count(pg_terminate_backend(a.pid, 5000))::text AS ended FROM pg_stat_activity a
WHERE a.application_name IN (${LOCKING_VERBS.map((verb) => literal(`${APPLICATION} ${verb}`)).join(", ")})
  AND a.datname = ${literal(production)} AND a.pid <> pg_backend_pid()`;

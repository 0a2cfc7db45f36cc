import { commentOf, type DatabaseMark } from "../../backups/extra-databases.ts";
import { relationsOfExtensions } from "../../backups/table-of-contents.ts";
import type { ServerFacts } from "../../checks/server-facts.ts";
import { whileDiskHasSpace } from "../disk-watch.ts";
import { createMarked } from "../proof/create-database.ts";
import type { Archive } from "../proof/open-archive.ts";
import { type ProofFindings, restoreAndProve } from "../proof/restore-and-prove.ts";
import type { Run } from "../run.ts";
import { withSession } from "../sessions.ts";
import type { Preconditions } from "./preconditions.ts";
import { recoveryText } from "./recovery.ts";
import type { ServerRun } from "./server-run.ts";

/** Settings of the sessions that restore. The database does not keep them. */
const RESTORE_SETTINGS = {
  maintenance_work_mem: "256MB",
  max_parallel_maintenance_workers: "0",
} as const;

/** The empty, marked database has the source's locale. */
export async function createIncoming(
  run: ServerRun,
  archive: Archive,
  name: string,
  mark: DatabaseMark,
): Promise<void> {
  const { journal, maintenance, deployment, properties, facts } = run;
  await journal.phase(`Create ${name}`, () =>
    createMarked(maintenance, {
      name,
      owner: deployment.database.owner.name,
      locale: archive.manifest?.locale ?? facts,
      ...(properties && { tablespace: properties.tablespace }),
      comment: commentOf(mark),
    }),
  );
}

/** Into the database that `createIncoming` made. It is proven as in a drill; then the planner's statistics are gathered. */
export async function restoreIncoming(
  run: ServerRun,
  archive: Archive,
  preconditions: Preconditions,
  name: string,
): Promise<ProofFindings> {
  const prepared = withArchiveExtensions(run, archive, preconditions);
  const target = {
    name,
    live: "replaced",
    settings: RESTORE_SETTINGS,
    subscriptions: run.settings.restore.strategy === "copy" ? "left out" : "restored",
  } as const;
  const database = run.deployment.database.name;
  const state = `${database} is as it was, and was never stopped; what was restored was dropped.`;
  const findings = await whileDiskHasSpace(prepared, state, async (watched) => {
    const proof = await restoreAndProve(watched, archive, target);
    if (proof.proven) await analyze(watched, name);
    return proof;
  });
  if (!findings.proven) return findings;
  return { ...findings, recovery: recoveryText(prepared, archive, run.properties) };
}

/**
 * Puts the extensions of the archive into the run's facts. A drill takes them from production, which may be broken or
 * gone when a restore is needed. So here they are what the archive itself says, and what the server offers.
 */
export function withArchiveExtensions(
  run: ServerRun,
  { manifest, contents }: Archive,
  { needs, offers }: Preconditions,
): ServerRun {
  const facts: ServerFacts = {
    ...run.facts,
    extensions: manifest?.extensions ?? needs.extensions.map((one) => ({ ...one, version: "" })),
    installable: offers.installable,
    extensionRelations: [...relationsOfExtensions(contents)],
  };
  return { ...run, facts };
}

/** A dump holds no statistics, and without them the first hours after a restore are slow. */
async function analyze(run: Run, name: string): Promise<void> {
  const { deployment, applicationName, journal } = run;
  const admin = { role: deployment.database.admin, name, applicationName };
  await journal.phase("Gather statistics", () =>
    withSession(run, admin, (session) => session.batch(["ANALYZE"])),
  );
}

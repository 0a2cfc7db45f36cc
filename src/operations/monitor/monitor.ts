import { EngineSilent, inspect } from "../../deployment/discover.ts";
import { UserMistake } from "../../failure.ts";
import type { Settings } from "../../inputs/settings.ts";
import { type Check, switchedOff, verdictOf } from "../../report/check.ts";
import type { LastRun, Report } from "../../report/report-schema.ts";
import type { Effects } from "../effects.ts";
import { endSessions } from "./end-sessions.ts";
import { completeBackups, recordOf } from "./findings/backup-store.ts";
import { type Evidence, judgeEvidence, judgeWithoutDocker } from "./findings/judge-evidence.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { type WatchedDeployment, watchedDeployment } from "./watched-deployment.ts";

/**
 * Looks at everything on which a recovery depends, with a finding on each. It takes no lock and
 * changes nothing, except that it ends sessions when the user asks for that. What is down is a
 * finding and no error. It throws only when the host cannot be reached, or when the folder holds no
 * project.
 */
export async function monitor(settings: Settings, effects: Effects): Promise<Report> {
  const { journal, host, clock } = effects;
  const startedAt = clock.now().toISOString();
  const { watched, evidence, checks } = await checkDeployment(settings, effects);
  const reported = checks.map((check) => asConfigured(check, settings));
  return {
    schemaVersion: 1,
    operation: "monitor",
    verdict: verdictOf(reported),
    startedAt,
    seconds: journal.elapsed(),
    deployment: {
      host: host.name,
      project: watched?.project ?? "unknown",
      database: watched?.database ?? settings.deployment.database ?? "unknown",
      policy: watched?.policy ?? "unknown",
      ...(evidence &&
        typeof evidence.server !== "string" && { postgresql: evidence.server.version }),
    },
    ...(evidence && badgeFields(evidence, checks)),
    checks: reported,
    phases: [...journal.phases],
    tables: [],
    rows: 0,
  };
}

export interface DeploymentChecks {
  /** Absent, like `evidence`, when Docker does not answer. */
  readonly watched?: WatchedDeployment;
  readonly evidence?: Evidence;
  readonly checks: readonly Check[];
}

export function checkDeployment(settings: Settings, effects: Effects): Promise<DeploymentChecks> {
  const { host, clock, signal, journal } = effects;
  return journal.phase("Look at the deployment", async () => {
    try {
      const inspection = await inspect(host, settings.deployment, signal);
      const watched = watchedDeployment(
        inspection,
        settings.deployment,
        clock.now().getTime() / 1000,
      );
      maskPasswords(effects, watched);
      await endSessions(settings, effects, watched);
      const evidence = await gatherEvidence(effects, watched, settings);
      return { watched, evidence, checks: judgeEvidence(evidence, settings.monitor) };
    } catch (error) {
      if (!(error instanceof EngineSilent)) throw error;
      return { checks: judgeWithoutDocker(error.sentence, error.explanation.next) };
    }
  });
}

function maskPasswords({ journal }: Effects, { server }: WatchedDeployment): void {
  if (server instanceof UserMistake) return;
  for (const { password } of [server.admin, server.owner]) journal.log.mask(password.reveal());
}

/** A check that the user switched off says so. With `fail-on: warning`, a warning becomes red. */
function asConfigured(check: Check, { proof, monitor: { failOn } }: Settings): Check {
  if (proof.skipChecks.includes(check.name)) return switchedOff(check.name);
  if (!check.warning || failOn === "critical") return check;
  const { warning: _, ...rest } = check;
  return { ...rest, status: "failed" };
}

/** For the badges: the newest backup and its age, the last drill, the off-site copies. */
function badgeFields({ store, now, remote }: Evidence, checks: readonly Check[]): Partial<Report> {
  if (typeof store === "string") return {};
  const [newest] = completeBackups(store);
  const lastDrill = lastOf(store, "drill");
  const lastSync = remote ? remoteRun(checks, now) : lastOf(store, "sync");
  return {
    ...(newest && {
      backup: {
        name: newest.name,
        takenAt: newest.takenAt.toISOString(),
        bytes: newest.bytes,
        manifest: newest.manifest,
      },
      rpoSeconds: Math.max(0, (now.getTime() - newest.takenAt.getTime()) / 1000),
    }),
    ...(lastDrill && { lastDrill }),
    ...(lastSync && { lastSync }),
  };
}

/** What was seen on the remote itself counts more than what the last sync recorded. */
function remoteRun(checks: readonly Check[], now: Date): LastRun | undefined {
  const seen = checks.find(({ name }) => name === "off-site");
  return seen && { verdict: seen.status, endedAt: now.toISOString() };
}

function lastOf(store: Parameters<typeof recordOf>[0], operation: "drill" | "sync") {
  const record = recordOf(store, operation);
  if (!record) return undefined;
  const { recordVersion: _, operation: __, remote: ___, ...rest } = record;
  return rest satisfies LastRun;
}

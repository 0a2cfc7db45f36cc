import * as z from "zod/mini";
import { verdictOf } from "./check.ts";
import type { EndedEarly } from "./outcome.ts";
import { type LastRun, type Operation, type Report, reportSchema } from "./report-schema.ts";

const { shape } = reportSchema.def.innerType;
const verdict = shape.verdict;

/**
 * One part of a run: how it ended and when, in ISO 8601, UTC. For a backup, the moment is that of its
 * snapshot.
 */
const part = z.readonly(z.object({ verdict, at: z.string(), rtoSeconds: shape.rtoSeconds }));

/** What is kept of an earlier report: enough for trends and badges, small enough to keep one for every run. */
export const pastResultSchema = z.readonly(
  z.object({
    operation: shape.operation,
    verdict,
    startedAt: shape.startedAt,
    /** Both are unknown when the run ended before it found out. */
    host: z.optional(z.string()),
    database: z.optional(z.string()),
    /** Only what the run did, or saw that others did. */
    parts: z.readonly(
      z.object({
        backup: z.optional(part),
        drill: z.optional(part),
        offsite: z.optional(part),
      }),
    ),
    rtoSeconds: shape.rtoSeconds,
    rtoObjectiveSeconds: shape.rtoObjectiveSeconds,
    rpoSeconds: shape.rpoSeconds,
    rpoObjectiveSeconds: shape.rpoObjectiveSeconds,
    bytes: z.optional(z.number()),
    rows: shape.rows,
  }),
);

export type PastResult = z.infer<typeof pastResultSchema>;
export type PastPart = z.infer<typeof part>;
type Parts = PastResult["parts"];

export function pastResultOf(report: Report): PastResult {
  const { operation, verdict, startedAt, deployment, backup, rows } = report;
  const { rtoSeconds, rtoObjectiveSeconds, rpoSeconds, rpoObjectiveSeconds } = report;
  return {
    operation,
    verdict,
    startedAt,
    rows,
    host: deployment.host,
    database: deployment.database,
    parts: operation === "monitor" ? seenParts(report) : ownParts(report),
    ...(rtoSeconds !== undefined && { rtoSeconds, rtoObjectiveSeconds }),
    ...(rpoSeconds !== undefined && { rpoSeconds, rpoObjectiveSeconds }),
    ...(backup && { bytes: backup.bytes }),
  };
}

/** For a run without a report: each of its parts proved nothing. */
export function pastResultOfEnd({ operation, verdict, endedAt }: EndedEarly): PastResult {
  const parts = Object.fromEntries(
    (PARTS_OF[operation] ?? []).map((name) => [name, { verdict, at: endedAt }]),
  );
  return { operation, verdict, startedAt: endedAt, parts, rows: 0 };
}

const PARTS_OF: Partial<Record<Operation, readonly (keyof Parts)[]>> = {
  backup: ["backup"],
  drill: ["drill"],
  cycle: ["backup", "drill"],
  sync: ["offsite"],
};

/** A monitor does nothing itself; it sees when each part was last done. */
function seenParts({ backup, lastDrill, lastSync }: Report): Parts {
  return {
    ...(backup && { backup: { verdict: "passed", at: backup.takenAt } }),
    ...(lastDrill && { drill: seenPart(lastDrill) }),
    ...(lastSync && { offsite: seenPart(lastSync) }),
  };
}

function seenPart({ verdict, endedAt, rtoSeconds }: LastRun): PastPart {
  return { verdict, at: endedAt, ...(rtoSeconds !== undefined && { rtoSeconds }) };
}

/**
 * A cycle is red when its drill is red, but its backup may be good. A drill's backup is good when it can be
 * read.
 */
function ownParts({ operation, startedAt, backup, rtoSeconds, checks }: Report): Parts {
  const ended = (isOf: RegExp) => {
    const own = checks.filter(({ name }) => isOf.test(name));
    return own.length > 0 ? { verdict: verdictOf(own), at: startedAt } : undefined;
  };
  const taken = ended(BACKUP);
  const copied = ended(OFFSITE);
  // A cycle that ended after its backup has no drill, whatever else it checked.
  const drilled = DRILLING.includes(operation) && checks.some(({ name }) => name === "archive");
  const proved = drilled ? ended(DRILL) : undefined;
  return {
    ...(taken && { backup: { ...taken, at: backup?.takenAt ?? startedAt } }),
    ...(proved && { drill: { ...proved, ...(rtoSeconds !== undefined && { rtoSeconds }) } }),
    ...(copied && { offsite: copied }),
  };
}

const DRILLING: readonly Operation[] = ["drill", "cycle"];
const BACKUP = /^(?:dump|manifest|attachments|archive)$/;
const OFFSITE = /^offsite/;
const DRILL = /^(?!dump$|manifest$|attachments$|retention$|offsite)/;

import * as z from "zod/mini";
import { type Check, verdictOf } from "../checks/check.ts";
import type { EndedEarly } from "./outcome.ts";
import { type Operation, type Report, reportSchema } from "./report.ts";

const { shape } = reportSchema.def.innerType;
const verdict = shape.verdict;

/** What is remembered of an earlier report: enough for trends and badges, small enough to keep one for every run. */
export const pastResultSchema = z.readonly(
  z.object({
    operation: shape.operation,
    verdict,
    startedAt: shape.startedAt,
    /** Both unknown of a run that ended before it found out. */
    host: z.optional(z.string()),
    database: z.optional(z.string()),
    /** How each part of the run ended; a part that the run did not have is not there. */
    parts: z.readonly(
      z.object({
        backup: z.optional(verdict),
        drill: z.optional(verdict),
        offsite: z.optional(verdict),
      }),
    ),
    /** ISO 8601, UTC: the snapshot of the backup that the run was about. */
    takenAt: z.optional(z.string()),
    rtoSeconds: shape.rtoSeconds,
    rtoObjectiveSeconds: shape.rtoObjectiveSeconds,
    rpoSeconds: shape.rpoSeconds,
    rpoObjectiveSeconds: shape.rpoObjectiveSeconds,
    bytes: z.optional(z.number()),
    rows: shape.rows,
  }),
);

export type PastResult = z.infer<typeof pastResultSchema>;

/** Given a report, return what later ones remember of it. */
export function pastResultOf(report: Report): PastResult {
  const { operation, verdict, startedAt, deployment, backup, rows } = report;
  const { rtoSeconds, rtoObjectiveSeconds, rpoSeconds, rpoObjectiveSeconds } = report;
  return {
    ...{ operation, verdict, startedAt, rows },
    ...{ host: deployment.host, database: deployment.database },
    parts: partsOf(report),
    ...(rtoSeconds !== undefined && { rtoSeconds, rtoObjectiveSeconds }),
    ...(rpoSeconds !== undefined && { rpoSeconds, rpoObjectiveSeconds }),
    ...(backup && { bytes: backup.bytes, takenAt: backup.takenAt }),
  };
}

/** Given how a run ended that made no report, return what later ones remember of it: each of its parts proved nothing. */
export function pastResultOfEnd({ operation, verdict, endedAt }: EndedEarly): PastResult {
  const parts = Object.fromEntries((PARTS_OF[operation] ?? []).map((part) => [part, verdict]));
  return { operation, verdict, startedAt: endedAt, parts, rows: 0 };
}

const PARTS_OF: Partial<Record<Operation, readonly (keyof PastResult["parts"])[]>> = {
  backup: ["backup"],
  drill: ["drill"],
  cycle: ["backup", "drill"],
  sync: ["offsite"],
};

/** A cycle is red when its drill is, and its backup may be good all the same; a drill's backup is good when it can be read. */
function partsOf({ operation, checks }: Report): PastResult["parts"] {
  const verdicts = Object.entries(PARTS).flatMap(([part, isOf]) => {
    const own = checks.filter(({ name }) => isOf(name));
    // A cycle that ended after its backup has no drill, whatever else it checked.
    const drilled = /^(?:drill|cycle)$/.test(operation) && checks.some(isOpening);
    const there = part !== "drill" || drilled;
    return own.length > 0 && there ? [[part, verdictOf(own)]] : [];
  });
  return Object.fromEntries(verdicts);
}

/** Each drill begins with it. */
const isOpening = ({ name }: Check) => name === "archive";

const PARTS = {
  backup: (name: string) => /^(?:dump|manifest|attachments|archive)$/.test(name),
  drill: (name: string) => !/^(?:dump|manifest|attachments|retention|offsite)/.test(name),
  offsite: (name: string) => name.startsWith("offsite"),
};

import * as z from "zod/mini";
import { type Report, reportSchema } from "./report.ts";

const { shape } = reportSchema.def.innerType;

/** What is remembered of an earlier report: enough for a trend, small enough to keep one for every run. */
export const pastResultSchema = z.readonly(
  z.object({
    operation: shape.operation,
    verdict: shape.verdict,
    startedAt: shape.startedAt,
    host: z.string(),
    database: z.string(),
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
    ...(rtoSeconds !== undefined && { rtoSeconds, rtoObjectiveSeconds }),
    ...(rpoSeconds !== undefined && { rpoSeconds, rpoObjectiveSeconds }),
    ...(backup && { bytes: backup.bytes }),
  };
}

import type { Decision, RetentionPlan, RetentionPolicy } from "../backups/retention-plan.ts";
import { counted } from "../words/count.ts";
import type { RetentionSummary } from "./report-schema.ts";

/** For people: what is kept, what is removed, and why. */
export function describePlan({ promoted, kept, going, orphans }: RetentionPlan): readonly string[] {
  return [
    ...promoted.map(({ backup, to, reason }) => `Copy    ${backup.name} to ${to}/: ${reason}`),
    ...kept.map((decision) => `Keep    ${lineOf(decision)}`),
    ...going.map((decision) => `Remove  ${lineOf(decision)}`),
    ...orphans.map((path) => `Remove  ${path}: its dump is gone`),
  ];
}

/** One sentence. `dryRun`: it was only planned. */
export function summarisePlan(
  { promoted, kept, going, orphans }: RetentionPlan,
  { days, weeks, months }: RetentionPolicy,
  dryRun: boolean,
): string {
  const parts = [
    `${counted(kept.length, "backup")} kept (policy: ${counted(days, "day")}, ${counted(weeks, "week")}, ${counted(months, "month")})`,
    ...["weekly", "monthly"].flatMap((folder) => {
      const count = promoted.filter(({ to }) => to === folder).length;
      return count > 0 ? `${counted(count, `${folder} copy`, `${folder} copies`)} made` : [];
    }),
    `${counted(going.length, "backup")} removed`,
    ...(orphans.length > 0 ? [`${counted(orphans.length, "file")} without a dump removed`] : []),
  ];
  return `${dryRun ? "Only planned, nothing was changed: " : ""}${parts.join("; ")}.`;
}

/** In the form of a report. `dryRun`: it was only planned. */
export function retentionSummary(plan: RetentionPlan, dryRun: boolean): RetentionSummary {
  const shown = ({ backup, reason }: Decision) => ({ backup: pathOf(backup), reason });
  return {
    dryRun,
    promoted: plan.promoted.map((one) =>
      shown({ ...one, backup: { ...one.backup, kind: one.to } }),
    ),
    removed: plan.going.map(shown),
    kept: plan.kept.map(shown),
  };
}

function lineOf({ backup, reason }: Decision): string {
  return `${pathOf(backup)}: ${reason}`;
}

function pathOf({ kind, name }: Decision["backup"]): string {
  return `${kind}/${name}`;
}

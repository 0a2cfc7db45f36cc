import { type Folder, stampOf } from "../../../backups/backup-name.ts";
import { periodOf } from "../../../backups/calendar.ts";
import type { ListedBackup } from "../../../backups/listing.ts";
import type { RetentionPolicy } from "../../../backups/retention-plan.ts";
import { type Check, passed, warned } from "../../../report/check.ts";
import { counted } from "../../../words/count.ts";

/**
 * Whether each week and month that the policy promises has its copy. A time before the first backup
 * does not count, and neither does one without a daily backup yet. `now` is a stamp of the
 * deployment's clock.
 */
export function judgeCopies(
  backups: readonly ListedBackup[],
  { weeks, months }: RetentionPolicy,
  now: string,
): Check {
  const gaps = [
    ...gapOf(backups, "weekly", "week", weeks, now),
    ...gapOf(backups, "monthly", "month", months, now),
  ];
  if (gaps.length > 0) {
    return warned(
      "copies",
      `${gaps.join("; ")}.`,
      "The next good backup makes up for the present week and month. For the past ones see why none was kept: openspp-backup prune --dry-run",
    );
  }
  return passed(
    "copies",
    `The last ${counted(weeks, "week")} and ${counted(months, "month")} have their copies, as far back as there are backups.`,
  );
}

function gapOf(
  backups: readonly ListedBackup[],
  kind: Folder,
  unit: string,
  count: number,
  now: string,
): readonly string[] {
  const numberOf = ({ name }: ListedBackup) => periodOf(kind, stampOf(name));
  const present = periodOf(kind, now);
  const of = (folder: Folder) =>
    new Set(backups.filter((one) => one.kind === folder).map(numberOf));
  const [daily, copied] = [of("daily"), of(kind)];
  const first = Math.max(present - count + 1, Math.min(...backups.map(numberOf)));
  const promised = Array.from(
    { length: Math.max(0, present - first + 1) },
    (_, index) => first + index,
  );
  const missing = promised.filter(
    (number) => !copied.has(number) && (number < present || daily.has(number)),
  );
  return missing.length > 0
    ? [`${kind}/ has no copy of ${missing.length} of the last ${counted(promised.length, unit)}`]
    : [];
}

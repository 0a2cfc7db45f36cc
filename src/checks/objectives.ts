import { type Check, failed, passed } from "../report/check.ts";
import type { Rehearsal } from "../report/scenario.ts";
import { formatDuration as duration } from "../words/duration.ts";

/**
 * Whether a loss now would cost more than was agreed. Both times are in seconds; the age is by the clock of
 * the place of the restore.
 */
export function judgeRpo(
  ageSeconds: number,
  objectiveSeconds: number,
  { source, where }: Pick<Rehearsal, "source" | "where">,
): Check {
  const [subject, clock] = [
    source === "offsite" ? "The off-site copy" : "The backup",
    where === "runner" ? " by the runner's clock" : "",
  ];
  if (ageSeconds < -300) {
    return failed(
      "rpo",
      `${subject} is dated ${duration(-ageSeconds)} in the future${clock}.`,
      `The clock of the host${where === "runner" ? ", of the runner" : ""} or of the backup container is wrong: set it by NTP.`,
    );
  }
  const sentence = `${subject} is ${duration(ageSeconds)} old${clock}; the objective (RPO) is ${duration(objectiveSeconds)}.`;
  return ageSeconds <= objectiveSeconds
    ? passed("rpo", sentence)
    : failed(
        "rpo",
        sentence,
        source === "offsite"
          ? "Look at why no newer backup was copied there: openspp-backup list shows what was taken, openspp-backup sync copies it."
          : "Look at why no newer backup was taken: docker compose logs backup",
      );
}

/** `seconds` are from the start of the restore to a proven database. */
export function judgeRto(seconds: number, objectiveSeconds: number): Check {
  const sentence = `Restored and proven in ${duration(seconds)}; the objective (RTO) is ${duration(objectiveSeconds)}.`;
  return seconds <= objectiveSeconds
    ? passed("rto", sentence)
    : failed(
        "rto",
        sentence,
        "Give the host more cores or a faster disk, raise `jobs`, or agree on another objective.",
      );
}

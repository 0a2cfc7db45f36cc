import { formatDuration as duration } from "../report/duration.ts";
import { type Check, failed, passed } from "./check.ts";

/** Given the backup's age in seconds and the objective, return whether a loss now would cost more than was agreed. */
export function judgeRpo(ageSeconds: number, objectiveSeconds: number): Check {
  const sentence = `The backup is ${duration(ageSeconds)} old; the objective (RPO) is ${duration(objectiveSeconds)}.`;
  if (ageSeconds < -300) {
    return failed(
      "rpo",
      `The backup is dated ${duration(-ageSeconds)} in the future.`,
      "The clock of the host or of the backup container is wrong: set it by NTP.",
    );
  }
  return ageSeconds <= objectiveSeconds
    ? passed("rpo", sentence)
    : failed("rpo", sentence, "Look at why no newer backup was taken: docker compose logs backup");
}

/** Given the seconds from the start of the restore to a proven database, return whether that is within the objective. */
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

import { type Check, failed, passed, warned } from "../../../report/check.ts";
import { formatDuration } from "../../../words/duration.ts";

const NOTABLE_SECONDS = 60;
const WRONG_SECONDS = 600;

/** Given how far the host's clock is ahead of ours, in seconds, return whether the ages it tells can be trusted. */
export function judgeClock(skewSeconds: number): Check {
  const off = Math.abs(skewSeconds);
  const sentence = `The host's clock is ${formatDuration(off)} ${skewSeconds < 0 ? "behind" : "ahead of"} the clock of the machine that looks at it.`;
  const next =
    "Set both by NTP: timedatectl set-ntp true. Backups are named by that clock, and deleted by it.";
  if (off > WRONG_SECONDS) return failed("clock", sentence, next);
  return off > NOTABLE_SECONDS
    ? warned("clock", sentence, next)
    : passed("clock", "The host's clock agrees with that of the machine that looks at it.");
}

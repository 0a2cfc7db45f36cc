import { Refused, shown } from "./refused.ts";

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `90m`, `2d` or `1h30m`, in seconds. */
export function duration(text: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([smhd])/g)];
  const seconds = parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit as keyof typeof UNITS],
    0,
  );
  if (parts.map(([part]) => part).join("") !== text || seconds === 0) {
    throw new Refused(`is ${shown(text)}, which is not a duration in s, m, h or d`);
  }
  return seconds;
}

/** `1%` or `0.5%`, as a share: 0.01 or 0.005. */
export function percentage(text: string): number {
  const share = /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1];
  if (share === undefined || Number(share) > 100) {
    throw new Refused(`is ${shown(text)}, which is not a percentage from 0% to 100%`);
  }
  return Number(share) / 100;
}

/** Both limits are allowed. */
export function wholeNumber(least: number, greatest: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= greatest)) {
      throw new Refused(`is ${shown(text)}, which is not a number from ${least} to ${greatest}`);
    }
    return value;
  };
}

/** `500k`, `10M` or `1G`, in bytes per second. The units are powers of 1024, as in rclone and rsync. */
export function bandwidth(text: string): number {
  const [, amount, unit = ""] = /^(\d{1,6}(?:\.\d+)?)([kMG])$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0) {
    throw new Refused(
      `is ${shown(text)}, which is not a number of bytes per second like 500k, 10M or 1G`,
    );
  }
  return Math.round(Number(amount) * 1024 ** ("kMG".indexOf(unit) + 1));
}

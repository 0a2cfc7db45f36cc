/** What a text given by a user means, or a sentence that says why it means nothing. PURE. */

/** A value that means nothing; the message completes the sentence "`ssh-port` …" and never holds a secret. */
export class Refused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Refused";
  }
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Given `90m`, `2d` or `1h30m`, return seconds. */
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

/** Given `1%` or `0.5%`, return the share: 0.01 or 0.005. */
export function percentage(text: string): number {
  const share = /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1];
  if (share === undefined || Number(share) > 100) {
    throw new Refused(`is ${shown(text)}, which is not a percentage from 0% to 100%`);
  }
  return Number(share) / 100;
}

/** Given the least and the greatest whole number allowed, return a parser of one between them. */
export function wholeNumber(least: number, greatest: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= least && value <= greatest)) {
      throw new Refused(`is ${shown(text)}, which is not a number from ${least} to ${greatest}`);
    }
    return value;
  };
}

export const port = wholeNumber(1, 65_535);

/** Given the words allowed, return a parser of one of them. */
export function oneOf<const Word extends string>(
  ...words: readonly Word[]
): (text: string) => Word {
  return (text) => {
    const word = words.find((one) => one === text);
    if (word === undefined) {
      throw new Refused(`is ${shown(text)}, but it can only be ${words.join(", ")}`);
    }
    return word;
  };
}

/** Given `true` or `false`, as YAML spells them, return it. */
export function boolean(text: string): boolean {
  return oneOf("true", "false")(text.toLowerCase()) === "true";
}

/** Given a DNS name, an IPv4 or an IPv6 address (with or without brackets), return it without brackets. */
export function hostName(text: string): string {
  const address = /^\[(.+)\]$/.exec(text)?.[1] ?? text;
  const valid = address.includes(":")
    ? /^[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]+)?$/.test(address)
    : address === text && /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,251}[A-Za-z0-9_.])?$/.test(address);
  if (!valid) throw new Refused(`is ${shown(text)}, which is not the name or address of a host`);
  return address;
}

/** Given a login name, return it. */
export function userName(text: string): string {
  if (!/^[^\s-][^\s]{0,254}$/.test(text)) {
    throw new Refused(`is ${shown(text)}, which is not the name of a user`);
  }
  return text;
}

/** Given `user@host` or `user@host:port`, return its parts; IPv6 addresses stand in brackets. */
export function jumpHost(text: string): { host: string; port: number; user: string } {
  const parts = /^([^@]+)@(\[[^\]]+\]|[^:@]+)(?::(\d+))?$/.exec(text);
  if (!parts?.[1] || !parts[2]) {
    throw new Refused(`is ${shown(text)}, which is not of the form user@host:port`);
  }
  return { user: userName(parts[1]), host: hostName(parts[2]), port: port(parts[3] ?? "22") };
}

/** Given an absolute path, return it. Nothing on the way expands `~` or a variable. */
export function absolutePath(text: string): string {
  if (!text.startsWith("/")) {
    throw new Refused(
      `is ${shown(text)}, which is not an absolute path (\`~\` and variables are not expanded)`,
    );
  }
  if (text.split("/").includes("..")) {
    throw new Refused(
      `is ${shown(text)}, but \`..\` may lead elsewhere than it seems: write it out`,
    );
  }
  return text;
}

/** Given the path of a file, relative or absolute, return it. */
export function filePath(text: string): string {
  if (text.startsWith("-") || text.endsWith("/")) {
    throw new Refused(`is ${shown(text)}, which is not the path of a file`);
  }
  return text;
}

/** Given the name of a Compose service, return it. */
export function serviceName(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) {
    throw new Refused(`is ${shown(text)}, which is not the name of a Compose service`);
  }
  return text;
}

/** Given names of Compose services separated by commas, return them, one at least. */
export function serviceNames(text: string): readonly string[] {
  const names = list(text).map(serviceName);
  if (names.length === 0) throw new Refused("names no service");
  return names;
}

/** Given names of tables separated by commas, `schema.name` or `name` of the schema public, return them. */
export function tableNames(text: string): readonly string[] {
  const names = list(text);
  if (names.length === 0) throw new Refused("names no table");
  return names.map((name) => (name.includes(".") ? name : `public.${name}`));
}

/** Given the name of a container image, with or without its registry, tag and digest, return it. */
export function imageName(text: string): string {
  if (!/^[a-z0-9][A-Za-z0-9._:/@-]*$/.test(text)) {
    throw new Refused(`is ${shown(text)}, which is not the name of a container image`);
  }
  return text;
}

/** PostgreSQL cuts longer names off silently (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;

/** Given the name of a role or database that exists already, return it. */
export function postgresName(text: string): string {
  if (Buffer.byteLength(text) > LONGEST_NAME) {
    throw new Refused(`is longer than PostgreSQL's ${LONGEST_NAME} bytes`);
  }
  return text;
}

/** Given the name of the production database, return it. Its backups' files are named by it. */
export function databaseName(text: string): string {
  if (text.includes("/")) {
    throw new Refused(`is ${shown(text)}, but a backup's file is named by it, and holds no slash`);
  }
  return postgresName(text);
}

const NOT_THROWAWAY = ["postgres", "template0", "template1"];

/** Given the name of a database that we create and drop, return it: a plain identifier, and no database of PostgreSQL's own. */
export function throwawayName(text: string): string {
  if (!/^[a-z_][a-z0-9_$-]*$/.test(text)) {
    throw new Refused(
      `is ${shown(text)}, but it must start with a lower-case letter or _ and hold only those, digits, $ and -`,
    );
  }
  if (NOT_THROWAWAY.includes(text))
    throw new Refused(`is ${shown(text)}, a database of PostgreSQL's own`);
  return postgresName(text);
}

/** Given `latest`, `random` or a backup's name, with or without its folder and `.dump`, return it with `.dump`. */
export function backupChoice(text: string): string {
  if (text === "latest" || text === "random") return text;
  const name = /^((?:(?:daily|weekly|monthly)\/)?[^/\s.-][^/\s]*_\d{8}_\d{6})(?:\.dump)?$/.exec(
    text,
  )?.[1];
  if (name === undefined) {
    throw new Refused(`is ${shown(text)}, which is not latest, random or the name of a backup`);
  }
  return `${name}.dump`;
}

/** Given a compression as `pg_dump --compress` takes it, return it. */
export function compression(text: string): string {
  if (
    !/^(?:none|gzip(?::[1-9])?|lz4(?::(?:[1-9]|1[0-2]))?|zstd(?::(?:[1-9]|1\d|2[0-2]))?)$/.test(
      text,
    )
  ) {
    throw new Refused(
      `is ${shown(text)}, but it can only be none, gzip:1 to gzip:9, lz4:1 to lz4:12 or zstd:1 to zstd:22`,
    );
  }
  return text;
}

/** Given the URL of a web service, return it. It may be secret: the refusal does not show it. */
export function httpsUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const here = url?.protocol === "http:" && ["localhost", "127.0.0.1"].includes(url.hostname);
  if (url?.protocol !== "https:" && !here) {
    throw new Refused("is not a URL that starts with https://");
  }
  return text;
}

/** Given a branch's name, return it (git-check-ref-format). */
export function branchName(text: string): string {
  const valid =
    /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/.test(text) &&
    !/\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(text);
  if (!valid) throw new Refused(`is ${shown(text)}, which is not the name of a branch`);
  return text;
}

const RSYNC_TARGET = /^[^\s@:/-][^\s@:/]*@(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9_.-]*):.+$/;
const RCLONE_REMOTE = /^[A-Za-z0-9_][A-Za-z0-9_.+ -]*:/;

/** Given an rclone remote (`offsite:folder`) or an rsync target (`user@host:folder`: what has an @ before its first colon), return it. */
export function remote(text: string): { tool: "rclone" | "rsync"; address: string } {
  const isRsync = RSYNC_TARGET.test(text);
  if (!isRsync && !RCLONE_REMOTE.test(text)) {
    throw new Refused(
      `is ${shown(text)}, which is neither an rclone remote (offsite:openspp-backups) nor an rsync target (user@host:/folder)`,
    );
  }
  if (text.split(/[:/]/).includes("..")) {
    throw new Refused(
      `is ${shown(text)}, but \`..\` may lead elsewhere than it seems: write it out`,
    );
  }
  return { tool: isRsync ? "rsync" : "rclone", address: text };
}

/** Given bytes per second as `500k`, `10M` or `1G`, return them; the units are those of rclone and rsync, of 1024. */
export function bandwidth(text: string): number {
  const [, amount, unit = ""] = /^(\d{1,6}(?:\.\d+)?)([kMG])$/.exec(text) ?? [];
  if (amount === undefined || Number(amount) === 0) {
    throw new Refused(
      `is ${shown(text)}, which is not a number of bytes per second like 500k, 10M or 1G`,
    );
  }
  return Math.round(Number(amount) * 1024 ** ("kMG".indexOf(unit) + 1));
}

/** Given names separated by commas or line breaks, return them. */
export function list(text: string): readonly string[] {
  return text
    .split(/[,\n]/)
    .map((item) => item.trim())
    .filter((item) => item.length > 0);
}

/** Given any text that a user gave, return it quoted for a message, cut to a length that a line can hold. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

import { Refused, shown } from "./refused.ts";
import { list } from "./texts.ts";

/** Nothing expands `~` or a variable. */
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

/** The path of a file, relative or absolute. */
export function filePath(text: string): string {
  if (text.startsWith("-") || text.endsWith("/")) {
    throw new Refused(`is ${shown(text)}, which is not the path of a file`);
  }
  return text;
}

/** A Compose service. */
export function serviceName(text: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text)) {
    throw new Refused(`is ${shown(text)}, which is not the name of a Compose service`);
  }
  return text;
}

/** Compose services, one at least. */
export function serviceNames(text: string): readonly string[] {
  const names = list(text).map(serviceName);
  if (names.length === 0) throw new Refused("names no service");
  return names;
}

/** A container image, with or without its registry, tag and digest. */
export function imageName(text: string): string {
  if (!/^[a-z0-9][A-Za-z0-9._:/@-]*$/.test(text)) {
    throw new Refused(`is ${shown(text)}, which is not the name of a container image`);
  }
  return text;
}

/** Tables, one at least: `schema.name`, or `name` of the schema public. */
export function tableNames(text: string): readonly string[] {
  const names = list(text);
  if (names.length === 0) throw new Refused("names no table");
  return names.map((name) => (name.includes(".") ? name : `public.${name}`));
}

/** In bytes. PostgreSQL cuts off longer names without a word (NAMEDATALEN - 1). */
const LONGEST_NAME = 63;

/** The name of a role or database that exists already. */
export function postgresName(text: string): string {
  if (Buffer.byteLength(text) > LONGEST_NAME) {
    throw new Refused(`is longer than PostgreSQL's ${LONGEST_NAME} bytes`);
  }
  return text;
}

/** The production database, whose name is part of its backups' file names. */
export function databaseName(text: string): string {
  if (text.includes("/")) {
    throw new Refused(`is ${shown(text)}, but a backup's file is named by it, and holds no slash`);
  }
  return postgresName(text);
}

const NOT_THROWAWAY = ["postgres", "template0", "template1"];

/**
 * The name of a database that a run creates and drops: a plain identifier, and no database of
 * PostgreSQL's own.
 */
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

/**
 * `latest`, `random`, or a backup's name, with or without its folder and `.dump`. The result has
 * `.dump`.
 */
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

/** A branch of Git (git-check-ref-format). */
export function branchName(text: string): string {
  const valid =
    /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/.test(text) &&
    !/\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$/.test(text);
  if (!valid) throw new Refused(`is ${shown(text)}, which is not the name of a branch`);
  return text;
}

import { CHECK_NAMES } from "../../report/check.ts";
import { Refused, shown } from "./refused.ts";
import { list } from "./texts.ts";

/**
 * A check of the user's own. The first column of the statement's first row, as text, must equal
 * `expect`.
 */
export interface SqlCheck {
  readonly name: string;
  readonly sql: string;
  readonly expect: string;
}

/**
 * A list in YAML, which includes JSON. The failsafe schema keeps every scalar as it was written, so
 * that `expect: 1.0` is "1.0".
 */
export async function sqlChecks(text: string): Promise<readonly SqlCheck[]> {
  const { parse } = await import("yaml");
  let items: unknown;
  try {
    items = parse(text, { schema: "failsafe", maxAliasCount: 0 });
  } catch (error) {
    throw new Refused(`is neither YAML nor JSON (${(error as Error).message.split("\n")[0]})`);
  }
  if (!Array.isArray(items)) throw new Refused("is not a list");
  const checks = items.map((item: unknown, index) => {
    const broken = whyNoSqlCheck(item);
    if (broken) throw new Refused(`has an item ${index + 1} that ${broken}`);
    const { name, sql, expect } = item as SqlCheck;
    return { name, sql, expect };
  });
  const repeated = checks.find(
    ({ name }, index) => checks.findIndex((one) => one.name === name) < index,
  );
  if (repeated) throw new Refused(`has two items named ${shown(repeated.name)}`);
  return checks;
}

function whyNoSqlCheck(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return "is not a mapping";
  const fields = item as Record<string, unknown>;
  const keys = ["name", "sql", "expect"];
  const missing = keys.find((key) => typeof fields[key] !== "string");
  if (missing) return `has no text as ${missing}`;
  const foreign = Object.keys(fields).find((key) => !keys.includes(key));
  if (foreign !== undefined) return `has ${shown(foreign)}, which is not ${keys.join(", ")}`;
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._:/()-]{0,79}$/u.test(String(fields.name))) {
    return "has a name that is not up to 80 letters, digits, spaces and . _ : / ( ) -";
  }
  return String(fields.sql).trim() === "" ? "has an empty sql" : undefined;
}

/** Names of our checks, and `sql: <name>` for the user's own. */
export function skippedChecks(text: string): readonly string[] {
  const names = list(text);
  const unknown = names.find(
    (name) => !CHECK_NAMES.some((known) => known === name) && !/^sql: ./.test(name),
  );
  if (unknown !== undefined) {
    throw new Refused(
      `names ${shown(unknown)}, but the checks are ${CHECK_NAMES.join(", ")} and "sql: <name>"`,
    );
  }
  return names;
}

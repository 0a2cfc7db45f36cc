import { type InputSource, mistaken, type Values } from "./read-values.ts";
import type { SqlCheck } from "./settings.ts";
import { shown } from "./values.ts";

/**
 * Given what the inputs mean, return the user's own checks and the names of those to skip. Throws UserMistake for a
 * list that is none, and for a skipped check of that list that is not in it.
 */
export async function readChecks(
  values: Values,
  source: InputSource,
): Promise<{ sqlChecks: readonly SqlCheck[]; skipChecks: readonly string[] }> {
  const sqlChecks = values["sql-checks"] ? await readSqlChecks(values["sql-checks"], source) : [];
  const skipChecks = values["skip-checks"] ?? [];
  const known = sqlChecks.map(({ name }) => `sql: ${name}`);
  const unknown = skipChecks.find((name) => name.startsWith("sql: ") && !known.includes(name));
  if (unknown !== undefined) {
    const reason = `names ${shown(unknown)}, which is not in ${source.call("sql-checks")}`;
    throw mistaken([{ name: "skip-checks", reason }], source);
  }
  return { sqlChecks, skipChecks };
}

/** YAML's failsafe schema keeps every scalar as it was written, so that `expect: 1.0` stays "1.0"; JSON is YAML too. */
async function readSqlChecks(given: string, source: InputSource): Promise<readonly SqlCheck[]> {
  const refuse = (reason: string) => mistaken([{ name: "sql-checks", reason }], source);
  const { parse } = await import("yaml");
  let items: unknown;
  try {
    items = parse(given, { schema: "failsafe", maxAliasCount: 0 });
  } catch (error) {
    throw refuse(`is neither YAML nor JSON (${(error as Error).message.split("\n")[0]})`);
  }
  if (!Array.isArray(items)) throw refuse("is not a list");
  const checks = items.map((item: unknown, index) => {
    const broken = whyNoSqlCheck(item);
    if (broken) throw refuse(`has an item ${index + 1} that ${broken}`);
    const { name, sql, expect } = item as SqlCheck;
    return { name, sql, expect };
  });
  const repeated = checks.find(
    ({ name }, index) => checks.findIndex((one) => one.name === name) < index,
  );
  if (repeated) throw refuse(`has two items named ${shown(repeated.name)}`);
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

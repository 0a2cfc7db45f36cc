import { after, begins, type Statement, statementsOf } from "./dump-statements.ts";
import type { ArchiveEntry, TableOfContents } from "./table-of-contents.ts";

/**
 * Definitions of the Odoo role's that only a superuser may create again: it got them by ALTER … OWNER TO. Only statements
 * that evaluate nothing of the Odoo role's are named. A literal in a default, a condition or a body is evaluated when it is
 * read (PostgreSQL's coerce_type), with the checks of its type.
 */

/** Those whose statements must be read to know. Empty for most databases. */
export function definitionsToRead(
  { entries }: TableOfContents,
  owner: string,
): readonly ArchiveEntry[] {
  const foreignRoutines = new Set(
    entries.filter((entry) => ROUTINES.has(entry.kind) && entry.owner !== owner).map(idOf),
  );
  return entries.filter(
    (entry) =>
      entry.owner === owner &&
      (ROUTINES.has(entry.kind) ||
        (entry.kind === "TRIGGER" && entry.dependsOn.some((id) => foreignRoutines.has(id)))),
  );
}

const ROUTINES: ReadonlySet<string> = new Set(["FUNCTION", "PROCEDURE", "AGGREGATE"]);

const idOf = ({ id }: ArchiveEntry) => id;

/** The ids of those among `read`. `sql` is what pg_restore prints of them, in the order of the list. */
export function superuserDefinitions(read: readonly ArchiveEntry[], sql: string): number[] {
  const creates = statementsOf(sql).filter((statement) => begins(statement, "CREATE"));
  if (creates.length !== read.length) {
    throw new Error(`pg_restore printed ${creates.length} definitions of ${read.length}`);
  }
  return read
    .filter(({ kind }, index) => {
      const statement = creates[index] ?? [];
      if (kind === "TRIGGER") return after(statement, "WHEN") === undefined;
      return kind === "AGGREGATE" ? hasInternalState(statement) : needsSuperuser(statement);
    })
    .map(idOf);
}

/** `pg_language.lanpltrusted` of the languages that are known. */
const TRUSTED_LANGUAGES: ReadonlySet<string> = new Set([
  ...["sql", "plpgsql", "plperl", "pltcl"],
  ...["plv8", "plcoffee", "plls", "pllua", "java"],
]);

function needsSuperuser(routine: Statement): boolean {
  const language = after(routine, "LANGUAGE")?.[0]?.text ?? "";
  if (!TRUSTED_LANGUAGES.has(language)) return true;
  const evaluates =
    routine.some(({ text }) => text === "DEFAULT") ||
    after(routine, "BEGIN") !== undefined ||
    after(routine, "RETURN") !== undefined;
  return !evaluates && [after(routine, "LEAKPROOF"), after(routine, "SUPPORT")].some(Boolean);
}

function hasInternalState(aggregate: Statement): boolean {
  return aggregate.some(
    ({ text }, index) =>
      ["STYPE", "MSTYPE"].includes(text) && aggregate[index + 2]?.text === "internal",
  );
}

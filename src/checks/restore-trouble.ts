/** Why pg_restore stopped, without any value of a row, and what helps. */
export interface RestoreTrouble {
  readonly why: string;
  readonly next: string;
}

/** Of a person's own data, a message of PostgreSQL shows what it quotes. Names of these are no data. */
const NAMED =
  /\b(?:table|relation|view|index|sequence|column|constraint|trigger|function|procedure|aggregate|operator|class|family|method|type|domain|schema|extension|language|role|user|database|tablespace|server|wrapper|policy|rule|collation|publication|subscription|parameter|configuration|dictionary|parser|template|file|directory|library)\s+$/i;

/** Some messages of PostgreSQL hold the value that caused the error; it may be personal data. */
export function withoutValues(message: string): string {
  return message
    .replaceAll(/"(?:[^"]|"")*(?:"|$)/gs, (quoted, offset: number) =>
      NAMED.test(message.slice(0, offset)) ? quoted : "…",
    )
    .replaceAll(/=\(.*\)/gs, "=(…)");
}

/** What the printed error says: its own line, and the lines that belong to it. */
interface PrintedError {
  readonly line: string;
  readonly context: string;
}

const SAME_FAULT = "Then take a new backup; the older ones have the same fault.";

/**
 * PostgreSQL restores with an empty search path, and table by table. A dump of a good database cannot be restored where a
 * function needs another path, or where a check looks at other tables (PostgreSQL manual, "Constraints"). `output` is what the
 * tool printed, in English; where it says nothing known, the advice is general.
 */
export function restoreTrouble(output: string, reason: string): RestoreTrouble {
  const printed = firstError(output) ?? { line: reason, context: "" };
  const routine = routineIn(printed.context);
  const where = routine === undefined ? "" : ` (in the function ${routine.name})`;
  if (routine?.raises) {
    return {
      why: `the function ${routine.name} raises an error`,
      next: `${routine.name} is called while rows are restored, and not all tables are filled then. In production, see which check or column calls it, and let it look at nothing but its arguments; or make the check a trigger. ${SAME_FAULT}`,
    };
  }
  return {
    why: `${withoutValues(printed.line)}${where}`,
    next: adviceFor(printed.line, routine?.name),
  };
}

function adviceFor(line: string, routine: string | undefined): string {
  if (routine !== undefined && /does not exist/.test(line)) {
    return `A restore has no search path, so this function must bring its own. In production: ALTER FUNCTION ${routine} SET search_path = public, pg_temp; name other schemas there, too, if it needs them. ${SAME_FAULT}`;
  }
  const check =
    /relation "(?<relation>[^"]+)" violates check constraint "(?<constraint>[^"]+)"/.exec(line) ??
    /check constraint "(?<constraint>[^"]+)" of relation "(?<relation>[^"]+)" is violated/.exec(
      line,
    );
  if (check?.groups) {
    const { relation, constraint } = check.groups;
    return `A check may look only at its own row, because others may not be restored yet. If \`${constraint}\` looks at another table, make it a trigger. In production: ALTER TABLE "${relation}" DROP CONSTRAINT "${constraint}". If rows break it there, correct them. ${SAME_FAULT}`;
  }
  const domain =
    /value for domain (?<domain>\S+) violates check constraint "(?<constraint>[^"]+)"/.exec(line);
  if (domain?.groups) {
    const { domain: name, constraint } = domain.groups;
    return `A check may look only at its own value, because other rows may not be restored yet. If \`${constraint}\` looks at a table, replace it. In production: ALTER DOMAIN ${name} DROP CONSTRAINT "${constraint}". If values break it there, correct them. ${SAME_FAULT}`;
  }
  const key = /table "(?<table>[^"]+)" violates foreign key constraint "(?<constraint>[^"]+)"/.exec(
    line,
  );
  if (key?.groups) {
    return `Production holds rows of \`${key.groups.table}\` that point to rows which do not exist, although \`${key.groups.constraint}\` forbids it. Correct them there. ${SAME_FAULT}`;
  }
  const unique =
    /could not create unique index "(?<index>[^"]+)"/.exec(line) ??
    /duplicate key value violates unique constraint "(?<index>[^"]+)"/.exec(line);
  if (unique?.groups) {
    return `Production holds rows twice that \`${unique.groups.index}\` should keep apart: this index is damaged there. Correct the rows, then REINDEX it. ${SAME_FAULT}`;
  }
  if (routine !== undefined) {
    return `${routine} is called while rows are restored, without a search path and before all tables are filled. In production, see which check, column or index calls it, and let it depend on neither. ${SAME_FAULT}`;
  }
  return "This backup cannot be restored as it is. Drill an older one now, and take a new backup.";
}

/** The first error of the server, up to the tool's next message or the statement that it tried. */
function firstError(output: string): PrintedError | undefined {
  const lines = output.split("\n");
  const at = lines.findIndex((line) => /\b(?:ERROR|FATAL|PANIC): /.test(line));
  if (at < 0) return undefined;
  const after = lines.slice(at + 1);
  const end = after.findIndex((line) => /^(?:pg_restore|psql)\b.*: |^Command was: /.test(line));
  const context = (end < 0 ? after : after.slice(0, end)).join("\n");
  return { line: (lines[at] ?? "").trim(), context };
}

/** The innermost function in the lines of CONTEXT. */
function routineIn(
  context: string,
): { readonly name: string; readonly raises: boolean } | undefined {
  const found =
    /^(?:CONTEXT: +)?(?:PL\/pgSQL|SQL) function (?:"(?<quoted>[^"]+)"|(?<name>.+?)) (?<rest>line \d+|statement|during|while)(?: at (?<at>\w+))?/m.exec(
      context,
    );
  if (!found?.groups) return undefined;
  const { quoted, name, at } = found.groups;
  return { name: name ?? `"${quoted}"`, raises: at === "RAISE" };
}

/**
 * Reads what pg_restore prints of an archive, without being misled by it: a name, a literal or a body of a function may
 * hold anything, also text that looks like a statement.
 */

/** One statement as its tokens, without comments. */
export type Statement = readonly Token[];

interface Token {
  /** As it is written: quoted names and literals with their quotes. */
  readonly text: string;
  /** How many parentheses are open around it. */
  readonly depth: number;
}

/** Comments, commands of psql (pg_restore begins with `\\restrict`), literals, quoted names, dollar-quoted bodies, words, and any other character alone. */
const TOKEN =
  /--[^\n]*|\\[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$[\s\S]*?\$\1\$|[\w\u0080-\uffff$]+|[^\s]/gy;

/** `sql` is a whole script of pg_restore, which sets `standard_conforming_strings`. */
export function statementsOf(sql: string): readonly Statement[] {
  const statements: Token[][] = [[]];
  let depth = 0;
  for (const text of tokensOf(sql)) {
    if (text === ";" && depth === 0) {
      statements.push([]);
      continue;
    }
    if (text === ")") depth -= 1;
    statements.at(-1)?.push({ text, depth });
    if (text === "(") depth += 1;
  }
  return statements.filter(({ length }) => length > 0);
}

function* tokensOf(sql: string): Generator<string> {
  const space = /\s*/y;
  let at = 0;
  while (at < sql.length) {
    space.lastIndex = at;
    space.exec(sql);
    TOKEN.lastIndex = space.lastIndex;
    const text = TOKEN.exec(sql)?.[0];
    if (text === undefined) return;
    at = TOKEN.lastIndex;
    if (!/^(?:--|\/\*|\\)/.test(text)) yield text;
  }
}

/** Whether the statement begins with these words. */
export function begins(statement: Statement, ...words: readonly string[]): boolean {
  return words.every((word, index) => statement[index]?.text === word);
}

/** What follows a word that is in no parentheses; undefined without that word. */
export function after(statement: Statement, ...words: readonly string[]): Statement | undefined {
  const at = statement.findIndex((_, index) =>
    words.every((word, offset) => {
      const token = statement[index + offset];
      return token?.text === word && token.depth === 0;
    }),
  );
  return at < 0 ? undefined : statement.slice(at + words.length);
}

/** A name as the catalog has it. */
export function unquoted(name: string): string {
  return name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name;
}

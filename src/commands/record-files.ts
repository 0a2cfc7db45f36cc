import { and, type Joined, type Program, program, shellScript } from "./command.ts";

/** Writes a record to a path, completely or not at all. */
export function writeRecord(path: string, text: string): Joined {
  const folder = path.slice(0, path.lastIndexOf("/"));
  return and(
    program(["mkdir", "-p", folder]),
    program(["cat"], { input: text, output: `${path}.new` }),
    program(["sync", `${path}.new`]),
    program(["mv", `${path}.new`, path]),
  );
}

/**
 * Prints the records whose names begin with the prefix, in the order of their names. Each kind of
 * record has its own parser, next to its writer.
 */
export function readRecords(folder: string, prefix: string): Program {
  const steps = `
    for record in "$1/$2"*.json; do
    [ ! -f "$record" ] || cat "$record" || exit
    done`;
  return shellScript(steps, [folder, prefix]);
}

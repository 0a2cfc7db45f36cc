import { and, type Joined, program } from "./command.ts";

/** Given where a record is to stand and its text, return the command that puts it there whole or not at all. */
export function writeRecord(path: string, text: string): Joined {
  const folder = path.slice(0, path.lastIndexOf("/"));
  return and(
    program(["mkdir", "-p", folder]),
    program(["cat"], { input: text, output: `${path}.new` }),
    program(["sync", `${path}.new`]),
    program(["mv", `${path}.new`, path]),
  );
}

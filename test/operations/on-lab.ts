import { withHost } from "../../src/entry.ts";
import { readSettings } from "../../src/inputs/read-settings.ts";
import type { Settings } from "../../src/inputs/settings.ts";
import type { InputName } from "../../src/inputs/table.ts";
import type { Effects } from "../../src/operations/effects.ts";
import type { Log } from "../../src/report/journal.ts";
import type { Lab } from "../lab/lab.ts";

export type Inputs = Partial<Record<InputName, string>>;

/** A log that keeps what an operation told. */
export class KeptLog implements Log {
  readonly lines: string[] = [];
  readonly groups: string[] = [];
  startGroup(title: string): void {
    this.groups.push(title);
  }
  endGroup(): void {}
  info(line: string): void {
    this.lines.push(line);
  }
  warning(line: string): void {
    this.lines.push(`warning: ${line}`);
  }
  debug(): void {}
  progress(_fraction: number, _what: string): void {}
  mask(): void {}
}

/** Given a lab, an operation and inputs as a user writes them, do it over SSH as an entry would. */
export async function onLab<Result>(
  lab: Lab,
  operation: (settings: Settings, effects: Effects) => Promise<Result>,
  inputs: Inputs = {},
  log: Log = new KeptLog(),
): Promise<Result> {
  const env = await lab.env();
  const settings = await readSettings(
    {
      read: (name) => inputs[name] ?? env[`OPENSPP_${name.toUpperCase().replaceAll("-", "_")}`],
      call: (name) => name,
      show: (name, example) => `${name}: ${example}`,
    },
    undefined,
  );
  const { signal } = new AbortController();
  return withHost(settings.connection, log, signal, (effects) => operation(settings, effects));
}

/** Given a lab and a line for a shell, run it in the backup container and return its standard output. */
export function inBackup(lab: Lab, line: string): Promise<string> {
  return lab.docker("exec", lab.container("backup"), "sh", "-c", line);
}

/** Given a lab, return its databases, PostgreSQL's own and templates left out. */
export async function databasesOf(lab: Lab): Promise<string[]> {
  const client = await lab.connect(lab.database.admin);
  try {
    const { rows } = await client.query(
      "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1",
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}

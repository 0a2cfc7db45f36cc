import { setTimeout as sleep } from "node:timers/promises";
import { execa } from "execa";
import type pg from "pg";
import { expect } from "vitest";
import type { Policy } from "../../../src/deployment/deployment.ts";
import { exitCodeOf } from "../../../src/failure.ts";
import type { Settings } from "../../../src/inputs/settings.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import type { Effects } from "../../../src/operations/effects.ts";
import { list } from "../../../src/operations/list.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import { type Inputs, KeptLog, onLab } from "../../operations/on-lab.ts";
import { type Lab, startLab } from "../lab.ts";

const CLI = new URL("../../../src/cli/main.ts", import.meta.url).pathname;
const MEBIBYTE = 1024 * 1024;

/** The small backup volume has no room for an archive of each backup's own. */
const POOLED = { filestore: "incremental" } as const;

/** What a case may call, by the command of the CLI. */
const OPERATIONS: Readonly<Record<Called, Operation>> = { backup, drill, list, sweep };
export type Called = "backup" | "drill" | "list" | "sweep";
type Operation = (settings: Settings, effects: Effects) => Promise<unknown>;

/** A run of the CLI that was started. Not a promise itself, so that `await` hands it over while it runs. */
export interface Running {
  readonly pid: number;
  readonly ended: Promise<Outcome>;
}

/** What a run of the CLI came to. */
export interface Outcome {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** What it said went wrong: from `error:` to the end. */
  readonly error: string;
  /** Its report, of a run with `--json` that made one. */
  readonly report: Report;
}

/** What must not change, whatever a run is given. */
export interface Production {
  readonly databases: readonly string[];
  readonly content: string;
  readonly files: string;
}

export type Given = Readonly<Record<string, string | undefined>>;

/** A deployment with data, on which operations are called, and the CLI is run as a process of its own. */
export class Subject {
  readonly lab: Lab;

  constructor(lab: Lab) {
    this.lab = lab;
  }

  /** Given a policy, return a lab under it with 2,000 registrants and a backup volume of 64 MiB, without any backup. */
  static async start(policy: Policy): Promise<Subject> {
    const lab = await startLab({
      name: `bad-${process.pid}-${policy}`,
      policy,
      backupVolumeBytes: 64 * MEBIBYTE,
      seed: { registrants: 2000, attachments: 10 },
    });
    return new Subject(lab);
  }

  /** Given a command line of the CLI and what differs from the lab's environment, start it. */
  async spawn(args: readonly string[], given: Given = {}): Promise<Running> {
    const pooled = { OPENSPP_FILESTORE: POOLED.filestore };
    const env = { ...(await this.lab.env()), ...pooled, ...given };
    // An input that a developer's own shell happens to hold is none of the lab's.
    const inherited = Object.keys(process.env).filter((name) => name.startsWith("OPENSPP_"));
    const absent = Object.fromEntries(inherited.map((name) => [name, undefined]));
    const running = execa(process.execPath, ["--", CLI, ...args], {
      env: { ...absent, SSH_AUTH_SOCK: undefined, ...env },
      reject: false,
      stdin: "ignore",
    });
    return { pid: running.pid as number, ended: running.then(outcomeOf) };
  }

  /** Given a command line of the CLI and what differs from the lab's environment, run it to its end. */
  async run(args: readonly string[], given: Given = {}): Promise<Outcome> {
    return (await this.spawn(args, given)).ended;
  }

  /** Do what the CLI does for a command in this process: a start takes half a second, and most cases need none. */
  async call(verb: Called, inputs: Inputs = {}): Promise<Outcome> {
    const log = new KeptLog();
    let failure: unknown;
    try {
      await onLab(this.lab, OPERATIONS[verb], { ...POOLED, ...inputs }, log);
    } catch (error) {
      failure = error;
    }
    const lines = failure ? [...log.lines, `error: ${(failure as Error).message}`] : log.lines;
    const exitCode = failure ? exitCodeOf(failure) : 0;
    return outcomeOf({ exitCode, stdout: "", stderr: lines.join("\n") });
  }

  /** Given SQL, run it on the production database as the admin role (or on another one) and return its rows. */
  async sql(statement: string, database?: string): Promise<Record<string, unknown>[]> {
    const client = await this.lab.connect(this.lab.database.admin, database);
    try {
      const { rows } = await client.query(statement);
      return rows;
    } finally {
      await client.end();
    }
  }

  /** Given a command line that dumps, hold its dump at `res_partner` while `work` is done, then let it go on; returns the run. */
  async whileDumpWaits(
    args: readonly string[],
    work: (running: Running) => Promise<unknown>,
  ): Promise<Running> {
    const client: pg.Client = await this.lab.connect(this.lab.database.admin);
    client.on("error", () => {});
    try {
      await client.query("BEGIN; LOCK TABLE res_partner IN ACCESS EXCLUSIVE MODE");
      const running = await this.spawn(args);
      await this.untilDumpWaits();
      await work(running);
      return running;
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** A manifest is longer than an argument may be. */
  async writeInBackup(path: string, text: string): Promise<void> {
    const write = [
      "exec",
      "-i",
      this.lab.container("backup"),
      "sh",
      "-c",
      'cat > "$1"',
      "sh",
      path,
    ];
    await execa("docker", write, { env: this.lab.engine.env, input: text });
  }

  /** Given a line for a shell, run it in the backup container and return its output. */
  inBackup(line: string, ...args: string[]): Promise<string> {
    return this.lab.docker("exec", this.lab.container("backup"), "sh", "-c", line, "sh", ...args);
  }

  /**
   * Return what must not change: the databases, the content of a few tables, the backups with their times and links.
   * The record of the last run, which each run makes anew for the monitor, is none of them.
   */
  async production(): Promise<Production> {
    const [files, databases, content] = await Promise.all([
      this.inBackup(
        `find /backups -mindepth 1 ! -type d ! -name .filler ! -path '/backups/.openspp-backup/last-*' -exec stat -c '%n %s %y %N' {} + | sort`,
      ),
      this.sql("SELECT datname AS name FROM pg_database ORDER BY 1"),
      this.sql(`
SELECT md5(string_agg(x.line, '' ORDER BY x.line)) AS hash FROM (
  SELECT t::text AS line FROM res_partner t UNION ALL SELECT t::text FROM ir_attachment t
  UNION ALL SELECT t::text FROM ir_config_parameter t UNION ALL SELECT rolname || rolsuper FROM pg_roles) x`),
    ]);
    return {
      databases: databases.map(({ name }) => String(name)),
      content: String(content[0]?.hash),
      files,
    };
  }

  /** Given work, do it and require that production is as it was before. */
  async untouched(work: () => Promise<void>): Promise<void> {
    const before = await this.production();
    await work();
    expect(await this.production()).toEqual(before);
  }

  /** Return what runs of ours left: databases, hidden files, sessions and processes. */
  async leftovers(): Promise<string[]> {
    const [databases, sessions, files, processes] = await Promise.all([
      this.sql(
        "SELECT datname AS name FROM pg_database WHERE datname NOT IN ('openspp', 'postgres', 'template0', 'template1', 'template_postgis')",
      ),
      this.sql(
        "SELECT application_name || ': ' || query AS name FROM pg_stat_activity WHERE application_name LIKE 'openspp-backup%'",
      ),
      this.inBackup("find /backups -name '*.part'"),
      this.inBackup(
        "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done 2>/dev/null | grep -E '^(pg_dump|pg_restore) ' || true",
      ),
    ]);
    return [
      ...[...databases, ...sessions].map(({ name }) => String(name)),
      ...[...files.split("\n"), ...processes.split("\n")].filter(Boolean),
    ];
  }

  /** Require that nothing is left of a dead run once the next one has swept, 40 s after its end at the latest. */
  async expectSwept(): Promise<void> {
    const deadline = Date.now() + 40_000;
    let next = await this.run(["sweep"]);
    // A run that died holds the lock until the server has noticed.
    while (next.code !== 0 && Date.now() < deadline) next = await this.run(["sweep"]);
    expect(next.error).toBe("");
    await this.expectNothingLeft(deadline - Date.now());
  }

  /** Require that runs of ours left nothing; their sessions may take a moment to end. */
  async expectNothingLeft(milliseconds = 10_000): Promise<void> {
    const timeout = Math.max(1, milliseconds);
    await expect.poll(() => this.leftovers(), { timeout, interval: 200 }).toEqual([]);
  }

  /** Given SQL that answers one boolean, wait until it is true, at most 30 s. */
  async until(condition: string): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const [row] = await this.sql(`SELECT ${condition} AS met`);
      if (row?.met) return;
      if (Date.now() > deadline) throw new Error(`never true: ${condition}`);
      await sleep(50);
    }
  }

  /** Given a pattern of the backup container's shell and a size, wait until a file of that name has so many bytes. */
  async untilFile(pattern: string, bytes: number): Promise<void> {
    await this.inBackup(
      `timeout 30 sh -c 'until [ -n "$(find /backups/daily -name "$1" -size +${Math.floor(bytes / 1024)}k 2>/dev/null)" ]; do sleep 0.02; done' sh "$1"`,
      pattern,
    );
  }

  /** Wait until pg_dump of a running backup waits for a table that somebody holds. */
  untilDumpWaits(): Promise<void> {
    return this.until(
      "EXISTS (SELECT FROM pg_stat_activity WHERE application_name = 'openspp-backup backup' AND wait_event_type = 'Lock' AND query LIKE 'LOCK TABLE%')",
    );
  }

  /** Wait until pg_restore of a running drill works in the throwaway database. */
  untilRestoreRuns(): Promise<void> {
    return this.until(
      "EXISTS (SELECT FROM pg_stat_activity WHERE datname = 'openspp_test' AND application_name = 'openspp-backup drill' AND query ~ '^(COPY|CREATE TABLE|ALTER TABLE|CREATE INDEX)')",
    );
  }
}

function outcomeOf(result: { exitCode?: number; stdout: string; stderr: string }): Outcome {
  const { exitCode: code, stdout, stderr } = result;
  const at = stderr.search(/^error: /m);
  return {
    code,
    stdout,
    stderr,
    error: at < 0 ? "" : stderr.slice(at),
    get report() {
      return JSON.parse(stdout) as Report;
    },
  };
}

/**
 * Require of an outcome that a tired person can read it: what, what state things are in, what to do, in this order,
 * without a stack trace or the password; and that it says `what` and ends with the exit code.
 */
export function expectRefusal(outcome: Outcome, code: number, what: RegExp): void {
  expect(outcome.error).toMatch(what);
  expect({ code: outcome.code, stdout: outcome.stdout }).toEqual({ code, stdout: "" });
  expect(outcome.error).toMatch(/^error: [\s\S]*^State: [\s\S]*^Next: /m);
  expect(outcome.error).not.toMatch(/^\s+at |p'a"ss|This is a bug/m);
}

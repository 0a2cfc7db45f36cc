import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Policy } from "../../../src/deployment/deployment.ts";
import { type Failure, UserMistake } from "../../../src/failure.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { restore } from "../../../src/operations/restore/restore.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import type { Report } from "../../../src/report/report-schema.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { addressOf } from "../../lab/stack.ts";
import { inBackup, onLab } from "../on-lab.ts";
import {
  besideOf,
  dropBeside,
  markLive,
  production,
  restoreOn,
  SERVING,
  serviceStates,
  sql,
  troublesOf,
  unmarkLive,
} from "./on-production.ts";
import { NO_PECULIARITIES, PECULIARITIES, rightsOf } from "./rights.ts";

describe.each<Policy>(["strict", "flexible"])("a restore under the %s policy", (policy) => {
  let lab: Lab;
  let dump: string;

  beforeAll(async () => {
    lab = await sharedLab(policy);
    await sql(lab, PECULIARITIES);
    dump = (await onLab(lab, backup)).backup.name;
  });

  beforeEach(() => markLive(lab));

  afterAll(async () => {
    await dropBeside(lab);
    await unmarkLive(lab);
    await sql(lab, NO_PECULIARITIES);
  });

  test("swap: proves it beside production, takes its place, keeps the former; undo brings that back", async () => {
    const before = await rightsOf(lab);
    const report = await restoreOn(lab, { backup: dump });
    expect(troublesOf(report)).toEqual([]);
    expect(report.checks.map(({ name }) => name)).toEqual([
      ...["archive", "preconditions", "restore"],
      ...["content", "structure", "sequences", "large-objects", "extensions", "geometry"],
      ...["partners", "postgis", "control", "filestore", "swap", "properties", "healthy"],
    ]);
    expect(report).toMatchObject({
      operation: "restore",
      verdict: "passed",
      restore: { strategy: "swap", kept: { name: expect.stringMatching(/^openspp_before_/) } },
    });
    expect(report.restore?.downtimeSeconds).toBeLessThan(report.rtoSeconds ?? 0);
    expect((await production(lab)).live).toBe(false);
    expect(await rightsOf(lab)).toEqual(before);
    expect(await serviceStates(lab)).toEqual(SERVING);
    expect(await besideOf(lab)).toEqual([report.restore?.kept?.name]);
    expect(await filestoresOf(lab)).toEqual(["openspp", former(report)]);

    const undone = await restoreOn(lab, { undo: "true" });
    expect(troublesOf(undone)).toEqual([]);
    expect((await production(lab)).live).toBe(true);
    expect(await rightsOf(lab)).toEqual(before);
    expect(await besideOf(lab)).toEqual([undone.restore?.kept?.name]);
    expect(await filestoresOf(lab)).toEqual(["openspp", former(undone)]);
    expect(await onLab(lab, sweep)).toEqual([]);
  });

  test("replace: the same without room for both, after a safety backup that holds what was there", async () => {
    await dropBeside(lab);
    const before = await rightsOf(lab);
    const report = await restoreOn(lab, { backup: dump, strategy: "replace" });
    expect(troublesOf(report)).toEqual([]);
    expect((await production(lab)).live).toBe(false);
    expect(await rightsOf(lab)).toEqual(before);
    expect(await besideOf(lab)).toEqual([]);
    expect(await serviceStates(lab)).toEqual(SERVING);

    const safety = String(report.restore?.safetyBackup);
    expect(safety).not.toBe(dump);
    await restoreOn(lab, { backup: safety, strategy: "replace", "safety-backup": "none" });
    expect((await production(lab)).live).toBe(true);
    expect(await inBackup(lab, `rm /backups/daily/${safety.replace(".dump", "")}*; echo`)).toBe("");
  });

  test("a production database that is gone, as on the worst day", async () => {
    await lab.compose("stop", "odoo", "queue-worker");
    await sql(lab, "DROP DATABASE openspp WITH (FORCE)", "postgres");
    const report = await restoreOn(lab, { backup: dump });
    expect(troublesOf(report)).toEqual([]);
    expect((await production(lab)).partners).toBe(report.partners);
    expect(await serviceStates(lab)).toEqual(SERVING);
    // Nobody knows any more what the database was beside its content.
    await sql(lab, PECULIARITIES);
    if (policy === "strict") await sql(lab, "ALTER DATABASE openspp OWNER TO openspp_admin");
  });
});

/** The filestore that went aside with the database. */
const former = ({ restore }: Report) => `.${restore?.kept?.name}`;

/** Given a lab, return the filestores in its volume, the live one first. */
async function filestoresOf(lab: Lab): Promise<string[]> {
  const listed = await lab.docker(
    "exec",
    lab.container("odoo"),
    "ls",
    "-A",
    "/var/lib/odoo/filestore",
  );
  return listed.split("\n").sort().toReversed();
}

describe("a restore", () => {
  let lab: Lab;
  let dump: string;

  beforeAll(async () => {
    lab = await sharedLab("flexible");
    dump = (await onLab(lab, backup)).backup.name;
  });

  beforeEach(() => markLive(lab));

  afterAll(async () => {
    await dropBeside(lab);
    await unmarkLive(lab);
  });

  test("ends a session that holds a lock, and one that reconnects at once finds the restored database", async () => {
    const holder = await lab.connect();
    holder.on("error", () => {});
    await holder.query("BEGIN; LOCK TABLE res_partner IN ACCESS EXCLUSIVE MODE");
    const over = new AbortController();
    const reconnecting = reconnect(over.signal);
    const report = await restoreOn(lab, { backup: dump });
    over.abort();
    const answers = await reconnecting;
    expect(troublesOf(report)).toEqual([]);
    expect(answers[0]).toBe("live");
    expect(answers.at(-1)).toBe("restored");
    expect(answers.lastIndexOf("live")).toBeLessThan(answers.indexOf("restored"));
    await expect(holder.query("SELECT 1")).rejects.toThrow(
      "Client has encountered a connection error",
    );
  });

  /** Connects, asks which database it is, and hangs on to it; connects again as soon as it is thrown out. */
  async function reconnect(signal: AbortSignal): Promise<string[]> {
    const host = await addressOf(lab.engine.env, lab.project, "db");
    const { password, owner: user } = lab.database;
    const answers: string[] = [];
    while (!signal.aborted) {
      const client = new pg.Client({ host, user, password, database: "openspp" });
      client.on("error", () => {});
      try {
        await client.connect();
        while (!signal.aborted) {
          const { rows } = await client.query(
            "SELECT count(*)::int AS live FROM ir_config_parameter WHERE key = 'restore.test'",
          );
          answers.push(rows[0].live === 1 ? "live" : "restored");
          await sleep(5);
        }
        await client.end();
      } catch {
        await client.end().catch(() => {});
      }
    }
    return answers;
  }

  test("an odoo that never becomes healthy: the former database comes back by itself", async () => {
    // The stand-in makes its page at every start; without a writable folder it cannot.
    const odoo = lab.container("odoo");
    await lab.docker("exec", odoo, "sh", "-c", "rm -rf /srv/odoo/web && touch /srv/odoo/web");
    try {
      const report = await restoreOn(lab, { backup: dump, "healthy-within": "8s" });
      expect(report.verdict).toBe("failed");
      expect(troublesOf(report)).toEqual([
        "swap: failed",
        "properties: not-run",
        "healthy: failed",
      ]);
      const swap = report.checks.find(({ name }) => name === "swap");
      expect(swap?.message).toMatch(
        /^The former database came back by itself: openspp is what it was before\. The restored one is kept as openspp_restore_/,
      );
      expect((await production(lab)).live).toBe(true);
    } finally {
      await lab.docker("exec", odoo, "sh", "-c", "rm -f /srv/odoo/web");
      await lab.docker("restart", odoo);
    }
    expect((await onLab(lab, sweep)).join("\n")).toMatch(/Dropped openspp_restore_/);
  });

  test("a dump that restores with errors: production is never stopped, and nothing stays", async () => {
    await dropBeside(lab);
    await sql(lab, "CREATE TABLE zz_here_alone (id int CHECK (current_database() = 'openspp'))");
    await sql(lab, "INSERT INTO zz_here_alone VALUES (1)");
    const taken = await onLab(lab, backup);
    await sql(lab, "DROP TABLE zz_here_alone");
    const started = await startedAt();
    const report = await restoreOn(lab, { backup: taken.backup.name });
    await inBackup(lab, `rm /backups/daily/${taken.backup.name.replace(".dump", "")}*`);
    expect(report.verdict).toBe("failed");
    expect(report.checks.find(({ name }) => name === "restore")?.message).toMatch(
      /^The restore stopped at an error: .*violates check constraint/,
    );
    expect(report.checks.at(-1)).toMatchObject({
      name: "swap",
      status: "not-run",
      message:
        "Not done: what was restored is not proven. openspp is as it was, and was never stopped.",
    });
    expect(report.restore?.downtimeSeconds).toBeUndefined();
    expect((await production(lab)).live).toBe(true);
    expect(await startedAt()).toBe(started);
    expect(await besideOf(lab)).toEqual([]);
  });

  const startedAt = () =>
    lab.docker("inspect", "--format", "{{.State.StartedAt}}", lab.container("odoo"));

  test("tables to look at: into a database of their own, proven, and production is left alone", async () => {
    const report = await onLab(lab, restore, {
      backup: dump,
      tables: "res_partner, spp_program",
      "skip-checks": "neutralized",
      neutralize: "true",
    });
    expect(troublesOf(report)).toEqual(["neutralized: not-run"]);
    expect(report.verdict).toBe("passed");
    expect(report.tables.map(({ name }) => name).sort()).toEqual(["res_partner", "spp_program"]);
    const copy = String(report.restore?.kept?.name);
    expect(copy).toMatch(/^openspp_look_/);
    const tables = await sql(
      lab,
      "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'spatial_ref_sys' ORDER BY 1",
      copy,
    );
    expect(tables.map(({ relname }) => relname)).toEqual(["res_partner", "spp_program"]);
    expect((await production(lab)).live).toBe(true);
    expect(await onLab(lab, sweep)).toEqual([]);
    expect(await besideOf(lab)).toContain(copy);
  });

  test("a table that the backup does not hold is a user's mistake", async () => {
    await expect(onLab(lab, restore, { backup: dump, tables: "no_such_table" })).rejects.toThrow(
      `${dump} holds no table public.no_such_table.`,
    );
  });

  test.each([
    [{ confirm: "restore openspp" }, /The confirmation is "restore openspp", and not the text/],
    [{ confirm: "yes" }, /not the text that confirms/],
    [{ confirm: "restore openspp_test on 127.0.0.1" }, /not the text that confirms/],
    [{ confirm: "", database: "openspp" }, /needs to be confirmed/],
  ])("%j is a user's mistake, and nothing happens", async (inputs, what) => {
    const error: unknown = await onLab(lab, restore, inputs).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserMistake);
    expect((error as Failure).explanation.what).toMatch(what);
    expect((error as Failure).explanation.state).toBe("Nothing was changed.");
    expect((error as Failure).explanation.next).toMatch(
      /write exactly this as `confirm`: restore (openspp|<database>) on 127\.0\.0\.1$/,
    );
    expect((await production(lab)).live).toBe(true);
  });
});

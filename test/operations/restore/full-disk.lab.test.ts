import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import { drill } from "../../../src/operations/drill/drill.ts";
import { fillDatabaseVolume, freeDatabaseVolume } from "../../lab/faults.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { seedLab } from "../../lab/seeding.ts";
import { onLab } from "../on-lab.ts";
import { strikeAt, sweepOnceFree } from "./interrupting.ts";
import {
  besideOf,
  markLive,
  production,
  restoreOn,
  SERVING,
  serviceStarts,
  serviceStates,
  sql,
} from "./on-production.ts";

const MEBIBYTE = 1024 * 1024;

let lab: Lab;
let keeper: string;
let dump: string;
let partners: number;

beforeAll(async () => {
  lab = await startLab({
    name: `disk-${process.pid}`,
    policy: "flexible",
    databaseVolumeBytes: 640 * MEBIBYTE,
  });
  // A server that a full disk ends is started again by Docker, and must find its volume then.
  const image = await lab.docker("inspect", "--format", "{{.Image}}", lab.container("db"));
  keeper = await lab.docker(
    ...["run", "--detach", "--rm", `--volumes-from=${lab.container("db")}`, "--entrypoint", ""],
    ...[image, "sleep", "infinity"],
  );
  await seedLab(lab, { registrants: 2000, attachments: 10 });
  // Segments that the server keeps for later use would be room in a disk that is full.
  await sql(lab, "ALTER SYSTEM SET min_wal_size = '32MB'", "postgres");
  await sql(lab, "ALTER SYSTEM SET max_wal_size = '64MB'", "postgres");
  await sql(lab, "SELECT pg_reload_conf()", "postgres");
  dump = (await onLab(lab, backup)).backup.name;
  ({ partners } = await production(lab));
});

beforeEach(() => markLive(lab));
afterEach(() => freeDatabaseVolume(lab));

afterAll(async () => {
  if (keeper) await lab.docker("rm", "--force", keeper);
  await lab?.down();
});

/** Holds the database that is being restored as soon as it is there, fills the disk, and holds it until the run is over. */
async function holdAndFill(restored: RegExp, isOver: () => boolean): Promise<void> {
  const client = await lab.connect(lab.database.admin, await besideWhenThere(restored));
  client.on("error", () => {});
  // As one of the run's own: a drill leaves a database in which somebody else works.
  await client.query("SET application_name = 'openspp-backup drill'");
  await client.query("BEGIN; LOCK TABLE pg_extension IN EXCLUSIVE MODE");
  await fillDatabaseVolume(lab, 40 * MEBIBYTE);
  while (!isOver()) await sleep(50);
  await client.end().catch(() => {});
}

const fillWhenCreated = {
  name: "the disk full",
  servicesReturn: "by themselves",
  strike: (_: Lab, pid: number) => holdAndFill(/^openspp_restore_\d+_\d+$/, () => !runs(pid)),
} as const;

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function besideWhenThere(wanted: RegExp): Promise<string> {
  for (;;) {
    const found = (await besideOf(lab)).find((name) => wanted.test(name));
    if (found !== undefined) return found;
    await sleep(5);
  }
}

describe("a disk of the database that fills while a backup is restored", () => {
  test("swap: production is as it was and was never stopped, the error is clear, and nothing stays", async () => {
    const starts = await serviceStarts(lab);
    const step = "Create openspp_restore_";
    const { code, stderr } = await strikeAt(lab, ["--backup", dump], step, fillWhenCreated);
    expect(stderr.slice(stderr.indexOf("error: "))).toMatch(
      /^error: The disk of the database server ran full while the backup was restored: \d\d MB were left, and a server that cannot write stops\.\nState: openspp is as it was, and was never stopped; what was restored was dropped\.\nNext: Find what else fills that disk/,
    );
    expect(code).toBe(1);
    // The disk is still full, and production serves.
    expect(await production(lab)).toEqual({ live: true, partners });
    expect(await serviceStarts(lab)).toBe(starts);
    expect(await besideOf(lab)).toEqual([]);
    expect(await sweepOnceFree(lab)).toEqual([]);
  });

  test("replace: says that production was dropped and where it is; with room again, the next restore finishes", async () => {
    const options = ["--backup", dump, "--strategy", "replace"];
    const { code, stderr } = await strikeAt(lab, options, "Restore …", fillWhenCreated);
    expect(stderr.slice(stderr.indexOf("error: "))).toMatch(
      /^error: Production was dropped, and its restore was cut off\.\nWhy: The disk of the database server ran full .*\nState: openspp was dropped\. As it was, it is in the safety backup \S+\. The services find no database until one is restored\.\nNext: Restore another backup, or \S+, again with `strategy: replace`\./,
    );
    expect(code).toBe(1);
    await freeDatabaseVolume(lab);
    const refused = await sweepOnceFree(lab).catch((error: Error) => error.message);
    expect(refused).toMatch(/^There is no production database: openspp was dropped at /);
    const [, safety] = /safety backup (\S+)\./.exec(String(refused)) ?? [];
    const finished = await restoreOn(lab, { backup: String(safety), strategy: "replace" });
    expect(finished.verdict).toBe("passed");
    expect(await production(lab)).toEqual({ live: true, partners });
    expect(await serviceStates(lab)).toEqual(SERVING);
    expect(await besideOf(lab)).toEqual([]);
  });

  test("a drill: ended before the server is; production serves, and nothing stays", async () => {
    let over = false;
    const drilling = onLab(lab, drill, { backup: dump })
      .catch((error: unknown) => error)
      .finally(() => {
        over = true;
      });
    await holdAndFill(/^openspp_test$/, () => over);
    expect(await drilling).toMatchObject({
      message: expect.stringMatching(
        /^The disk of the database server ran full while the backup was restored: \d\d MB were left, and a server that cannot write stops\.\nState: Production is as it was\.\n/,
      ),
    });
    expect(await production(lab)).toEqual({ live: true, partners });
    expect(await besideOf(lab)).toEqual([]);
  });

  test("no room from the start: refused, and nothing is done", async () => {
    await fillDatabaseVolume(lab, 60 * MEBIBYTE);
    await expect(restoreOn(lab, { backup: dump })).rejects.toThrow(
      /^The database server has \d+ MB of disk free\. The restored database takes about \d+ MB, and the server's log up to \d+ MB more\./,
    );
    await expect(onLab(lab, drill, { backup: dump })).rejects.toThrow(
      /^The database server has \d+ MB of disk free\. The database takes \d+ MB, and the server's log up to \d+ MB more\./,
    );
    expect(await production(lab)).toEqual({ live: true, partners });
    expect(await besideOf(lab)).toEqual([]);
  });
});

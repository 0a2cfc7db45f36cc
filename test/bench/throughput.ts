import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { THROWAWAY_SETTINGS } from "../../src/operations/drill/throwaway-database.ts";
import type { Lab } from "../lab/lab.ts";
import { runCli, timed } from "./cli.ts";
import { type Measurement, measurement } from "./measurement.ts";

const BARE = "bench_bare";
const GUIDE = "bench_guide";
const EXT4_RECENT_MS = 61_000;
const BARE_DUMP = "/backups/bench_bare.dump";

/**
 * Given a seeded lab of the flexible policy and how often, measure backup and drill against the bare tools,
 * each pair in turn: what the machine does besides falls on both. The tools know of no filestore, so it is left out.
 */
export async function measureThroughput(lab: Lab, rounds: number): Promise<readonly Measurement[]> {
  const backups: number[] = [];
  const drills: number[] = [];
  const drillsToGuide: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round > 0) await forgetInodes(lab);
    const dump = await timed(() =>
      tool(lab, ["pg_dump", "-Fc", "-Z6", "-f", BARE_DUMP, lab.database.name]),
    );
    const backup = await runCli(lab, ["backup", "--filestore", "off"]);
    const bare = await restoreBare(lab);
    const guide = await restoreByGuide(lab);
    await writeOut(lab);
    const drill = await runCli(lab, ["drill", "--skip-checks", "filestore"]);
    await sql(
      lab,
      [BARE, GUIDE].map((name) => `DROP DATABASE ${name} WITH (FORCE)`),
    );
    backups.push(backup.seconds / dump);
    drills.push(drill.seconds / bare);
    drillsToGuide.push(drill.seconds / guide);
    memory.push(Math.max(backup.megabytes, drill.megabytes));
    process.stderr.write(
      `bench: ${[
        { dump },
        { backup: backup.seconds },
        { bare },
        { guide },
        { drill: drill.seconds },
      ]
        .flatMap(Object.entries)
        .map(([name, seconds]) => `${name} ${seconds.toFixed(1)} s`)
        .join(", ")}\n`,
    );
  }
  await tool(lab, ["rm", "-f", BARE_DUMP]);
  return [
    measurement("backup / pg_dump -Fc -Z6", "ratio", 1.15, backups),
    measurement("drill / pg_restore -j, same settings", "ratio", 1.25, drills),
    measurement("drill / the guide's serial restore", "ratio", 0.8, drillsToGuide),
    measurement("runner's memory", "MB", 200, memory),
  ];
}

/** `pg_restore -j` with as many jobs as the host has cores, into the settings of a throwaway database. */
async function restoreBare(lab: Lab): Promise<number> {
  const cores = String(availableParallelism());
  await writeOut(lab);
  const settings = Object.entries(THROWAWAY_SETTINGS).map(
    ([name, value]) => `ALTER DATABASE ${BARE} SET ${name} = '${value}'`,
  );
  await sql(lab, [`CREATE DATABASE ${BARE} TEMPLATE template0`, ...settings]);
  return timed(() => tool(lab, ["pg_restore", "-j", cores, "-d", BARE, BARE_DUMP]));
}

/** The guide's "Test Restore" of the flexible policy: serial, into a plain database. */
async function restoreByGuide(lab: Lab): Promise<number> {
  await writeOut(lab);
  await sql(lab, [`CREATE DATABASE ${GUIDE} TEMPLATE template0`]);
  return timed(() => tool(lab, ["pg_restore", "-d", GUIDE, BARE_DUMP]));
}

/**
 * Databases that were dropped a moment ago slow down the next one, and three of a round not alike: for a minute after
 * it was written, ext4 looks at each inode that was given back, and passes it over (`recently_deleted`, fs/ext4/ialloc.c).
 */
async function forgetInodes(lab: Lab): Promise<void> {
  await writeOut(lab);
  await sleep(EXT4_RECENT_MS);
}

/** What one restore left to be written would be written while the next one is measured. */
async function writeOut(lab: Lab): Promise<void> {
  await sql(lab, ["CHECKPOINT"]);
  await lab.docker("exec", lab.container("db"), "sync");
}

function tool(lab: Lab, command: readonly string[]) {
  return lab.docker("exec", lab.container("backup"), ...command);
}

async function sql(lab: Lab, statements: readonly string[]): Promise<void> {
  const client = await lab.connect(lab.database.admin, "postgres");
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

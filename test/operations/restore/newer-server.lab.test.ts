import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { UserMistake } from "../../../src/failure.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { databasesOf, inBackup, onLab } from "../on-lab.ts";
import { markLive, production, restoreOn, serviceStarts, unmarkLive } from "./on-production.ts";

/** As the reference script would have left it on a server of the next major version: no manifest tells. */
const NAME = "openspp_20260102_020000.dump";

let lab: Lab;

beforeAll(async () => {
  lab = await sharedLab("flexible");
  const taken = (await onLab(lab, backup, { filestore: "off" })).backup.name;
  const folder = await mkdtemp(join(tmpdir(), "newer-"));
  const container = lab.container("backup");
  const file = join(folder, NAME);
  try {
    await lab.docker("cp", `${container}:/backups/daily/${taken}`, file);
    await writeFile(file, ofNextMajor(await readFile(file)));
    await lab.docker("cp", file, `${container}:/backups/daily/${NAME}`);
  } finally {
    await rm(folder, { recursive: true });
  }
  await markLive(lab);
});

afterAll(async () => {
  await inBackup(lab, `rm -f /backups/daily/${NAME}`);
  await unmarkLive(lab);
});

/** The header names the server's version behind the database's name, and then pg_dump's (pg_backup_archiver.c, WriteHead). */
function ofNextMajor(dump: Buffer): Buffer {
  const at = dump.indexOf("18.", dump.indexOf("openspp"));
  expect(at).toBeLessThan(100);
  dump.write("19.", at);
  return dump;
}

test.each(["swap", "replace", "copy"])(
  "%s of a dump of a newer server is refused with the reason, before anything happens",
  async (strategy) => {
    const before = {
      databases: await databasesOf(lab),
      starts: await serviceStarts(lab),
      backups: await inBackup(lab, "ls -A /backups/daily"),
    };
    const error: unknown = await restoreOn(lab, { backup: NAME, strategy }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UserMistake);
    expect((error as UserMistake).explanation).toMatchObject({
      what: expect.stringMatching(
        /^openspp_20260102_020000\.dump was dumped from PostgreSQL 19, and this server runs 18\./,
      ),
      why: "A dump holds what a newer server can do and an older one cannot: it can be restored only into the same or a newer version.",
      state: "Nothing was changed.",
      next: "Run PostgreSQL 19 or newer in the `db` service, or restore a backup of an older one.",
    });
    expect({
      databases: await databasesOf(lab),
      starts: await serviceStarts(lab),
      backups: await inBackup(lab, "ls -A /backups/daily"),
    }).toEqual(before);
    expect((await production(lab)).live).toBe(true);
  },
);

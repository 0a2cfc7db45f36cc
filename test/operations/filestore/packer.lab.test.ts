import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chooseBackup } from "../../../src/backups/listing.ts";
import { UserMistake } from "../../../src/failure.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { stageFilestore } from "../../../src/operations/filestore/restore-filestore.ts";
import { openArchive } from "../../../src/operations/proof/open-archive.ts";
import { withRun } from "../../../src/operations/with-run.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { COMPOSE_FILE } from "../../lab/stack.ts";
import { inBackup, onLab } from "../on-lab.ts";
import { inOdoo, Planted } from "./planted.ts";

const WITHOUT = "openspp-backup-lab/without-zstd";
const WHAT = "The image of the backup service has no `zstd`, which packs and unpacks `tar.zst`.";

/** A deployment with a good backup whose filestore is a `tar.zst`, and whose backup service has got an image without zstd since. */
let lab: Lab;
let planted: Planted;
let compose: string;
beforeAll(async () => {
  lab = await sharedLab("flexible");
  planted = await Planted.after(lab, "tar.zst");
  await planted.plant();
  const image = await lab.docker(
    "inspect",
    "--format",
    "{{.Config.Image}}",
    lab.container("backup"),
  );
  await execa("docker", ["build", "--network=none", "--tag", WITHOUT, "-"], {
    env: { ...lab.engine.env, DOCKER_BUILDKIT: "0" },
    input: `FROM ${image}\nRUN rm $(which zstd)\n`,
  });
  compose = await readFile(join(lab.directory, COMPOSE_FILE), "utf8");
  const at = compose.indexOf("  backup:\n");
  await use(
    compose.slice(0, at) + compose.slice(at).replace(`image: ${image}`, `image: ${WITHOUT}`),
  );
});
afterAll(async () => {
  await use(compose);
  await planted.remove();
  await lab.docker("image", "rm", WITHOUT);
});

async function use(text: string): Promise<void> {
  await writeFile(join(lab.directory, COMPOSE_FILE), text);
  await lab.compose("up", "--detach", "--wait", "--pull", "never", "backup");
}

const files = () => inBackup(lab, "find /backups -type f | sort");

test("a backup that is to pack with it is refused before anything is written", async () => {
  const before = await files();
  const failure = await onLab(lab, backup, { filestore: "tar.zst" }).catch(
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(UserMistake);
  expect((failure as UserMistake).explanation).toEqual({
    what: WHAT,
    state: "Nothing was written; the earlier backups are as they were.",
    next: "Use an image that has it, as postgis/postgis:18-3.6-alpine does; or keep the filestore in another way: `filestore: tar.gz`.",
  });
  expect(await files()).toBe(before);
});

test("a drill of an archive that needs it is not run, which is no damage and no proof", async () => {
  const { verdict, message } = await planted.drill();
  expect(message).toMatch(/^not-run: openspp_filestore_\S+\.tar\.zst was not read\. The image of /);
  expect(verdict).not.toBe("passed");
});

test("a restore of it is refused, and leaves nothing beside the live filestore", async () => {
  const stage = onLab(lab, (settings, effects) =>
    withRun("drill", settings, effects, async (run) => {
      const archive = await openArchive(
        run,
        chooseBackup(run.listing, "openspp_20260101_000000.dump", 0),
      );
      await stageFilestore(run, archive, "20260115_020000");
    }),
  );
  await expect(stage).rejects.toMatchObject({ explanation: { what: WHAT } });
  expect(await inOdoo(lab, "ls -A")).toBe("openspp");
});

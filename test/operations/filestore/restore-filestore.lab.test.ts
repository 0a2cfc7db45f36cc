import { beforeAll, describe, expect, test } from "vitest";
import { chooseBackup } from "../../../src/backups/listing.ts";
import { cycle } from "../../../src/operations/cycle.ts";
import {
  exchangeFilestores,
  filestoreNamesOf,
  proveStaged,
  removeFolders,
  removeStaged,
  stageFilestore,
} from "../../../src/operations/filestore/restore-filestore.ts";
import { openArchive } from "../../../src/operations/proof/open-archive.ts";
import type { Run } from "../../../src/operations/run.ts";
import { sweep } from "../../../src/operations/sweep.ts";
import { withRun } from "../../../src/operations/with-run.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { onLab } from "../on-lab.ts";
import { inOdoo, pathOfAttachment } from "./planted.ts";

const STAMP = "20260115_020000";
const { staged, before } = filestoreNamesOf("openspp", STAMP);

let lab: Lab;
let path: string;
beforeAll(async () => {
  lab = await sharedLab("flexible");
  path = await pathOfAttachment(lab, 4);
});

const onRun = <T>(work: (run: Run) => Promise<T>) =>
  onLab(lab, (settings, effects) => withRun("drill", settings, effects, work));
/** Names, owners, modes and content of a filestore, without the marks of Odoo's collector. */
const lookOf = (folder: string) =>
  inOdoo(
    lab,
    `cd ${folder} && find . ! -path './checklist*' -exec stat -c '%n %u:%g %a' {} + | sort && find . -type f ! -path './checklist/*' -exec sha1sum {} + | sort`,
  );

describe.each(["tar.gz", "tar.zst", "incremental"])("a filestore kept as %s", (filestore) => {
  beforeAll(async () => {
    const { verdict } = await onLab(lab, cycle, { filestore, "keep-database": "true" });
    expect(verdict).toBe("passed");
    await inOdoo(lab, "chmod -R o-rwx openspp");
  });

  test("is restored beside the live one, proven, swapped in, swapped back, and removed", async () => {
    const live = await lookOf("openspp");
    await onRun(async (run) => {
      const archive = await openArchive(run, chooseBackup(run.listing, "latest", 0));
      await stageFilestore(run, archive, STAMP);
      expect(await lookOf("openspp")).toBe(live);
      expect(await lookOf(staged)).toBe(live);
      expect(await proveStaged(run, STAMP, "openspp_test")).toMatchObject({
        status: "passed",
        message: expect.stringMatching(/^The restored filestore holds the file of each of 15 att/),
      });

      await inOdoo(lab, `rm openspp/${path}`);
      await exchangeFilestores(run, { next: staged, aside: before });
      expect(await lookOf("openspp")).toBe(live);
      expect(await inOdoo(lab, `ls -A | sort`)).toBe([before, "openspp"].sort().join("\n"));
      await exchangeFilestores(run, { next: before, aside: staged });
      expect(await lookOf(staged)).toBe(live);

      await inOdoo(lab, `rm ${staged}/${path}`);
      const check = await proveStaged(run, STAMP, "openspp_test");
      expect(check.status).toBe("failed");
      expect(check.message).toContain("the file of 1 attachment is missing (id 4)");
      await removeStaged(run, STAMP);

      await stageFilestore(run, archive, STAMP);
      await exchangeFilestores(run, { next: staged, aside: before });
      await removeFolders(run, [before]);
    });
    expect(await lookOf("openspp")).toBe(live);
    expect(await inOdoo(lab, "ls -A")).toBe("openspp");
    await onLab(lab, sweep);
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../../../src/deployment/deployment.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { inOdoo, pathOfAttachment } from "../filestore/planted.ts";
import { onLab } from "../on-lab.ts";
import { STRIKES, type Strike, strikeAt, sweepOnceFree } from "./interrupting.ts";
import { dropBeside, SERVING, serviceStates } from "./on-production.ts";
import { FILESTORE_ALONE } from "./stories/filestore-alone.ts";
import { inFilestores, inWords, leftOn } from "./stories/left-by-cuts.ts";
import { leavingsOf } from "./stories/story.ts";

describe.each<[Policy, string]>([
  ["strict", "tar.gz"],
  ["flexible", "incremental"],
])("the filestore alone under the %s policy, kept as %s", (policy, filestore) => {
  let lab: Lab;
  let dump: string;
  let path: string;
  let whole: string;

  beforeAll(async () => {
    lab = await sharedLab(policy);
    dump = (await onLab(lab, backup, { filestore })).backup.name;
    path = await pathOfAttachment(lab, 4);
    whole = await sums();
  });

  afterAll(() => dropBeside(lab));

  const sums = () =>
    inOdoo(lab, "cd openspp && find . -type f ! -path './checklist/*' -exec sha1sum {} + | sort");
  const folders = async () => (await inFilestores(lab, "ls -A")).split("\n").sort();

  async function cutAt(step: string, strike: Strike): Promise<void> {
    const before = await leftOn(lab);
    await strikeAt(lab, ["--backup", dump, "--what", "filestore"], step, strike);
    // What is planted elsewhere is what a cut really leaves.
    expect(leavingsOf(FILESTORE_ALONE)).toContain(inWords(await leftOn(lab), before));
  }

  describe.each(STRIKES)("$name", (strike) => {
    test.each(["Restore the filestore next to the live one …", "Prove the filestore …"])(
      "at: %s the next run removes what was staged",
      async (step) => {
        await cutAt(step, strike);
        expect(await sweepOnceFree(lab)).toContain(
          `A restore of the filestore of ${dump} was cut off before it was proven: that of openspp is as it was.`,
        );
        await expect.poll(() => serviceStates(lab), { timeout: 90_000 }).toEqual(SERVING);
        expect(await folders()).toEqual(["openspp"]);
        expect(await sums()).toBe(whole);
        expect(await sweepOnceFree(lab)).toEqual([]);
      },
    );

    test("while the services are stopped: the next run finishes it, and they run", async () => {
      await inOdoo(lab, `rm openspp/${path}`);
      await cutAt("Stop the services, exchange the filestores, start …", strike);
      expect((await sweepOnceFree(lab)).join("\n")).toContain(
        `A restore of the filestore of ${dump} was cut off when it was proven: it is live now, and the former one is kept as .openspp_before_`,
      );
      await expect.poll(() => serviceStates(lab), { timeout: 90_000 }).toEqual(SERVING);
      expect(await sums()).toBe(whole);
      expect(await sweepOnceFree(lab)).toEqual([]);
      await dropBeside(lab);
    });
  });
});

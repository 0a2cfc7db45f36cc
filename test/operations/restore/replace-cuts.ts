import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { databasesOf, onLab } from "../on-lab.ts";
import { IN_PLACE, STRIKES, strikeAt, sweepOnceFree } from "./interrupting.ts";
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
import { NO_PECULIARITIES, PECULIARITIES, type Rights, rightsOf } from "./rights.ts";
import { inWords, leftOn } from "./stories/left-by-cuts.ts";
import { REPLACE } from "./stories/replace.ts";
import { leavingsOf } from "./stories/story.ts";

/** How production may stand after the next run. */
type Standing = "old" | "dropped" | "new";

type ReplaceStep = readonly [step: string, ...may: Standing[]];

/** What the log says when a step begins, and how production may stand when it is cut off there. */
export const REPLACE_STEPS: readonly ReplaceStep[] = [
  ["Dump and fingerprint one snapshot …", "old"],
  ["Create openspp_restore_", "old"],
  ["Stop the services …", "old"],
  ["Drop the database …", "old", "dropped"],
  ["Restore …", "dropped"],
  ["Prove every table …", "dropped"],
  ["Restore the filestore next to the live one …", "dropped"],
  ["Give it production's place …", "dropped", "new"],
  [IN_PLACE, "new"],
  ["Wait until the services are healthy …", "new"],
];

const TOLD =
  /^error: (?:Production was dropped, and its restore was cut off|The run was cut off when production was about to be dropped)\.\n(?:.*\n)*State: openspp (?:was|is either there as it was, or) dropped.* As it was, it is in the safety backup /m;

/** Real cuts of a replacement, of each kind, at these steps. */
export function replaceCuts(steps: readonly ReplaceStep[]): void {
  let lab: Lab;
  let dump: string;
  let partners: number;
  let rights: Rights;

  beforeAll(async () => {
    lab = await sharedLab("flexible");
    await sql(lab, PECULIARITIES);
    dump = (await onLab(lab, backup)).backup.name;
    ({ partners } = await production(lab));
    rights = await rightsOf(lab);
  });

  beforeEach(() => markLive(lab));

  afterAll(async () => {
    await dropBeside(lab);
    await unmarkLive(lab);
    await sql(lab, NO_PECULIARITIES);
  });

  describe.each(STRIKES)("a replacement, $name", (strike) => {
    test.each(steps)("at: %s", async (step, ...may) => {
      const before = await leftOn(lab);
      const options = ["--backup", dump, "--strategy", "replace"];
      const { code, stderr } = await strikeAt(lab, options, step, strike);
      // What is planted elsewhere is what a cut really leaves.
      expect(leavingsOf(REPLACE)).toContain(inWords(await leftOn(lab), before));

      const refused = await sweepOnceFree(lab).then(
        () => undefined,
        (error: Error) => error.message,
      );
      const found = await standing(lab);
      expect(may).toContain(found);
      if (found === "dropped") {
        // Whoever lives to tell tells it at once.
        if (code !== undefined) expect(stderr).toMatch(TOLD);
        // The next run says so clearly, names the safety backup and how to go on; done so, it finishes.
        const [, said, safety] =
          /^(There is no production database: .*)\nState: As it was, it is in the safety backup (\S+)\./.exec(
            refused ?? "",
          ) ?? [];
        expect(said).toMatch(
          new RegExp(
            `^There is no production database: openspp was dropped at .* UTC for a restore of ${dump} that did not end\\.$`,
          ),
        );
        expect(refused).toContain(
          `Finish it: openspp-backup restore --backup ${dump} --strategy replace; or go back to what it was: openspp-backup restore --backup ${safety} --strategy replace`,
        );
        const finished = await restoreOn(lab, { backup: dump, strategy: "replace" });
        expect(troublesOf(finished)).toEqual([]);
        expect(finished.restore?.safetyBackup).toBe(safety);
        expect(await standing(lab)).toBe("new");
      } else {
        expect(refused).toBeUndefined();
      }
      expect((await production(lab)).partners).toBe(partners);
      expect(await rightsOf(lab)).toEqual(rights);
      await expect.poll(() => serviceStates(lab), { timeout: 90_000 }).toEqual(SERVING);
      expect(await besideOf(lab)).toEqual([]);
      expect(await databasesOf(lab)).toEqual(["openspp"]);
      expect(await sweepOnceFree(lab)).toEqual([]);
    });
  });
}

/** Nobody can create a database of production's name, nor connect to it, while it is dropped. */
async function standing(lab: Lab): Promise<Standing> {
  const [vacant] = await sql(
    lab,
    "SELECT NOT datallowconn AS is FROM pg_database WHERE datname = 'openspp'",
    "postgres",
  );
  if (vacant?.is === true) return "dropped";
  return (await production(lab)).live ? "old" : "new";
}

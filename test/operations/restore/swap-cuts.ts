import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { onLab } from "../on-lab.ts";
import { NAMES_EXCHANGED, STRIKES, type Strike, strikeAt, sweepOnceFree } from "./interrupting.ts";
import {
  besideOf,
  dropBeside,
  markLive,
  production,
  SERVING,
  serviceStates,
  sql,
  unmarkLive,
} from "./on-production.ts";
import { cutLeaves, inWords, leftOn } from "./stories/left-by-cuts.ts";
import { leavingsOf } from "./stories/story.ts";
import { SWAP } from "./stories/swap.ts";

/** What the log says when a step begins. */
export const SWAP_STEPS = [
  "Create openspp_restore_",
  "Restore …",
  "Prove every table …",
  "Gather statistics …",
  "Stop the services, exchange, start …",
  NAMES_EXCHANGED,
  "Wait until the services are healthy …",
] as const;

/** Real cuts of a swap, of each kind, at these steps. */
export function swapCuts(steps: readonly (typeof SWAP_STEPS)[number][]): void {
  let lab: Lab;
  let dump: string;
  let partners: number;

  beforeAll(async () => {
    lab = await sharedLab("strict");
    dump = (await onLab(lab, backup)).backup.name;
    ({ partners } = await production(lab));
  });

  beforeEach(() => markLive(lab));

  afterAll(async () => {
    await dropBeside(lab);
    await unmarkLive(lab);
  });

  test("a swap, cancelled when its filestore is staged: the next run leaves nothing of it", async () => {
    const before = await leftOn(lab);
    const cancelled: Strike = {
      name: "cancelled",
      strike: async (_, pid) => {
        process.kill(pid, "SIGINT");
      },
      servicesReturn: "by themselves",
    };
    const { code } = await strikeAt(lab, ["--backup", dump], "Prove the filestore …", cancelled);
    expect(code).toBe(130);
    // It gives up cleaning after a few seconds, and must leave what the next run knows.
    await sweepOnceFree(lab);
    expect(inWords(await leftOn(lab), before)).toBe(cutLeaves("serves", [], ["live"]));
    expect(await sweepOnceFree(lab)).toEqual([]);
  });

  describe.each(STRIKES)("a swap, $name", (strike) => {
    test.each(steps)("at: %s", async (step) => {
      const before = await leftOn(lab);
      const beside = await besideOf(lab);
      await strikeAt(lab, ["--backup", dump], step, strike);

      // What is planted elsewhere is what a cut really leaves.
      expect(leavingsOf(SWAP)).toContain(inWords(await leftOn(lab), before));

      // Production is wholly the one or wholly the other, and its services come back.
      if (strike.servicesReturn === "by themselves") {
        await expect.poll(() => serviceStates(lab), { timeout: 60_000 }).toEqual(SERVING);
      }
      const { live, partners: now } = await production(lab);
      expect(now).toBe(partners);
      const kept = (await besideOf(lab)).filter((name) => !beside.includes(name));
      expect(kept.filter((name) => name.startsWith("openspp_before_"))).toHaveLength(live ? 0 : 1);

      // The next run says which, and settles it.
      const sentences = await sweepOnceFree(lab);
      await expect.poll(() => serviceStates(lab), { timeout: 60_000 }).toEqual(SERVING);
      const left = (await besideOf(lab)).filter((name) => !beside.includes(name));
      if (live) {
        expect(left).toEqual([]);
        if (kept[0]?.match(/^openspp_restore_\d+_\d+$/)) {
          expect(sentences).toContain(
            `A restore of ${dump} did not end: it had not taken the place of openspp. Dropped ${kept[0]}.`,
          );
        }
      } else {
        expect(left).toEqual(kept);
        const comment = await sql(
          lab,
          `SELECT shobj_description(oid, 'pg_database') AS text FROM pg_database WHERE datname = '${kept[0]}'`,
        );
        expect(comment[0]?.text).toContain('"confirmed":true');
        expect(comment[0]?.text).not.toContain('"stopped"');
      }
      expect(await sweepOnceFree(lab)).toEqual([]);
    });
  });
}

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { databasesOf, onLab } from "../on-lab.ts";
import { nextRun, STRIKES, strikeAt, sweepOnceFree } from "./interrupting.ts";
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
import { NO_PECULIARITIES, PECULIARITIES, type Rights, rightsOf } from "./rights.ts";

/** How production may stand after the next run. */
type Standing = "old" | "dropped" | "new";

/** What the log says when a step begins, and how production may stand when it is cut off there. */
const STEPS: readonly (readonly [step: string, ...may: Standing[]])[] = [
  ["Dump and fingerprint one snapshot …", "old"],
  ["Create openspp_restore_", "old"],
  ["Stop the services …", "old"],
  ["Drop the database …", "old", "dropped"],
  ["Restore …", "dropped"],
  ["Prove every table …", "dropped"],
  ["Restore the filestore beside the live one …", "dropped"],
  ["Give it production's place …", "dropped", "new"],
  ["Wait until the services are healthy …", "new"],
];

const TOLD =
  /^error: (?:Production was dropped, and its restore was cut off|The run was cut off when production was about to be dropped)\.\n(?:.*\n)*State: openspp (?:was|is wholly there, or) dropped.* As it was, it is in the safety backup /m;

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

/** Nobody can create a database of production's name, nor connect to it, while it is dropped. */
async function standing(): Promise<Standing> {
  const [vacant] = await sql(
    lab,
    "SELECT NOT datallowconn AS is FROM pg_database WHERE datname = 'openspp'",
    "postgres",
  );
  if (vacant?.is === true) return "dropped";
  return (await production(lab)).live ? "old" : "new";
}

const finish = (which: string) => [
  ...["restore", "--backup", which, "--strategy", "replace"],
  ...["--confirm", `restore openspp on ${lab.ssh.host}`],
];

describe.each(STRIKES)("a replacement, $name", (strike) => {
  test.each(STEPS)("at: %s", async (step, ...may) => {
    const options = ["--backup", dump, "--strategy", "replace"];
    const { code, stderr } = await strikeAt(lab, options, step, strike);

    const next = await nextRun(lab, ["sweep"]);
    const found = await standing();
    expect(may).toContain(found);
    if (found === "dropped") {
      // Whoever lives to tell tells it at once.
      if (code !== undefined) expect(stderr).toMatch(TOLD);
      // The next run says so clearly, names the safety backup and how to go on; done so, it finishes.
      expect(next.code).toBe(1);
      const [, said, safety] =
        /^error: (There is no production database: .*)\nState: As it was, it is in the safety backup (\S+)\./m.exec(
          next.error,
        ) ?? [];
      expect(said).toMatch(
        new RegExp(
          `^There is no production database: openspp was dropped at .* UTC for a restore of ${dump} that did not end\\.$`,
        ),
      );
      expect(next.error).toContain(
        `Finish it: openspp-backup restore --backup ${dump} --strategy replace; or go back to what it was: openspp-backup restore --backup ${safety} --strategy replace`,
      );
      const finished = await nextRun(lab, finish(dump));
      expect({ code: finished.code, error: finished.error }).toEqual({ code: 0, error: "" });
      expect(finished.stdout).toContain(safety);
      expect(await standing()).toBe("new");
    } else {
      expect({ code: next.code, error: next.error }).toEqual({ code: 0, error: "" });
    }
    expect((await production(lab)).partners).toBe(partners);
    expect(await rightsOf(lab)).toEqual(rights);
    await expect.poll(() => serviceStates(lab), { timeout: 90_000 }).toEqual(SERVING);
    expect(await besideOf(lab)).toEqual([]);
    expect(await databasesOf(lab)).toEqual(["openspp"]);
    expect(await sweepOnceFree(lab)).toBe("Nothing was left to clean up.");
  });
});

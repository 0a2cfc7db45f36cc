import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sweep } from "../../../src/operations/sweep.ts";
import { setOdooHealth } from "../../lab/faults.ts";
import { sharedLab } from "../../lab/shared.ts";
import { onLab } from "../on-lab.ts";
import { SERVING, serviceStates } from "./on-production.ts";
import { FILESTORE_CUT, HAD_TAKEN } from "./stories/deeds.ts";
import { FILESTORE_ALONE } from "./stories/filestore-alone.ts";
import { foundOn, inWords } from "./stories/left-by-cuts.ts";
import { FOLDERS, PlantedSite, PRODUCTION } from "./stories/planted-site.ts";
import { REPLACE } from "./stories/replace.ts";
import type { Deed, Settled, Story } from "./stories/story.ts";
import { SWAP } from "./stories/swap.ts";
import { SWAP_INTO_PLACEHOLDER } from "./stories/swap-into-placeholder.ts";
import { UNDO } from "./stories/undo.ts";

let site: PlantedSite;

beforeAll(async () => {
  site = await PlantedSite.open(await sharedLab("strict"));
});

afterAll(() => site.close());

type Services = "running" | "stopped";

/** The state after each deed; where the services are stopped, also as they are when they came back by themselves. */
function casesOf({ deeds }: Story): readonly [done: string, services: Services, upTo: number][] {
  let stopped = false;
  return deeds.flatMap(({ done, services }, index) => {
    if (services) stopped = services === "stopped";
    const running: [string, Services, number] = [done, "running", index];
    return stopped ? [running, [done, "stopped", index]] : [running];
  });
}

/** Plants what a cut leaves after some deeds; returns the OID of the database that was production before. */
async function plant(deeds: readonly Deed[], services: Services): Promise<string | undefined> {
  await site.begin();
  const former = await site.oidOf(PRODUCTION);
  for (const { make } of deeds) await make?.(site);
  if (services === "running") await site.lab.docker("start", ...site.containers);
  return former;
}

async function expectServing(): Promise<void> {
  await expect.poll(() => serviceStates(site.lab), { timeout: 30_000 }).toEqual(SERVING);
}

describe.each([SWAP, REPLACE, SWAP_INTO_PLACEHOLDER, FILESTORE_ALONE, UNDO])("$name", (story) => {
  test.each(casesOf(story))("%s; services %s", async (_, services, upTo) => {
    const deeds = story.deeds.slice(0, upTo + 1);
    const { left, settled } = deeds.at(-1) as Deed;
    const former = await plant(deeds, services);
    expect(await found()).toBe(left);
    const serves = settled.refuses === undefined;
    // Whether services that run are healthy decides whether a restore is confirmed.
    if (left.includes("before former") && serves && services === "running") await expectServing();

    const said = await swept(settled);
    const started = `Started ${site.containers.join(", ")}, which a restore had stopped.`;
    expect(said.filter((sentence) => !sentence.startsWith("Started "))).toEqual(settled.says(site));
    if (services === "stopped") expect(said.includes(started)).toBe(serves);
    // A service whose database is not there may have ended by itself.
    else if (!left.startsWith("vacant")) expect(said).toEqual(settled.says(site));

    expect(await found()).toBe(settled.left);
    expect(await site.whichFilestoreIsLive()).toBe(settled.filestore);
    if (serves) {
      const isFormer = (await site.oidOf(PRODUCTION)) === former;
      expect(isFormer ? "former" : "restored").toBe(settled.production);
      expect(await site.readProperties()).toEqual(site.properties);
      if (services === "stopped") await expectServing();
    }
    expect(await swept(settled)).toEqual([]);
  });
});

/** The deeds of a story up to one of them. */
const upTo = ({ deeds }: Story, done: string) =>
  deeds.slice(0, deeds.findIndex((deed) => deed.done === done) + 1);

test("a swap on which the services are not healthy is told, and confirmed once they are", async () => {
  const deeds = upTo(SWAP, "the services run");
  const { left, settled } = deeds.at(-1) as Deed;
  await plant(deeds, "running");
  await expectServing();
  await setOdooHealth(site.lab, false);
  const odoo = async () => (await serviceStates(site.lab))[0];
  await expect.poll(odoo, { timeout: 60_000 }).toBe("running unhealthy");
  const told = `${HAD_TAKEN}, and odoo is running (unhealthy). Start them, or go back: openspp-backup restore --undo`;
  expect(await onLab(site.lab, sweep)).toEqual([told]);
  expect(await found()).toBe(left);
  await setOdooHealth(site.lab, true);
  await expectServing();
  expect(await onLab(site.lab, sweep)).toEqual(settled.says(site));
  expect(await found()).toBe(settled.left);
});

/** Somebody's own folder is where the live filestore would go. */
const inTheWay = `${FOLDERS.staged} is not there, or ${FOLDERS.before} is`;

test.each([
  [
    SWAP.name,
    SWAP,
    "the databases are exchanged",
    `${HAD_TAKEN}, and its filestore could not follow: ${inTheWay}. To go back: openspp-backup restore --undo`,
  ],
  [
    FILESTORE_ALONE.name,
    FILESTORE_ALONE,
    "it is proven, and the record names the services",
    `${FILESTORE_CUT} when it was proven, and it cannot become live: ${inTheWay}.`,
  ],
] as const)(
  "%s whose filestore cannot become live is told as long as it cannot",
  async (_, story, done, told) => {
    await plant(upTo(story, done), "running");
    await expectServing();
    await site.inFilestores(`mkdir ${FOLDERS.before}`);
    const left = await found();
    expect(await onLab(site.lab, sweep)).toEqual([told]);
    expect(await found()).toBe(left);
    await site.inFilestores(`rmdir ${FOLDERS.before}`);
    const { settled } = upTo(story, done).at(-1) as Deed;
    expect(await onLab(site.lab, sweep)).toEqual(settled.says(site));
    expect(await site.whichFilestoreIsLive()).toBe("restored");
  },
);

const found = async () => inWords(await foundOn(site.lab, (line) => site.inFilestores(line)));

/** Sweeps, and returns what that says; where it must refuse, its error is looked at. */
async function swept({ refuses }: Settled): Promise<readonly string[]> {
  if (refuses === undefined) return onLab(site.lab, sweep);
  await expect(onLab(site.lab, sweep)).rejects.toThrow(refuses());
  return [];
}

import { type Rehearsal, rehearsalOf } from "../report/scenario.ts";
import { refuseContradictions } from "./contradictions.ts";
import { type InputSource, readGroups } from "./read-values.ts";
import type { Connection, Group, HostSettings, Settings } from "./settings.ts";
import { INPUTS, type InputName, type Verb } from "./table.ts";

const SETTINGS = [
  "connection",
  "deployment",
  "backup",
  "retention",
  "monitor",
  "drill",
  "restore",
  "proof",
  "sync",
] as const;

/** `agent` is the socket of an SSH agent, for a user who gives no key. Throws UserMistake. */
export function readSettings(source: InputSource, agent?: string): Promise<HostSettings>;
export function readSettings(
  source: InputSource,
  agent: string | undefined,
  verb: Verb,
): Promise<Settings>;
export async function readSettings(
  source: InputSource,
  agent?: string,
  verb?: Verb,
): Promise<Settings> {
  const place = await placeOf(source, verb);
  const groups = await readGroups(source, SETTINGS, (name) => isUsedAt(place, name));
  const settings: Settings = {
    ...groups,
    connection: place === "runner" ? undefined : connectionWith(groups.connection, agent),
    drill: { ...groups.drill, ...rehearsalIn(groups.drill) },
    restore: settledRestore(groups.restore),
  };
  refuseContradictions(settings, source, verb);
  return settings;
}

/** Only a drill on a fresh server, and the sweep after it, use no deployment. */
async function placeOf(source: InputSource, verb?: Verb): Promise<Rehearsal["where"]> {
  if (verb !== "drill" && verb !== "sweep") return "host";
  const deciding: readonly InputName[] = ["scenario", "source", "where", "rto"];
  const { drill } = await readGroups(source, ["drill"], (name) => deciding.includes(name));
  return rehearsalIn(drill).where;
}

function isUsedAt(place: Rehearsal["where"], name: InputName): boolean {
  const { required } = INPUTS[name];
  if (required === "deployment") return place === "host";
  return required !== "host" || place !== "runner";
}

function rehearsalIn({ scenario, source, where, rtoSeconds }: Group<"drill">): Rehearsal {
  return rehearsalOf(scenario, { source, where, rtoSeconds });
}

/** Single tables are never restored into production. */
function settledRestore(given: Group<"restore">): Settings["restore"] {
  const strategy = given.tables.length > 0 ? "copy" : given.strategy;
  return { ...given, strategy, source: given.source ?? "local" };
}

/** A key is used before an agent. */
function connectionWith(given: Group<"connection">, agent: string | undefined): Connection {
  return { ...given, agent: given.key ? undefined : agent };
}

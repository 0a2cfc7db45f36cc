import type { Rehearsal, Source } from "../report/scenario.ts";
import type { GROUPS, GroupName } from "./table.ts";

type CamelCase<Name> = Name extends `${infer Head}-${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Name;

/** What `settingOf` (table.ts) returns, as a type. */
type SettingName<Name, One> = One extends { as: infer As extends string } ? As : CamelCase<Name>;

type Meaning<One> = One extends { parse: (text: string) => infer Parsed }
  ? One extends { default: string } | { required: unknown } | { absent: unknown }
    ? Awaited<Parsed>
    : Awaited<Parsed> | undefined
  : never;

type Named<Inputs> = {
  readonly [Name in keyof Inputs as SettingName<Name, Inputs[Name]> & string]: Meaning<
    Inputs[Name]
  >;
};

type OptionalWhereUndefined<Group> = {
  readonly [Key in keyof Group as undefined extends Group[Key] ? never : Key]: Group[Key];
} & {
  readonly [Key in keyof Group as undefined extends Group[Key] ? Key : never]?: Group[Key];
};

/** What the inputs of a group mean. Each entry of the table says what it is. A duration is in seconds. */
export type Group<Name extends GroupName> = OptionalWhereUndefined<Named<(typeof GROUPS)[Name]>>;

/** The validated inputs of one run (read-settings.ts). */
export interface Settings {
  /** Absent for a drill on the runner, which uses no host. */
  readonly connection?: Connection;
  readonly deployment: DeploymentSettings;
  readonly backup: Group<"backup">;
  /** What is not given here comes from the deployment's own policy. */
  readonly retention: Group<"retention">;
  readonly monitor: Group<"monitor">;
  /** With the scenario's values where the user gave none. */
  readonly drill: Group<"drill"> & Rehearsal;
  readonly restore: Group<"restore"> & { readonly source: Source };
  readonly proof: Group<"proof">;
  readonly sync: Group<"sync">;
}

/** The settings of everything that does use the host. */
export type HostSettings = Settings & { readonly connection: Connection };

/** With a key, or with the socket of an SSH agent for someone who gave none. */
export type Connection = Group<"connection"> & { readonly agent?: string };

/**
 * What discovery starts from, and what overrides it. The directory is empty where no deployment is
 * used.
 */
export type DeploymentSettings = Group<"deployment">;

/** How the team hears of a run. */
export type TellSettings = Group<"tell">;

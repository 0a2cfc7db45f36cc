import { BEHAVIOUR } from "./broken/behaviour.ts";
import { COLUMNS } from "./broken/columns.ts";
import { CONSTRAINTS } from "./broken/constraints.ts";
import { FILES } from "./broken/files.ts";
import { KINDS } from "./broken/kinds.ts";
import { MANIFESTS } from "./broken/manifests.ts";
import { RIGHTS } from "./broken/rights.ts";
import { ROUTINES } from "./broken/routines.ts";
import { ROWS } from "./broken/rows.ts";
import { SEQUENCES } from "./broken/sequences.ts";
import { VALUES } from "./broken/values.ts";
import { WHOLE } from "./broken/whole.ts";
import type { Fault } from "./fault.ts";

/** Every fault of the table, by topic. */
export const FAULTS_BY_TOPIC: Readonly<Record<string, readonly Fault[]>> = {
  Rows: ROWS,
  Values: VALUES,
  "Tables and columns": COLUMNS,
  "Constraints and indexes": CONSTRAINTS,
  "Triggers, rules, policies and views": BEHAVIOUR,
  "Functions, operators and casts": ROUTINES,
  "Types and other kinds": KINDS,
  "Owners and rights": RIGHTS,
  Sequences: SEQUENCES,
  "Large objects, geometries and extensions": WHOLE,
  "A changed manifest": MANIFESTS,
  "Damaged files": FILES,
};

export const FAULTS: readonly Fault[] = Object.values(FAULTS_BY_TOPIC).flat();

import { DEFINITIONS } from "./healthy/definitions.ts";
import { OBJECTS } from "./healthy/objects.ts";
import { MEANWHILE, SETTINGS, UNRESTORABLE } from "./healthy/settings.ts";
import { TABLES } from "./healthy/tables.ts";
import type { Variation } from "./variation.ts";

/** Every healthy variation of the table, by topic. */
export const VARIATIONS_BY_TOPIC: Readonly<Record<string, readonly Variation[]>> = {
  "Definitions that print otherwise": DEFINITIONS,
  Tables: TABLES,
  "Kinds of objects, owners and rights": OBJECTS,
  Settings: SETTINGS,
  "What goes on meanwhile": MEANWHILE,
  "What PostgreSQL cannot restore": UNRESTORABLE,
};

export const VARIATIONS: readonly Variation[] = Object.values(VARIATIONS_BY_TOPIC).flat();

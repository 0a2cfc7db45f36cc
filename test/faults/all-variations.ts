import { DEFINITIONS } from "./healthy/definitions.ts";
import { KINDS_OF_ADMIN } from "./healthy/kinds-of-admin.ts";
import { KINDS_OF_ODOO } from "./healthy/kinds-of-odoo.ts";
import { MEANWHILE } from "./healthy/meanwhile.ts";
import { OWNERS_AND_RIGHTS } from "./healthy/owners-and-rights.ts";
import { SETTINGS } from "./healthy/settings.ts";
import { TABLES } from "./healthy/tables.ts";
import { UNRESTORABLE } from "./healthy/unrestorable.ts";
import type { Variation } from "./variation.ts";

/** Every healthy variation of the table, by topic. */
export const VARIATIONS_BY_TOPIC: Readonly<Record<string, readonly Variation[]>> = {
  "Definitions that print otherwise": DEFINITIONS,
  Tables: TABLES,
  "Kinds of objects that Odoo makes": KINDS_OF_ODOO,
  "Kinds of objects that only the administrator makes": KINDS_OF_ADMIN,
  "Owners and rights in good databases": OWNERS_AND_RIGHTS,
  Settings: SETTINGS,
  "What goes on meanwhile": MEANWHILE,
  "What PostgreSQL cannot restore": UNRESTORABLE,
};

export const VARIATIONS: readonly Variation[] = Object.values(VARIATIONS_BY_TOPIC).flat();

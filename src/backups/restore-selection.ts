import {
  ADMIN_LINES,
  KEY_LINES,
  LAST_LINES,
  LATE_RIGHTS_LINES,
  LEVELS,
  type RestorePass,
  type RestorePlan,
  RIGHTS_LINES,
  type Stage,
} from "./restore-plan.ts";
import type { ArchiveEntry, TableOfContents } from "./table-of-contents.ts";

/**
 * A plan in the form that picks entries from the list of an archive. Patterns pick all that follow from owner and kind, so
 * that the list of ids stays short: a shell's argument is limited to 128 KiB (Linux, MAX_ARG_STRLEN).
 */
export interface Selection extends Omit<RestorePass, "ids"> {
  /** The first that fits an entry decides. What none fits is not restored in this pass. */
  readonly rules: readonly ListRule[];
}

export interface ListRule {
  readonly action: "keep" | "drop";
  /** Of one archive only. */
  readonly ids?: readonly number[];
  /** Extended regular expressions for the beginning of a line after its numbers. They hold for any archive. */
  readonly lines?: readonly string[];
}

interface Picking {
  /** As in PlanOptions. */
  readonly owner: string | undefined;
  /** For any other archive of the same deployment: every dump numbers its entries again. */
  readonly picks: "this archive" | "any archive";
}

export function selectionsOf(
  plan: RestorePlan,
  contents: TableOfContents,
  { owner, picks }: Picking,
): readonly Selection[] {
  if (!plan.whole) {
    return plan.passes.map(({ ids, ...pass }) => ({ ...pass, rules: [{ action: "keep", ids }] }));
  }
  const passes = picks === "this archive" ? plan.passes : withUsualPasses(plan.passes, owner);
  return passes.map(({ ids, ...pass }) => {
    const usual = usualRules(pass, owner);
    const planned = new Set(ids);
    const kept = contents.entries.filter((entry) => isKept(entry, usual));
    const dropped = kept.filter(({ id }) => !planned.has(id));
    const known = new Set(kept);
    const added = contents.entries.filter((one) => planned.has(one.id) && !known.has(one));
    return {
      ...pass,
      rules: [...exceptions("drop", dropped, picks), ...exceptions("keep", added, picks), ...usual],
    };
  });
}

/** What the plan does otherwise than owner and kind say. */
function exceptions(
  action: ListRule["action"],
  entries: readonly ArchiveEntry[],
  picks: Picking["picks"],
): readonly ListRule[] {
  if (entries.length === 0) return [];
  return picks === "this archive"
    ? [{ action, ids: entries.map(({ id }) => id) }]
    : [{ action, lines: entries.map(({ line }) => `${escaped(line)}$`) }];
}

/** Another archive may have entries for passes that are empty for this one. */
function withUsualPasses(
  passes: readonly RestorePass[],
  owner: string | undefined,
): readonly RestorePass[] {
  const usual: readonly Omit<RestorePass, "ids">[] = [
    { login: "admin", stage: "rows", level: LEVELS.rows.admin, parallel: false, grants: true },
    { login: "owner", stage: "rows", level: LEVELS.rows.owner, parallel: true, grants: false },
    { login: "admin", stage: "keys", level: LEVELS.keys.rights, parallel: false, grants: true },
    { login: "owner", stage: "keys", level: LEVELS.keys.owner, parallel: true, grants: false },
    { login: "admin", stage: "keys", level: LEVELS.keys.admin, parallel: false, grants: false },
  ];
  const isOf = (stage: Stage) => (one: { readonly stage: Stage }) => one.stage === stage;
  return (["rows", "keys"] as const).flatMap((stage) => {
    const planned = passes.filter(isOf(stage));
    const missing = usual
      .filter(isOf(stage))
      .filter((one) => owner !== undefined || usualRules(one, owner).length > 0)
      .filter(({ level }) => !planned.some((one) => one.level === level))
      .map((pass) => ({ ...pass, ids: [] }));
    return [...planned, ...missing].sort((a, b) => a.level - b.level);
  });
}

/** The rules that restore everything whose owner and kind alone say where it belongs. */
function usualRules(
  { stage, level }: Omit<RestorePass, "ids">,
  owner: string | undefined,
): readonly ListRule[] {
  const rights =
    owner === undefined ? RIGHTS_LINES : [...LATE_RIGHTS_LINES, ofOwner("ACL ", owner)];
  const keys = [...KEY_LINES, ...LAST_LINES, ...rights];
  const drop = (...lines: readonly string[]): ListRule => ({ action: "drop", lines });
  const keep = (...lines: readonly string[]): ListRule => ({ action: "keep", lines });
  if (owner === undefined) {
    const others = [...KEY_LINES, ...LAST_LINES];
    switch (`${stage} ${level}`) {
      case `rows ${LEVELS.rows.owner}`:
        return [drop("EXTENSION ", ...keys), keep(".")];
      case `keys ${LEVELS.keys.rights}`:
        return [keep(...rights)];
      case `keys ${LEVELS.keys.owner}`:
        return [drop(...rights), keep(...others)];
      default:
        return [];
    }
  }
  const owners = ofOwner("", owner);
  const ownKeys = KEY_LINES.map((line) => ofOwner(line, owner));
  switch (`${stage} ${level}`) {
    case `rows ${LEVELS.rows.admin}`:
      return [drop("EXTENSION ", ...keys), keep(...ADMIN_LINES), drop(owners), keep(".")];
    case `rows ${LEVELS.rows.owner}`:
      return [drop("EXTENSION ", ...keys, ...ADMIN_LINES, ...RIGHTS_LINES), keep(owners)];
    case `keys ${LEVELS.keys.rights}`:
      return [keep(...rights)];
    case `keys ${LEVELS.keys.owner}`:
      return [drop(...LAST_LINES, ...RIGHTS_LINES), keep(...ownKeys)];
    case `keys ${LEVELS.keys.admin}`:
      return [drop(...RIGHTS_LINES, ...ownKeys), keep(...KEY_LINES, ...LAST_LINES)];
    default:
      return [];
  }
}

/** A line ends with the entry's owner. */
function ofOwner(pattern: string, owner: string): string {
  return `${pattern}.* ${escaped(owner)}$`;
}

/** Whether the rules keep an entry. */
export function isKept(
  { id, line }: Pick<ArchiveEntry, "id" | "line">,
  rules: readonly ListRule[],
) {
  const rule = rules.find(
    ({ ids = [], lines = [] }) => ids.includes(id) || matching(lines).test(line),
  );
  return rule?.action === "keep";
}

const MATCHING = new WeakMap<readonly string[], RegExp>();

function matching(lines: readonly string[]): RegExp {
  const known = MATCHING.get(lines);
  if (known) return known;
  const made = lines.length === 0 ? /(?!)/ : new RegExp(`^(?:${lines.join("|")})`);
  MATCHING.set(lines, made);
  return made;
}

function escaped(text: string): string {
  return text.replaceAll(/[.[\]{}()*+?^$|\\]/g, "\\$&");
}

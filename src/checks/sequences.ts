import type { Manifest, SequenceState } from "../backups/manifest.ts";
import { type Check, failed, passed } from "../report/check.ts";
import { userSchema } from "./sql.ts";

export interface SequenceContent extends SequenceState {
  readonly schema: string;
  readonly name: string;
}

/**
 * The state of every sequence that a dump holds. `pg_get_sequence_data` is what pg_dump 18 itself reads.
 * One row, one JSON value.
 */
export const SEQUENCES_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname,
    'value', s.last_value::text, 'called', s.is_called) ORDER BY n.nspname, c.relname), '[]') AS sequences
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_get_sequence_data(c.oid) s
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND NOT EXISTS (SELECT FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
      AND array_position(x.extconfig, c.oid) IS NULL)`;

export function sequencesOf(
  before: readonly SequenceContent[],
  after: readonly SequenceContent[],
): Manifest["sequences"] {
  const later = new Map(after.map((sequence) => [keyOf(sequence), sequence]));
  return before.map((sequence) => {
    const { value, called } = later.get(keyOf(sequence)) ?? sequence;
    return {
      schema: sequence.schema,
      name: sequence.name,
      before: { value: sequence.value, called: sequence.called },
      after: { value, called },
    };
  });
}

/** Passed when each has a value that it had during the dump. */
export function compareSequences(
  expected: Manifest["sequences"],
  restored: readonly SequenceContent[],
): Check {
  const found = new Map(restored.map((sequence) => [keyOf(sequence), sequence]));
  const wrong = expected.filter((sequence) => !stoodAt(sequence, found.get(keyOf(sequence))));
  if (wrong.length === 0) {
    return passed("sequences", `All ${expected.length} sequences have the values that they had.`);
  }
  const shown = wrong
    .slice(0, 5)
    .map(
      (one) =>
        `${one.schema}.${one.name} is at ${found.get(keyOf(one))?.value ?? "nothing"} instead of ${one.before.value}`,
    )
    .join("; ");
  return failed(
    "sequences",
    `${wrong.length} of ${expected.length} sequences have other values: ${shown}.`,
    "New records would collide with restored ones. Take a new backup and drill it.",
  );
}

/** A sequence that did not move during the dump has one right state; one that moved may be anywhere in between. */
function stoodAt(
  { before, after }: Manifest["sequences"][number],
  restored: SequenceState | undefined,
): boolean {
  if (!restored) return false;
  if (isSame(before, restored) || isSame(after, restored)) return true;
  if (isSame(before, after) || !restored.called) return false;
  const [value, from, to] = [restored, before, after].map((one) => BigInt(one.value ?? 0)) as [
    bigint,
    bigint,
    bigint,
  ];
  return (from <= value && value <= to) || (to <= value && value <= from);
}

function isSame(one: SequenceState, other: SequenceState): boolean {
  return one.value === other.value && one.called === other.called;
}

function keyOf({ schema, name }: { schema: string; name: string }): string {
  return JSON.stringify([schema, name]);
}

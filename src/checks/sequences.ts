import type { Manifest, SequenceState } from "../backups/manifest.ts";
import { type Check, failed, passed } from "../report/check.ts";
import { counted } from "../words/count.ts";
import { firstFew } from "../words/first-few.ts";
import { userSchema } from "./sql.ts";

export interface SequenceContent extends SequenceState {
  readonly schema: string;
  readonly name: string;
  /** Belongs to an extension, which declares it as configuration. */
  readonly extension: boolean;
}

/**
 * The state of every sequence that a dump holds. `pg_get_sequence_data` is what pg_dump 18 itself reads.
 * One row, one JSON value.
 */
export const SEQUENCES_QUERY = `
SELECT coalesce(json_agg(json_build_object('schema', n.nspname, 'name', c.relname,
    'value', s.last_value::text, 'called', s.is_called, 'extension', e.oid IS NOT NULL) ORDER BY n.nspname, c.relname), '[]') AS sequences
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
CROSS JOIN LATERAL pg_get_sequence_data(c.oid) s
LEFT JOIN LATERAL (
  SELECT x.oid, array_position(x.extconfig, c.oid) AS position
  FROM pg_depend d JOIN pg_extension x ON x.oid = d.refobjid
  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    AND d.refclassid = 'pg_extension'::regclass) e ON true
WHERE c.relkind = 'S' AND c.relpersistence <> 't' AND ${userSchema("n.nspname")}
  AND (e.oid IS NULL OR e.position IS NOT NULL)`;

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

/**
 * Passed when each has a value that it had during the dump, and there are no others. One that another version of
 * an extension brought, and that was never called, is the extension's.
 */
export function compareSequences(
  expected: Manifest["sequences"],
  restored: readonly SequenceContent[],
): Check {
  const found = new Map(restored.map((sequence) => [keyOf(sequence), sequence]));
  const known = new Set(expected.map(keyOf));
  const wrong = expected.filter((sequence) => !stoodAt(sequence, found.get(keyOf(sequence))));
  const unknown = restored.filter(
    (sequence) => !known.has(keyOf(sequence)) && !(sequence.extension && !sequence.called),
  );
  if (wrong.length > 0) {
    const shown = wrong.map(
      (one) =>
        `${one.schema}.${one.name} is at ${found.get(keyOf(one))?.value ?? "nothing"} instead of ${one.before.value}`,
    );
    return failed(
      "sequences",
      [
        `${wrong.length} of ${expected.length} sequences have other values: ${firstFew(shown)}.`,
        ...unknownSentence(unknown),
      ].join(" "),
      "New records would collide with restored ones. Take a new backup and drill it.",
    );
  }
  if (unknown.length > 0) {
    return failed(
      "sequences",
      unknownSentence(unknown).join(" "),
      "Do not rely on this backup. Take a new one and drill it.",
    );
  }
  return passed("sequences", `All ${expected.length} sequences have the values that they had.`);
}

function unknownSentence(unknown: readonly SequenceContent[]): readonly string[] {
  if (unknown.length === 0) return [];
  const names = firstFew(unknown.map(({ schema, name }) => `${schema}.${name}`));
  return [
    `${counted(unknown.length, "sequence")} came back that the manifest does not know: ${names}.`,
  ];
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

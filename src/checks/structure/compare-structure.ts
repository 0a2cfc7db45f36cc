import { type Check, failed, passed } from "../../report/check.ts";
import { DISABLED_KEYS } from "./catalogs/in-dump.ts";

/** One object of the database, or one part of it. */
export interface StructureObject {
  readonly kind: string;
  readonly name: string;
  /** Of all that is compared but its expressions. 16 hexadecimal digits. */
  readonly hash: string;
  /** What PostgreSQL prints of its expressions. Absent when it can have none. */
  readonly prints?: readonly (string | null)[] | undefined;
}

const keyOf = ({ kind, name }: Pick<StructureObject, "kind" | "name">) => `${kind} ${name}`;

/**
 * The source's objects that differ from the restored ones in nothing but what PostgreSQL prints of an
 * expression. The print can change when the expression is parsed again, so these must be printed again.
 */
export function printedOtherwise(
  expected: readonly StructureObject[],
  restored: readonly StructureObject[],
): readonly StructureObject[] {
  const found = byKey(restored);
  return expected.filter((object) => {
    const other = found.get(keyOf(object));
    return (
      object.prints && other?.prints && other.hash === object.hash && !isSamePrint(object, other)
    );
  });
}

/** What was restored, with the prints that the source's own text has on this server. */
export interface Restored {
  readonly objects: readonly StructureObject[];
  /** The source's objects that were printed again. */
  readonly again?: readonly StructureObject[];
}

/** Passed when each object of the source is there and defined alike, and no other. */
export function compareStructure(
  expected: readonly StructureObject[],
  { objects, again = [] }: Restored,
): Check {
  const found = byKey(objects);
  const printed = byKey(again);
  const wanted = byKey(expected);
  const isSame = (object: StructureObject, other: StructureObject) =>
    other.hash === object.hash &&
    (isSamePrint(object, other) || isSamePrint(printed.get(keyOf(object)) ?? object, other));
  const missing = expected.filter(
    (object) => object.kind !== DISABLED_KEYS && !found.has(keyOf(object)),
  );
  const changed = expected.filter((object) => {
    const other = found.get(keyOf(object));
    return other !== undefined && !isSame(object, other);
  });
  const extra = objects.filter((object) => !wanted.has(keyOf(object)));
  const trouble = [
    named("missing", missing),
    named("different", changed),
    named("unexpected", extra),
  ].filter(Boolean);
  if (trouble.length > 0) {
    return failed(
      "structure",
      `The restored structure is not the source's: ${trouble.join("; ")}.`,
      "Do not rely on this backup. Take a new one and drill it. If it differs, too, keep the throwaway database (`keep-database`), compare `pg_dump --schema-only` of both, and report it if these agree.",
    );
  }
  return passed(
    "structure",
    `All ${expected.length} objects are there and defined as in the source.`,
  );
}

function byKey(objects: readonly StructureObject[]): ReadonlyMap<string, StructureObject> {
  return new Map(objects.map((object) => [keyOf(object), object]));
}

function isSamePrint({ prints }: StructureObject, other: StructureObject): boolean {
  return JSON.stringify(prints ?? null) === JSON.stringify(other.prints ?? null);
}

function named(what: string, objects: readonly StructureObject[]): string {
  if (objects.length === 0) return "";
  const shown = objects.slice(0, 5).map(keyOf).join(", ");
  return `${objects.length} ${what} (${shown}${objects.length > 5 ? ", …" : ""})`;
}

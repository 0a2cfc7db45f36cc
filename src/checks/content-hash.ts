/** Goes up with every change to how content is hashed: hashes of two versions cannot be compared. */
export const HASH_VERSION = 2;

/** A column's type, as far as it decides how values are hashed. */
export interface ValueType {
  /** The name of the type; of a domain, of the type beneath. */
  readonly type: string;
  /** Who brought the type. A name proves nothing: anybody may call a type `geometry`. */
  readonly origin: "postgresql" | "postgis" | "other";
  /** The function that prints a value. Only of PostgreSQL's own types: another's may be anything. */
  readonly output?: string;
}

/** Types whose hash under PostgreSQL's own equality depends on every bit of the value. */
const HASHED_AS_THEY_ARE: ReadonlySet<string> = new Set([
  "bool",
  "int2",
  "int4",
  "oid",
  "date",
  "uuid",
  "bytea",
  "name",
]);
const HASHED_AS_BYTES_OF_TEXT: ReadonlySet<string> = new Set(["text", "varchar"]);

/** Types of 64 bits: their own hash folds these into 32 (hashint8extended), so their bytes are hashed. */
const SENT: Readonly<Record<string, string>> = {
  int8: "int8send",
  time: "time_send",
  timestamp: "timestamp_send",
  timestamptz: "timestamptz_send",
};

/**
 * SQL of what is hashed of a value: all that a dump keeps of it. `value` is SQL from our code. A dump holds what
 * the type's output function prints. A cast to text may print less (bpchar) or run code of whoever made the cast.
 *
 * Only PostGIS needs two expressions. Its binary form is what a dump holds, and makes POINT(NaN NaN) empty; an
 * empty point has no points.
 */
export function hashedValues(
  value: string,
  { type, origin, output }: ValueType,
  postgisSchema?: string,
): readonly string[] {
  if (origin === "postgresql" && output !== undefined) {
    const send = SENT[type];
    if (send !== undefined) return [`${send}(${value})`];
    if (HASHED_AS_THEY_ARE.has(type)) return [value];
    if (HASHED_AS_BYTES_OF_TEXT.has(type)) return [`${value} COLLATE "C"`];
    return [`textin(${output}(${value})) COLLATE "C"`];
  }
  if (origin === "postgis" && (type === "geometry" || type === "geography")) {
    const geometry = `${value}::${postgisSchema}.${type}`;
    const points = type === "geometry" ? geometry : `${geometry}::${postgisSchema}.geometry`;
    return [`${geometry}::bytea`, `${postgisSchema}.st_npoints(${points})`];
  }
  return [`textin(record_out(ROW(${value}))) COLLATE "C"`];
}

/** PostgreSQL allows 1,600 columns in a table, and 1,664 in a row (MaxTupleAttributeNumber). */
const VALUES_PER_RECORD = 1600;

/**
 * SQL of a hash of 64 bits of a row. The record's hash is linear in its columns, so it is mixed once more before
 * it may be summed: else the sum would not change when a value moves from one row to another.
 *
 * Measured on one core, as CPU time. 200,000 `res_partner` rows with 60 columns, of which 3 are timestamps (the least
 * of 11 runs in turn): bytes of timestamps and of the row's hash instead of hashint8extended cost 5 % more, printed
 * timestamps 13 %, `date_part` 13 %. A subquery that mixes the two halves apart costs 3 % to 4 %: not enough to pay for
 * the longer statement. All tables of the lab with 150,000 registrants: 8 % more, with the points of geometries.
 */
export function hashOfRow(values: readonly string[]): string {
  return `hashbyteaextended(${bytesOfRecord(values)}, 0)`;
}

function bytesOfRecord(values: readonly string[]): string {
  if (values.length > VALUES_PER_RECORD) {
    const first = bytesOfRecord(values.slice(0, VALUES_PER_RECORD));
    return bytesOfRecord([first, ...values.slice(VALUES_PER_RECORD)]);
  }
  return `int8send(hash_record_extended(ROW(${values.join(", ")}), 0))`;
}

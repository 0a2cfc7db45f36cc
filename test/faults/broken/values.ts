import { seenBy } from "../fault.ts";

/** SQL of the microseconds of an interval. */
const micros = (interval: string) => `(extract(epoch FROM ${interval}) * 1000000)::bigint`;

/**
 * SQL of other microseconds than those of an interval, which `hashint8` takes for the same: it folds the upper 32 bits of a number
 * that is not negative into the lower ones by XOR (PostgreSQL, `hashfunc.c`).
 */
const twin = (interval: string) => {
  const [low, high] = [`(${micros(interval)} & 4294967295)`, `(${micros(interval)} >> 32)`];
  return `(((${high} + 1) << 32) | (${low} # ${high} # (${high} + 1)))`;
};

/** One value of each type that is otherwise by as little as the type can tell apart. */
export const VALUES = seenBy("content", [
  [
    "a bigint differs in its high 32 bits",
    "UPDATE g_swap SET left_value = left_value + 4294967296 WHERE id = 3",
  ],
  [
    "a bigint is another one that folds to the same 32 bits",
    "UPDATE g_swap SET left_value = 1 WHERE id = 21",
  ],
  [
    "a negative bigint is another one that folds to the same 32 bits",
    "UPDATE g_swap SET left_value = -2 WHERE id = 23",
  ],
  ["a bigint is -1 and was 0", "UPDATE g_swap SET right_value = -1 WHERE id = 22"],
  [
    "a timestamp is another one that folds to the same 32 bits",
    `UPDATE g_person SET at = timestamp '2000-01-01' + ${twin("at - timestamp '2000-01-01'")} * interval '1 microsecond' WHERE id = 3`,
  ],
  [
    "a timestamp with time zone is another one that folds to the same 32 bits",
    `UPDATE g_person SET at_zone = timestamptz '2000-01-01 00:00+00' + ${twin("at_zone - timestamptz '2000-01-01 00:00+00'")} * interval '1 microsecond' WHERE id = 3`,
  ],
  [
    "a time is another one that folds to the same 32 bits",
    `UPDATE g_person SET clock = time '00:00' + ${twin("clock - time '00:00'")} * interval '1 microsecond' WHERE id = 3`,
  ],
  [
    "a timestamp is later by 1 µs",
    "UPDATE g_person SET at = at + interval '1 microsecond' WHERE id = 3",
  ],
  [
    "a timestamp is infinity and was -infinity",
    "UPDATE x_value_time SET plain = '-infinity' WHERE label = 'infinity'",
  ],
  ["a date is a day later", "UPDATE g_person SET day = day + 1 WHERE id = 3"],
  ["a time of 24:00 is 00:00", "UPDATE x_value_time SET clock = '00:00' WHERE clock = '24:00'"],
  [
    "a time with a zone has another zone",
    "UPDATE x_value_time SET clock_zoned = '02:30+03' WHERE label = 'the hour that comes twice'",
  ],
  [
    "an interval of 25 hours is a day and an hour",
    "UPDATE x_value_time SET duration = '1 day 1 hour' WHERE duration = '25 hours'",
  ],
  ["a smallint is one more", "UPDATE x_value_number SET small = 2 WHERE label = 'denormal'"],
  ["an integer is one more", "UPDATE g_person SET parent_id = parent_id + 1 WHERE id = 3"],
  [
    "a numeric has lost its trailing zeros",
    "UPDATE x_value_number SET exact = 1.5 WHERE label = 'trailing zeros'",
  ],
  [
    "a numeric has other last digits",
    "UPDATE x_value_number SET exact = exact - 1 WHERE label = 'many digits'",
  ],
  ["a double is the next one", "UPDATE x_value_number SET double = 0.3 WHERE label = '0.1 + 0.2'"],
  ["a double is 0 and was -0", "UPDATE x_value_number SET double = 0 WHERE label = 'minus zero'"],
  ["a real is 0 and was -0", "UPDATE x_value_number SET single = 0 WHERE label = 'minus zero'"],
  [
    "a double is NULL and was NaN",
    "UPDATE x_value_number SET double = NULL WHERE label = 'not a number'",
  ],
  [
    "an amount of money is a cent more",
    "UPDATE x_value_number SET price = '0.02' WHERE label = 'denormal'",
  ],
  ["a boolean is otherwise", "UPDATE g_person SET flag = NOT flag WHERE id = 3"],
  ["a boolean is NULL and was false", "UPDATE g_person SET c = NULL WHERE id = 1"],
  ["a text is empty and was NULL", "UPDATE x_null_or_empty SET value = '' WHERE value IS NULL"],
  ["a text is NULL and was empty", "UPDATE x_null_or_empty SET value = NULL WHERE value = ''"],
  ["a text has a blank more at its end", "UPDATE g_person SET plain = plain || ' ' WHERE id = 3"],
  ["a letter is of the other case", "UPDATE g_person SET plain = upper(plain) WHERE id = 3"],
  [
    "an accented letter is composed otherwise",
    "UPDATE x_value_text SET short = normalize('naïve', NFD) WHERE label = 'beyond the basic plane'",
  ],
  [
    "a text was read in another encoding",
    "UPDATE x_value_text SET body = convert_from(convert_to('é', 'UTF8'), 'LATIN1') WHERE label = 'quotes'",
  ],
  [
    "a line break is of the other kind",
    "UPDATE x_value_text SET body = replace(body, E'\\n', E'\\r\\n') WHERE label = 'end of COPY'",
  ],
  ["a long text is cut", "UPDATE x_value_text SET body = left(body, -1) WHERE label = 'long'"],
  ["a char without a length has lost its blanks", "UPDATE g_person SET free = 'p3' WHERE id = 3"],
  [
    "a char(n) has lost its first blanks",
    "UPDATE x_value_text SET padded = 'x' WHERE label = 'white space'",
  ],
  ["a char(n) holds a tab and not blanks", "UPDATE g_person SET padded = E'p3\\t' WHERE id = 3"],
  ["a char is another", `UPDATE x_value_text SET letter = 'M' WHERE letter = 'N'`],
  ["a name is another", "UPDATE x_value_text SET identifier = 'nulL' WHERE identifier = 'null'"],
  [
    "one bit of a bytea is otherwise",
    "UPDATE x_value_text SET bytes = set_bit(bytes, 799999, 1) WHERE label = 'long and even'",
  ],
  ["a bytea is empty and was NULL", "UPDATE x_value_text SET bytes = '' WHERE label = 'null'"],
  [
    "a uuid is another",
    "UPDATE x_value_other SET id = '6ba7b811-9dad-11d1-80b4-00c04fd430c8' WHERE id = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'",
  ],
  [
    "a jsonb number has another scale",
    `UPDATE x_value_document SET binary_json = jsonb_set(binary_json, '{b}', '1.1') WHERE id = 4`,
  ],
  [
    "a json has lost a key that is there twice",
    "UPDATE x_value_document SET text_json = (text_json::jsonb)::json WHERE id = 4",
  ],
  ["a json has other blanks", `UPDATE x_value_document SET text_json = '{}' WHERE id = 3`],
  ["an xml is another", "UPDATE x_value_document SET document = '<b/>' WHERE id = 3"],
  [
    "a tsvector has other weights",
    "UPDATE x_value_document SET search = 'cat:3A fat:2A' WHERE id = 3",
  ],
  ["a tsquery is another", "UPDATE x_value_document SET query = 'fat & !cat' WHERE id = 3"],
  ["an array has other bounds", "UPDATE x_value_collection SET numbers = '{7,8,9}' WHERE id = 4"],
  [
    "an array holds the word NULL and not NULL",
    `UPDATE x_value_collection SET matrix = '{{a,"b,c"},{"NULL","NULL"},{"","\\\\\\""}}' WHERE id = 3`,
  ],
  ["a range has another bound", "UPDATE x_value_collection SET amounts = '[NaN,NaN)' WHERE id = 4"],
  ["a range is empty and was NULL", "UPDATE x_value_collection SET days = 'empty' WHERE id = 1"],
  [
    "a multirange lacks a range",
    "UPDATE x_value_collection SET amount_sets = '{(,1),(3,)}' WHERE id = 3",
  ],
  ["a composite of NULLs is NULL", "UPDATE x_value_collection SET home = NULL WHERE id = 2"],
  [
    "a value of an enum is another label",
    "UPDATE x_value_collection SET state = 'réouvert' WHERE id = 2",
  ],
  [
    "a domain over text holds another text",
    "UPDATE x_value_collection SET email = 'a@b' WHERE id = 2",
  ],
  ["an inet has another mask", "UPDATE x_value_other SET address = '192.168.1.5/25' WHERE flag"],
  ["a cidr is another", "UPDATE x_value_other SET network = '10.0.0.0/9' WHERE flag"],
  ["a macaddr is another", "UPDATE x_value_other SET hardware = '08:00:2b:01:02:04' WHERE flag"],
  ["a bit string is another", "UPDATE x_value_other SET fixed_bits = '10100' WHERE flag"],
  ["an LSN is another", "UPDATE x_value_other SET position = '16/B374D849' WHERE flag"],
  ["a point has 0 and had -0", "UPDATE x_value_other SET place = '(0.1,0)' WHERE flag"],
  ["a circle has another radius", "UPDATE x_value_other SET round = '<(0,0),2e-10>' WHERE flag"],
  ["a regclass names another table", "UPDATE x_value_other SET relation = 'res_users' WHERE flag"],
  [
    "a geometry is elsewhere by the last bit",
    "UPDATE g_person SET place = 'SRID=4326;POINT(3.0000000000000004 1)' WHERE id = 3",
  ],
  [
    "a geometry has another SRID",
    "UPDATE x_value_other SET shape = ST_SetSRID(shape, 4326) WHERE flag",
  ],
  [
    "a geometry runs the other way",
    "UPDATE spp_area SET geo_polygon = ST_Reverse(geo_polygon) WHERE geo_polygon IS NOT NULL",
  ],
  [
    "a geometry is infinite on the other side",
    "UPDATE g_shape SET shape = ST_MakePoint('-Infinity', 1) WHERE id = 1",
  ],
  [
    "a geometry that was not finite is empty",
    "UPDATE g_shape SET shape = 'LINESTRING EMPTY' WHERE id = 2",
  ],
  ["a geography is elsewhere", "UPDATE x_value_other SET sphere = 'POINT(121 14.6)' WHERE flag"],
  [
    "the column of an identity has another value",
    "WITH gone AS (DELETE FROM g_trail WHERE what = 'paid' RETURNING at, what) INSERT INTO g_trail (id, at, what) OVERRIDING SYSTEM VALUE SELECT 7, at, what FROM gone",
  ],
]);

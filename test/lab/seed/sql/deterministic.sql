-- Stand-ins for random() and now() that give the same data on every run. They are temporary: nothing
-- of them stays in the database.

-- Given a row's number, a salt per column and a bound, return a whole number from 0 to bound - 1.
CREATE FUNCTION pg_temp.pick(n bigint, salt bigint, bound bigint) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (hashint8extended(n, salt) & 9223372036854775807) % bound;

-- Given a row's number and a salt, return one of the words.
CREATE FUNCTION pg_temp.one_of(n bigint, salt bigint, words text[]) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN words[1 + (hashint8extended(n, salt) & 9223372036854775807) % cardinality(words)];

-- Given a row's number and a salt, return a moment of the year before the seed's fixed today.
CREATE FUNCTION pg_temp.moment(n bigint, salt bigint) RETURNS timestamp
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN timestamp '2025-01-15 02:00:00'
    - ((hashint8extended(n, salt) & 9223372036854775807) % 31536000000) * interval '1 millisecond';

CREATE FUNCTION pg_temp.registrants() RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN current_setting('seed.registrants')::bigint;

CREATE FUNCTION pg_temp.areas() RETURNS bigint
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN greatest(1, least(current_setting('seed.registrants')::bigint / 100, 2000));

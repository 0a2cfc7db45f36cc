-- Large objects with numbers of their own, so that the column that names them is the same in every seed.

CREATE TABLE x_scan (id integer PRIMARY KEY, name text, content oid);
INSERT INTO x_scan VALUES
  (1, 'empty', lo_from_bytea(900001, '')),
  (2, 'one byte', lo_from_bytea(900002, '\x00')),
  (3, 'one page', lo_from_bytea(900003, decode(repeat('ab', 2048), 'hex'))),
  (4, 'many pages', lo_from_bytea(900004, (SELECT string_agg(decode(md5(n::text), 'hex'), '' ORDER BY n) FROM generate_series(1, 20000) AS n))),
  (5, 'with a hole', lo_from_bytea(900005, 'start')),
  (6, 'names nothing', 900099),
  (7, 'null', NULL);
SELECT lo_put(900005, 100000, 'end');
COMMENT ON LARGE OBJECT 900003 IS 'It''s a page';
GRANT SELECT ON LARGE OBJECT 900004 TO openspp_reader;

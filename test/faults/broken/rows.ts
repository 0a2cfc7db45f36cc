import { seenBy } from "../fault.ts";

/** Rows that are lost, doubled, moved or otherwise in one value. */
export const ROWS = seenBy("content", [
  ["one row is missing", "DELETE FROM g_swap WHERE id = 3"],
  [
    "one of two equal rows is missing",
    "DELETE FROM g_swap WHERE ctid = (SELECT min(ctid) FROM g_swap WHERE id = 22)",
  ],
  ["one row is there twice", "INSERT INTO g_swap SELECT * FROM g_swap WHERE id = 3"],
  ["a row more", "INSERT INTO g_twin_one VALUES (2, 'more')"],
  ["a table is empty", "TRUNCATE g_swap"],
  [
    "two rows have exchanged one value",
    "UPDATE g_swap SET note = CASE id WHEN 1 THEN 'note 2' ELSE 'note 1' END WHERE id IN (1, 2)",
  ],
  [
    "two columns of a row have exchanged their values",
    "UPDATE g_swap SET left_value = right_value, right_value = left_value WHERE id = 4",
  ],
  [
    "two columns have exchanged their values in all rows",
    "UPDATE g_swap SET left_value = right_value, right_value = left_value",
  ],
  [
    "a row is in another table of the same shape",
    "WITH gone AS (DELETE FROM g_twin_one RETURNING *) INSERT INTO g_twin_two SELECT * FROM gone",
  ],
  [
    "a row is in another partition",
    "ALTER TABLE g_hash DETACH PARTITION g_hash_0; ALTER TABLE g_hash DETACH PARTITION g_hash_1; WITH gone AS (DELETE FROM g_hash_0 WHERE id = (SELECT min(id) FROM g_hash_0) RETURNING *) INSERT INTO g_hash_1 SELECT * FROM gone",
  ],
  [
    "a row of a child is in its parent",
    "WITH gone AS (DELETE FROM g_child RETURNING id, note) INSERT INTO g_parent SELECT * FROM gone",
  ],
  ["a partition is empty", "TRUNCATE g_range_2024"],
  ["an unlogged table has lost its rows", "TRUNCATE bus_presence"],
  [
    "a row of an extension's own table is missing",
    "DELETE FROM spatial_ref_sys WHERE srid = 990001",
  ],
  ["a row of a third role's table is missing", "DELETE FROM g_audited"],
  ["a row of the administrator's table is missing", "DELETE FROM g_trail WHERE what = 'paid'"],
  ["a row that only row security hides is missing", "DELETE FROM x_case_secret WHERE id = 40"],
  [
    "the dropped column of a table has left its value in another one",
    "UPDATE x_dropped_column SET kept = 'x' WHERE id = 2",
  ],
]);

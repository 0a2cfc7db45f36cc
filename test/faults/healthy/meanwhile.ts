import { alone, byAdmin } from "../variation.ts";

/** What goes on in production while a backup is taken. */
export const MEANWHILE = alone(
  byAdmin([
    [
      "VACUUM FULL during the backup",
      `
      CREATE TABLE v_vacuumed AS SELECT n, 'x' AS note FROM generate_series(1, 5000) n;
      ALTER TABLE v_vacuumed OWNER TO {owner}`,
      { meanwhile: "VACUUM FULL v_vacuumed" },
    ],
    [
      "CREATE OR REPLACE FUNCTION during the backup",
      `
      CREATE FUNCTION v_replaced() RETURNS integer LANGUAGE sql AS 'SELECT 1';
      ALTER FUNCTION v_replaced OWNER TO {owner}`,
      {
        meanwhile:
          "DO $$ BEGIN EXECUTE format('CREATE OR REPLACE FUNCTION v_replaced() RETURNS integer LANGUAGE sql AS %L', 'SELECT ' || (random() * 1000000)::integer); END $$",
      },
    ],
    [
      "rows, sequences and large objects that change during the backup",
      "CREATE TABLE v_changed (id serial, at timestamptz)",
      { meanwhile: "INSERT INTO v_changed (at) VALUES (now())" },
    ],
    [
      "indexes and statistics that are made during the backup",
      "CREATE TABLE v_indexed (id integer)",
      {
        meanwhile:
          "DO $$ BEGIN CREATE INDEX v_indexed_index ON v_indexed (id); DROP INDEX v_indexed_index; END $$",
      },
    ],
  ]),
);

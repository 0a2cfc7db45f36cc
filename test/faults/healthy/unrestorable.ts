import { alone, byAdmin } from "../variation.ts";

/** What PostgreSQL itself cannot restore: red, and the advice helps. */
export const UNRESTORABLE = alone(
  byAdmin([
    [
      "a column that a function computes which needs search_path",
      `
      SET ROLE {owner};
      CREATE FUNCTION v_search_key(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN lower(unaccent(value)); END $$;
      CREATE TABLE v_searched (id serial PRIMARY KEY, name text, key text GENERATED ALWAYS AS (v_search_key(name)) STORED);
      INSERT INTO v_searched (name) VALUES ('Zoé'), ('Ayşe')`,
      { red: { check: "restore", next: /v_search_key.*SET search_path/s } },
    ],
    [
      "a check that looks into another table",
      `
      SET ROLE {owner};
      CREATE TABLE v_z_code (code text PRIMARY KEY);
      INSERT INTO v_z_code VALUES ('a');
      CREATE FUNCTION v_code_known(value text) RETURNS boolean LANGUAGE sql STABLE AS $$ SELECT EXISTS (SELECT FROM public.v_z_code z WHERE z.code = value) $$;
      CREATE TABLE v_a_coded (id serial PRIMARY KEY, code text CHECK (v_code_known(code)));
      INSERT INTO v_a_coded (code) VALUES ('a')`,
      { red: { check: "restore", next: /v_a_coded_code_check|constraint/ } },
    ],
  ]),
);

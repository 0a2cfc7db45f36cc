import type { Client } from "pg";
import type { AttachmentPlan, AttachmentRow } from "./attachment-plan.ts";

const ROWS_PER_STATEMENT = 1_000;

const CREATE_TABLE = `
  CREATE TABLE ir_attachment (
    id serial PRIMARY KEY,
    res_id integer,
    company_id integer REFERENCES res_company ON DELETE SET NULL,
    file_size integer,
    create_uid integer REFERENCES res_users ON DELETE SET NULL,
    write_uid integer REFERENCES res_users ON DELETE SET NULL,
    name varchar NOT NULL,
    res_model varchar,
    res_field varchar,
    type varchar NOT NULL,
    url varchar(1024),
    access_token varchar,
    store_fname varchar,
    checksum varchar(40),
    mimetype varchar,
    description text,
    index_content text,
    public boolean,
    create_date timestamp without time zone,
    write_date timestamp without time zone,
    db_datas bytea
  );
  COMMENT ON TABLE ir_attachment IS 'Attachment';
  CREATE INDEX ir_attachment__store_fname_index ON ir_attachment (store_fname);
  CREATE INDEX ir_attachment__checksum_index ON ir_attachment (checksum);
  CREATE INDEX ir_attachment_res_idx ON ir_attachment (res_model, res_id)`;

const INSERT = `
  INSERT INTO ir_attachment (id, res_id, company_id, file_size, create_uid, write_uid, name, res_model, type,
                             store_fname, checksum, mimetype, index_content, public, create_date, write_date, db_datas)
  SELECT n, 101 + pg_temp.pick(n, 60, pg_temp.registrants()), 1, file_size, 2, 2, name, 'res.partner', 'binary',
         store_fname, checksum, mimetype, CASE WHEN mimetype LIKE 'text/%' THEN name END, n % 50 = 0,
         pg_temp.moment(n, 61), pg_temp.moment(n, 62), db_datas
  FROM unnest($2::text[], $3::text[], $4::int[], $5::text[], $6::text[], $7::bytea[])
         WITH ORDINALITY AS attachment (name, mimetype, file_size, checksum, store_fname, db_datas, number),
       LATERAL (SELECT $1::bigint + number) AS numbered (n)`;

/** Rows that hold no file: an address, as Odoo stores assets of its own. */
const INSERT_URL = `
  INSERT INTO ir_attachment (id, name, type, url, public, create_uid, create_date)
  SELECT 1 + COALESCE(max(id), 0), 'web.assets_web.min.js', 'url', '/web/assets/1/web.assets_web.min.js', true, 1, pg_temp.moment(1, 63)
  FROM ir_attachment;
  SELECT setval('ir_attachment_id_seq', (SELECT max(id) FROM ir_attachment))`;

/** Given a plan, create ir_attachment and insert its rows, and one more that names an address and no file. */
export async function insertAttachments(client: Client, { rows }: AttachmentPlan): Promise<void> {
  await client.query(CREATE_TABLE);
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await insert(client, start, rows.slice(start, start + ROWS_PER_STATEMENT));
  }
  await client.query(INSERT_URL);
}

async function insert(
  client: Client,
  before: number,
  rows: readonly AttachmentRow[],
): Promise<void> {
  await client.query(INSERT, [
    before,
    rows.map((row) => row.name),
    rows.map((row) => row.mimetype),
    rows.map((row) => row.size),
    rows.map((row) => row.checksum),
    rows.map((row) => row.storeFname),
    rows.map((row) => row.content),
  ]);
}

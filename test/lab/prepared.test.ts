import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Lab, startLab } from "./lab.ts";

const STRICT = {
  policy: "strict",
  seed: { registrants: 300, immutableUnaccent: true },
} as const;

let initialised: Lab;
let copies: Lab[];

beforeAll(async () => {
  const name = `prepared-${process.pid}`;
  // A volume of its own size is never filled with a copy.
  initialised = await startLab({
    ...STRICT,
    name: `${name}-new`,
    databaseVolumeBytes: 640 * 1024 * 1024,
  });
  copies = [];
  for (const n of [1, 2]) copies.push(await startLab({ ...STRICT, name: `${name}-${n}` }));
});

afterAll(async () => {
  for (const lab of [initialised, ...(copies ?? [])]) await lab?.down();
});

it("begins with a copy of the data that the first lab of its kind was made with", async () => {
  const ids = await Promise.all(copies.map(systemOf));
  expect(ids[1]).toBe(ids[0]);
  expect(await systemOf(initialised)).not.toBe(ids[0]);
});

it("has the roles, settings, data and files that a new lab has", async () => {
  expect(await contentOf(copies[1] as Lab)).toEqual(await contentOf(initialised));
});

it("lets the roles log in by their password alone", async () => {
  for (const lab of copies) {
    for (const role of [lab.database.owner, lab.database.admin]) {
      await (await lab.connect(role)).end();
    }
    const other = { name: "openspp", owner: "odoo", admin: "odoo", password: "another" };
    const stranger = Object.assign(Object.create(lab), { database: other }) as Lab;
    await expect(stranger.connect()).rejects.toThrow("password authentication failed");
  }
});

/** What initdb gave the cluster, and none other has. */
async function systemOf(lab: Lab): Promise<string> {
  return rowsOf(lab, "SELECT system_identifier::text FROM pg_control_system()");
}

async function contentOf(lab: Lab): Promise<Record<string, string>> {
  const inDb = (line: string) => lab.docker("exec", lab.container("db"), "sh", "-c", line);
  // The line that pg_dump protects its output by is another one each time.
  const dump = await inDb(
    "pg_dumpall -U openspp_admin --no-role-passwords | grep -v '^.\\(un\\)\\?restrict '",
  );
  return {
    dump: createHash("sha256").update(dump).digest("hex"),
    roles: await rowsOf(lab, "SELECT to_jsonb(r) - 'oid' FROM pg_roles r ORDER BY rolname"),
    settings: await rowsOf(
      lab,
      "SELECT name, setting FROM pg_settings WHERE source <> 'client' ORDER BY name",
    ),
    access: await inDb("cat $PGDATA/pg_hba.conf; stat -c '%a %u %g' $PGDATA"),
    files: await lab.docker(
      ...["exec", lab.container("odoo"), "sh", "-c"],
      "cd /var/lib/odoo && find . -type f -exec sha1sum {} + | sort; find . -exec stat -c '%n %a %u %g' {} + | sort",
    ),
  };
}

async function rowsOf(lab: Lab, query: string): Promise<string> {
  const client = await lab.connect(lab.database.admin);
  try {
    return JSON.stringify((await client.query(query)).rows);
  } finally {
    await client.end();
  }
}

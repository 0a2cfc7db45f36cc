import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Policy } from "../../../src/deployment/deployment.ts";
import { Failed } from "../../../src/failure.ts";
import { backup } from "../../../src/operations/backup/backup.ts";
import { restore } from "../../../src/operations/restore/restore.ts";
import type { Lab } from "../../lab/lab.ts";
import { sharedLab } from "../../lab/shared.ts";
import { onLab } from "../on-lab.ts";
import { besideOf, dropBeside, sql, troublesOf } from "./on-production.ts";

/**
 * What Odoo's own command does, as far as the lab's modules go: one transaction over the statements of each installed
 * module, those of `base` first, and a note in the database (odoo/cli/neutralize.py, odoo/modules/neutralize.py).
 */
const odoo = (statements: string) => `#!/bin/sh
[ "$1" = neutralize ] || exit 2
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --single-transaction --dbname "\${2#--database=}" <<'SQL'
INSERT INTO ir_config_parameter (key, value) VALUES ('database.is_neutralized', 'true')
ON CONFLICT (key) DO UPDATE SET value = 'true';
${statements}
SQL
`;

const SWITCH_OFF = `
UPDATE ir_mail_server SET active = false;
UPDATE ir_cron SET active = false WHERE name <> 'Base: Auto-vacuum internal data';`;

describe.each<Policy>(["strict", "flexible"])("a copy to open under the %s policy", (policy) => {
  let lab: Lab;
  let dump: string;

  beforeAll(async () => {
    lab = await sharedLab(policy);
    await sql(
      lab,
      `CREATE TABLE ir_mail_server (name text, active boolean); INSERT INTO ir_mail_server VALUES ('smtp', true);
       CREATE TABLE ir_cron (name text, active boolean);
       INSERT INTO ir_cron VALUES ('Base: Auto-vacuum internal data', true), ('Pay everybody', true);
       ALTER TABLE ir_mail_server OWNER TO odoo; ALTER TABLE ir_cron OWNER TO odoo`,
    );
    dump = (await onLab(lab, backup)).backup.name;
  });

  afterAll(async () => {
    await sql(lab, "DROP TABLE ir_mail_server, ir_cron");
    await lab.docker("exec", lab.container("odoo"), "rm", "-f", "/usr/local/bin/odoo");
    await dropBeside(lab);
  });

  const install = (script: string) =>
    lab.docker(
      ...["exec", lab.container("odoo"), "sh", "-c"],
      ...['printf "%s" "$1" > /usr/local/bin/odoo && chmod +x /usr/local/bin/odoo', "sh", script],
    );

  const copy = (inputs = {}) =>
    onLab(lab, restore, { backup: dump, strategy: "copy", neutralize: "true", ...inputs });

  test("is neutralized by Odoo's own command, and production is not", async () => {
    await install(odoo(SWITCH_OFF));
    const report = await copy();
    expect(troublesOf(report)).toEqual([]);
    expect(report.checks.at(-1)?.name).toBe("neutralized");
    const active = `SELECT (SELECT count(*)::int FROM ir_mail_server WHERE active) AS mail,
      (SELECT string_agg(name, ', ') FROM ir_cron WHERE active) AS jobs`;
    expect(await sql(lab, active, report.restore?.kept?.name)).toEqual([
      { mail: 0, jobs: "Base: Auto-vacuum internal data" },
    ]);
    expect(await sql(lab, active)).toEqual([
      { mail: 1, jobs: "Base: Auto-vacuum internal data, Pay everybody" },
    ]);
    await dropBeside(lab);
  });

  test.each([
    [
      "that fails half-way",
      odoo("UPDATE ir_mail_server SET active = false; SELECT 1 / 0;"),
      "exit code 3",
    ],
    [
      "that works on another server",
      "#!/bin/sh\n",
      "it ended without an error, and the copy does not say that it is",
    ],
  ])("by a command %s: it is dropped, whatever was accepted by name", async (_, script, why) => {
    await install(script);
    const error: unknown = await copy({ "skip-checks": "neutralized" }).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as Failed).explanation).toMatchObject({
      what: expect.stringMatching(
        /^Odoo's own command could not neutralize openspp_look_\d+_\d+\.$/,
      ),
      why,
      state: "The copy was dropped; production was not touched.",
    });
    expect(error).toBeInstanceOf(Failed);
    expect(await besideOf(lab)).toEqual([]);
  });

  test("without such a command it is not kept either, unless that is accepted by name", async () => {
    await lab.docker("exec", lab.container("odoo"), "rm", "-f", "/usr/local/bin/odoo");
    const report = await copy();
    expect(troublesOf(report)).toEqual(["neutralized: not-run"]);
    expect(report.verdict).toBe("not-run");
    expect(await besideOf(lab)).toEqual([]);
    const accepted = await copy({ "skip-checks": "neutralized" });
    expect(await besideOf(lab)).toEqual([accepted.restore?.kept?.name]);
    await dropBeside(lab);
  });
});

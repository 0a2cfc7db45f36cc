import { expect, test } from "vitest";
import { parseTableOfContents } from "../../../src/backups/table-of-contents.ts";
import { print, quote } from "../../../src/commands/shell.ts";
import type { Archive } from "../../../src/operations/proof/open-archive.ts";
import type { RestoreTarget } from "../../../src/operations/proof/prove-database.ts";
import {
  restoreCommand,
  restoreJob,
  subscriptionNote,
} from "../../../src/operations/proof/restore-archive.ts";
import type { Run } from "../../../src/operations/run.ts";
import { Secret } from "../../../src/secret.ts";

const role = (name: string) => ({ name, password: new Secret("it's $HOME") });

function runOf(policy: "strict" | "flexible"): Run {
  const owner = role("odoo");
  const admin = policy === "strict" ? { ...role("openspp_admin"), superuser: true } : owner;
  return {
    applicationName: "openspp-backup drill",
    settings: { proof: {} },
    facts: {
      extensions: [{ name: "postgis", version: "3.6.4", schema: "public" }],
      installable: [],
      extensionRelations: ["public.spatial_ref_sys"],
    },
    deployment: {
      policy,
      cores: 2,
      backups: { container: "openspp-backup-1" },
      database: { innerHost: "db", innerPort: 5432, owner, admin },
    },
  } as unknown as Run;
}

const archive = {
  backup: { path: "/backups/daily/a.dump" },
  contents: parseTableOfContents(`
2; 3079 1 EXTENSION - postgis 
10; 1255 2 FUNCTION public root(double precision) odoo
11; 1259 3 TABLE public res_partner odoo
12; 0 0 ACL public TABLE res_partner odoo
13; 0 4 TABLE DATA public spatial_ref_sys openspp_admin
14; 2606 5 FK CONSTRAINT public res_partner parent odoo
15; 6100 6 SUBSCRIPTION - subscribed openspp_admin
`),
  superuser: [10],
  moves: [{ kind: "TABLE", schema: "public", name: "res_partner", tablespace: "fast" }],
} as unknown as Archive;

const printed = (
  policy: "strict" | "flexible",
  target: Partial<RestoreTarget> = {},
  picks: "this archive" | "any archive" = "this archive",
) => {
  const run = runOf(policy);
  const job = restoreJob(run, archive, { name: "openspp_test", ...target }, picks);
  return print(restoreCommand(run, job));
};

const LISTS = "/tmp/openspp-backup.list.whole > /tmp/openspp-backup.list";
const restoring = (options: string) =>
  `pg_restore ${options} --use-list=/tmp/openspp-backup.list --dbname=openspp_test /backups/daily/a.dump`;
const KEYS = "FK CONSTRAINT |COMMENT .* CONSTRAINT |MATERIALIZED VIEW DATA ";
const LAST =
  "EVENT TRIGGER |PUBLICATION |SUBSCRIPTION |(COMMENT|SECURITY LABEL) - (EVENT TRIGGER|PUBLICATION|SUBSCRIPTION) ";
const LATE = "DEFAULT ACL |ACL [^ ]+ (LANGUAGE|TYPE|DOMAIN) |ACL .* odoo$";
const ADMIN =
  "SHELL TYPE |OPERATOR CLASS |OPERATOR FAMILY |PROCEDURAL LANGUAGE |TEXT SEARCH PARSER |TEXT SEARCH TEMPLATE |FOREIGN DATA WRAPPER |SERVER |USER MAPPING |ACCESS METHOD |TRANSFORM |CAST |SCHEMA - public ";
const line = (lines: string) => `/^[0-9]+; [0-9]+ [0-9]+ (${lines})/`;

test("under the strict policy each entry is restored by a login that may own it", () => {
  const [environment, script] = printed("strict").split(" sh -c ");
  expect(environment).toBe(
    [
      "PGHOST=db PGPORT=5432 PGUSER=openspp_admin PGPASSWORD=[REDACTED] PGDATABASE=openspp_test",
      "PGAPPNAME='openspp-backup drill' PGOPTIONS=… LC_ALL=C PGUSER_2=odoo PGPASSWORD_2=[REDACTED] PGOPTIONS_2=… docker exec",
      "-e PGHOST -e PGPORT -e PGUSER -e PGPASSWORD -e PGDATABASE -e PGAPPNAME -e PGOPTIONS -e LC_ALL -e PGUSER_2 -e PGPASSWORD_2 -e PGOPTIONS_2",
      "openspp-backup-1",
    ].join(" "),
  );
  const asOdoo =
    'PGUSER="$PGUSER_2" PGPASSWORD="$PGPASSWORD_2" PGOPTIONS="$PGOPTIONS_2" ' +
    restoring("--no-owner --no-tablespaces --exit-on-error --jobs=2");
  const asAdmin = restoring("--exit-on-error --jobs=1");
  expect(script).toBe(
    quote(
      [
        `psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 '--command=CREATE EXTENSION IF NOT EXISTS "postgis" SCHEMA "public"'`,
        "pg_restore --list /backups/daily/a.dump > /tmp/openspp-backup.list.whole",
        `sed -E -e '/^(10);/b' -e '${line(`EXTENSION |${KEYS}|${LAST}|${LATE}`)}d' -e '${line(ADMIN)}b' -e '${line(".* odoo$")}d' -e '${line(".")}b' -e d ${LISTS}`,
        asAdmin,
        `sed -E -e '/^(10);/d' -e '${line(`EXTENSION |${KEYS}|${LAST}|${LATE}|${ADMIN}|ACL |DEFAULT ACL `)}d' -e '${line(".* odoo$")}b' -e d ${LISTS}`,
        asOdoo,
        `psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 '--command=ALTER TABLE IF EXISTS "public"."res_partner" SET TABLESPACE "fast"'`,
        "echo 'rows are in'",
        `sed -E -e '${line(LATE)}b' -e d ${LISTS}`,
        restoring("--verbose --exit-on-error --jobs=1"),
        `sed -E -e '${line(`${LAST}|ACL |DEFAULT ACL `)}d' -e '${line("FK CONSTRAINT .* odoo$|COMMENT .* CONSTRAINT .* odoo$|MATERIALIZED VIEW DATA .* odoo$")}b' -e d ${LISTS}`,
        asOdoo,
        "rm -f -- /tmp/openspp-backup.list /tmp/openspp-backup.list.whole",
      ].join(" && "),
    ),
  );
});

test("under the flexible policy one role restores all, owners as in the source", () => {
  const command = printed("flexible");
  expect(command).not.toContain("--no-owner");
  expect(command).not.toContain("PGUSER_2");
  expect(command.match(/pg_restore (--\S+ )*--exit-on-error/g)).toHaveLength(4);
  expect(command.split("rows are in")[1]?.match(/--use-list/g)).toHaveLength(2);
});

test("a fresh server has none of the source's tablespaces", () => {
  const command = printed("strict", { server: "fresh" });
  expect(command).not.toContain("SET TABLESPACE");
  expect(command.match(/--exit-on-error/g)).toHaveLength(4);
  expect(command.match(/--no-tablespaces (--verbose )?--exit-on-error/g)).toHaveLength(4);
});

test("a subscription is restored only into what may become production", () => {
  const last = (command: string) => command.split("sed -E").at(-1);
  expect(last(printed("strict", { subscriptions: "restored" }))).toContain("SUBSCRIPTION ");
  expect(last(printed("strict"))).not.toMatch(/SUBSCRIPTION [^)]*\)\/b/);
  expect(subscriptionNote(archive, { subscriptions: "restored" })).toMatch(
    /^Its subscription `subscribed` is there, but disabled/,
  );
  expect(subscriptionNote(archive, {})).toMatch(/^Its subscription `subscribed` was left out/);
  expect(subscriptionNote(archive, { tables: ["public.res_partner"] })).toBeUndefined();
});

test("for any archive the lines say what is left out and who restores what", () => {
  const command = printed("strict", {}, "any archive");
  expect(command).not.toContain("(10)");
  expect(command).toContain("FUNCTION public root\\(double precision\\) odoo$");
  // Another archive may hold what this one does not.
  expect(command.match(/--exit-on-error/g)).toHaveLength(5);
});

test("a restore of some tables has no keys, and no such pass", () => {
  const command = printed("strict", { tables: ["public.res_partner"] });
  expect(command).not.toContain("rows are in");
  expect(command).not.toContain("SET TABLESPACE");
  expect(command.match(/--exit-on-error/g)).toHaveLength(1);
});

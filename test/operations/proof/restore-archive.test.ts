import { expect, test } from "vitest";
import {
  type RestorePlan,
  type Selection,
  selectById,
  selectKeysApart,
} from "../../../src/backups/restore-plan.ts";
import { print, quote } from "../../../src/commands/shell.ts";
import type { Archive } from "../../../src/operations/proof/open-archive.ts";
import { restoreCommand } from "../../../src/operations/proof/restore-archive.ts";
import type { Run } from "../../../src/operations/run.ts";
import { Secret } from "../../../src/secret.ts";

const role = (name: string) => ({ name, password: new Secret("it's $HOME") });
const runOf = (policy: "strict" | "flexible", admin: string) =>
  ({
    applicationName: "openspp-backup drill",
    settings: { proof: {} },
    deployment: {
      policy,
      cores: 2,
      backups: { container: "openspp-backup-1" },
      database: { innerHost: "db", innerPort: 5432, owner: role("odoo"), admin: role(admin) },
    },
  }) as unknown as Run;
const archive = { backup: { path: "/backups/daily/a.dump" } } as Archive;
const printed = (
  run: Run,
  plan: Partial<RestorePlan>,
  select: (plan: RestorePlan) => Selection = selectById,
) =>
  print(
    restoreCommand(
      run,
      archive,
      { name: "openspp_test" },
      select({ ...{ adminFirst: [], adminLast: [], leftOut: [] }, ...plan }),
      ['CREATE EXTENSION IF NOT EXISTS "postgis"'],
    ),
  );

test("under the strict policy the admin role restores what the owner may not, before and after", () => {
  const command = printed(runOf("strict", "openspp_admin"), {
    adminFirst: [4984, 5640],
    adminLast: [3683],
    leftOut: [2],
  });
  expect(command.split(" sh -c ")).toEqual([
    [
      "PGHOST=db PGPORT=5432 PGUSER=openspp_admin PGPASSWORD=[REDACTED] PGDATABASE=openspp_test",
      "PGAPPNAME='openspp-backup drill' PGUSER_2=odoo PGPASSWORD_2=[REDACTED] docker exec",
      "-e PGHOST -e PGPORT -e PGUSER -e PGPASSWORD -e PGDATABASE -e PGAPPNAME -e PGUSER_2 -e PGPASSWORD_2",
      "openspp-backup-1",
    ].join(" "),
    quote(
      [
        `psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 '--command=CREATE EXTENSION IF NOT EXISTS "postgis"'`,
        "pg_restore --list /backups/daily/a.dump > /tmp/openspp-backup.list.whole",
        "sed -n -E '/^(4984|5640);/p' /tmp/openspp-backup.list.whole > /tmp/openspp-backup.list",
        "rm /tmp/openspp-backup.list.whole",
        "pg_restore --no-owner --exit-on-error --jobs=1 --use-list=/tmp/openspp-backup.list --dbname=openspp_test /backups/daily/a.dump",
        "pg_restore --list /backups/daily/a.dump > /tmp/openspp-backup.list.whole",
        "sed -E '/^(2|4984|5640|3683);/d' /tmp/openspp-backup.list.whole > /tmp/openspp-backup.list",
        "rm /tmp/openspp-backup.list.whole",
        'PGUSER="$PGUSER_2" PGPASSWORD="$PGPASSWORD_2" pg_restore --no-owner --exit-on-error --jobs=2 --use-list=/tmp/openspp-backup.list --dbname=openspp_test /backups/daily/a.dump',
        "pg_restore --list /backups/daily/a.dump > /tmp/openspp-backup.list.whole",
        "sed -n -E '/^(3683);/p' /tmp/openspp-backup.list.whole > /tmp/openspp-backup.list",
        "rm /tmp/openspp-backup.list.whole",
        "pg_restore --no-owner --exit-on-error --jobs=1 --use-list=/tmp/openspp-backup.list --dbname=openspp_test /backups/daily/a.dump",
        "rm -f -- /tmp/openspp-backup.list",
      ].join(" && "),
    ),
  ]);
});

test("under the flexible policy one role restores all, owners as in the source", () => {
  const command = printed(runOf("flexible", "odoo"), { leftOut: [2, 3] });
  expect(command).not.toContain("--no-owner");
  expect(command).not.toContain("PGUSER_2");
  expect(command.match(/pg_restore --exit-on-error/g)).toHaveLength(1);
  expect(command).toContain("sed -E '\\''/^(2|3);/d'\\''");
});

const LIST = "pg_restore --list /backups/daily/a.dump > /tmp/openspp-backup.list.whole";
const RESTORE =
  'PGPASSWORD="$PGPASSWORD_2" pg_restore --exit-on-error --jobs=2 --use-list=/tmp/openspp-backup.list --dbname=openspp_test /backups/daily/a.dump';
const KEYS = "^[0-9]+; [0-9]+ [0-9]+ (FK CONSTRAINT |COMMENT .* CONSTRAINT )";

test("a drill leaves the foreign keys for a pass after all rows, and hears when these are in", () => {
  const command = printed(runOf("flexible", "odoo"), { leftOut: [2, 3] }, selectKeysApart);
  const script = [
    `psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 '--command=CREATE EXTENSION IF NOT EXISTS "postgis"'`,
    LIST,
    `sed -E '/^(2|3);|${KEYS}/d' /tmp/openspp-backup.list.whole > /tmp/openspp-backup.list`,
    "rm /tmp/openspp-backup.list.whole",
    RESTORE,
    "echo 'rows are in'",
    LIST,
    `sed -n -E '/${KEYS}/p' /tmp/openspp-backup.list.whole > /tmp/openspp-backup.list`,
    "rm /tmp/openspp-backup.list.whole",
    RESTORE,
    "rm -f -- /tmp/openspp-backup.list",
  ];
  expect(command.split(" sh -c ")[1]).toBe(quote(script.join(" && ")));
});

test("a restore of some tables has no keys, and no such pass", () => {
  const plan = { ownerOnly: [7, 8] };
  const run = runOf("strict", "openspp_admin");
  expect(printed(run, plan, selectKeysApart)).toBe(printed(run, plan));
});

import { describe, expect, test } from "vitest";
import { inContainer } from "../../src/commands/command.ts";
import {
  ask,
  type ClientConnection,
  pgDump,
  pgRestore,
  pgRestoreList,
  writeRestoreList,
} from "../../src/commands/postgres.ts";
import { print, script } from "../../src/commands/shell.ts";
import { Secret } from "../../src/secret.ts";

const connection: ClientConnection = {
  host: "db",
  port: 5432,
  role: { name: "odoo", password: new Secret("it's $HOME") },
  database: "openspp",
  applicationName: "openspp-backup drill",
};
const ENVIRONMENT =
  "PGHOST=db PGPORT=5432 PGUSER=odoo PGPASSWORD=[REDACTED] PGDATABASE=openspp PGAPPNAME='openspp-backup drill'";

test("psql prints nothing but answers, and takes its own commands, too", () => {
  expect(print(ask(connection, ["\\copy t FROM rows", "SELECT 1"]))).toBe(
    `${ENVIRONMENT} psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 '--command=\\copy t FROM rows' '--command=SELECT 1'`,
  );
});

describe("pg_dump", () => {
  const options = {
    file: "/backups/daily/.openspp_20260115_020000.dump.part",
    compression: "gzip:6",
    snapshot: "00000003-0000001B-1",
  };

  test("of one snapshot, in custom format", () => {
    expect(print(pgDump(connection, options))).toBe(
      `${ENVIRONMENT} pg_dump --format=custom --compress=gzip:6 --snapshot=00000003-0000001B-1 --file=/backups/daily/.openspp_20260115_020000.dump.part`,
    );
  });

  test.each(["zstd:3", "lz4", "none"])("compressed by %s", (compression) => {
    expect(pgDump(connection, { ...options, compression }).argv[2]).toBe(
      `--compress=${compression}`,
    );
  });

  test("in the backup container, by the names of its variables alone", () => {
    expect(print(inContainer("openspp-backup-1", pgDump(connection, options)))).toBe(
      `${ENVIRONMENT} docker exec -e PGHOST -e PGPORT -e PGUSER -e PGPASSWORD -e PGDATABASE -e PGAPPNAME openspp-backup-1 pg_dump --format=custom --compress=gzip:6 --snapshot=00000003-0000001B-1 --file=/backups/daily/.openspp_20260115_020000.dump.part`,
    );
  });

  test("its password stands in no command line", () => {
    const { line, secrets } = script(inContainer("b", pgDump(connection, options)));
    expect(line).not.toContain("HOME");
    expect(secrets).toEqual([connection.role.password]);
  });

  test("settings of its session, spaces and backslashes escaped as PGOPTIONS wants them", () => {
    const settings = { search_path: "public, pg_temp", application_name: "a\\b" };
    expect(pgDump({ ...connection, settings }, options).env.PGOPTIONS).toBe(
      "-c search_path=public,\\ pg_temp -c application_name=a\\\\b",
    );
  });
});

test("pg_restore --list", () => {
  expect(print(pgRestoreList("/backups/daily/it's.dump"))).toBe(
    "pg_restore --list '/backups/daily/it'\\''s.dump'",
  );
});

describe("pg_restore", () => {
  const options = {
    file: "/backups/daily/openspp_20260115_020000.dump",
    list: "/tmp/openspp-backup.list",
    jobs: 4,
    noOwner: true,
  };
  const target = { ...connection, database: "openspp_test" };

  test("under the strict policy, ownership left to the restoring role", () => {
    expect(print(pgRestore(target, options))).toBe(
      `${ENVIRONMENT.replace("openspp ", "openspp_test ")} pg_restore --no-owner --exit-on-error --jobs=4 --use-list=/tmp/openspp-backup.list --dbname=openspp_test /backups/daily/openspp_20260115_020000.dump`,
    );
  });

  test("under the flexible policy, owners as in the source", () => {
    expect(pgRestore(target, { ...options, noOwner: false }).argv).toEqual([
      ...["pg_restore", "--exit-on-error", "--jobs=4"],
      ...["--use-list=/tmp/openspp-backup.list", "--dbname=openspp_test", options.file],
    ]);
  });
});

describe("the restore list", () => {
  const archive = "/backups/daily/a.dump";
  const list = "/tmp/a.list";

  test("of the named entries alone", () => {
    expect(print(writeRestoreList(archive, list, "keep", [12, 5640]))).toBe(
      "pg_restore --list /backups/daily/a.dump > /tmp/a.list.whole && sed -n -E '/^(12|5640);/p' /tmp/a.list.whole > /tmp/a.list && rm /tmp/a.list.whole",
    );
  });

  test("of all but the named entries", () => {
    expect(print(writeRestoreList(archive, list, "leave out", [2]))).toBe(
      "pg_restore --list /backups/daily/a.dump > /tmp/a.list.whole && sed -E '/^(2);/d' /tmp/a.list.whole > /tmp/a.list && rm /tmp/a.list.whole",
    );
  });

  test("of everything, when nothing is left out", () => {
    expect(print(writeRestoreList(archive, list, "leave out", []))).toContain("sed -E '/^$/d'");
  });
});

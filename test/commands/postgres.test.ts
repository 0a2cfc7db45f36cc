import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import type { ListRule } from "../../src/backups/restore-selection.ts";
import {
  connectionOptions,
  SUPERUSER_SETTINGS,
  TOOL_SETTINGS,
} from "../../src/checks/session-settings.ts";
import { inContainer } from "../../src/commands/command.ts";
import {
  ask,
  type ClientConnection,
  moveToTablespace,
  optionVariables,
  pgDump,
  pgRestore,
  pgRestoreList,
  printTablespaces,
  restoreStatements,
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
const OPTIONS = connectionOptions(TOOL_SETTINGS);
const ENVIRONMENT =
  "PGHOST=db PGPORT=5432 PGUSER=odoo PGPASSWORD=[REDACTED] PGDATABASE=openspp PGAPPNAME='openspp-backup drill' PGOPTIONS=… LC_ALL=C";

test("psql prints nothing but answers, and takes its own commands, too", () => {
  expect(print(ask(connection, ["\\copy t FROM rows", "SELECT 1"]))).toBe(
    `${ENVIRONMENT} psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 '--command=\\copy t FROM rows' '--command=SELECT 1'`,
  );
});

describe("pg_dump", () => {
  const dumped = {
    file: "/backups/daily/.openspp_20260115_020000.dump.part",
    compression: "gzip:6",
    snapshot: "00000003-0000001B-1",
    encoding: "LATIN1",
  };

  test("of one snapshot, in custom format", () => {
    expect(print(pgDump(connection, dumped))).toBe(
      `${ENVIRONMENT} pg_dump --format=custom --compress=gzip:6 --snapshot=00000003-0000001B-1 --encoding=LATIN1 --file=/backups/daily/.openspp_20260115_020000.dump.part`,
    );
  });

  test.each(["zstd:3", "lz4", "none"])("compressed by %s", (compression) => {
    expect(pgDump(connection, { ...dumped, compression }).argv[2]).toBe(
      `--compress=${compression}`,
    );
  });

  test("in the backup container, by the names of its variables alone", () => {
    expect(print(inContainer("openspp-backup-1", pgDump(connection, dumped)))).toBe(
      `${ENVIRONMENT} docker exec -e PGHOST -e PGPORT -e PGUSER -e PGPASSWORD -e PGDATABASE -e PGAPPNAME -e PGOPTIONS -e LC_ALL openspp-backup-1 pg_dump --format=custom --compress=gzip:6 --snapshot=00000003-0000001B-1 --encoding=LATIN1 --file=/backups/daily/.openspp_20260115_020000.dump.part`,
    );
  });

  test("its password stands in no command line", () => {
    const { line, secrets } = script(inContainer("b", pgDump(connection, dumped)));
    expect(line).not.toContain("HOME");
    expect(secrets).toEqual([connection.role.password]);
  });

  test("settings of its session go over those of every tool", () => {
    const settings = { search_path: "public, pg_temp", jit: "off" };
    const options = pgDump({ ...connection, settings }, dumped).env.PGOPTIONS;
    expect(options).toBe(connectionOptions({ ...TOOL_SETTINGS, ...settings }));
    expect(options).toContain("-c search_path=public,\\ pg_temp -c");
    expect(options).toContain("-c default_transaction_read_only=off -c");
  });

  test("as a superuser it has also what only a superuser may set, which would refuse another role", () => {
    const role = { ...connection.role, superuser: true } as const;
    expect(pgDump({ ...connection, role }, dumped).env.PGOPTIONS).toContain(
      "-c event_triggers=off",
    );
    expect(pgDump(connection, dumped).env.PGOPTIONS).not.toContain("event_triggers");
  });
});

test("settings are quoted as PGOPTIONS wants them: spaces and backslashes escaped", () => {
  expect(connectionOptions({ search_path: "a, b", application_name: "a\\b", role: "" })).toBe(
    "-c search_path=a,\\ b -c application_name=a\\\\b -c role=",
  );
});

test("for a person the settings of both roles have variables", () => {
  const admin = { ...connection.role, name: "openspp_admin", superuser: true } as const;
  const own = connectionOptions({ ...TOOL_SETTINGS, ...SUPERUSER_SETTINGS });
  expect(optionVariables(admin, admin)).toEqual([[own, "ADMIN_SETTINGS"]]);
  const variables = optionVariables(admin, connection.role);
  expect(variables).toEqual([
    [own, "ADMIN_SETTINGS"],
    [OPTIONS, "OWNER_SETTINGS"],
  ]);
  expect(print(ask(connection, []), new Map(variables))).toContain(
    ' PGOPTIONS="$OWNER_SETTINGS" LC_ALL=C psql ',
  );
});

test("pg_restore --list", () => {
  expect(print(pgRestoreList("/backups/daily/it's.dump"))).toBe(
    "pg_restore --list '/backups/daily/it'\\''s.dump'",
  );
  expect(pgRestoreList("a.dump", "verbose").argv).toContain("--verbose");
});

describe("pg_restore", () => {
  const options = {
    file: "/backups/daily/openspp_20260115_020000.dump",
    list: "/tmp/openspp-backup.list",
    jobs: 4,
    noOwner: true,
    noTablespaces: true,
    verbose: true,
  };
  const target = { ...connection, database: "openspp_test" };

  test("ownership left to the restoring role, in one tablespace", () => {
    expect(print(pgRestore(target, options))).toBe(
      `${ENVIRONMENT.replace("openspp ", "openspp_test ")} pg_restore --no-owner --no-tablespaces --verbose --exit-on-error --jobs=4 --use-list=/tmp/openspp-backup.list --dbname=openspp_test /backups/daily/openspp_20260115_020000.dump`,
    );
  });

  test("owners and tablespaces as in the source", () => {
    expect(
      pgRestore(target, { ...options, noOwner: false, noTablespaces: false, verbose: false }).argv,
    ).toEqual([
      ...["pg_restore", "--exit-on-error", "--jobs=4"],
      ...["--use-list=/tmp/openspp-backup.list", "--dbname=openspp_test", options.file],
    ]);
  });
});

describe("the restore list", () => {
  const LIST = `;
; Selected TOC Entries:
;
12; 1259 16386 TABLE public a/b odoo
120; 1259 16387 TABLE public c openspp_admin
5640; 0 0 ACL public TABLE c odoo
`;
  const picked = async (rules: readonly ListRule[]) => {
    const folder = await mkdtemp(join(tmpdir(), "list-"));
    try {
      await writeFile(join(folder, "whole"), LIST);
      const [whole, list] = [join(folder, "whole"), join(folder, "list")];
      await execa("sh", ["-c", print(writeRestoreList(whole, list, rules))]);
      return [...(await readFile(list, "utf8")).matchAll(/^\d+/gm)].map(([id]) => Number(id));
    } finally {
      await rm(folder, { recursive: true });
    }
  };

  test("holds what the first rule that fits keeps, and nothing else", async () => {
    expect(await picked([{ action: "keep", ids: [12, 5640] }])).toEqual([12, 5640]);
    expect(
      await picked([
        { action: "drop", ids: [12], lines: ["ACL "] },
        { action: "keep", lines: ["."] },
      ]),
    ).toEqual([120]);
    expect(
      await picked([{ action: "keep", lines: ["TABLE public a/b", ".* openspp_admin$"] }]),
    ).toEqual([12, 120]);
    expect(await picked([])).toEqual([]);
  });

  test("is made of the whole one, for the statements of some entries", () => {
    expect(
      print(restoreStatements("/a.dump", "/tmp/l", [{ action: "keep", lines: ["ACL "] }])),
    ).toBe(
      "pg_restore --list /a.dump > /tmp/l.whole && sed -E -e '/^[0-9]+; [0-9]+ [0-9]+ (ACL )/b' -e d /tmp/l.whole > /tmp/l && pg_restore --use-list=/tmp/l --file=- /a.dump && rm /tmp/l.whole /tmp/l",
    );
  });
});

test("the heads of definitions with a tablespace, and how one is moved there", () => {
  expect(print(printTablespaces("/a.dump", "/tmp/s"))).toBe(
    "pg_restore --schema-only --file=/tmp/s /a.dump && sed -n '/^-- Name: .*; Tablespace: /p' /tmp/s && rm /tmp/s",
  );
  expect(
    moveToTablespace({ kind: "INDEX", schema: "public", name: 'a "b"', tablespace: "fast" }),
  ).toBe('ALTER INDEX IF EXISTS "public"."a ""b""" SET TABLESPACE "fast"');
});

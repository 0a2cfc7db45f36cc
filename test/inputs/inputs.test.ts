import { describe, expect, it } from "vitest";
import { UserMistake } from "../../src/failure.ts";
import { readSettings } from "../../src/inputs/read-settings.ts";
import { type InputSource, readGroups, readValues } from "../../src/inputs/read-values.ts";
import { INPUT_NAMES, INPUTS, type InputName, type Verb } from "../../src/inputs/table.ts";

const ENOUGH = {
  "ssh-host": "vps.example.org",
  "ssh-user": "backup",
  "ssh-key": "-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n-----END OPENSSH PRIVATE KEY-----\n",
  "ssh-known-hosts": "vps.example.org ssh-ed25519 AAAA\n",
  "project-directory": "/opt/openspp",
};

function source(given: Partial<Record<InputName, string>>): InputSource {
  return {
    read: (name) => given[name],
    call: (name) => `\`${name}\``,
    show: (name, example) => `${name}: ${example}`,
  };
}

const settingsOf = (given: Partial<Record<InputName, string>> = {}) =>
  readSettings(source({ ...ENOUGH, ...given }));

async function mistakeOf(given: Partial<Record<InputName, string>>): Promise<string> {
  const error: unknown = await settingsOf(given).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserMistake);
  return (error as UserMistake).explanation.what;
}

describe("the table of inputs", () => {
  const SUGGESTED = INPUT_NAMES.flatMap((name) =>
    [INPUTS[name].default, INPUTS[name].example]
      .filter((text) => text !== undefined)
      .map((text): [InputName, string] => [name, text]),
  );

  it.each(SUGGESTED)("accepts what it suggests itself, %s: %s", async (name, text) => {
    await expect(readValues(source({ [name]: text }), [name])).resolves.toBeDefined();
  });
});

describe("settings", () => {
  it("need five inputs, the rest are the guide's defaults", async () => {
    expect(JSON.parse(JSON.stringify(await settingsOf()))).toEqual({
      connection: {
        host: "vps.example.org",
        port: 22,
        user: "backup",
        key: "[REDACTED]",
        knownHosts: "vps.example.org ssh-ed25519 AAAA",
      },
      deployment: {
        directory: "/opt/openspp",
        composeFile: "docker-compose.production.yml",
        envFile: ".env.production",
        databaseService: "db",
        backupService: "backup",
        odooService: "odoo",
      },
      backup: { mode: "snapshot", compression: "gzip:6", filestore: "tar.gz" },
      drill: {
        backup: "latest",
        throwawayDatabase: "openspp_test",
        keepDatabase: false,
        rpoSeconds: 86_400,
        scenario: "database-corruption",
        source: "local",
        where: "host",
        rtoSeconds: 1800,
      },
      proof: {
        sqlChecks: [],
        skipChecks: [],
        countTolerance: 0.01,
      },
      restore: {
        backup: "latest",
        source: "local",
        what: "auto",
        strategy: "swap",
        tables: [],
        neutralize: false,
        services: ["odoo", "queue-worker"],
        healthyWithinSeconds: 300,
        keepDays: 7,
        safetyBackup: true,
        undo: false,
        status: false,
        dryRun: false,
      },
      retention: { on: true, dryRun: false },
      sync: {
        from: "host",
        mode: "copy",
        verify: "hash",
        maxDelete: 0.5,
        deletedFiles: "trash",
        retries: 3,
      },
      monitor: { drillWithinSeconds: 8_640_000, failOn: "critical" },
    });
  });

  describe("of a drill on a fresh server of a host", () => {
    const host = { "ssh-host": "spare.example.org", "ssh-user": "backup", "ssh-key": "key" };
    const given = { ...host, "ssh-known-hosts": "spare…", remote: "offsite:openspp-backups" };
    const onFresh = (more: Partial<Record<InputName, string>> = {}, verb: Verb = "drill") =>
      readSettings(source({ scenario: "server-failure", ...given, ...more }), undefined, verb);

    it("need a host, and no deployment on it", async () => {
      const settings = await onFresh();
      expect(settings.connection?.host).toBe("spare.example.org");
      expect(settings.deployment.directory).toBe("");
      expect(settings.drill).toMatchObject({
        source: "offsite",
        where: "fresh",
        rtoSeconds: 14_400,
      });
      await expect(onFresh({ "ssh-host": "" })).rejects.toThrow("`ssh-host` is missing.");
    });

    it("need the deployment in a cycle, for its backup", async () => {
      await expect(onFresh({}, "cycle")).rejects.toThrow("`project-directory` is missing.");
    });
  });

  describe("of a drill on the runner", () => {
    const given = { scenario: "datacenter-outage", remote: "offsite:openspp-backups" };
    const onRunner = (more: Partial<Record<InputName, string>> = {}, verb: Verb = "drill") =>
      readSettings(source({ ...given, ...more }), undefined, verb);

    it("need nothing of the host, not even a key", async () => {
      const settings = await onRunner();
      expect(settings.connection).toBeUndefined();
      expect(settings.deployment.directory).toBe("");
      expect(settings.drill).toMatchObject({
        source: "offsite",
        where: "runner",
        rtoSeconds: 28_800,
      });
    });

    it("are those of its sweep, too; a cycle needs the host for its backup", async () => {
      const sweep = await readSettings(source({ where: "runner" }), undefined, "sweep");
      expect(sweep.connection).toBeUndefined();
      await expect(onRunner({}, "cycle")).rejects.toThrow("`ssh-host` is missing.");
    });

    it("need the host again when it is to be there", async () => {
      await expect(onRunner({ where: "host" })).rejects.toThrow("`ssh-host` is missing.");
    });

    it.each<[Partial<Record<InputName, string>>, string]>([
      [
        { where: "runner", source: "local" },
        "`source` is local, but a fresh server has only the off-site copy.",
      ],
      [
        { "keep-database": "true" },
        "`keep-database` is true, but on a fresh server nothing is kept.",
      ],
      [
        { "runner-image": "Not an image" },
        '`runner-image` is "Not an image", which is not the name of a container image.',
      ],
      [
        { scenario: "flood" },
        '`scenario` is "flood", but it can only be database-corruption, server-failure, datacenter-outage.',
      ],
    ])("refuse %j", async (more, what) => {
      await expect(onRunner(more)).rejects.toThrow(what);
    });
  });

  it("name every missing input at once, with examples, and no secret", async () => {
    await expect(readSettings(source({}))).rejects.toThrow(
      new UserMistake({
        what: [
          "`ssh-host` is missing.",
          "`ssh-user` is missing.",
          "`ssh-known-hosts` is missing.",
          "`project-directory` is missing.",
        ].join("\n"),
        state: "Nothing was done.",
        next: [
          "write for example",
          "ssh-host: vps.example.org",
          "ssh-user: backup",
          "ssh-known-hosts: vps.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA…",
          "project-directory: /opt/openspp/docker",
        ].join("\n  "),
      }),
    );
  });

  it("take the agent for someone who gives no key, and say so when there is none", async () => {
    const { connection } = await readSettings(source({ ...ENOUGH, "ssh-key": "" }), "/run/agent");
    expect(connection).toMatchObject({ key: undefined, agent: "/run/agent" });
    expect(await mistakeOf({ "ssh-key": "" })).toBe(
      "`ssh-key` is missing, and no SSH agent is running.",
    );
  });

  it("keep a secret's spaces, and drop only the line break of the file it came from", async () => {
    const { deployment } = await settingsOf({ "database-password": " pass word \r\n" });
    expect(deployment.databasePassword?.reveal()).toBe(" pass word ");
  });

  const GOOD: [InputName, string, unknown][] = [
    ["ssh-host", "2001:db8::1", "2001:db8::1"],
    ["ssh-host", "[2001:db8::1]", "2001:db8::1"],
    ["ssh-host", " 192.0.2.7 ", "192.0.2.7"],
    ["ssh-port", "2222", 2222],
    ["ssh-jump", "jump@gate.example.org", { user: "jump", host: "gate.example.org", port: 22 }],
    ["ssh-jump", "jump@[2001:db8::1]:2222", { user: "jump", host: "2001:db8::1", port: 2222 }],
    ["rpo", "90m", 5400],
    ["rpo", "1h30m", 5400],
    ["rto", "0.5h", 1800],
    ["rpo", "2d", 172_800],
    ["count-tolerance", "0.5%", 0.005],
    ["count-tolerance", "0%", 0],
    ["keep-database", "True", true],
    ["compression", "zstd:19", "zstd:19"],
    ["compression", "none", "none"],
    ["backup", "openspp_20260115_020000", "openspp_20260115_020000.dump"],
    ["backup", "weekly/openspp_20260115_020000.dump", "weekly/openspp_20260115_020000.dump"],
    ["backup", "random", "random"],
    ["throwaway-database", "drill-2$x", "drill-2$x"],
    ["project-directory", "/srv/it's $(here)", "/srv/it's $(here)"],
    ["skip-checks", "rto, geometry\ncontrol", ["rto", "geometry", "control"]],
    ["jobs", "4", 4],
    ["keep-weekly", "0", 0],
    ["retention", "off", false],
    ["remote", "offsite:openspp", { tool: "rclone", address: "offsite:openspp" }],
    ["remote", "off site-1:", { tool: "rclone", address: "off site-1:" }],
    ["remote", "b@h.example:/backups", { tool: "rsync", address: "b@h.example:/backups" }],
    ["remote", "b@[::1]:backups", { tool: "rsync", address: "b@[::1]:backups" }],
    ["bandwidth-limit", "1.5k", 1536],
    ["bandwidth-limit", "10M", 10_485_760],
  ];

  it("reads a list of checks that is indented as a whole, blank lines around it", async () => {
    const checks =
      "\n\n  - {name: a, sql: SELECT 1, expect: 1}\n  - {name: b, sql: SELECT 2, expect: 2}\n\n";
    const { proof } = await settingsOf({ "sql-checks": checks });
    expect(proof.sqlChecks.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it.each(GOOD)("read %s: %s", async (name, given, meaning) => {
    const values = await readValues(source({ [name]: given }), [name]);
    expect(values[name]).toEqual(meaning);
  });

  const BAD: [InputName, string, string][] = [
    [
      "ssh-host",
      "-oProxyCommand=id",
      'is "-oProxyCommand=id", which is not the name or address of a host',
    ],
    ["ssh-host", "a b", 'is "a b", which is not the name or address of a host'],
    ["ssh-host", "$(id)", 'is "$(id)", which is not the name or address of a host'],
    ["ssh-port", "0", 'is "0", which is not a number from 1 to 65535'],
    ["ssh-port", "2_2", 'is "2_2", which is not a number from 1 to 65535'],
    ["ssh-user", "a\nb", "holds a line break, which no value of it can"],
    ["ssh-user", "a b", 'is "a b", which is not the name of a user'],
    ["ssh-user", "a\u0000b", "holds the control character U+0000, which no value of it can"],
    ["ssh-known-hosts", "a\u001bb", "holds the control character U+001B, which no value of it can"],
    [
      "ssh-jump",
      "gate.example.org",
      'is "gate.example.org", which is not of the form user@host:port',
    ],
    [
      "project-directory",
      "~/openspp",
      'is "~/openspp", which is not an absolute path (`~` and variables are not expanded)',
    ],
    [
      "backup-directory",
      "/backups/../tmp",
      'is "/backups/../tmp", but `..` may lead elsewhere than it seems: write it out',
    ],
    ["database", "a/b", 'is "a/b", but a backup\'s file is named by it, and holds no slash'],
    ["compose-file", "-f", 'is "-f", which is not the path of a file'],
    ["database-service", "db; id", 'is "db; id", which is not the name of a Compose service'],
    ["database", "x".repeat(64), "is longer than PostgreSQL's 63 bytes"],
    ["database-password", "secret\nsecret", "holds a line break, which no value of it can"],
    ["policy", "lax", 'is "lax", but it can only be auto, strict, flexible'],
    ["mode", "Script", 'is "Script", but it can only be snapshot, script'],
    [
      "compression",
      "gzip:10",
      'is "gzip:10", but it can only be none, gzip:1 to gzip:9, lz4:1 to lz4:12 or zstd:1 to zstd:22',
    ],
    ["jobs", "0", 'is "0", which is not a number from 1 to 256'],
    ["keep-daily", "0", 'is "0", which is not a number from 1 to 3660'],
    [
      "backup",
      "../etc/passwd",
      'is "../etc/passwd", which is not latest, random or the name of a backup',
    ],
    [
      "backup",
      "daily/-x_20260115_020000",
      'is "daily/-x_20260115_020000", which is not latest, random or the name of a backup',
    ],
    [
      "throwaway-database",
      "Open$(id)",
      'is "Open$(id)", but it must start with a lower-case letter or _ and hold only those, digits, $ and -',
    ],
    ["throwaway-database", "postgres", 'is "postgres", a database of PostgreSQL\'s own'],
    ["throwaway-database", "x".repeat(64), "is longer than PostgreSQL's 63 bytes"],
    ["keep-database", "yes", 'is "yes", but it can only be true, false'],
    ["rpo", "24", 'is "24", which is not a duration in s, m, h or d'],
    ["rpo", "0h", 'is "0h", which is not a duration in s, m, h or d'],
    ["rto", "-1h", 'is "-1h", which is not a duration in s, m, h or d'],
    ["count-tolerance", "1", 'is "1", which is not a percentage from 0% to 100%'],
    ["count-tolerance", "101%", 'is "101%", which is not a percentage from 0% to 100%'],
    ["sql-checks", "name: x", "is not a list"],
    ["sql-checks", "- 1", "has an item 1 that is not a mapping"],
    [
      "sql-checks",
      '[{"name": "x", "sql": "SELECT 1"}]',
      "has an item 1 that has no text as expect",
    ],
    ["sql-checks", "- {name: x, sql: ' ', expect: 1}", "has an item 1 that has an empty sql"],
    [
      "sql-checks",
      "- {name: x, sql: SELECT 1, expect: 1, if: y}",
      'has an item 1 that has "if", which is not name, sql, expect',
    ],
    [
      "sql-checks",
      "- {name: a b, sql: SELECT 1, expect: 1}\n- {name: 'a b', sql: SELECT 2, expect: 2}",
      'has two items named "a b"',
    ],
    [
      "sql-checks",
      '[{"name": "a|b", "sql": "SELECT 1", "expect": "1"}]',
      "has an item 1 that has a name that is not up to 80 letters, digits, spaces and . _ : / ( ) -",
    ],
    [
      "remote",
      "/mnt/disk",
      'is "/mnt/disk", which is neither an rclone remote (offsite:openspp-backups) nor an rsync target (user@host:/folder)',
    ],
    [
      "remote",
      ":s3,secret_access_key=x:bucket",
      'is ":s3,secret_access_key=x:bucket", which is neither an rclone remote (offsite:openspp-backups) nor an rsync target (user@host:/folder)',
    ],
    [
      "remote",
      "-x@host:/folder",
      'is "-x@host:/folder", which is neither an rclone remote (offsite:openspp-backups) nor an rsync target (user@host:/folder)',
    ],
    [
      "remote",
      "b@host:/a/../b",
      'is "b@host:/a/../b", but `..` may lead elsewhere than it seems: write it out',
    ],
    [
      "bandwidth-limit",
      "10",
      'is "10", which is not a number of bytes per second like 500k, 10M or 1G',
    ],
    ["rclone-config", "type = sftp", "has a line 1 before the first [remote]"],
    ["rclone-config", "[a]\ntype", "has a line 2 that is neither [remote] nor key = value"],
    ["rclone-config", "# nothing", "holds no [remote]"],
    [
      "rclone-config",
      "# Encrypted\n\nRCLONE_ENCRYPT_V0:\nabc",
      "is encrypted: give what `rclone config show` prints",
    ],
    [
      "rclone-config",
      "[off-site]\ntype = s3",
      'names a remote "off-site", but rclone takes one from its environment only by letters, digits and _',
    ],
    ["skip-checks", "sql: x", 'names "sql: x", which is not in `sql-checks`'],
  ];

  it("refuse a command that is none, before anything else is read", async () => {
    await expect(readGroups(source({ command: "restore" }), ["root"])).rejects.toThrow(
      '`command` is "restore", but it can only be cycle, backup, sync, drill.',
    );
  });

  it.each(BAD)("refuse %s: %j", async (name, given, reason) => {
    expect(await mistakeOf({ [name]: given })).toBe(`\`${name}\` ${reason}.`);
  });

  it("refuse a check that is not one of ours", async () => {
    expect(await mistakeOf({ "skip-checks": "rto, contents" })).toMatch(
      /^`skip-checks` names "contents", but the checks are archive, .* and "sql: <name>"\.$/,
    );
  });

  it.each(["openspp", "OpenSPP"])(
    "refuse to drill into the production database %s",
    async (database) => {
      expect(await mistakeOf({ database, "throwaway-database": "openspp" })).toBe(
        `\`throwaway-database\` is "${database}", the production database.`,
      );
    },
  );

  it("refuse a remote that is not in the configuration handed in", async () => {
    const given = { remote: "offsite:x", "rclone-config": "[other]\ntype = s3" };
    expect(await mistakeOf(given)).toBe(
      '`remote` names "offsite", which is not in `rclone-config`.',
    );
  });

  it("refuse to mirror from the runner", async () => {
    expect(await mistakeOf({ "sync-mode": "sync", from: "runner" })).toBe(
      "`from` is `runner`, which copies file by file: a mirror is made by the host.",
    );
  });

  it("refuse to copy by rsync from the runner", async () => {
    expect(await mistakeOf({ remote: "b@host:/folder", from: "runner" })).toBe(
      "`from` is `runner`, which only rclone can: rsync does not copy from one server to another.",
    );
  });

  it("take an rclone.conf as environment, and print none of it", async () => {
    const text =
      "# mine\n[Offsite]\ntype = sftp\nhost = example.org\n\n[crypt]\npassword = a=b c\n";
    const { sync } = await settingsOf({ remote: "Offsite:x", "rclone-config": text });
    const revealed = Object.entries(sync.rcloneConfig ?? {}).map(([n, v]) => [n, v.reveal()]);
    expect(Object.fromEntries(revealed)).toEqual({
      RCLONE_CONFIG_OFFSITE_TYPE: "sftp",
      RCLONE_CONFIG_OFFSITE_HOST: "example.org",
      RCLONE_CONFIG_CRYPT_PASSWORD: "a=b c",
    });
    expect(JSON.stringify(sync)).not.toContain("example.org");
    const common = Object.entries(sync.rcloneConfig ?? {}).filter(([, value]) => value.common);
    expect(common.map(([name]) => name)).toEqual([
      ...["RCLONE_CONFIG_OFFSITE_TYPE", "RCLONE_CONFIG_OFFSITE_HOST"],
    ]);
  });

  it("refuse text that is neither YAML nor JSON", async () => {
    expect(await mistakeOf({ "sql-checks": "[" })).toMatch(
      /^`sql-checks` is neither YAML nor JSON \(.+\)\.$/,
    );
  });

  it("never show what was wrong with a secret", async () => {
    const message = await mistakeOf({ "admin-password": "hunter2\nhunter3" });
    expect(message).not.toContain("hunter");
  });

  it("read SQL checks from YAML and JSON, each value as it was written", async () => {
    const yaml =
      "- name: programmes\n  sql: |\n    SELECT count(*)\n    FROM spp_program\n  expect: 012\n";
    const json = '[{"name": "ratio", "sql": "SELECT 1.0", "expect": 1.0}]';
    const { proof } = await settingsOf({ "sql-checks": yaml, "skip-checks": "sql: programmes" });
    expect(proof.sqlChecks).toEqual([
      { name: "programmes", sql: "SELECT count(*)\nFROM spp_program\n", expect: "012" },
    ]);
    expect(proof.skipChecks).toEqual(["sql: programmes"]);
    expect((await settingsOf({ "sql-checks": json })).proof.sqlChecks[0]?.expect).toBe("1.0");
  });
});

import { once } from "node:events";
import { existsSync } from "node:fs";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Policy } from "../../src/deployment/deployment.ts";
import {
  corrupt,
  cutConnections,
  fillBackupVolume,
  freeBackupVolume,
  restartDb,
  setOdooHealth,
  truncate,
} from "./faults.ts";
import { type Lab, labNames, openLab, startLab } from "./lab.ts";
import { seedLab } from "./seeding.ts";

const MEBIBYTE = 1024 * 1024;
const POLICIES: Policy[] = ["flexible", "strict"];
const labs = {} as Record<Policy, Lab>;

beforeAll(async () => {
  const start = async (policy: Policy) => {
    const name = `test-${process.pid}-${policy}`;
    labs[policy] = await startLab({ name, policy, backupVolumeBytes: 64 * MEBIBYTE });
  };
  await Promise.all(POLICIES.map(start));
});

afterAll(async () => {
  for (const lab of Object.values(labs)) await (await openLab(lab.name))?.down();
});

function ssh(lab: Lab, key: string, options: string[], ...command: string[]) {
  const { ssh } = lab;
  const always = [`UserKnownHostsFile=${ssh.knownHostsFile}`, "IdentitiesOnly=yes"];
  const args = [
    ...["-F", "none", "-i", key, "-p", String(ssh.port)],
    ...[...always, "StrictHostKeyChecking=yes", "BatchMode=yes"].flatMap((one) => ["-o", one]),
    ...[...options, `${ssh.user}@${ssh.host}`, ...command],
  ];
  return execa("ssh", args, { reject: false });
}

function inBackup(lab: Lab, line: string) {
  return lab.docker("exec", lab.container("backup"), "sh", "-c", line);
}

test.each(POLICIES)("every service runs, and is healthy, under the %s policy", async (policy) => {
  const rows = await labs[policy].compose(
    "ps",
    "--all",
    "--format",
    "{{.Service}} {{.State}} {{.Health}}",
  );
  expect(
    rows
      .split("\n")
      .map((row) => row.trim())
      .sort(),
  ).toEqual([
    "backup running",
    "db running healthy",
    "odoo running healthy",
    "queue-worker running",
  ]);
});

test.each(POLICIES)(
  "the database has the roles of the %s policy and the image's extensions",
  async (policy) => {
    const client = await labs[policy].connect();
    const role = await client.query(
      "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = 'odoo'",
    );
    const extensions = await client.query("SELECT extname FROM pg_extension ORDER BY extname");
    const owner = await client.query(
      "SELECT pg_get_userbyid(datdba) AS name FROM pg_database WHERE datname = 'openspp'",
    );
    await client.query("CREATE TABLE made_by_odoo (id int); DROP TABLE made_by_odoo");
    await client.end();

    const all = policy === "flexible";
    expect(role.rows).toEqual([{ rolsuper: all, rolcreatedb: all }]);
    expect(owner.rows).toEqual([{ name: all ? "odoo" : "openspp_admin" }]);
    expect(extensions.rows.map((row) => row.extname)).toEqual([
      "fuzzystrmatch",
      "plpgsql",
      "postgis",
      "postgis_tiger_geocoder",
      "postgis_topology",
    ]);
  },
);

test.each(["ed25519", "rsa", "ecdsa"] as const)(
  "OpenSSH's own client logs in with the %s key",
  async (type) => {
    const lab = labs.flexible;
    const { stdout } = await ssh(lab, lab.ssh.keys[type], [], "docker compose version --short");
    expect(stdout).toMatch(/^2\./);
  },
);

test("a session over SSH finds the deployment, its password intact", async () => {
  const lab = labs.strict;
  const config =
    "docker compose -f docker-compose.production.yml --env-file .env.production config --format json";
  const { stdout } = await ssh(lab, lab.ssh.keys.ed25519, [], `cd '${lab.directory}' && ${config}`);
  const { name, services } = JSON.parse(stdout);
  expect(name).toBe(lab.project);
  // `config` prints what a compose file would say, where a dollar sign is written twice.
  expect(services.backup.environment.PGPASSWORD.replaceAll("$$", "$")).toBe(lab.database.password);
});

test("the jump host leads to the deployment", async () => {
  const { ssh: access } = labs.flexible;
  const jump = [
    ...["ssh", "-F", "none", "-i", access.keys.ed25519, "-p", access.jump.port],
    ...["-o", `UserKnownHostsFile=${access.knownHostsFile}`, "-o", "IdentitiesOnly=yes"],
    ...["-W", "%h:%p", `${access.user}@${access.jump.host}`],
  ].join(" ");
  const { stdout } = await ssh(
    labs.flexible,
    access.keys.ed25519,
    ["-o", `ProxyCommand=${jump}`],
    "echo through",
  );
  expect(stdout).toBe("through");
});

test("compose without the env file fails, as in production", async () => {
  const { directory, engine } = labs.flexible;
  const { exitCode, stderr } = await execa(
    "docker",
    ["compose", "-f", "docker-compose.production.yml", "ps"],
    {
      cwd: directory,
      env: engine.env,
      reject: false,
    },
  );
  expect(exitCode).not.toBe(0);
  expect(stderr).toMatch(/required variable (DB_PASSWORD|ODOO_ADMIN_PASSWD|DOMAIN) is missing/);
});

test("the reference backup.sh leaves a readable dump under the flexible policy", async () => {
  await inBackup(labs.flexible, "/backup.sh");
  const list = await inBackup(
    labs.flexible,
    "pg_restore --list /backups/daily/openspp_latest.dump",
  );
  expect(list).toContain("EXTENSION - postgis_tiger_geocoder");
});

test("the reference backup.sh fails under the strict policy and leaves a partial file", async () => {
  await expect(inBackup(labs.strict, "/backup.sh")).rejects.toThrow(
    "permission denied for schema tiger",
  );
  const files = await inBackup(labs.strict, "ls /backups/daily");
  expect(files).toMatch(/^openspp_\d{8}_\d{6}\.dump$/);
});

test.each(POLICIES)(
  "a seeded lab keeps every attachment under its hash, the %s policy",
  async (policy) => {
    const lab = labs[policy];
    await seedLab(lab, { registrants: 100, attachments: 30, tables: 2 });
    const client = await lab.connect();
    const query =
      "SELECT DISTINCT store_fname AS name, checksum FROM ir_attachment WHERE store_fname IS NOT NULL";
    const { rows } = await client.query(query);
    const { rows: cases } = await client.query(SEEDED_CASES);
    await client.end();
    expect(cases).toEqual([{ rows: 30, empty: 1, large: 1, foreign: 1, stored: 1, sharing: 3 }]);
    const named = rows.map((row) => `./${row.name}`);
    const stands = await lab.docker(
      ...["exec", "-w", "/var/lib/odoo/filestore/openspp", lab.container("odoo")],
      ...["find", ".", "-type", "f", "!", "-path", "./checklist/*"],
    );
    expect(stands.split("\n").filter((path) => !named.includes(path))).toHaveLength(1);

    const sums = await lab.docker(
      ...["exec", "-w", "/var/lib/odoo/filestore/openspp", lab.container("odoo"), "sha1sum"],
      ...rows.map((row) => row.name),
    );
    expect(rows.length).toBeGreaterThan(10);
    expect(sums.split("\n")).toEqual(rows.map((row) => `${row.checksum}  ${row.name}`));
  },
);

/** Rows with a file that is empty or large, a name that is not ASCII, content in the row, and another row's file. */
const SEEDED_CASES = `
SELECT count(*)::int AS rows, count(*) FILTER (WHERE file_size = 0 AND store_fname <> '')::int AS empty,
  count(*) FILTER (WHERE file_size > 5000000 AND store_fname <> '')::int AS large,
  count(*) FILTER (WHERE name ~ '[^ -~]')::int AS foreign, count(db_datas)::int AS stored,
  (count(store_fname) - count(DISTINCT store_fname))::int AS sharing
FROM ir_attachment WHERE type = 'binary'`;

test("cron runs with the schedule of the env file", async () => {
  const table = await inBackup(labs.flexible, "cat /etc/crontabs/root; pidof crond");
  expect(table).toMatch(/^0 2 \* \* \* \/backup\.sh .*\n1$/);
});

test("a backup volume can be filled to the last bytes, and freed", async () => {
  const lab = labs.flexible;
  await fillBackupVolume(lab, 16 * 1024);
  await expect(inBackup(lab, "head -c 17000 /dev/zero > /backups/too-much")).rejects.toThrow(
    "No space left",
  );
  await inBackup(lab, "rm /backups/too-much");
  await freeBackupVolume(lab);
  expect(await inBackup(lab, "head -c 17000 /dev/zero > /backups/fits; rm /backups/fits")).toBe("");
});

test("one bit of a file can be flipped, and its end cut off", async () => {
  const lab = labs.flexible;
  await inBackup(lab, "printf abc > /backups/victim");
  await corrupt(lab, "victim", 1, 0);
  expect(await inBackup(lab, "cat /backups/victim")).toBe("acc");
  await truncate(lab, "victim", 2);
  expect(await inBackup(lab, "cat /backups/victim; rm /backups/victim")).toBe("ac");
});

test("cutting connections ends a client and not what it started", async () => {
  const lab = labs.flexible;
  const mark = `/tmp/openspp-lab-${process.pid}`;
  const cut = ssh(lab, lab.ssh.keys.ed25519, [], `(sleep 2; touch ${mark}) & echo started; wait`);
  await once(cut.stdout, "data");
  await cutConnections(lab);
  expect((await cut).exitCode).toBe(255);
  await expect.poll(() => existsSync(mark), { timeout: 60_000 }).toBe(true);
  await execa("rm", [mark]);
  expect((await ssh(lab, lab.ssh.keys.ed25519, [], "echo again")).stdout).toBe("again");
});

test("the worker comes back after the database was restarted", async () => {
  const lab = labs.strict;
  await restartDb(lab);
  const workers = async () => {
    const client = await lab.connect(lab.database.admin);
    const { rows } = await client.query(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'queue-worker' AND usename = 'odoo'",
    );
    await client.end();
    return rows[0].n;
  };
  await expect.poll(workers, { timeout: 60_000, interval: 500 }).toBe(1);
});

test("Odoo can fall ill and recover", async () => {
  const lab = labs.strict;
  const health = () =>
    lab.docker("inspect", "--format", "{{.State.Health.Status}}", lab.container("odoo"));
  await setOdooHealth(lab, false);
  await expect.poll(health, { timeout: 60_000, interval: 200 }).toBe("unhealthy");
  await setOdooHealth(lab, true);
  await expect.poll(health, { timeout: 60_000, interval: 200 }).toBe("healthy");
});

test("down takes everything of one lab away, and leaves the other alone", async () => {
  const { flexible, strict } = labs;
  const own = await volumesOf(flexible);
  expect(own.length).toBeGreaterThan(4);
  await flexible.down();

  const volumes = (await strict.docker("volume", "ls", "--quiet")).split("\n");
  expect(volumes.filter((volume) => own.includes(volume))).toEqual([]);
  for (const kind of [
    ["ps", "--all"],
    ["network", "ls"],
  ]) {
    const label = `label=com.docker.compose.project=${flexible.project}`;
    expect(await strict.docker(...kind, "--quiet", "--filter", label)).toBe("");
  }
  expect(await processesNaming(flexible.folder)).toEqual([]);
  expect(existsSync(flexible.folder)).toBe(false);
  expect((await strict.compose("ps", "--quiet")).split("\n")).toHaveLength(4);
});

test("the last down ends the engine that the lab started, and no other", async () => {
  const { strict } = labs;
  await strict.down();
  const { exitCode } = await execa("docker", ["version"], {
    env: strict.engine.env,
    reject: false,
  });
  const neededStill = !strict.engine.ours || (await labNames()).length > 0;
  expect(exitCode === 0).toBe(neededStill);
  expect(await processesNaming(strict.folder)).toEqual([]);
});

async function volumesOf(lab: Lab): Promise<string[]> {
  const containers = (await lab.compose("ps", "--all", "--quiet")).split("\n");
  const names = "{{range .Mounts}}{{if .Name}}{{println .Name}}{{end}}{{end}}";
  const output = await lab.docker("inspect", "--format", names, ...containers);
  return [...new Set(output.split("\n").filter(Boolean))];
}

async function processesNaming(path: string): Promise<string[]> {
  const { stdout } = await execa("ps", ["-eo", "args"]);
  return stdout.split("\n").filter((line) => line.includes(path));
}

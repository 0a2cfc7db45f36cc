import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import { sync } from "../../../src/operations/offsite/sync.ts";
import type { BackupReport, Report } from "../../../src/report/report-schema.ts";
import { type GivenServer, startGivenServer } from "../../lab/given-server.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { seedLab } from "../../lab/seeding.ts";
import { type Site, startWholeSite } from "../../lab/site.ts";
import { onLab } from "../on-lab.ts";
import { type Given, Runner } from "./runner.ts";

let lab: Lab;
let site: Site;
let runner: Runner;
let taken: BackupReport;

beforeAll(async () => {
  lab = await startLab({ name: `fresh-${process.pid}`, policy: "strict" });
  await seedLab(lab, { registrants: 300, immutableUnaccent: true });
  const client = await lab.connect(lab.database.admin);
  await client.query("CREATE ROLE reporting; GRANT SELECT ON res_partner TO reporting");
  await client.end();
  site = await startWholeSite(lab.folder);
  runner = await Runner.start(lab, site);
  taken = await onLab(lab, backup);
  await onLab(lab, sync, { remote: site.remotes.s3 });
});

afterAll(() => lab?.down());

const checkOf = ({ checks }: Report, name: string) => checks.find((check) => check.name === name);
const troublesOf = ({ checks }: Report) =>
  checks.filter(({ status }) => status !== "passed").map(({ name, message }) => [name, message]);

describe("on a server that the runner was given", () => {
  let given: GivenServer;
  /** All that a drill could leave on it. */
  const contentOf = async () => {
    const client = await given.connect();
    const { rows } = await client.query(
      "SELECT datname AS name FROM pg_database UNION ALL SELECT rolname FROM pg_roles ORDER BY 1",
    );
    await client.end();
    return rows.map(({ name }) => name as string);
  };
  let before: string[];

  beforeAll(async () => {
    given = await startGivenServer(lab);
    before = await contentOf();
  });

  afterAll(() => given?.[Symbol.asyncDispose]());

  const own = (): Given => ({
    OPENSPP_RUNNER_SERVER: given.url,
    OPENSPP_RUNNER_SERVER_PASSWORD: given.password,
  });

  test("the copy is restored there, proven, and nothing of it is left", async () => {
    const { code, report, error, stderr } = await runner.drill(own());
    expect(error).toBe("");
    expect(troublesOf(report)).toEqual([]);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      backup: { name: taken.backup.name, sha256: taken.backup.sha256 },
      rehearsal: { scenario: "datacenter-outage", source: "offsite", where: "runner" },
      tables: taken.tables.map(({ rows, hash }) => ({
        rows: { restored: rows.expected },
        hash: { restored: hash.expected },
      })),
    });
    expect(checkOf(report, "control")?.status).toBe("passed");
    expect(checkOf(report, "filestore")?.status).toBe("passed");
    expect(checkOf(report, "cleanup")?.message).toBe(
      "openspp_test, the roles made for it, the copy and the container of tools were removed.",
    );
    expect(stderr + JSON.stringify(report)).not.toContain(given.password);
    expect(await contentOf()).toEqual(before);
    expect(await runner.leftovers()).toEqual([]);
  });

  test("a server that holds a database of production's name is refused, and nothing is fetched", async () => {
    const client = await given.connect();
    await client.query("CREATE DATABASE openspp");
    const { code, error } = await runner.drill(own());
    await client.query("DROP DATABASE openspp");
    await client.end();
    expect(code).toBe(2);
    expect(error).toMatch(
      /^error: The given server postgres@127\.0\.0\.1:\d+ holds a database `openspp`: it may be production\./,
    );
    expect(error).not.toContain("Fetch");
    expect(await contentOf()).toEqual(before);
  });

  test("a database that is not ours is not dropped", async () => {
    const client = await given.connect();
    await client.query("CREATE DATABASE openspp_test");
    const { code, error } = await runner.drill(own());
    expect(code).toBe(2);
    expect(error).toMatch(/^error: A database `openspp_test` exists already, and it is not ours\./);
    expect(await contentOf()).toContain("openspp_test");
    await client.query("DROP DATABASE openspp_test");
    await client.end();
    expect(await contentOf()).toEqual(before);
  });

  test("a role of the same name that somebody made is used, and stays", async () => {
    const client = await given.connect();
    await client.query("CREATE ROLE reporting");
    const { report } = await runner.drill(own());
    expect(troublesOf(report)).toEqual([]);
    expect(await contentOf()).toContain("reporting");
    await client.query("DROP ROLE reporting");
    await client.end();
    expect(await contentOf()).toEqual(before);
  });

  test("a wrong password, and a port at which nothing listens", async () => {
    const wrong = { ...own(), OPENSPP_RUNNER_SERVER_PASSWORD: "another" };
    const refused = await runner.drill(wrong);
    expect(refused.code).toBe(2);
    expect(refused.error).toMatch(/^error: The given server .* refused the login\.\nWhy: password/);
    const silent = { ...own(), OPENSPP_RUNNER_SERVER: "postgresql://postgres@127.0.0.1:1" };
    const away = await runner.drill(silent);
    expect(away.code).toBe(3);
    expect(away.error).toMatch(
      /^error: The given server postgres@127\.0\.0\.1:1 cannot be reached/,
    );
  });

  describe("cut in the middle", () => {
    const started = async () => {
      const running = runner.spawn(["drill", "--scenario", "datacenter-outage"], own());
      await expect
        .poll(contentOf, { timeout: 60_000, interval: 50 })
        .toEqual(expect.arrayContaining(["openspp_test", "reporting"]));
      return running;
    };

    test.each(["SIGINT", "SIGTERM"] as const)("%s leaves nothing", async (signal) => {
      const running = await started();
      process.kill(running.pid, signal);
      const { code } = await running.ended;
      expect(code).toBe(130);
      expect(await contentOf()).toEqual(before);
      expect(await runner.leftovers()).toEqual([]);
    });

    test("what a killed runner left, the next drill removes", async () => {
      const running = await started();
      process.kill(running.pid, "SIGKILL");
      await running.ended;
      expect(await contentOf()).not.toEqual(before);
      const { report } = await runner.drill(own());
      expect(troublesOf(report)).toEqual([]);
      expect(await contentOf()).toEqual(before);
      expect(await runner.leftovers()).toEqual([]);
    });

    test("or a sweep", async () => {
      const running = await started();
      process.kill(running.pid, "SIGKILL");
      await running.ended;
      const { code } = await runner.spawn(["sweep", "--where", "runner"], own()).ended;
      expect(code).toBe(0);
      expect(await contentOf()).toEqual(before);
    });
  });
});

describe("on a fresh server of a host", () => {
  /** A host that is reached by SSH, of which no deployment is named. */
  let host: Given;

  beforeEach(async () => {
    const { OPENSPP_PROJECT_DIRECTORY: _, ...env } = await lab.env();
    host = env;
  });

  const leftovers = async () => {
    const label = "label=org.openspp.backup.drill=/var/tmp";
    return (await lab.docker("ps", "--all", "--filter", label, "--format", "{{.Names}}")).split(
      "\n",
    );
  };

  test("the copy is fetched by the host's own tool, restored in a container beside the deployment, proven; and nothing is left", async () => {
    const running = runner.spawn(["drill", "--scenario", "server-failure", "--json"], host);
    const { code, report, error } = await running.ended;
    expect(error).toBe("");
    expect(troublesOf(report)).toEqual([]);
    expect(code).toBe(0);
    expect(report).toMatchObject({
      deployment: { host: expect.stringContaining(lab.ssh.host), database: "openspp" },
      rehearsal: { scenario: "server-failure", source: "offsite", where: "fresh" },
      rtoObjectiveSeconds: 4 * 3600,
      backup: { sha256: taken.backup.sha256 },
    });
    expect(report.rtoSeconds).toBeLessThan(report.seconds);
    expect(checkOf(report, "filestore")?.status).toBe("passed");
    expect(await leftovers()).toEqual([""]);
  });

  test("without a host there is none", async () => {
    const { code, error } = await runner.spawn(["drill", "--scenario", "server-failure"]).ended;
    expect(code).toBe(2);
    expect(error).toMatch(/^error: --ssh-host \(or OPENSPP_SSH_HOST\) is missing\./);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backup } from "../../../src/operations/backup/backup.ts";
import { sync } from "../../../src/operations/offsite/sync.ts";
import type { BackupReport, Report } from "../../../src/report/report-schema.ts";
import { type Lab, startLab } from "../../lab/lab.ts";
import { type Site, startWholeSite } from "../../lab/site.ts";
import { onLab } from "../on-lab.ts";
import { type Given, Runner } from "./runner.ts";

let lab: Lab;
let site: Site;
let runner: Runner;
let taken: BackupReport;

beforeAll(async () => {
  lab = await startLab({
    name: `fresh-${process.pid}`,
    policy: "strict",
    seed: { registrants: 300, immutableUnaccent: true },
    fsyncOff: true,
  });
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

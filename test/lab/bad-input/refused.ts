import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Inputs } from "../../operations/on-lab.ts";
import { startDb, stopDb } from "../faults.ts";
import { withOtherLogin } from "./other-login.ts";
import {
  type Called,
  expectRefusal,
  type Given,
  type Production,
  type Subject,
} from "./subject.ts";

const [MISTAKE, UNREACHABLE] = [2, 3];

type Case = [name: string, verb: Called, inputs: Inputs, code: number, what: RegExp];
type ProcessCase = [name: string, args: string[], given: Given, code: number, what: RegExp];

/** Refused by the operation: said in this process, as every entry would say it. */
const CASES: readonly Case[] = [
  [
    "a user who is not there",
    "list",
    { "ssh-user": "nobody-here" },
    MISTAKE,
    /did not accept our key for nobody-here@/,
  ],
  [
    "something else for a key",
    "list",
    { "ssh-key": "not a key" },
    MISTAKE,
    /The SSH key cannot be read/,
  ],
  [
    "no known host",
    "list",
    {
      "ssh-known-hosts":
        "other.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIPcSv1CKSlNtlHDAAeij6XOM6oq75oAxbK4VSFbo5YvR",
    },
    MISTAKE,
    /is not in known-hosts: it offered ssh-ed25519 SHA256:/,
  ],
  [
    "no such project folder",
    "backup",
    { "project-directory": "/nowhere" },
    MISTAKE,
    /The project folder `\/nowhere` does not exist on root@/,
  ],
  [
    "no such compose file",
    "backup",
    { "compose-file": "nope.yml" },
    MISTAKE,
    /There is no `nope\.yml` in/,
  ],
  [
    "no such env file",
    "backup",
    { "env-file": "nope" },
    MISTAKE,
    /There is no `nope` in .*\nWhy: Without it/,
  ],
  [
    "a compose file that is none",
    "backup",
    { "compose-file": ".env.production" },
    MISTAKE,
    /does not resolve\.\nWhy: .*\n.*\nNext: Try it there: cd .* && docker compose/,
  ],
  [
    "a database service that is not there",
    "backup",
    { "database-service": "nope" },
    MISTAKE,
    /has no service `nope`\.\nWhy: Its services are backup, db, odoo, queue-worker\.\n/,
  ],
  [
    "a backup service that is not there",
    "backup",
    { "backup-service": "nope" },
    MISTAKE,
    /has no service `nope`/,
  ],
  [
    "a backup service without the backup volume",
    "backup",
    { "backup-service": "odoo" },
    MISTAKE,
    /`\/backups` in the container .* is not on a volume/,
  ],
  [
    "a folder outside of the backup volume",
    "backup",
    { "backup-directory": "/tmp" },
    MISTAKE,
    /is not on a volume/,
  ],
  [
    "a database that is not there",
    "backup",
    { database: "nope" },
    MISTAKE,
    /There is no database `nope`/,
  ],
  [
    "a role that is not there",
    "backup",
    { "admin-user": "nope" },
    MISTAKE,
    /The database refused the role `nope`/,
  ],
  [
    "a role without rights",
    "backup",
    { "admin-user": "odoo" },
    MISTAKE,
    /`odoo` does not have the rights/,
  ],
  [
    "the Odoo role's password being wrong",
    "drill",
    { "database-password": "wrong" },
    MISTAKE,
    /refused the role `odoo`/,
  ],
  [
    "a throwaway database that is production",
    "drill",
    { "throwaway-database": "openspp" },
    MISTAKE,
    /must not be the production database/,
  ],
  [
    "the same in capitals",
    "drill",
    { "throwaway-database": "OPENSPP" },
    MISTAKE,
    /must start with a lower-case letter/,
  ],
  [
    "the same in quotes",
    "drill",
    { "throwaway-database": '"openspp"' },
    MISTAKE,
    /must start with a lower-case letter/,
  ],
  [
    "the same with a space",
    "drill",
    { "throwaway-database": "openspp " },
    MISTAKE,
    /must not be the production database/,
  ],
  [
    "production in other letters",
    "drill",
    { database: "OpenSPP_Test" },
    MISTAKE,
    /is "OpenSPP_Test", the production database/,
  ],
  ...["postgres", "template0", "template1"].map(
    (name): Case => [
      `${name} as throwaway database`,
      "drill",
      { "throwaway-database": name },
      MISTAKE,
      /a database of PostgreSQL's own/,
    ],
  ),
  [
    "another's database as throwaway database",
    "drill",
    { "throwaway-database": "bystander" },
    MISTAKE,
    /There is no backup of this database/,
  ],
];

/** One for each way to fail, by the CLI as a process: what it prints where, and its exit code. */
const OF_PROCESS: readonly ProcessCase[] = [
  [
    "no SSH key at all",
    ["list"],
    { OPENSPP_SSH_KEY: "" },
    MISTAKE,
    /--ssh-key-file \(or OPENSPP_SSH_KEY\) is missing/,
  ],
  [
    "a port where nothing listens",
    ["list", "--ssh-port", "1"],
    {},
    UNREACHABLE,
    /refused the connection/,
  ],
  [
    "the admin's password being wrong",
    ["backup"],
    { OPENSPP_ADMIN_PASSWORD: "wrong" },
    MISTAKE,
    /refused the role `openspp_admin`/,
  ],
  [
    "no backup at all",
    ["drill"],
    {},
    MISTAKE,
    /There is no backup of this database in the backup volume/,
  ],
];

/** What is wrong from the start: each case ends before anything is changed, and leaves everything as it was. */
export function refusedCases(subject: () => Subject): void {
  describe("refused before anything is touched", () => {
    let before: Production;

    beforeAll(async () => {
      before = await subject().production();
    });

    afterAll(async () => {
      expect(await subject().production()).toEqual(before);
      expect(await subject().leftovers()).toEqual([]);
    });

    it.each(CASES)("%s", async (_, verb, inputs, code, what) => {
      expectRefusal(await subject().call(verb, inputs), code, what);
    });

    it.each(OF_PROCESS)("%s, said by the CLI", async (_, args, given, code, what) => {
      expectRefusal(await subject().run(args, given), code, what);
    });

    it("a key that the host does not know", async () => {
      const folder = await mkdtemp(join(tmpdir(), "bad-key-"));
      await execa("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, "key")]);
      const given = { OPENSPP_SSH_KEY: await readFile(join(folder, "key"), "utf8") };
      const outcome = await subject().run(["list"], given);
      await rm(folder, { recursive: true });
      expectRefusal(outcome, MISTAKE, /did not accept our key for root@.*: ssh-ed25519 SHA256:/);
    });

    it("a host that answers with another key than the pinned one", async () => {
      const { OPENSPP_SSH_KNOWN_HOSTS = "" } = await subject().lab.env();
      // The jump host's key is another one.
      const jump = OPENSPP_SSH_KNOWN_HOSTS.split("\n").filter((line) =>
        line.includes(`:${subject().lab.ssh.jump.port}`),
      );
      const changed = jump
        .join("\n")
        .replaceAll(String(subject().lab.ssh.jump.port), String(subject().lab.ssh.port));
      const outcome = await subject().run(["list"], { OPENSPP_SSH_KNOWN_HOSTS: changed });
      expectRefusal(outcome, UNREACHABLE, /has CHANGED/);
      expect(outcome.error).toContain("State: Nothing was sent to the host.");
    });

    it("a compose file whose required variables are missing", async () => {
      const { directory } = subject().lab;
      await writeFile(join(directory, "empty.env"), "");
      const outcome = await subject().run(["backup", "--env-file", "empty.env"]);
      expectRefusal(
        outcome,
        MISTAKE,
        /does not resolve\.\nWhy: .*required variable \w+ is missing/,
      );
    });

    it("a host without the Compose plugin", async () => {
      const folder = await mkdtemp(join(tmpdir(), "bad-plugin-"));
      const variables = { DOCKER_CONFIG: folder };
      // A plugin of the machine's own is found from an empty folder, too.
      const { exitCode } = await execa("docker", ["compose", "version"], {
        env: variables,
        reject: false,
      });
      const outcome = await withOtherLogin(subject().lab, variables, (env) =>
        subject().run(["list"], env),
      );
      await rm(folder, { recursive: true });
      if (exitCode === 0) expect(outcome.code).toBe(0);
      else expectRefusal(outcome, MISTAKE, /has no Compose v2 plugin/);
    });

    it("an engine that does not answer", async () => {
      const variables = { DOCKER_HOST: "unix:///nowhere/docker.sock" };
      const outcome = await withOtherLogin(subject().lab, variables, (env) =>
        subject().run(["list"], env),
      );
      expectRefusal(outcome, MISTAKE, /may not use the Docker engine on .*, or none runs there/);
    });

    it("a backup service that is paused, then stopped", async () => {
      const { lab } = subject();
      const container = lab.container("backup");
      await lab.docker("pause", container);
      const paused = await subject().call("list");
      await lab.docker("unpause", container);
      await lab.docker("stop", "--time", "1", container);
      const stopped = await subject().call("backup");
      await lab.docker("start", container);
      expectRefusal(paused, MISTAKE, /`backup` is not running \(paused\)[\s\S]* unpause backup$/m);
      expectRefusal(stopped, MISTAKE, /`backup` is not running \(exited\)/);
      expect(stopped.error).toMatch(
        /Next: .*cd .* && docker compose --file docker-compose\.production\.yml --env-file \.env\.production up --detach backup$/m,
      );
    });

    it("a database that is stopped", async () => {
      await stopDb(subject().lab);
      const outcome = await subject().call("backup");
      await startDb(subject().lab);
      expectRefusal(outcome, MISTAKE, /`db` is not running \(exited/);
    });
  });
}

import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { programsOf } from "../../src/commands/command.ts";
import { print, script } from "../../src/commands/shell.ts";
import {
  makeServerFolder,
  makeServerNetwork,
  removeDeadServers,
  removeServer,
  runServer,
  serverFolderIn,
} from "../../src/commands/throwaway-server.ts";
import { Secret } from "../../src/secret.ts";

const folder = "/tmp/openspp-backup-drill.Ab12Cd";
const password = new Secret("a secret");

describe("the server", () => {
  const server = runServer(
    {
      image: "postgis/postgis:18-3.6-alpine",
      user: "openspp_admin",
      password,
      database: "openspp",
    },
    folder,
  );

  test("runs on a network that leads nowhere, reads the copy, and logs no row", () => {
    expect(print(server)).toBe(
      [
        "POSTGRES_USER=openspp_admin POSTGRES_PASSWORD=[REDACTED] POSTGRES_DB=openspp POSTGRES_INITDB_ARGS=--encoding=UTF8",
        "docker run --rm --pull never --entrypoint ''",
        "-e POSTGRES_USER -e POSTGRES_PASSWORD -e POSTGRES_DB -e POSTGRES_INITDB_ARGS",
        "--name openspp-backup-drill.Ab12Cd --label org.openspp.backup.drill=/tmp --network openspp-backup-drill.Ab12Cd --shm-size 256m",
        "--mount type=bind,source=/tmp/openspp-backup-drill.Ab12Cd,target=/backups,readonly",
        "postgis/postgis:18-3.6-alpine docker-entrypoint.sh postgres -c log_min_messages=fatal -c log_min_error_statement=panic",
      ].join(" "),
    );
  });

  test("has its password from standard input, and lives no longer than who asked for it", () => {
    const { line, secrets } = script(server);
    expect(line).not.toContain("a secret");
    expect(secrets).toEqual([password]);
    expect(line).toContain("supervisor");
  });

  test("has a network of its name, which is labelled", () => {
    expect(print(makeServerNetwork(folder))).toBe(
      "docker network create --internal --label org.openspp.backup.drill=/tmp openspp-backup-drill.Ab12Cd",
    );
  });
});

describe("in a real shell, with a docker that says what it was asked", () => {
  let root: string;
  let temp: string;
  let calls: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "throwaway-server-test-"));
    temp = join(root, "a temp");
    calls = join(root, "calls");
    mkdirSync(temp);
    writeFileSync(calls, "");
    mkdirSync(join(root, "bin"));
    docker(
      `case "$1 $2" in "ps --filter") echo ${NAMES.live} ;; "network ls") echo ${NAMES.live} ${NAMES.dead} ${NAMES.starting} ;; esac`,
    );
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const NAMES = {
    live: "openspp-backup-drill.LiveOn",
    dead: "openspp-backup-drill.DeadOn",
    starting: "openspp-backup-drill.NewOne",
  };

  function docker(lines: string): void {
    const path = join(root, "bin", "docker");
    writeFileSync(path, `#!/bin/sh\necho "$*" >> '${calls}'\n${lines}\n`);
    chmodSync(path, 0o755);
  }

  function run(
    command: ReturnType<typeof makeServerFolder>,
    env: Readonly<Record<string, string>> = { TMPDIR: temp },
  ): string {
    const [file = "", ...args] = programsOf(command)[0]?.argv ?? [];
    const path = `${join(root, "bin")}:${process.env.PATH}`;
    return execFileSync(file, args, { env: { PATH: path, ...env }, encoding: "utf8" });
  }

  function makeFolder(name: string, secondsOld: number): string {
    const path = join(temp, name);
    mkdirSync(path);
    writeFileSync(join(path, "openspp.dump"), "rows");
    const then = Date.now() / 1000 - secondsOld;
    utimesSync(path, then, then);
    return path;
  }

  test("a folder is the user's alone, in the runner's temporary folder where there is one", () => {
    const { folder: made, freeBytes, cores } = serverFolderIn(run(makeServerFolder()));
    expect(made).toMatch(/\/a temp\/openspp-backup-drill\.\w{6}$/);
    expect(execFileSync("stat", ["-c", "%a", made], { encoding: "utf8" }).trim()).toBe("700");
    expect(freeBytes).toBeGreaterThan(0);
    expect(cores).toBeGreaterThan(0);
    const env = { TMPDIR: "/nowhere", RUNNER_TEMP: temp };
    expect(run(makeServerFolder(), env).startsWith(temp)).toBe(true);
  });

  test("without an engine there is no folder", () => {
    docker('[ "$1" != version ]');
    expect(() => run(makeServerFolder())).toThrow(expect.objectContaining({ status: 70 }));
  });

  test("a removed server leaves nothing, and one that is half there is no error", () => {
    const made = makeFolder(NAMES.dead, 0);
    run(removeServer(made));
    expect(existsSync(made)).toBe(false);
    expect(readFileSync(calls, "utf8")).toBe(
      [
        `container inspect ${NAMES.dead}`,
        `rm --force --volumes ${NAMES.dead}`,
        `network inspect ${NAMES.dead}`,
        `network rm ${NAMES.dead}`,
        "",
      ].join("\n"),
    );
    docker("exit 1");
    expect(run(removeServer(made))).toBe("");
    docker(`[ "$2" = inspect ] && [ "$(grep -c ^rm '${calls}')" -lt 3 ]`);
    writeFileSync(calls, "");
    expect(run(removeServer(made))).toBe("");
    expect(readFileSync(calls, "utf8").match(/^rm /gm)).toHaveLength(3);
    docker('[ "$2" = inspect ]');
    expect(() => run(removeServer(made))).toThrow(expect.objectContaining({ status: 1 }));
  });

  test("what a dead run left goes; what is alive or about to be stays", () => {
    const [live, dead, starting] = [
      makeFolder(NAMES.live, 3600),
      makeFolder(NAMES.dead, 3600),
      makeFolder(NAMES.starting, 0),
    ];
    expect(run(removeDeadServers())).toBe(`${dead}\n`);
    expect([live, dead, starting].map((path) => existsSync(path))).toEqual([true, false, true]);
    const removed = readFileSync(calls, "utf8").match(/^network rm .*$/gm);
    expect(removed).toEqual([`network rm ${NAMES.dead}`]);
  });

  test("in the runner's own temporary folder nobody else is about to start", () => {
    const starting = makeFolder(NAMES.starting, 0);
    expect(run(removeDeadServers(), { RUNNER_TEMP: temp })).toBe(`${starting}\n`);
  });
});

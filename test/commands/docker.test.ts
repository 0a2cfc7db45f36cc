import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { programsOf } from "../../src/commands/command.ts";
import { COMPOSE_EXIT, discoverProject, removeContainers } from "../../src/commands/docker.ts";
import { print } from "../../src/commands/shell.ts";

const files = { directory: "/opt/openspp", composeFile: "compose.yml", envFile: ".env.production" };

test("clock, cores, resolved configuration and containers of the project", () => {
  expect(print(discoverProject(files))).toBe(
    [
      `sh -c 'cd -- "$1" 2>/dev/null || exit 66`,
      `[ -f "$2" ] || exit 67`,
      `[ -f "$3" ] || exit 68`,
      "command -v docker >/dev/null || exit 69",
      `config=$(docker compose --file "$2" --env-file "$3" config --format json)`,
      "code=$?",
      `if [ "$code" -ne 0 ]; then`,
      "docker version >/dev/null || exit 70",
      "docker compose version >/dev/null 2>&1 || exit 71",
      `exit "$code"`,
      "fi",
      "date +%s",
      "nproc",
      String.raw`printf "%s\n" "$config" | tr "\n" " "`,
      "echo",
      String.raw`project=$(printf "%s\n" "$config" | awk -F '\''"'\'' '\''/^  "name"/ { print $4; exit }'\'')`,
      'docker ps --all --quiet --filter "label=$4=$project" | wc -l',
      'ids=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$project") || exit 70',
      '[ -z "$ids" ] && echo "[]" && exit',
      "docker inspect --type container $ids' sh /opt/openspp compose.yml .env.production openspp-backup",
    ].join("\n"),
  );
});

test("containers are removed by their label, and none is no error", () => {
  expect(print(removeContainers("openspp-backup=my project"))).toBe(
    [
      `sh -c 'ids=$(docker ps --all --quiet --filter "label=$1") || exit`,
      `[ -z "$ids" ] || docker rm --force $ids' sh 'openspp-backup=my project'`,
    ].join("\n"),
  );
});

test("a name is an argument of the script, never text of it", () => {
  const command = discoverProject({ ...files, directory: '$(reboot)" && reboot' });
  expect(programsOf(command)[0]?.argv.slice(3)).toEqual([
    "sh",
    '$(reboot)" && reboot',
    "compose.yml",
    ".env.production",
    "openspp-backup",
  ]);
});

describe("in a real shell", () => {
  const root = mkdtempSync(join(tmpdir(), "docker-test-"));
  const directory = join(root, "it's a project");
  mkdirSync(directory);
  writeFileSync(join(directory, "compose.yml"), "");
  writeFileSync(join(directory, ".env.production"), "");
  afterAll(() => rmSync(root, { recursive: true }));

  function exitOf(command: ReturnType<typeof discoverProject>, path: string): number {
    const [, ...args] = programsOf(command)[0]?.argv ?? [];
    try {
      execFileSync("/bin/sh", args, { env: { PATH: path }, stdio: "pipe" });
      return 0;
    } catch (error) {
      return (error as { status: number }).status;
    }
  }

  /** A folder whose `docker` is the given script: it stands where a user's own wrapper may stand. */
  function dockerThat(name: string, script: string): string {
    const folder = join(root, name);
    mkdirSync(folder);
    writeFileSync(join(folder, "docker"), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, "docker"), 0o755);
    return folder;
  }

  test.each([
    ["no folder", { directory: join(root, "none") }, COMPOSE_EXIT.noDirectory],
    ["no compose file", { composeFile: "none.yml" }, COMPOSE_EXIT.noComposeFile],
    ["no env file", { envFile: "none.env" }, COMPOSE_EXIT.noEnvFile],
    ["no docker on the PATH", {}, COMPOSE_EXIT.noDocker],
  ])("%s has an exit code of its own", (_, wrong, expected) => {
    const command = discoverProject({ ...files, directory, ...wrong });
    expect(exitOf(command, join(root, "empty"))).toBe(expected);
  });

  test("an engine that does not answer, a missing plugin and a compose file that does not resolve are told apart", () => {
    const command = discoverProject({ ...files, directory });
    expect(exitOf(command, dockerThat("no engine", "exit 1"))).toBe(COMPOSE_EXIT.noEngine);
    expect(exitOf(command, dockerThat("no plugin", '[ "$1" = version ]'))).toBe(
      COMPOSE_EXIT.noCompose,
    );
    const version = '[ "$1" = version ] || [ "$2" = version ] || exit 15';
    expect(exitOf(command, dockerThat("no config", version))).toBe(15);
    expect(exitOf(command, `${dockerThat("good", "exit 0")}:${process.env.PATH}`)).toBe(0);
  });
});

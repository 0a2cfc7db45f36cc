import { and, type Command, type Joined, program } from "./command.ts";

/** The exit codes by which `composeConfig` tells why it could not start. */
export const COMPOSE_EXIT = {
  noDirectory: 66,
  noComposeFile: 67,
  noEnvFile: 68,
  noDocker: 69,
  noEngine: 70,
  noCompose: 71,
} as const;

export interface ComposeFiles {
  directory: string;
  composeFile: string;
  envFile: string;
}

/**
 * Given where the project stands, return the command that prints its resolved configuration as JSON.
 * Every `docker compose` call needs the env file, or required variables are missing. What can be
 * told apart beforehand ends with an exit code of its own (COMPOSE_EXIT).
 */
export function composeConfig({ directory, composeFile, envFile }: ComposeFiles): Command {
  const steps = `
    cd -- "$1" 2>/dev/null || exit ${COMPOSE_EXIT.noDirectory}
    [ -f "$2" ] || exit ${COMPOSE_EXIT.noComposeFile}
    [ -f "$3" ] || exit ${COMPOSE_EXIT.noEnvFile}
    command -v docker >/dev/null || exit ${COMPOSE_EXIT.noDocker}
    docker compose --file "$2" --env-file "$3" config --format json && exit
    code=$?
    docker version >/dev/null || exit ${COMPOSE_EXIT.noEngine}
    docker compose version >/dev/null 2>&1 || exit ${COMPOSE_EXIT.noCompose}
    exit "$code"`;
  return shellScript(steps, [directory, composeFile, envFile]);
}

/** Given where the project stands and what `docker compose` is to do, return the command for an administrator to try there. */
export function composeByHand(files: ComposeFiles, ...args: readonly string[]): Joined {
  const { directory, composeFile, envFile } = files;
  return and(
    program(["cd", directory]),
    program(["docker", "compose", "--file", composeFile, "--env-file", envFile, ...args]),
  );
}

/**
 * Given a compose project's name, return the command that prints three lines: the host's clock in
 * epoch seconds, its number of cores, and `docker inspect` of the project's containers as JSON.
 */
export function inspectProject(project: string): Command {
  const steps = `
    date +%s
    nproc
    ids=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$1") || exit
    [ -z "$ids" ] && echo "[]" && exit
    docker inspect --type container $ids`;
  return shellScript(steps, [project]);
}

/** Given a fixed script and its arguments, return the command; the arguments stay an argv, never text of the script. */
function shellScript(steps: string, args: readonly string[]): Command {
  const text = steps
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");
  return program(["sh", "-c", text, "sh", ...args]);
}

import { and, type Joined, type Program, program, shellScript } from "./command.ts";

/** The exit codes that say why `discoverProject` could not start. */
export const COMPOSE_EXIT = {
  noDirectory: 66,
  noComposeFile: 67,
  noEnvFile: 68,
  noDocker: 69,
  noEngine: 70,
  noCompose: 71,
} as const;

const THROWAWAY_LABEL = "openspp-backup";

export interface ComposeFiles {
  directory: string;
  composeFile: string;
  envFile: string;
}

/**
 * Prints, in one exchange:
 * - the host's clock in epoch seconds, and its number of cores
 * - the resolved configuration as JSON on one line
 * - how many containers have our label
 * - `docker inspect` of the project's own containers as JSON
 *
 * Each `docker compose` call needs the env file, because variables are required. A mistake that can
 * be seen beforehand has an exit code of its own (COMPOSE_EXIT).
 */
export function discoverProject({ directory, composeFile, envFile }: ComposeFiles): Program {
  const steps = String.raw`
    cd -- "$1" 2>/dev/null || exit ${COMPOSE_EXIT.noDirectory}
    [ -f "$2" ] || exit ${COMPOSE_EXIT.noComposeFile}
    [ -f "$3" ] || exit ${COMPOSE_EXIT.noEnvFile}
    command -v docker >/dev/null || exit ${COMPOSE_EXIT.noDocker}
    config=$(docker compose --file "$2" --env-file "$3" config --format json)
    code=$?
    if [ "$code" -ne 0 ]; then
    docker version >/dev/null || exit ${COMPOSE_EXIT.noEngine}
    docker compose version >/dev/null 2>&1 || exit ${COMPOSE_EXIT.noCompose}
    exit "$code"
    fi
    date +%s
    nproc
    printf "%s\n" "$config" | tr "\n" " "
    echo
    project=$(printf "%s\n" "$config" | awk -F '"' '/^  "name"/ { print $4; exit }')
    docker ps --all --quiet --filter "label=$4=$project" | wc -l
    ids=$(docker ps --all --quiet --filter "label=com.docker.compose.project=$project") || exit ${COMPOSE_EXIT.noEngine}
    [ -z "$ids" ] && echo "[]" && exit
    docker inspect --type container $ids`;
  return shellScript(steps, [directory, composeFile, envFile, THROWAWAY_LABEL]);
}

/** What `discoverProject` printed. deployment/containers.ts reads the two JSON documents. */
export function projectIn(output: string) {
  const [epoch = "", cores = "", config = "", strays = "", ...containers] = output.split("\n");
  return {
    hostEpochSeconds: Number.parseInt(epoch, 10),
    cores: Math.max(1, Number.parseInt(cores, 10) || 1),
    config: JSON.parse(config) as unknown,
    leftoverContainers: Number.parseInt(strays, 10),
    containers: JSON.parse(containers.join("\n")) as unknown,
  };
}

/** A command for an administrator to try. */
export function composeByHand(files: ComposeFiles, ...args: readonly string[]): Joined {
  const { directory, composeFile, envFile } = files;
  return and(
    program(["cd", directory]),
    program(["docker", "compose", "--file", composeFile, "--env-file", envFile, ...args]),
  );
}

/** The label of a project's throwaway containers. By it, a later run finds those that a dead run left. */
export function throwawayLabelOf(project: string): string {
  return `${THROWAWAY_LABEL}=${project}`;
}

/** Removes the containers that have the label, whether they run or not. */
export function removeContainers(label: string): Program {
  const steps = `
    ids=$(docker ps --all --quiet --filter "label=$1") || exit
    [ -z "$ids" ] || docker rm --force $ids`;
  return shellScript(steps, [label]);
}

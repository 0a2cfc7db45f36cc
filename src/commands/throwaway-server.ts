import type { Secret } from "../secret.ts";
import { type InThrowaway, inThrowaway, type Program, program } from "./command.ts";
import { freeBytesIn } from "./free-space.ts";

/** A throwaway server's folder, container and network have this name, each with the same suffix. */
const NAME = "openspp-backup-drill";

/**
 * The label of what a drill makes in Docker. By it, a later run finds what a dead one left. Its
 * value is the temporary folder that holds the server's own. Runners that share an engine have
 * different ones, so they leave each other's servers alone.
 */
const LABEL = "org.openspp.backup.drill";

const labelOf = (folder: string) => `${LABEL}=${folder.slice(0, folder.lastIndexOf("/"))}`;

/** The folder of the fetched backup, as the server's container sees it. */
export const FETCHED_DIRECTORY = "/backups";

/** The exit codes of the scripts here that say what is wrong with the machine. */
export const MACHINE_EXIT = { noDocker: 69, noEngine: 70 } as const;

/**
 * A GitHub runner has a temporary folder of its own, without anybody else's files. On many systems
 * /tmp is in memory.
 */
const BASE = `base=\${RUNNER_TEMP:-\${TMPDIR:-/var/tmp}}`;

/**
 * Makes a folder for one throwaway server, and prints it, the free bytes there (`df -P -k`) and the
 * machine's cores.
 */
export function makeServerFolder(): Program {
  return sh(`
    command -v docker >/dev/null || exit ${MACHINE_EXIT.noDocker}
    docker version >/dev/null || exit ${MACHINE_EXIT.noEngine}
    ${BASE}
    mktemp -d "$base/${NAME}.XXXXXX"
    df -P -k "$base" | tail -n 1
    nproc`);
}

/** What `makeServerFolder` printed. */
export function serverFolderIn(output: string) {
  const [folder = "", space = "", cores = ""] = output.split("\n");
  return {
    folder,
    freeBytes: freeBytesIn(space),
    cores: Math.max(1, Number.parseInt(cores, 10) || 1),
  };
}

/** The name of a server's container and network. */
export function serverNameOf(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}

/** Pulls the image unless the machine has it. */
export function pullImage(image: string): Program {
  return sh(`docker image inspect "$1" >/dev/null 2>&1 || docker pull --quiet "$1"`, image);
}

/** The network reaches only this machine. */
export function makeServerNetwork(folder: string): Program {
  const create = ["docker", "network", "create", "--internal"];
  return program([...create, "--label", labelOf(folder), serverNameOf(folder)]);
}

export interface ServerOptions {
  /** An image with the interface of the official PostgreSQL images. */
  readonly image: string;
  /** The superuser. The image makes this role and the database at the start. */
  readonly user: string;
  readonly password: Secret;
  readonly database: string;
}

/**
 * Runs the server. It is supervised, so that it ends within seconds of the run that started it. It
 * logs only fatal errors, because others may quote rows.
 */
export function runServer(
  { image, user, password, database }: ServerOptions,
  folder: string,
): InThrowaway {
  const quiet = ["-c", "log_min_messages=fatal", "-c", "log_min_error_statement=panic"];
  const server = program(["docker-entrypoint.sh", "postgres", ...quiet], {
    env: {
      POSTGRES_USER: user,
      POSTGRES_PASSWORD: password,
      POSTGRES_DB: database,
      POSTGRES_INITDB_ARGS: "--encoding=UTF8",
    },
  });
  const name = serverNameOf(folder);
  return inThrowaway(image, server, {
    options: [
      "--name",
      name,
      "--label",
      labelOf(folder),
      "--network",
      name,
      "--shm-size",
      "256m",
      "--mount",
      `type=bind,source=${folder},target=${FETCHED_DIRECTORY},readonly`,
    ],
  });
}

/**
 * Waits until the server can be reached, two minutes at most, and prints its address. While it is
 * being initialised, it answers only inside its container and has no address.
 */
export function awaitServer(name: string): Program {
  return sh(
    `
    left=600
    until address=$(docker inspect --format '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}' "$1" 2>/dev/null) \\
    && [ -n "$address" ] && docker exec "$1" pg_isready --quiet --host "$address" 2>/dev/null; do
    left=$((left - 1)); [ "$left" -gt 0 ] || exit 1
    sleep 0.2
    done
    echo "$address"`,
    name,
  );
}

/**
 * Removes a server's container with its volume, its network and its folder, as far as they exist. A
 * container that is just ending cannot be removed, so this waits for it.
 */
export function removeServer(folder: string): Program {
  return sh(
    `
    code=0
    left=50
    while docker container inspect "$1" >/dev/null 2>&1; do
    docker rm --force --volumes "$1" >/dev/null && break
    left=$((left - 1)); [ "$left" -gt 0 ] || { code=1; break; }
    sleep 0.2
    done
    ! docker network inspect "$1" >/dev/null 2>&1 || docker network rm "$1" >/dev/null || code=$?
    rm -rf -- "$2" || code=$?
    exit "$code"`,
    serverNameOf(folder),
    folder,
  );
}

/**
 * Removes what dead runs left on this machine, and prints a line for each folder. A server that is
 * running belongs to a run that is alive, or ends within seconds. A folder without a server may
 * belong to a run that is about to start one. So it is removed only when it is this runner's own,
 * or older than a minute.
 */
export function removeDeadServers(): Program {
  return sh(`
    ${BASE}
    command -v docker >/dev/null || exit ${MACHINE_EXIT.noDocker}
    live=$(docker ps --filter "label=${LABEL}=$base" --format '{{.Names}}') || exit ${MACHINE_EXIT.noEngine}
    is_live() { printf '%s\\n' "$live" | grep -qxF -- "$1"; }
    dead=$(docker ps --all --quiet --filter "label=${LABEL}=$base" --filter status=exited --filter status=dead)
    [ -z "$dead" ] || docker rm --force --volumes $dead >/dev/null
    age='-mmin +1'; [ -z "\${RUNNER_TEMP:-}" ] || age=
    find "$base" -maxdepth 1 -type d -name '${NAME}.*' $age | while IFS= read -r folder; do
    is_live "\${folder##*/}" && continue
    rm -rf -- "$folder" && echo "$folder"
    done
    for name in $(docker network ls --filter "label=${LABEL}=$base" --format '{{.Name}}'); do
    is_live "$name" || [ -e "$base/$name" ] || docker network rm "$name" >/dev/null
    done`);
}

/** The folders that `removeDeadServers` printed. */
export function removedFoldersIn(output: string): readonly string[] {
  return output.split("\n").filter((line) => line !== "");
}

/** The arguments stay an argv, never text of the script. */
function sh(steps: string, ...args: readonly string[]): Program {
  const text = steps
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .join("\n");
  return program(["sh", "-c", text, ...(args.length > 0 ? ["sh", ...args] : [])]);
}

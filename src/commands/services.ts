import { type Command, program } from "./command.ts";

/** Stopping and starting the services that use the database. All run on the host. */

/** What `holdStopped` prints when the containers are stopped. */
export const STOPPED = "stopped";

/** Exit code of `awaitHealthy` when the time is over (EX_TEMPFAIL of sysexits.h). */
export const UNHEALTHY_EXIT = 75;

/** Docker gives each container 10 s to stop. */
export function stopContainers(containers: readonly string[]): Command {
  return program(["docker", "stop", ...containers]);
}

/** A container that runs already is left alone. */
export function startContainers(containers: readonly string[]): Command {
  return program(["docker", "start", ...containers]);
}

/**
 * Stops containers, prints STOPPED, and stays. When the command ends, for whatever reason, it
 * starts them again. So a runner that dies or a lost connection never leaves production stopped.
 *
 * - The starting runs in a session of its own, because the supervisor kills the group of a command
 *   that takes too long to end.
 * - It ignores TERM, because the supervisor may send that to the whole group before this session
 *   exists.
 * - It ignores PIPE, because a shell reports its ended `sleep` on a standard error that is gone
 *   with the connection.
 */
export function holdStopped(containers: readonly string[]): Command {
  return program([
    "sh",
    "-c",
    `
trap "" PIPE
again='docker stop "$@"; docker start "$@"'
trap 'trap "" TERM INT HUP; setsid sh -c "$again" sh "$@" </dev/null >/dev/null 2>&1 & exit 0' TERM INT HUP
docker stop "$@" >/dev/null || { setsid docker start "$@" >/dev/null 2>&1; exit 1; }
again='docker start "$@"'
echo ${STOPPED}
while :; do sleep 3600 & wait "$!"; done`.trim(),
    "hold",
    ...containers,
  ]);
}

/**
 * Waits until each container is healthy, or is running where it has no health check. When the time
 * is over, it prints the name and state of one that is not, and exits with UNHEALTHY_EXIT.
 */
export function awaitHealthy(containers: readonly string[], seconds: number): Command {
  return program([
    "sh",
    "-c",
    `
end=$(($(date +%s) + $1)); shift
for container in "$@"; do
  until
    state=$(docker inspect --format '{{if .State.Health}}{{.State.Health.Status}}{{else}}{{.State.Status}}{{end}}' "$container") || exit
    [ "$state" = healthy ] || [ "$state" = running ]
  do
    [ "$(date +%s)" -lt "$end" ] || { echo "$container $state"; exit ${UNHEALTHY_EXIT}; }
    sleep 0.5
  done
done`.trim(),
    "await",
    String(Math.ceil(seconds)),
    ...containers,
  ]);
}

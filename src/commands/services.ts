import { type Command, program } from "./command.ts";

/** Stopping and starting the services that use the database. All run on the host. */

/** What `holdStopped` prints once the containers are stopped. */
export const STOPPED = "stopped";

/** Exit code of `awaitHealthy` when the time is over (EX_TEMPFAIL of sysexits.h). */
export const UNHEALTHY_EXIT = 75;

/** Given containers, return the command that stops them, each within the 10 s that Docker gives it. */
export function stopContainers(containers: readonly string[]): Command {
  return program(["docker", "stop", ...containers]);
}

/** Given containers, return the command that starts them; one that runs already is left alone. */
export function startContainers(containers: readonly string[]): Command {
  return program(["docker", "start", ...containers]);
}

/**
 * Given containers, return the command that stops them, says so, and stays. When it is ended, for whatever reason, it
 * starts them again: so a runner that dies, or a line that is cut, never leaves production stopped. The starting has a
 * session of its own, because the supervisor kills the group of a command that takes too long to end; and it ignores TERM,
 * because the supervisor sends that to the whole group before this session is there. It ignores PIPE, because a shell tells
 * of its ended `sleep` on a standard error that went with the connection.
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
 * Given containers and seconds, return the command that waits until each is healthy, or runs where it has no health
 * check; when the time is over, it prints the name and state of one that is not and ends with UNHEALTHY_EXIT.
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

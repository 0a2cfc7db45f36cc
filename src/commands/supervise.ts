/**
 * Seconds of silence on standard input after which a supervised command is ended. The host sends a
 * newline every HEARTBEAT_SECONDS. After three lost ones nobody is waiting any more.
 */
export const SILENCE_SECONDS = 30;
export const HEARTBEAT_SECONDS = 10;

/** Seconds between TERM and KILL for a command that is ended. */
export const GRACE_SECONDS = 5;

/**
 * A POSIX sh script that runs its arguments in a session of their own and passes their exit code
 * on. When standard input closes or stays silent, it ends that whole process group: TERM, then KILL
 * after GRACE_SECONDS. It also ends what is left of the group when the command is over. It is
 * needed because a command without a terminal survives its SSH client, and a process in a container
 * survives the `docker exec` that started it.
 *
 * It needs `setsid`, `sleep` and `kill`: util-linux and coreutils on Debian, busybox on Alpine.
 *
 * - The watcher is in another session, so that what ends the script does not end the watcher too.
 * - The script waits for every process that it starts: in a container whose first process is
 *   `crond`, nothing else reaps orphans.
 * - It blocks only in `wait`, which a signal interrupts in every shell.
 * - A shell that was just forked loses the signals that its parent traps, so it is never sent one
 *   of those.
 * - Only the command has the script's standard error: bash would print there that a job was killed.
 */
export function supervisor(silenceSeconds: number): string {
  return `
exec 3<&0 4>&2 2>/dev/null
setsid "$@" </dev/null 3<&- 2>&4 4>&- &
work=$!
setsid sh -c '
  work=$1
  end() {
    kill -TERM "-$work" || kill -TERM "$work"
    sleep ${GRACE_SECONDS} & timer=$!
    wait "$timer"
    kill -KILL "-$work"
  }
  arm() { (trap "kill -KILL \\$!; wait; exit" TERM; sleep ${silenceSeconds} & wait "$!"; end) & timer=$!; }
  trap "kill \\$timer \\$reader \\$!; wait; exit" USR2
  trap : USR1
  arm
  (while read -r _; do kill -USR1 "$$"; done) <&3 & reader=$!
  while wait "$reader"; [ "$?" -gt 128 ]; do kill "$timer"; wait "$timer"; arm; done
  kill "$timer"; wait "$timer"
  end
' watch "$work" >/dev/null 4>&- &
watch=$!
exec 3<&- 4>&-
wait "$work"
code=$?
kill -USR2 "$watch"
wait "$watch"
if kill -TERM "-$work"; then
  for pause in 0.1 0.4 1 1 1 1.5; do
    sleep "$pause"
    kill -0 "-$work" || break
  done
  kill -KILL "-$work"
fi
exit "$code"
`.trim();
}

export const SUPERVISOR = supervisor(SILENCE_SECONDS);

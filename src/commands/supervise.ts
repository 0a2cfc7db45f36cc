/**
 * Seconds of silence on standard input after which a supervised command is ended. The host sends a
 * newline every HEARTBEAT_SECONDS; three lost ones mean that nobody is waiting any more.
 */
export const SILENCE_SECONDS = 30;
export const HEARTBEAT_SECONDS = 10;

/** Seconds that an ended command has between TERM and KILL. */
export const GRACE_SECONDS = 5;

/**
 * Given the seconds of silence that end a command, return a POSIX sh script that runs its arguments
 * in a session of their own, passes their exit code on, and ends that whole process group (TERM,
 * after GRACE_SECONDS KILL) when standard input closes or stays silent, and whatever of the group is
 * left when the command is over. It exists because a command without a terminal survives its SSH
 * client, and a process in a container survives the `docker exec` that started it.
 *
 * It needs `setsid`, `sleep` and `kill`: util-linux and coreutils on Debian, busybox on Alpine. The
 * watcher is a session of its own, so that one signal ends it with its timers. `timeout` would not
 * do: that of coreutils moves to yet another process group and outlives the command.
 */
export function supervisor(silenceSeconds: number): string {
  return `
exec 3<&0
setsid "$@" </dev/null 3<&- &
work=$!
setsid sh -c '
  end() { kill -TERM "-$1" || kill -TERM "$1"; sleep ${GRACE_SECONDS}; kill -KILL "-$1"; }
  arm() { (sleep ${silenceSeconds}; end "$1") & timer=$!; }
  arm "$1"
  while read -r _; do kill "$timer"; arm "$1"; done
  end "$1"
' watch "$work" <&3 3<&- >/dev/null 2>&1 &
watch=$!
exec 3<&-
wait "$work" 2>/dev/null
code=$?
exec 2>/dev/null
kill -KILL "$watch" "-$watch"
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

/**
 * Seconds of silence on standard input after which a supervised command is ended. The host sends a
 * newline every HEARTBEAT_SECONDS; three lost ones mean that nobody is waiting any more.
 */
export const SILENCE_SECONDS = 30;
export const HEARTBEAT_SECONDS = 10;

/**
 * A POSIX sh script that runs its arguments in a session of their own and ends that whole process
 * group (TERM, after 5 s KILL) when standard input closes or stays silent. It exists because a
 * command without a terminal survives its SSH client, and a process in a container survives the
 * `docker exec` that started it. It needs `setsid` and `timeout`: util-linux and coreutils on the
 * host, busybox in the Alpine images.
 */
export const SUPERVISOR = `
exec 3<&0
setsid "$@" </dev/null 3<&- &
work=$!
setsid sh -c '
  while [ -n "$(timeout ${SILENCE_SECONDS} head -c 1 | tr "\\n" .)" ]; do :; done
  kill -TERM "-$1"; sleep 5; kill -KILL "-$1"
' watch "$work" <&3 >/dev/null 2>&1 3<&- &
watch=$!
exec 3<&-
wait "$work"
code=$?
kill -KILL "-$watch" 2>/dev/null
exit "$code"
`.trim();

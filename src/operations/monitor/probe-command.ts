import { type Program, program } from "../../commands/command.ts";

export interface Probed {
  readonly directory: string;
  readonly database: string;
  /** Where the backup container reaches the server. */
  readonly serverHost: string;
  readonly serverPort: number;
}

/** Lines of a manifest that tell when its dump was taken, its size and its compression; what it tells of the filestore stands at its end. */
const MANIFEST_HEAD = 32;
/** Manifests of each folder that are looked at, the newest. */
const MANIFESTS = 20;
const LOG_LINES = 200;

const PROBE = String.raw`
say() { printf '\n== %s\n' "$1"; }
table=$(crontab -l 2>/dev/null || cat /etc/crontabs/root /var/spool/cron/crontabs/root 2>/dev/null)
log=$(printf '%s\n' "$table" | sed -n 's/.*>> *\([^ ]*\).*/\1/p' | head -n 1)
say zone; printf '%s\n' "${"$"}{TZ:-$(readlink -f /etc/localtime 2>/dev/null)}"
say crontab; printf '%s\n' "$table"
say cron; cat /proc/[0-9]*/comm 2>/dev/null | grep -i cron
say log; [ -f "$log" ] && tail -n ${LOG_LINES} "$log"
say ready; pg_isready --quiet --timeout=5 --host="$3" --port="$4"; echo "$?"
say space; df -P -k "$1" 2>/dev/null
say inodes; df -P -i "$1" 2>/dev/null
say linked; readlink "$1/daily/$2_latest.dump"
say readable; pg_restore --list "$1/daily/$2_latest.dump" 2>&1 >/dev/null | head -n 3; [ -s "$1/daily/$2_latest.dump" ] || echo "it is not there"
say records; cat "$1"/.openspp-backup/*.json 2>/dev/null
say manifests
set -f; IFS='
'
for folder in daily weekly monthly; do
for file in $(ls -1 "$1/$folder" 2>/dev/null | grep '\.manifest\.json$' | tail -n ${MANIFESTS}); do
echo "file $1/$folder/$file"
head -n ${MANIFEST_HEAD} "$1/$folder/$file" 2>/dev/null
sed -n '/^ "filestore": {/,/^ }/p' "$1/$folder/$file" 2>/dev/null
done
done
exit 0`;

/**
 * Given what to look at, return the command that prints, in sections, what the guide's "Backup Verification" and
 * "Troubleshooting" look at in the backup container: crontab, log, disk, pg_isready, and what tells of the files.
 * A part that cannot be read is an empty section, never an error.
 */
export function probe({ directory, database, serverHost, serverPort }: Probed): Program {
  return program([
    "sh",
    "-c",
    PROBE.trim(),
    "sh",
    directory,
    database,
    serverHost,
    String(serverPort),
  ]);
}

/** Given a container, return the command that prints the last lines of its own log. */
export function containerLog(container: string): Program {
  return program(["docker", "logs", "--tail", String(LOG_LINES), container]);
}

/** Given a folder, return the command that prints the space and the inodes of its file system, in sections. */
export function probeSpace(folder: string): Program {
  const steps = `printf '== space\\n'; df -P -k "$1"; printf '== inodes\\n'; df -P -i "$1"; exit 0`;
  return program(["sh", "-c", steps, "sh", folder]);
}

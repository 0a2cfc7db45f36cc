import { type Program, program } from "../../commands/command.ts";
import { columnsIn } from "../../commands/free-space.ts";
import type { Volume } from "./findings/judge-disk.ts";
import type { Zone } from "./schedule.ts";

export interface ProbeTarget {
  readonly directory: string;
  readonly database: string;
  /** The server's address as the backup container reaches it. */
  readonly serverHost: string;
  readonly serverPort: number;
}

/**
 * The first lines of a manifest say when its dump was taken, its size and its compression. What it
 * says about the filestore is at its end.
 */
const MANIFEST_HEAD = 32;
/** How many manifests of each folder are looked at: the newest. */
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
 * Prints, in sections, what the guide's "Backup Verification" and "Troubleshooting" look at in the
 * backup container: crontab, log, disk, pg_isready, and what is known about the files. A part that
 * cannot be read is an empty section and no error.
 */
export function probe({ directory, database, serverHost, serverPort }: ProbeTarget): Program {
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

export function containerLog(container: string): Program {
  return program(["docker", "logs", "--tail", String(LOG_LINES), container]);
}

/** Prints the space and the inodes of a folder's file system, in sections. */
export function probeSpace(folder: string): Program {
  const steps = `printf '== space\\n'; df -P -k "$1"; printf '== inodes\\n'; df -P -i "$1"; exit 0`;
  return program(["sh", "-c", steps, "sh", folder]);
}

/** The part of a manifest that a monitor reads. */
export interface ManifestHead {
  readonly takenAt: Date;
  readonly bytes: number;
  readonly compression: string;
  /**
   * Bytes of the files that it names in the filestore's pool. Absent where each backup has an
   * archive of its own.
   */
  readonly pooledBytes?: number;
}

/** The lines of each section that a probe printed, without empty ones. */
export function parseSections(output: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of output.split("\n")) {
    const name = /^== (\w+)$/.exec(line)?.[1];
    if (name !== undefined) {
      lines = [];
      sections.set(name, lines);
    } else if (line.trim() !== "") lines.push(line);
  }
  return sections;
}

/** The container's time zone. `text` is `TZ`, or the path of the zone file. */
export function parseZone(text: string, offset: string): Zone {
  const name = text.replace(/^:?(?:.*\/zoneinfo\/)?/, "").trim();
  return { offset, ...(name !== "" && !name.startsWith("/") && { name }) };
}

/** A volume by the lines of `df -P -k` and `df -P -i`. Undefined when they hold no numbers. */
export function parseVolume(
  name: string,
  space: readonly string[],
  inodes: readonly string[],
): Volume | undefined {
  const kibibytes = columnsIn(space.join("\n"));
  if (!kibibytes) return undefined;
  const files = columnsIn(inodes.join("\n")) ?? { total: 0, free: 0 };
  return {
    name,
    totalBytes: kibibytes.total * 1024,
    freeBytes: kibibytes.free * 1024,
    totalInodes: files.total,
    freeInodes: files.free,
  };
}

const POOLED =
  /^ "filestore": \{\s*"file": "[^"]*",\s*"kind": "incremental",\s*"files": \d+,\s*"bytes": (\d+)/m;

/** By the path of the dump. */
export function parseManifestHeads(lines: readonly string[]): ReadonlyMap<string, ManifestHead> {
  const heads = new Map<string, ManifestHead>();
  for (const part of lines.join("\n").split(/^file /m)) {
    const path = /^(.*)\.manifest\.json$/m.exec(part)?.[1];
    const taken = /^ "takenAt": "([^"]+)"/m.exec(part)?.[1];
    const dump =
      /^ "dump": \{\s*"file": "[^"]*",\s*"bytes": (\d+),\s*"sha256": "\w+",\s*"compression": "([^"]*)"/m.exec(
        part,
      );
    const pooled = POOLED.exec(part)?.[1];
    if (path && taken && dump?.[1] && dump[2]) {
      heads.set(`${path}.dump`, {
        takenAt: new Date(taken),
        bytes: Number(dump[1]),
        compression: dump[2],
        ...(pooled !== undefined && { pooledBytes: Number(pooled) }),
      });
    }
  }
  return heads;
}

import type { Zone } from "../schedule.ts";
import type { Volume } from "./disk.ts";

/** What is read of a manifest. */
export interface ManifestHead {
  readonly takenAt: Date;
  readonly bytes: number;
  readonly compression: string;
  /** Of the files that it names in the filestore's pool; absent where each backup has an archive of its own. */
  readonly pooledBytes?: number;
}

/** Given the output of a probe, return the lines of each of its sections. */
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

/** Given a zone as the container tells it (`TZ`, or the path of its zone file) and its offset, return the zone. */
export function parseZone(told: string, offset: string): Zone {
  const name = told.replace(/^:?(?:.*\/zoneinfo\/)?/, "").trim();
  return { offset, ...(name !== "" && !name.startsWith("/") && { name }) };
}

/** Given the lines of `df -P -k` and `df -P -i` and a name, return the volume, or undefined when they tell nothing. */
export function parseVolume(
  name: string,
  space: readonly string[],
  inodes: readonly string[],
): Volume | undefined {
  const [totalKilobytes, , freeKilobytes] = numbersOf(space);
  const [totalInodes = 0, , freeInodes = 0] = numbersOf(inodes) ?? [];
  if (totalKilobytes === undefined || freeKilobytes === undefined) return undefined;
  return {
    name,
    totalBytes: totalKilobytes * 1024,
    freeBytes: freeKilobytes * 1024,
    totalInodes,
    freeInodes,
  };
}

/** The columns between a device's name and its percentage, of the last line: total, used and free (POSIX, "df"). */
function numbersOf(lines: readonly string[]): number[] {
  const columns = /\s(\d+)\s+(\d+)\s+(-?\d+)\s+\S+\s+\S+$/.exec(lines.at(-1) ?? "");
  return columns ? columns.slice(1).map(Number) : [];
}

const POOLED =
  /^ "filestore": \{\s*"file": "[^"]*",\s*"kind": "incremental",\s*"files": \d+,\s*"bytes": (\d+)/m;

/** Given the section of manifests, return what is read of each, by the path of its dump. */
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

import { stampOf } from "../../../src/backups/backup-name.ts";
import { type Manifest, serialize } from "../../../src/backups/manifest.ts";
import { MEGABYTE } from "./watched-lab.ts";

/**
 * Given backups of the last days as the reference script leaves them, the newest first, in megabytes, return the line
 * that puts these in the place of what stands there. With `pooled`, a manifest tells of as many megabytes in the pool.
 */
export function planted(days: readonly { size: number; pooled?: number }[]): string {
  const stamps = days.map((_, age) => {
    const day = new Date(Date.now() - age * 86_400_000 - 3_600_000);
    return day.toISOString().replaceAll(/[-:]/g, "").replace("T", "_").slice(0, 15);
  });
  const files = days.flatMap(({ size, pooled }, age) => {
    const name = `openspp_${stamps[age]}`;
    const dump = `head -c ${size * MEGABYTE} /dev/zero > daily/${name}.dump`;
    if (pooled === undefined) return [dump];
    const text = manifestOf(`${name}.dump`, size * MEGABYTE, pooled * MEGABYTE);
    return [dump, `printf '%s' '${text}' > daily/${name}.manifest.json`];
  });
  const link = `ln -s openspp_${stamps[0]}.dump daily/openspp_latest.dump`;
  return ["rm -r daily/* weekly/* monthly/*", ...files, link].join(" && ");
}

/** As this project writes it, with what a monitor reads of it. */
function manifestOf(file: string, bytes: number, pooled: number): string {
  const stamp = stampOf(file);
  const [day, time] = [stamp.slice(0, 8), stamp.slice(9)];
  const cut = (text: string, mark: string) => text.replace(/(..)(..)(..)$/, `$1${mark}$2${mark}$3`);
  const takenAt = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${cut(time, ":")}.000Z`;
  const sha256 = "0".repeat(64);
  return serialize({
    manifestVersion: 1,
    takenAt,
    dump: { file, bytes, sha256, compression: "gzip:6" },
    filestore: { file: "x.sha1", kind: "incremental", files: 1, bytes: pooled, digest: sha256 },
  } as Manifest);
}

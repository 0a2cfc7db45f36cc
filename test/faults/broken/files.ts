import type { CheckName } from "../../../src/report/check.ts";
import type { Fault } from "../fault.ts";

/** One byte at this part of a file has all its bits turned over. */
const flipped = (file: string, part: string) =>
  `size=$(stat -c %s "${file}"); at=$((${part})); byte=$(od -An -tu1 -j $at -N 1 "${file}"); printf "\\\\$(printf %03o $((255 - byte)))" | dd of="${file}" bs=1 seek=$at conv=notrunc 2>/dev/null`;

/** The archive is unpacked, changed by the script, and packed again. */
const repacked = (script: string) =>
  `rm -rf /tmp/faulty && mkdir /tmp/faulty && tar -xzf "$filestore" -C /tmp/faulty && (cd /tmp/faulty/openspp && first=$(find . -type f -size +0 | sort | head -n 1) && second=$(find . -type f -size +0 | sort | tail -n 1) && ${script}) && tar -czf "$filestore" -C /tmp/faulty openspp && rm -rf /tmp/faulty`;

const ROWS: readonly (readonly [name: string, seenBy: CheckName, files: string])[] = [
  ["a byte of the dump is another, near its start", "archive", flipped("$dump", "100")],
  ["a byte of the dump is another, in its middle", "archive", flipped("$dump", "size / 2")],
  ["the last byte of the dump is another", "archive", flipped("$dump", "size - 1")],
  ["the dump is cut by a byte", "archive", `truncate -s $(($(stat -c %s "$dump") - 1)) "$dump"`],
  ["the dump is cut in half", "archive", `truncate -s $(($(stat -c %s "$dump") / 2)) "$dump"`],
  ["the dump has a byte more", "archive", `printf x >> "$dump"`],
  ["the dump is empty", "archive", `: > "$dump"`],
  ["the dump is another one", "archive", `pg_dump -Fc -f "$dump" postgres`],
  ["a byte of the filestore's archive is another", "filestore", flipped("$filestore", "size / 2")],
  [
    "the filestore's archive is cut",
    "filestore",
    `truncate -s $(($(stat -c %s "$filestore") / 2)) "$filestore"`,
  ],
  ["the filestore's archive is gone", "filestore", `rm "$filestore"`],
  ["the filestore's archive is empty", "filestore", `: > "$filestore"`],
  ["a file of the filestore is missing", "filestore", repacked(`rm "$first"`)],
  [
    "a file of the filestore has another content of the same size",
    "filestore",
    repacked(flipped("$first", "size / 2")),
  ],
  ["a file of the filestore has a byte more", "filestore", repacked(`printf x >> "$first"`)],
  ["a file of the filestore is empty", "filestore", repacked(`: > "$first"`)],
  [
    "two files of the filestore have exchanged their content",
    "filestore",
    repacked(`mv "$first" x && mv "$second" "$first" && mv x "$second"`),
  ],
  [
    "a file of the filestore is a link",
    "filestore",
    repacked(`rm "$first" && ln -s /etc/passwd "$first"`),
  ],
  ["a file of the filestore is a folder", "filestore", repacked(`rm "$first" && mkdir "$first"`)],
  ["the filestore is empty", "filestore", repacked("rm -rf ./*")],
];

/** What a failing disk, a cut copy or somebody's hand leaves of a backup's files. */
export const FILES: readonly Fault[] = ROWS.map(([name, seenBy, files]) => ({
  name,
  seenBy,
  done: { files },
}));

import { type Program, shellScript } from "../../../commands/command.ts";
import { LISTS } from "./scripts.ts";

/** The exit code when a list is not as it was written: then it cannot say which files may go. */
export const LIST_CHANGED = 65;

/**
 * Removes the pool's files that no backup's list names any more, and prints how many: one number. Each list must have the
 * digest that its manifest holds: if a list was cut short, files that a backup needs would be removed. Without any list
 * nothing is removed.
 */
export function prunePool(directory: string, database: string, pool: string): Program {
  const steps = `
    ${LISTS}
    directory=$1 database=$2 pool=$3
    named=$(mktemp) && kept=$(mktemp) || exit
    for list in "$directory"/*/"$database"_filestore_*.sha1; do
    [ -f "$list" ] || continue
    manifest=$(echo "$list" | sed 's/_filestore_\\([0-9]*_[0-9]*\\)\\.sha1$/_\\1.manifest.json/')
    if ! grep -q "$(sha256sum < "$list" | cut -c 1-64)" "$manifest"; then
    echo "$list is not as its manifest says" >&2
    exit ${LIST_CHANGED}
    fi
    listed "$list" >> "$named"
    done
    removed=0
    if [ -s "$named" ] && cd "$pool"; then
    sort -u "$named" > "$kept"
    find . -type f | named | sort | comm -13 "$kept" - > "$named"
    removed=$(wc -l < "$named")
    xargs rm -f < "$named" || exit
    fi
    rm -f "$named" "$kept"
    echo "$removed"`;
  return shellScript(steps, [directory, database, pool]);
}

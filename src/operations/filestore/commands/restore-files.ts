import { roomFor } from "../../../checks/disk-room.ts";
import { type Program, shellScript } from "../../../commands/command.ts";
import { LISTS, NEED_PACKER, NO_PACKER } from "./scripts.ts";

/** The exit codes by which `stage…` tells why it could not. */
export const STAGE_EXIT = { noRoom: 67, notPlain: 68, noPacker: NO_PACKER } as const;

/** Where a filestore is restored: beside the live one, whose place it takes later by a rename. */
export interface Staging {
  /** Where the filestores of all databases stand. */
  readonly filestores: string;
  readonly database: string;
  /** The name of the restored one there, until it is live. */
  readonly staged: string;
  /** What its files take, as far as that is known. */
  readonly bytes: number;
}

/**
 * Makes an empty folder for what is restored, once there is room for it. Its owner and its modes are the
 * live filestore's; where there is none yet, those of the folder that Odoo keeps it in.
 */
const BEGIN = `
filestores=$1 database=$2 staged=$3 bytes=$4 room=$5
shift 5
like=$filestores/$database
for folder in "$filestores" "\${filestores%/*}"; do [ -d "$like" ] || like=$folder; done
owner=$(stat -c %u:%g "$like") && folders=$(stat -c %a "$like") || exit
sample=$(find "$filestores/$database" -type f 2> /dev/null | head -n 1)
files=$(stat -c %a "$sample" 2> /dev/null || echo 644)
[ -d "$filestores" ] || { mkdir -p "$filestores" && chown "$owner" "$filestores"; } || exit
cd "$filestores" || exit
free=$(df -P -k . | awk 'END { printf "%.0f", $4 * 1024 }')
if [ "$free" -lt "$room" ]; then
echo "$free bytes are free, and the files take $bytes" >&2
exit ${STAGE_EXIT.noRoom}
fi
rm -rf "./$staged" "./$staged.part" && mkdir "./$staged.part" || exit`;

const END = `
[ -z "$(find "./$staged" ! -type d ! -type f)" ] || exit ${STAGE_EXIT.notPlain}
chown -R "$owner" "./$staged" || exit
find "./$staged" -type d -exec chmod "$folders" {} + && find "./$staged" -type f -exec chmod "$files" {} + && sync`;

const staging = ({ filestores, database, staged, bytes }: Staging): readonly string[] => [
  filestores,
  database,
  staged,
  String(bytes),
  String(roomFor(bytes)),
];

/** Unpacks an archive there. */
export function stageArchive(where: Staging, archive: string, packer: string): Program {
  const steps = `
    packer=$7
    ${NEED_PACKER}
    ${BEGIN}
    archive=$1
    set -e
    { "$packer" -dc "$archive" || touch "./$staged.part/.cut"; } | tar -x -o -f - -C "./$staged.part"
    [ ! -e "./$staged.part/.cut" ]
    mv "./$staged.part/$database" "./$staged"
    rm -rf "./$staged.part"
    set +e
    ${END}`;
  return shellScript(steps, [...staging(where), archive, packer]);
}

/** Copies the files that a backup's list names from the pool there. */
export function stageFromPool(where: Staging, list: string, pool: string): Program {
  const steps = `
    ${LISTS}
    ${BEGIN}
    list=$1 pool=$2 part=$PWD/$staged.part
    set -e
    cd "$pool"
    listed "$list" > "$part/.names"
    xargs -n 500 sh -c '[ "$#" -eq 0 ] || tar -c -f - "$@" | tar -x -o -f - -C "$0"' "$part" < "$part/.names"
    cd "$filestores"
    rm "$part/.names"
    mv "$part" "./$staged"
    set +e
    ${END}`;
  return shellScript(steps, [...staging(where), list, pool]);
}

/** Shows a person that each file of a filestore has the content that its name says. */
export function checkFolder(filestores: string, name: string): Program {
  const steps = `
    cd "$1/$2" || exit
    find . -type f ! -path "./checklist/*" -exec sha1sum {} + |
    awk '{ name = $2; sub(/.*\\//, "", name); if (name != $1) { print "damaged: " $2; bad = 1 } }
    END { print NR " files, " (bad ? "some damaged" : "each as its name says"); exit bad }'`;
  return shellScript(steps, [filestores, name]);
}

/** The names of a filestore's folders, in the folder of all. */
export interface FolderExchange {
  readonly filestores: string;
  /** The one that is live, and takes the second name; there may be none. */
  readonly live: string;
  readonly aside: string;
  /** The one that becomes live. */
  readonly next: string;
}

/**
 * Puts one filestore aside and another one in its place, by two renames; the first is taken back when the
 * second fails. Done twice it does nothing more, and one that was cut off between the two goes on. It
 * ignores TERM, so that a lost connection does not end it between the two. It syncs the folder alone:
 * production waits, and what else the machine has to write may take minutes. The files were synced when
 * they were staged.
 */
export function exchangeFolders({ filestores, live, aside, next }: FolderExchange): Program {
  const steps = `
    live=$2 aside=$3 next=$4
    trap "" TERM
    cd "$1" || exit
    [ -e "./$next" ] || { [ -e "./$live" ] && exit 0; }
    [ -d "./$next" ] && [ -e "./$aside" ] && [ ! -e "./$live" ] && mv "./$next" "./$live" && sync . && exit
    [ -d "./$next" ] && [ ! -e "./$aside" ] || { echo "$next is not there, or $aside is" >&2; exit 1; }
    [ ! -e "./$live" ] || mv "./$live" "./$aside" || exit
    mv "./$next" "./$live" && sync . && exit
    [ ! -e "./$aside" ] || mv "./$aside" "./$live"
    exit 1`;
  return shellScript(steps, [filestores, live, aside, next]);
}

/** Removes our filestores of these names, and none that is live. */
export function removeFilestores(filestores: string, names: readonly string[]): Program {
  const steps = `
    cd "$1" || exit
    shift
    for name do
    case $name in
    .*_restore_* | .*_before_*) rm -rf "./$name" "./$name.part" || exit ;;
    *) exit 1 ;;
    esac
    done`;
  return shellScript(steps, [filestores, ...names]);
}

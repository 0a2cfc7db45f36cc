import { roomFor } from "../../../checks/disk-room.ts";
import { type Program, shellScript } from "../../../commands/command.ts";
import { LISTS, NEED_PACKER, NO_PACKER } from "./scripts.ts";

/** The exit codes of `stageArchive` and `stageFromPool`: too little room, a link or device in it, no tool to unpack. */
export const STAGE_EXIT = { noRoom: 67, notPlain: 68, noPacker: NO_PACKER } as const;

/** Where a filestore is restored: next to the live one, so that a rename can put it in its place later. */
export interface Staging {
  /** The folder with the filestores of all databases. */
  readonly filestores: string;
  readonly database: string;
  /** The name of the restored one there, until it is live. */
  readonly staged: string;
  /** What its files take, or what the archive takes when that is not known. */
  readonly bytes: number;
}

/**
 * Makes an empty folder for what is restored, if there is room. The owner and the modes are the live filestore's. Where there
 * is none yet, they are those of the folder that Odoo keeps it in.
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

/** For people: says whether each file of a filestore has the content that its name says. */
export function checkFolder(filestores: string, name: string): Program {
  const steps = `
    cd "$1/$2" || exit
    find . -type f ! -path "./checklist/*" -exec sha1sum {} + |
    awk '{ name = $2; sub(/.*\\//, "", name); if (name != $1) { print "damaged: " $2; bad = 1 } }
    END { print NR " files, " (bad ? "some damaged" : "each as its name says"); exit bad }'`;
  return shellScript(steps, [filestores, name]);
}

/** Names of folders in `filestores`. */
export interface FolderExchange {
  readonly filestores: string;
  /** It gets the name `aside`; it may be missing. */
  readonly live: string;
  readonly aside: string;
  /** It gets the name `live`. */
  readonly next: string;
}

/**
 * Two renames; the first is taken back when the second fails. Run again, it does nothing more, or finishes what was cut off
 * between the two. It ignores TERM, so that a lost connection does not end it between the two.
 *
 * It syncs only the folder: production waits, and to sync the whole machine may take minutes. The files were synced when they
 * were staged.
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

/** Refuses a name that no restore gives, so that no live filestore is removed. */
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

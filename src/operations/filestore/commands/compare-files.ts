import { type Program, shellScript } from "../../../commands/command.ts";
import { NAMED } from "./scripts.ts";

/** How many attachments a sentence names; the report is for people. */
export const SHOWN_IDS = 20;

/** The file in the work folder that takes the rows. */
export const ROWS_FILE = "rows";

/**
 * Answers a line for each row of ir_attachment that names a file, sorted by name, for `COPY … TO`: the name, the id, the
 * checksum, the size. Odoo keeps small things and addresses in the row itself. A name that is not that of a content may hold
 * anything, so it is left out. The text is one line, as `\\copy` wants it.
 */
export const ROWS_QUERY = [
  `SELECT CASE WHEN a.store_fname ~ '^${NAMED}$' THEN a.store_fname ELSE '' END COLLATE "C" AS name,`,
  "a.id, a.checksum, a.file_size",
  "FROM public.ir_attachment a WHERE a.store_fname <> '' ORDER BY 1",
].join(" ");

/**
 * Compares the rows with what was read, and prints one JSON value (`FilestoreFindings`). Both are sorted by name and read side
 * by side, so that a million of them take no memory.
 *
 * A file that an archive holds twice, with two contents, is judged twice. Where a row or a file has no size, the size is not
 * judged; Odoo always writes a row's. Numbers of 40 digits must be compared as texts, so an empty text is added to them.
 */
const COMPARE = `
function next_row(  line) {
  more_rows = (getline line < rows) > 0
  if (more_rows) { split(line, row, "\\t"); attachments++ }
}
function next_size(  line) {
  more_sizes = (getline line < sizes) > 0
  if (more_sizes) split(line, size, " ")
}
function read_line(  line) {
  more_files = (getline line < held) > 0
  if (more_files) { ahead_sum = substr(line, 1, 40); ahead = substr(line, 43); files++ }
}
function next_file() {
  count = 0
  path = ahead ""
  is_file = more_files
  while (more_files && (ahead "") == path) { sums[++count] = ahead_sum ""; read_line() }
  bytes = ""
  while (more_sizes && (size[2] "") < path) next_size()
  while (more_sizes && (size[2] "") == path) {
    if (bytes == "" || size[1] + 0 > bytes + 0) bytes = size[1]
    next_size()
  }
  if (bytes != "") { measured = 1; total += bytes * count }
}
function wrong(state, id,  i) {
  wrongs[state]++
  for (i = wrongs[state] < ${SHOWN_IDS + 1} ? wrongs[state] : ${SHOWN_IDS + 1}; i > 1 && ids[state, i - 1] + 0 > id + 0; i--) ids[state, i] = ids[state, i - 1]
  ids[state, i] = id
}
function absent(name,  folder) {
  folder = name
  sub(/\\/.*/, "", folder)
  if (name == "") return "misnamed"
  if (("irregular", name) in noted || ("irregular", folder) in noted) return "irregular"
  if (("vanished", name) in noted) return "vanished"
  if (("refused", name) in noted) return "damaged"
  return "missing"
}
function judge(sum) {
  if (sum != substr(path, length(path) - 39)) return "damaged"
  if (row[3] != "\\\\N" && sum != row[3] "") return "mismatched"
  if (row[4] != "\\\\N" && bytes != "" && bytes + 0 != row[4] + 0) return "missized"
  return ""
}
function number(value) { return sprintf("%.0f", value) }
BEGIN {
  while ((getline line < notes) > 0) {
    split(line, note, "\\t")
    if (note[1] == "irregular") irregular++
    if (note[1] == "vanished") vanished++
    if (note[1] == "other") other += note[3]
    if (note[1] == "outside") outside += note[3]
    if (note[1] == "bytes") saved = note[3]
    if (note[1] == "digest") digest = note[3]
    if (note[1] == "broken") broken[note[3]] = 1
    else noted[note[1], note[2]] = 1
  }
  next_row(); next_size(); read_line(); next_file()
  while (more_rows || is_file) {
    if (!is_file || more_rows && (row[1] "") < path) { wrong(absent(row[1] ""), row[2]); next_row() }
    else if (!more_rows || path < row[1] "") { unnamed += count; next_file() }
    else {
      while (more_rows && (row[1] "") == path) {
        attachments += count - 1
        for (i = 1; i <= count; i++) if ((state = judge(sums[i])) != "") wrong(state, row[2])
        next_row()
      }
      next_file()
    }
  }
  printf "{\\"attachments\\":%s,\\"files\\":%s", number(attachments), number(files)
  printf ",\\"bytes\\":%s,\\"digest\\":\\"%s\\"", number(measured ? total : saved), digest
  printf ",\\"unnamed\\":%s,\\"other\\":%s", number(unnamed), number(other)
  printf ",\\"vanished\\":%s,\\"irregular\\":%s", number(vanished), number(irregular)
  printf ",\\"outside\\":%s,\\"broken\\":[", number(outside)
  comma = ""
  for (name in broken) { printf "%s\\"%s\\"", comma, name; comma = "," }
  printf "],\\"wrong\\":{"
  comma = ""
  for (state in wrongs) {
    printf "%s\\"%s\\":{\\"count\\":%s,\\"ids\\":[", comma, state, number(wrongs[state])
    for (i = 1; i <= wrongs[state] && i <= ${SHOWN_IDS}; i++) printf "%s%s", (i > 1 ? "," : ""), ids[state, i]
    printf "]}"
    comma = ","
  }
  print "}}"
}`;

/**
 * Judges what was read into the work folder (`held`, `measured` and `notes`). `askRows` must write the rows there. Nothing is
 * written to the database: it is production, which is only read.
 */
export function compareFiles(work: string, askRows: Program): Program {
  const steps = `
    export LC_ALL=C
    work=$1
    shift
    "$@" || exit
    sort -k 2 "$work/held" > "$work/held.sorted" || exit
    sort -k 2 "$work/measured" > "$work/measured.sorted" || exit
    awk -v "rows=$work/${ROWS_FILE}" -v "held=$work/held.sorted" -v "sizes=$work/measured.sorted" -v "notes=$work/notes" '${COMPARE}'`;
  return { ...shellScript(steps, [work, ...askRows.argv]), env: askRows.env };
}

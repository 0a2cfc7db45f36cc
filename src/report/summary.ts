import type { Check } from "../checks/check.ts";
import type { Explanation } from "../failure.ts";
import { formatBytes } from "./bytes.ts";
import { counted, formatCount } from "./count.ts";
import { formatDuration } from "./duration.ts";
import { code, prose, table } from "./markdown.ts";
import { formatMoment } from "./moment.ts";
import type { Report } from "./report.ts";
import { type ComparedTable, compareTables, differentOnes } from "./tables.ts";
import { bar, chronological } from "./timeline.ts";
import { headline, sentences, troubles } from "./verdict.ts";

/** GitHub refuses a step's summary of more than 1 MiB; the list of tables, the one part that grows, gets half of it. */
const TABLES_BYTES = 512 * 1024;
const BAR_WIDTH = 24;

const SIGNS = { passed: "✅", failed: "❌", "not-run": "⚠️" } as const;
const SWITCHED_OFF = "➖";

/** Given a report, return its job summary as Markdown: the verdict, what to do, then the evidence. */
export function renderSummary(report: Report): string {
  return page([
    `## ${SIGNS[report.verdict]} ${prose(headline(report))}`,
    prose(sentences(report).join("\n")),
    whatToDo(report),
    facts(report),
    checks(report.checks),
    timeline(report),
    tables(report),
    notChecked(report),
  ]);
}

/** Given why a run ended before there could be a report, return its job summary as Markdown. */
export function renderFailure({ what, why, state, next }: Explanation): string {
  const [title = "", ...rest] = what.split("\n");
  return page([
    `## ${SIGNS.failed} ${prose(title)}`,
    prose(rest.join("\n")),
    why && `**Why:** ${prose(why)}`,
    state && `**State:** ${prose(state)}`,
    next && `**Next:** ${prose(next)}`,
  ]);
}

function page(sections: readonly (string | undefined)[]): string {
  return `${sections.filter(Boolean).join("\n\n")}\n`;
}

function whatToDo(report: Report): string {
  const items = troubles(report.checks).map(
    ({ name, status, message, next }) =>
      `- ${SIGNS[status]} **${prose(name)}:** ${prose(message)}${next ? `<br>**Next:** ${prose(next)}` : ""}`,
  );
  return items.length === 0 ? "" : `### What to do\n\n${items.join("\n")}`;
}

function facts({ backup, deployment, postgis, partners }: Report): string {
  if (!backup) return "";
  const rows: (readonly [string, string] | undefined)[] = [
    ["Taken", prose(formatMoment(backup.takenAt))],
    ["Size", formatBytes(backup.bytes)],
    backup.sha256 === undefined ? undefined : ["SHA-256", code(backup.sha256)],
    ["Manifest", backup.manifest ? "yes" : "no: the content cannot be proven"],
    ["Policy", prose(deployment.policy)],
    deployment.postgresql === undefined ? undefined : ["PostgreSQL", prose(deployment.postgresql)],
    postgis === undefined ? undefined : [code("PostGIS_Version()"), code(postgis)],
    partners === undefined ? undefined : [`Rows of ${code("res_partner")}`, formatCount(partners)],
  ];
  return table(
    ["Backup", code(backup.name)],
    rows.filter((row) => row !== undefined),
  );
}

function checks(all: readonly Check[]): string {
  const rank = { failed: 0, "not-run": 1, passed: 2 };
  const rows = [...all]
    .sort((a, b) => rank[a.status] - rank[b.status])
    .map(({ name, status, message, switchedOff }) => [
      switchedOff ? SWITCHED_OFF : SIGNS[status],
      prose(name),
      prose(message),
    ]);
  return `### Checks\n\n${table(["", "Check", "Result"], rows)}`;
}

function timeline({ phases, seconds }: Report): string {
  const rows = chronological(phases).map((phase) => [
    prose(phase.name),
    formatDuration(phase.seconds),
    code(bar(phase, seconds, BAR_WIDTH)),
  ]);
  if (rows.length === 0) return "";
  return `### Timeline: ${formatDuration(seconds)}\n\n${table(["Phase", "Took:", "When"], rows)}`;
}

function tables({ tables: all }: Report): string {
  if (all.length === 0) return "";
  const compared = compareTables(all);
  const differing = differentOnes(compared).length;
  const rows = withinBytes(compared.map(tableRow), TABLES_BYTES);
  const left = all.length - rows.length;
  const title = `${counted(all.length, "table")}${differing > 0 ? `, ${formatCount(differing)} different` : ""}`;
  return [
    `<details${differing > 0 ? " open" : ""}><summary>${title}</summary>`,
    table(["Table", "Rows expected:", "Rows restored:", "Content"], rows),
    ...(left > 0
      ? [`${counted(left, "more table")} in ${code("report.json")}: a summary has room for 1 MiB.`]
      : []),
    "</details>",
  ].join("\n\n");
}

function tableRow({ schema, name, rows, hash, comparison }: ComparedTable): readonly string[] {
  return [
    code(schema === "public" ? name : `${schema}.${name}`),
    formatCount(rows.expected),
    rows.restored === null ? "–" : formatCount(rows.restored),
    comparison === "different"
      ? `❌ ${code(hash.expected)} became ${hash.restored === null ? "nothing" : code(hash.restored)}`
      : comparison,
  ];
}

function withinBytes(
  rows: readonly (readonly string[])[],
  limit: number,
): readonly (readonly string[])[] {
  let used = 0;
  const end = rows.findIndex((cells) => {
    used += Buffer.byteLength(cells.join(" | ")) + 5;
    return used > limit;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

function notChecked({ checks: all, backup }: Report): string {
  const items = [
    ...all
      .filter(({ switchedOff }) => switchedOff)
      .map(({ name }) => `${prose(name)}: switched off in ${code("skip-checks")}`),
    ...((backup?.manifest ?? true)
      ? []
      : [
          "the content of each table: this backup has no manifest, only row counts can be compared",
        ]),
  ];
  return items.length === 0
    ? ""
    : `### Not checked\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}

import { counted, formatCount } from "../../words/count.ts";
import { type ComparedTable, compareTables, differentTables } from "../compared-tables.ts";
import type { Report } from "../report-schema.ts";
import { code, html, type Markup } from "./markup.ts";

/** A print has two pages. The other rows are in the file, and the print says so. */
const ROWS_ON_PAPER = 12;

/** Every table with its rows and its hash, different ones first. */
export function tables({ tables: all }: Report): Markup | undefined {
  if (all.length === 0) return undefined;
  const compared = compareTables(all);
  const different = differentTables(compared).length;
  const left = all.length - ROWS_ON_PAPER;
  return html`<section class="tables">
<h2>Tables <small>${counted(all.length, "table")}${different > 0 && html`, ${formatCount(different)} different`}</small></h2>
<p class="search" hidden><label for="search">Find a table</label> <input id="search" type="search" autocomplete="off" spellcheck="false"> <output for="search"></output></p>
<table>
<thead><tr><th scope="col">Table</th><th scope="col" class="number">Rows</th><th scope="col">Hash of the content</th><th scope="col">Result</th></tr></thead>
<tbody>${compared.map(row)}</tbody>
</table>
${left > 0 && html`<p class="paper">${counted(left, "more table")}${different > ROWS_ON_PAPER && html`, ${formatCount(different - ROWS_ON_PAPER)} of them different`}: in the file that this was printed from.</p>`}
</section>`;
}

function row({ schema, name, rows, hash, comparison }: ComparedTable, index: number): Markup {
  const missing = comparison === "different" && rows.restored === null;
  const shown = schema === "public" ? name : `${schema}.${name}`;
  return html`<tr class="${comparison}${index >= ROWS_ON_PAPER && " screen"}"><th scope="row">${code(shown)}</th><td class="number">${
    missing || comparison !== "different" || rows.restored === rows.expected
      ? formatCount(rows.expected)
      : html`${formatCount(rows.restored ?? 0)} instead of ${formatCount(rows.expected)}`
  }</td><td>${
    missing || comparison !== "different" || hash.restored === hash.expected
      ? code(hash.expected)
      : html`${code(hash.restored ?? "")} instead of ${code(hash.expected)}`
  }</td><td>${missing ? "missing" : comparison}</td></tr>
`;
}

/** The page's one script: it searches the tables by name. The page is complete without it. */
export const SEARCH = `
const field = document.querySelector("#search");
if (field) {
  const rows = [...document.querySelectorAll(".tables tbody tr")];
  const names = rows.map((row) => row.cells[0].textContent.toLowerCase());
  const found = document.querySelector(".tables output");
  field.closest(".search").hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\\s+/);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !words.every((word) => names[index].includes(word));
      if (!row.hidden) shown += 1;
    });
    found.value = field.value === "" ? "" : shown + " of " + rows.length;
  });
}
`;

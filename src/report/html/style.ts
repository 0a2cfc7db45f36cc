/** The one accent is the verdict's colour. Everything else is ink on paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fdfcfa; --ink: #1d2125; --quiet: #5c6369; --line: #dedbd5;
  --passed: #17694a; --failed: #b3261e; --not-run: #8a5300;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181b; --ink: #e6e4df; --quiet: #a0a6ab; --line: #353a3f;
    --passed: #6cc8a0; --failed: #ff8f85; --not-run: #e8b35c;
  }
}
body.passed { --accent: var(--passed); }
body.failed { --accent: var(--failed); }
body.not-run { --accent: var(--not-run); }
body.neutral { --accent: var(--ink); }
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%;
}
main, footer { max-width: 47rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-top: 3.5rem; }
section { margin-top: 3.25rem; }
h1, h2, h3, .lead, .figures strong { text-wrap: pretty; }
h1, .figures strong { font-family: ui-serif, Charter, "Iowan Old Style", "Palatino Linotype", Georgia, serif; font-weight: 600; }
h1 { font-size: clamp(2rem, 6vw, 3rem); line-height: 1.12; margin: 0 0 1.25rem; color: var(--accent); letter-spacing: -0.012em; }
h2 { font-size: 1.05rem; line-height: 1.3; margin: 0 0 0.9rem; padding-bottom: 0.45rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
h2 small, h3 small, figcaption small { font-size: inherit; font-weight: 400; color: var(--quiet); margin-left: 0.4em; }
p { margin: 0 0 0.6rem; }
small { font-size: 0.875rem; }
code { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, monospace; font-size: 0.875em; overflow-wrap: anywhere; }
header > p:first-child { color: var(--quiet); font-size: 0.9rem; margin-bottom: 1.5rem; }
header time { margin-left: 0.75em; }
.lead { font-size: 1.0625rem; max-width: 40rem; overflow-wrap: break-word; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(12.5rem, 1fr)); gap: 1.75rem 2.25rem; margin: 2.5rem 0 0; }
.figures dt { color: var(--quiet); font-size: 0.875rem; }
.figures dd { margin: 0; }
.figures strong { display: block; font-size: 1.6rem; line-height: 1.35; }
.figures small { color: var(--quiet); display: block; }
.bullet { display: block; width: 100%; height: 0.6rem; margin: 0.1rem 0 0.3rem; }
.bullet .track { fill: var(--line); }
.bullet .bar { fill: var(--accent); }
.bullet.late .bar { fill: var(--failed); }
.bullet .mark { fill: var(--ink); }
.standings dt::first-letter { text-transform: uppercase; }
.standings .age:empty { display: none; }
.standings div { --state: var(--passed); }
.standings div:not([data-good]), .standings .late { --state: var(--quiet); }
.standings .lost { --state: var(--failed); }
.standings strong { color: var(--state); }
.runs .passed td:nth-child(3) { color: var(--passed); }
.runs .failed td:nth-child(3) { color: var(--failed); }
.runs .not-run td:nth-child(3) { color: var(--not-run); }
a { color: inherit; text-underline-offset: 0.15em; }
.todo article { border-left: 3px solid var(--quiet); padding: 0.1rem 0 0.1rem 1rem; margin: 1.1rem 0; overflow-wrap: anywhere; }
.todo .failed { border-color: var(--failed); }
.todo .not-run { border-color: var(--not-run); }
.todo p { margin: 0.25rem 0 0; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; line-height: 1.45; }
th, td { text-align: left; vertical-align: baseline; padding: 0.45rem 1rem 0.45rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th:last-child, td:last-child { padding-right: 0; }
thead th { color: var(--quiet); font-weight: 400; font-size: 0.8125rem; white-space: nowrap; }
tbody th { font-weight: 500; }
.number { text-align: right; overflow-wrap: normal; }
.checks th { width: 9rem; }
.checks td:nth-child(2) { width: 6.5rem; white-space: nowrap; }
.checks .passed td:nth-child(2) { color: var(--passed); }
.checks .failed td:nth-child(2), .tables .different td { color: var(--failed); }
.checks .not-run td:nth-child(2) { color: var(--not-run); }
.checks .off { color: var(--quiet); }
.tables th code { font-size: 0.85rem; }
.tables td:last-child { white-space: nowrap; }
.tables .equal td:last-child, .tables .recorded td:last-child { color: var(--quiet); }
.unseen { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
ul { margin: 0; padding-left: 1.2rem; }
.search { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; margin: 0 0 0.75rem; }
.search[hidden] { display: none; }
.search label, .search output { color: var(--quiet); font-size: 0.875rem; }
input { font: inherit; color: inherit; background: transparent; border: 1px solid var(--quiet); border-radius: 4px; padding: 0.3rem 0.6rem; flex: 1 1 12rem; max-width: 22rem; min-width: 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.chart { display: block; max-width: 100%; height: auto; overflow: visible; font-family: inherit; font-size: 11.5px; font-variant-numeric: tabular-nums; }
.chart text { white-space: pre; }
.narrow { display: none; }
.trends > div { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(12.5rem, 100%), 1fr)); gap: 1.75rem 2.25rem; }
figure { margin: 0; break-inside: avoid; display: flex; flex-direction: column; justify-content: space-between; }
figure .chart { width: 100%; max-width: 21rem; }
figcaption { font-size: 0.9rem; line-height: 1.4; margin-bottom: 0.4rem; }
figcaption small { display: block; margin: 0; }
.facts { margin: 0; display: grid; gap: 0.35rem; font-size: 0.9rem; }
.facts div { display: grid; grid-template-columns: 9rem 1fr; gap: 1rem; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; overflow-wrap: anywhere; }
footer { color: var(--quiet); font-size: 0.8125rem; padding-top: 3.5rem; padding-bottom: 3rem; }
.paper { display: none; }
@media (max-width: 40rem) {
  main { padding-top: 2rem; }
  section { margin-top: 2.5rem; }
  header > p:first-child > * { display: block; margin-left: 0; }
  .wide { display: none; }
  .narrow { display: block; }
  .checks tr { display: grid; grid-template-columns: 1fr auto; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  .checks th, .checks td { border: 0; padding: 0; width: auto; }
  .checks td:last-child { grid-column: 1 / -1; }
  .tables thead, .runs thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .runs th, .runs td { border: 0; padding: 0; text-align: left; }
  .runs td:nth-child(3), .runs td:nth-child(4), .runs td:nth-child(6) { text-align: right; }
  .runs tbody tr, .tables tbody tr:not([hidden]) { display: grid; grid-template-columns: 1fr auto; gap: 0 1rem; padding: 0.5rem 0; border-bottom: 1px solid var(--line); }
  .tables th, .tables td { border: 0; padding: 0; }
  .runs td:nth-child(3) { grid-area: 1 / 2; }
  .tables td:nth-child(3) { grid-area: 2 / 1; }
  .tables td:nth-child(4) { grid-area: 2 / 2; text-align: right; }
  .facts div { grid-template-columns: 6.5rem 1fr; gap: 0.5rem; }
}
@media print {
  @page { size: A4; margin: 13mm 15mm; }
  :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #ccc; --passed: #17694a; --failed: #b3261e; --not-run: #8a5300; }
  html { font-size: 8pt; }
  body { line-height: 1.3; }
  table { line-height: 1.3; }
  main, footer { max-width: none; padding: 0; }
  section { margin-top: 4mm; }
  h1 { font-size: 20pt; margin-bottom: 2mm; }
  h2 { font-size: 10pt; margin-bottom: 1.5mm; padding-bottom: 1mm; break-after: avoid; }
  .lead { font-size: 9.5pt; max-width: none; }
  header > p:first-child { font-size: 8.5pt; margin-bottom: 3mm; }
  .figures { margin-top: 4mm; grid-template-columns: repeat(3, 1fr); gap: 6mm; }
  .figures strong { font-size: 14pt; }
  .figures dd { max-width: 45mm; }
  .todo article, tr { break-inside: avoid; }
  figure .chart { max-width: 52mm; }
  th, td { padding-top: 0.5mm; padding-bottom: 0.5mm; }
  .search, .screen, .narrow { display: none; }
  .wide { display: block; }
  .wide .chart { max-width: 125mm; }
  .checks th { width: 26mm; }
  .checks td:nth-child(2) { width: 18mm; }
  .trends > div { grid-template-columns: repeat(3, 1fr); gap: 6mm; }
  .paper { display: block; color: var(--quiet); margin-top: 1mm; }
  .facts { grid-template-columns: 1fr 1fr; gap: 0.5mm 6mm; }
  .facts div { grid-template-columns: 20mm 1fr; gap: 2mm; }
  footer { padding: 5mm 0 0; font-size: 7.5pt; }
  footer p { margin: 0; }
}
`;

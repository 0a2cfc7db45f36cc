import { FAULTS_BY_TOPIC } from "../test/faults/all-faults.ts";
import { VARIATIONS_BY_TOPIC } from "../test/faults/all-variations.ts";

export const FAULTS_PAGE = "docs/design/faults.md";

const INTRODUCTION = `# Faults and healthy variations

A drill may be wrong in two ways. It may pass a database that is not the source's: a false green. It may fail one that is:
a false red. \`npm run test:faults\` tries both on real deployments, under both policies. Its last line counts them, and both
figures must be 0. \`npm test\` takes a tenth of the table, CI takes all of it at night.

- A **fault** is one thing that is wrong. A backup is restored once, each fault is made in a copy of the restored database, and
  the copy is proven. The check that is named must be red.
- A **healthy variation** is one way in which a good database may differ from another. It is made in production, and a whole
  backup and drill follow. Nothing may be red.

The entries are in \`test/faults/broken\` and \`test/faults/healthy\`, a few lines each. This page is written from them by
\`npm run generate\`.

What is left out, and why:

| Left out | Why |
| --- | --- |
| security labels | They need a provider, which the lab does not have. |
| settings of a database and of roles | They are in no dump of one database. |
| statistics of the planner | ANALYZE gathers them again. |
`;

/** The page that lists what `npm run test:faults` tries. */
export function faultsPage(): string {
  const faults = Object.entries(FAULTS_BY_TOPIC).map(([topic, entries]) =>
    section(
      topic,
      ["Fault", "Must turn red"],
      entries.map(({ name, seenBy, policy }) => [worded(name, policy), `\`${seenBy}\``]),
    ),
  );
  const variations = Object.entries(VARIATIONS_BY_TOPIC).map(([topic, entries]) =>
    section(
      topic,
      ["Variation", "Must be"],
      entries.map(({ name, red, policy }) => [
        worded(name, policy),
        red ? `red in \`${red.check}\`, with the advice that helps` : "green",
      ]),
    ),
  );
  return [INTRODUCTION, "## Faults\n", ...faults, "## Healthy variations\n", ...variations].join(
    "\n",
  );
}

function section(
  topic: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
  return `### ${topic}\n\n${lines.join("\n")}\n`;
}

function worded(name: string, policy?: string): string {
  const text = name.replaceAll(/[\\|<>*_`[\]]/g, "\\$&");
  return policy ? `${text} (${policy} policy)` : text;
}

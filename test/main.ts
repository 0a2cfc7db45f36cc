import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import installTools from "./tools.ts";
import { sentence, sum, type Totals, totalsOfCheck, totalsOfTests } from "./totals.ts";

/**
 * `npm test`: every check and every test, or the parts that are named, and the totals of all in the last line. Lab tests
 * mostly wait for their deployments: the parts of the other lane have the processor then, one after the other.
 */

const LANES = [["lab"], ["lint", "types", "unit"]] as const;
type Part = (typeof LANES)[number][number];
const PARTS: readonly Part[] = LANES.flat();

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { shard: { type: "string" } },
});
const unknown = positionals.filter((name) => !PARTS.includes(name as Part));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. The parts are: ${PARTS.join(", ")}.`);
  process.exit(2);
}

await installTools();
const ended: { readonly part: Part; readonly seconds: number; readonly totals: Totals }[] = [];
await Promise.all(LANES.map(runLane));
for (const { part, seconds, totals } of ended) {
  console.log(`${part}: ${sentence(totals)} in ${seconds} s`);
}
const all = sum(ended.map(({ totals }) => totals));
console.log(sentence(all));
process.exitCode = all.failed === 0 ? 0 : 1;

async function runLane(lane: readonly Part[]): Promise<void> {
  for (const part of lane) {
    if (positionals.length > 0 && !positionals.includes(part)) continue;
    const begun = Date.now();
    const isTests = part === "lab" || part === "unit";
    const totals = isTests ? await runTests(part) : await runCheck(part);
    ended.push({ part, totals, seconds: Math.round((Date.now() - begun) / 1000) });
  }
}

/** Its output is printed as a whole, not between the lines of the other lane. */
async function runCheck(script: string): Promise<Totals> {
  const { exitCode, all } = await execa("npm", ["run", "--silent", script], {
    all: true,
    reject: false,
  });
  process.stdout.write(`${all}\n`);
  return totalsOfCheck(exitCode);
}

async function runTests(project: string): Promise<Totals> {
  const folder = await mkdtemp(join(tmpdir(), "openspp-backup-results-"));
  const results = join(folder, "results.json");
  const shard = values.shard === undefined ? [] : ["--shard", values.shard];
  try {
    const { exitCode } = await execa("vitest", ["run", "--project", project, ...shard], {
      preferLocal: true,
      reject: false,
      stdio: ["ignore", "inherit", "inherit"],
      env: { VITEST_RESULTS: results },
    });
    return totalsOfTests(exitCode, await readFile(results, "utf8").catch(() => ""));
  } finally {
    await rm(folder, { recursive: true });
  }
}

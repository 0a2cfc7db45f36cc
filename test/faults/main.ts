import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { execa } from "execa";
import { TITLES } from "./titles.ts";
import { verdictOfTable } from "./verdict-of-table.ts";

/**
 * `npm run test:faults`: every single fault and every healthy variation, or those whose name holds `--only`, under both policies
 * or one. The last line has the totals. It ends with 1 unless every fault was red and everything healthy green.
 */

/** Each entry is printed as soon as it is judged. */
const REPORTERS = ["--reporter", "verbose", "--reporter", "json"];

const { values } = parseArgs({ options: { only: { type: "string" }, policy: { type: "string" } } });
const { only, policy = "" } = values;
if (!["", "strict", "flexible"].includes(policy)) {
  console.error(
    `There is no policy ${policy}. Name \`strict\` or \`flexible\`, or leave it out for both.`,
  );
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), "openspp-backup-faults-"));
const results = join(folder, "results.json");
const named =
  only === undefined ? [] : ["--testNamePattern", only.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")];
try {
  const { exitCode } = await execa(
    "vitest",
    ["run", "--project", "faults", `${policy}.faults`, ...REPORTERS, ...named],
    {
      preferLocal: true,
      reject: false,
      stdio: ["ignore", "inherit", "inherit"],
      env: { VITEST_RESULTS: results },
    },
  );
  const { line, right } = verdictOfTable(await readFile(results, "utf8").catch(() => ""), TITLES);
  console.log(line);
  process.exitCode = right && exitCode === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true });
}

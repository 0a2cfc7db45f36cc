import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/longest-first.ts";

const LAB = ["test/lab/**/*.test.ts", "test/**/*.lab.test.ts"];
/** Restores that are really cut off, at every step and in every way: `npm run test:cuts`. */
const CUTS = ["test/**/*.cuts.test.ts"];
/** Every single fault and every healthy variation of the table in `test/faults`: `npm run test:faults`. */
const FAULTS = ["test/**/*.faults.test.ts"];
const MINUTES = 60_000;
/** The CLI and the actions are started hundreds of times, and Node need not compile them each time. */
const COMPILED = fileURLToPath(new URL("node_modules/.cache/node", import.meta.url));

/** A file that takes the totals, for `npm test`. */
const RESULTS = process.env.VITEST_RESULTS ?? "";

/**
 * `unit` needs nothing but Node. `lab` needs deployment hosts: a test file has its own to itself, and mostly waits for it, so
 * two files run at once. `npm test` runs both at the same time (test/main.ts).
 */
export default defineConfig({
  test: {
    reporters: ["default", ...(RESULTS ? ["json"] : [])],
    outputFile: { json: RESULTS },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/**/*.test.ts"],
          exclude: [...LAB, ...CUTS, ...FAULTS],
          globalSetup: "test/tools.ts",
          // Many wait for a pause or another program, and not for a core; the lab needs some of it meanwhile.
          maxWorkers: 3,
          testTimeout: MINUTES,
          hookTimeout: 60_000,
          env: { NODE_COMPILE_CACHE: COMPILED },
        },
      },
      {
        test: {
          name: "lab",
          include: LAB,
          globalSetup: ["test/tools.ts", "test/lab/shared-teardown.ts"],
          setupFiles: "test/lab/pause-shared.ts",
          env: { NODE_COMPILE_CACHE: COMPILED },
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 10 * MINUTES,
          hookTimeout: 20 * MINUTES,
        },
      },
      {
        test: {
          name: "cuts",
          include: CUTS,
          globalSetup: ["test/tools.ts", "test/lab/shared-teardown.ts"],
          setupFiles: "test/lab/pause-shared.ts",
          env: { NODE_COMPILE_CACHE: COMPILED },
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 10 * MINUTES,
          hookTimeout: 20 * MINUTES,
        },
      },
      {
        test: {
          name: "faults",
          include: FAULTS,
          globalSetup: ["test/tools.ts", "test/lab/shared-teardown.ts"],
          setupFiles: "test/lab/pause-shared.ts",
          env: { NODE_COMPILE_CACHE: COMPILED },
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
          testTimeout: 10 * MINUTES,
          hookTimeout: 20 * MINUTES,
        },
      },
    ],
  },
});

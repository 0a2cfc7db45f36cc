import { defineConfig, type RolldownPlugin } from "rolldown";
import { licenceOf } from "./generate/licences.ts";

/**
 * Optional natives (ssh2's own crypto, cpu-features, pg-native, pg-cloudflare) become a module that
 * throws as a missing one does, so that the libraries' own fallbacks run.
 */
const withoutNatives: RolldownPlugin = {
  name: "without-natives",
  resolveId: {
    filter: { id: [/\.node$/, /^cpu-features$/, /^pg-native$/, /^pg-cloudflare$/] },
    handler: () => "\0absent-native",
  },
  load: {
    filter: { id: /^\0absent-native$/ },
    handler: () => ({
      code: 'throw Object.assign(new Error("left out of the bundle"), { code: "MODULE_NOT_FOUND" });',
      moduleType: "js",
      moduleSideEffects: true,
    }),
  },
};

/** Whoever hands on a bundle hands on other people's work: their licences go with it. */
const withLicences: RolldownPlugin = {
  name: "with-licences",
  generateBundle(_, bundle) {
    const modules = Object.values(bundle).flatMap((file) =>
      file.type === "chunk" ? file.moduleIds : [],
    );
    const folders = modules.flatMap(
      (id) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? [],
    );
    const texts = [...new Set(folders)].map(licenceOf).sort();
    const source = `${[...new Set(texts)].join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
    this.emitFile({ type: "asset", fileName: "LICENCES.txt", source });
  },
};

/** One ESM entry for each action, one for their post step and one for the CLI; what they share stands in chunks. */
export default defineConfig({
  input: {
    "actions/main": "src/actions/main.ts",
    "actions/backup": "src/actions/backup.ts",
    "actions/drill": "src/actions/drill.ts",
    "actions/restore": "src/actions/restore.ts",
    "actions/sync": "src/actions/sync.ts",
    "actions/monitor": "src/actions/monitor.ts",
    "actions/post": "src/actions/post.ts",
    "actions/report": "src/actions/report.ts",
    "cli/main": "src/cli/main.ts",
  },
  platform: "node",
  plugins: [withoutNatives, withLicences],
  treeshake: {
    // @actions/core loads an HTTP client for tokens that we never ask for: 80 ms of every start.
    moduleSideEffects: (id) => !/node_modules\/@actions\/(core|exec|io|http-client)\//.test(id),
  },
  output: {
    dir: "dist",
    format: "esm",
    cleanDir: true,
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name].js",
    comments: { legal: true },
  },
});

import { defineConfig, type RolldownPlugin } from "rolldown";

const ABSENT = "\0absent-native";

/**
 * Optional natives (ssh2's own crypto, cpu-features, pg-native, pg-cloudflare) become a module that
 * throws as a missing one does, so that the libraries' own fallbacks run.
 */
const withoutNatives: RolldownPlugin = {
  name: "without-natives",
  resolveId: {
    filter: { id: [/\.node$/, /^cpu-features$/, /^pg-native$/, /^pg-cloudflare$/] },
    handler: () => ABSENT,
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

/** One ESM entry for each action, one for their post step and one for the CLI; what they share stands in chunks. */
export default defineConfig({
  input: {
    "actions/main": "src/actions/main.ts",
    "actions/backup": "src/actions/backup.ts",
    "actions/drill": "src/actions/drill.ts",
    "actions/post": "src/actions/post.ts",
    "cli/main": "src/cli/main.ts",
  },
  platform: "node",
  plugins: [withoutNatives],
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

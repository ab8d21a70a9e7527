// Builds the studio into the Python package, with hashes of its sources and of what was built, which a test compares (no Node is
// needed there).
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { defineConfig } from "vite";

const out = "../src/dramatis/service/studio";
const sources = () => ["index.html", "package-lock.json", "vite.config.js", ...readdirSync("src").map((name) => `src/${name}`)].sort();

const built = () => readdirSync(out).filter((name) => name !== "sources.txt").sort();

function hash(folder, names) {
  const all = createHash("sha256");
  for (const name of names) all.update(name).update("\0").update(readFileSync(`${folder}/${name}`)).update("\0");
  return all.digest("hex");
}

export default defineConfig({
  base: "/studio/",
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "inline" },
  build: {
    outDir: out,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { output: { entryFileNames: "studio.js", assetFileNames: "studio[extname]", chunkFileNames: "[name].js" } },
  },
  plugins: [{ name: "sources", closeBundle: () => writeFileSync(`${out}/sources.txt`, `${hash(".", sources())}\n${hash(out, built())}\n`) }],
});

// Builds the studio into the Python package, with a hash of its sources, which a test compares (no Node is needed there).
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { defineConfig } from "vite";

const out = "../src/dramatis/service/studio";
const sources = () => ["index.html", "package-lock.json", "vite.config.js", ...readdirSync("src").map((name) => `src/${name}`)].sort();

function hash() {
  const all = createHash("sha256");
  for (const name of sources()) all.update(name).update("\0").update(readFileSync(name)).update("\0");
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
  plugins: [{ name: "sources", closeBundle: () => writeFileSync(`${out}/sources.txt`, `${hash()}\n`) }],
});

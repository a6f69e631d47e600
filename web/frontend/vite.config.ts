import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, parse } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

const ENTRIES = join(import.meta.dirname, "src", "entries");
const TEXT = /\.(js|css|svg)$/;
const WORTH_COMPRESSING = 1024;

/** Every file of src/entries is one bundle, named after the file. */
function entries(): Record<string, string> {
  return Object.fromEntries(readdirSync(ENTRIES).map((file) => [parse(file).name, join(ENTRIES, file)]));
}

/** Lays a .br and a .gz beside each text file, so that the server never compresses. */
function compressed(): Plugin {
  return {
    name: "compressed",
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => TEXT.test(file))) {
        const path = join(dir ?? "", name);
        const content = readFileSync(path);
        if (content.length < WORTH_COMPRESSING) continue;
        writeFileSync(`${path}.br`, brotliCompressSync(content));
        writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}

/** The editor of form-js pins an older preact than its viewer is given; drawn together they must share one. */
function onePreactForForms(): Plugin {
  const editor = join(import.meta.dirname, "node_modules/@bpmn-io/form-js-editor/dist/index.es.js");
  return {
    name: "one-preact-for-forms",
    enforce: "pre",
    resolveId(source, importer) {
      if (!/^preact(\/|$)/.test(source) || !importer?.includes("@bpmn-io/form-js-")) return null;
      return this.resolve(source, editor, { skipSelf: true });
    },
  };
}

export default defineConfig({
  base: "./",
  publicDir: false,
  plugins: [compressed(), onePreactForForms()],
  build: {
    outDir: "../static/built",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700, // kB; the charts, loaded only when one comes into view
    target: "es2022",
    rolldownOptions: { input: entries() },
  },
});

// The build: fixed file names, no dates, nothing from outside; two builds are byte-identical.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { defineConfig, type Plugin } from "vite";

const HERE = import.meta.dirname ?? resolve(".");
const SOURCES = ["index.html", "package.json", "package-lock.json", "public", "src", "tsconfig.json", "vite.config.ts"];

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).flatMap((name) => filesUnder(join(path, name)));
}

function digests(root: string, paths: string[]): [string, string][] {
  const entries = paths.map((p): [string, string] => [relative(root, p).split(sep).join("/"), sha256(readFileSync(p))]);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Ties the output to its sources; `bot/workbench/page_check.py` computes the same. */
function buildRecord(): Plugin {
  return {
    name: "build-record",
    closeBundle() {
      const out = join(HERE, "dist");
      const sources = digests(HERE, SOURCES.flatMap((s) => filesUnder(join(HERE, s))));
      const files = digests(out, filesUnder(out)).filter(([name]) => name !== "build.json");
      const record = {
        sources: sha256(sources.map(([name, sum]) => `${name}\0${sum}\n`).join("")),
        files: Object.fromEntries(files),
      };
      writeFileSync(join(out, "build.json"), JSON.stringify(record, null, 2) + "\n");
    },
  };
}

/** Names every package whose code is in the bundle, with its licence text. */
function thirdParty(): Plugin {
  return {
    name: "third-party",
    generateBundle(_options, bundle) {
      const roots = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.type === "chunk" ? chunk.moduleIds : []) {
          const found = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id.replace(/^\0/, ""));
          if (found) roots.add(found[0]);
        }
      }
      const notices = [...roots].sort().map((root) => {
        const about = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
        const licence = readdirSync(root).find((name) => /^licen[cs]e/i.test(name));
        const text = licence ? readFileSync(join(root, licence), "utf8").trim() : "";
        return `${about.name} ${about.version}\nLicence: ${about.license}\n\n${text}\n`;
      });
      const head = "Code of others in this page. Everything else is Firstcheck's own.\n";
      this.emitFile({ type: "asset", fileName: "THIRD-PARTY.txt", source: [head, ...notices].join(`\n${"-".repeat(72)}\n\n`) });
    },
  };
}

export default defineConfig({
  plugins: [thirdParty(), buildRecord()],
  build: {
    target: "es2022",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        entryFileNames: "assets/workbench.js",
        chunkFileNames: "assets/[name].js",
        assetFileNames: "assets/workbench[extname]",
      },
    },
  },
});

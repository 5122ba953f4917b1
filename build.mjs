// Bundles the front end into bihuan/static/dist. Run by `python3 dev.py`, or by hand: npm ci && npm run build.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const SOURCE = "bihuan/static/src";
const BUNDLES = "bihuan/static/dist";

await rm(BUNDLES, { recursive: true, force: true });
await mkdir(BUNDLES, { recursive: true });
await build({
  entryPoints: [`${SOURCE}/app.js`, `${SOURCE}/charts.js`],
  outdir: BUNDLES,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["chrome100", "firefox100", "safari15.4"],
  loader: { ".woff2": "file", ".png": "file", ".svg": "file" },
  legalComments: "linked",
  logLevel: "warning",
});

// The static file middleware serves a .gz that stands beside a file to whoever accepts it.
for (const name of await readdir(BUNDLES)) {
  if (/\.(js|css|svg)$/.test(name)) {
    await writeFile(`${BUNDLES}/${name}.gz`, gzipSync(await readFile(`${BUNDLES}/${name}`), { level: 9 }));
  }
}

// Bundles the look: one style sheet, one font, two scripts, the pictures. Called by build.py, which
// knows the target folder and whether anything changed. Prints the bytes of each file.
//
// usage: node bundle.mjs TARGET TEST_ASSETS
import { createRequire } from "node:module";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { bundleAsync, transform } from "lightningcss";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const [target, testAssets] = process.argv.slice(2).map((path) => resolve(path));

// Two years of browsers; a version is major << 16.
const targets = { chrome: 115 << 16, firefox: 115 << 16, safari: (16 << 16) | (4 << 8) };
const COMPRESSED = new Set([".css", ".js", ".svg"]); // a woff2 is compressed already
const LIMIT = 150_000; // bytes of a page with everything, over the wire

/** Theme files are relative; anything else is a package of NL Design System. */
function resolveImport(specifier, from) {
  return specifier.startsWith(".") ? resolve(dirname(from), specifier) : join(modules, specifier);
}

/**
 * The names of custom properties in `css` that nothing reads. A property is read when a declaration
 * that is not itself an unread property mentions it; the voorbeeld theme brings some 2,800 and we read 600.
 */
function unreadProperties(css) {
  const mentions = (text) => [...text.matchAll(/var\(\s*(--[\w-]+)/g)].map((match) => match[1]);
  const definitions = new Map();
  const rest = css.replace(/(?<=[{;\s])(--[\w-]+)\s*:\s*([^;}]*)/g, (_, name, value) => {
    definitions.set(name, [...(definitions.get(name) ?? []), ...mentions(value)]);
    return "";
  });
  const read = new Set();
  const queue = mentions(rest);
  while (queue.length) {
    const name = queue.pop();
    if (read.has(name)) continue;
    read.add(name);
    queue.push(...(definitions.get(name) ?? []));
  }
  return [...definitions.keys()].filter((name) => !read.has(name));
}

async function styles() {
  const bundled = await bundleAsync({
    filename: join(here, "theme/index.css"),
    resolver: { read: (path) => readFileSync(path, "utf8"), resolve: resolveImport },
    targets,
  });
  // Pictures as data: URLs would be refused by our content security policy; ours stand in files.
  const css = bundled.code.toString().replace(/url\("data:[^"]*"\)/g, "none");
  const lean = transform({
    filename: "doorleren.css",
    code: Buffer.from(css),
    unusedSymbols: unreadProperties(css),
    minify: true,
    targets,
  });
  return lean.code;
}

function write(name, bytes) {
  writeFileSync(join(target, name), bytes);
  if (!COMPRESSED.has(extname(name))) return bytes.length;
  const gzip = gzipSync(bytes, { level: 9 });
  const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  writeFileSync(join(target, `${name}.gz`), gzip);
  writeFileSync(join(target, `${name}.br`), brotli);
  return gzip.length; // the larger of the two is what we count
}

rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });
const files = {
  "doorleren.css": await styles(),
  "noto-sans-latin.woff2": readFileSync(
    join(modules, "@fontsource-variable/noto-sans/files/noto-sans-latin-wght-normal.woff2"),
  ),
  "htmx.js": readFileSync(join(modules, "htmx.org/dist/htmx.min.js")),
  "doorleren.js": readFileSync(join(here, "script/doorleren.js")),
  "submit.js": readFileSync(join(here, "script/submit.js")),
  "evidence.js": readFileSync(join(here, "script/evidence.js")),
  "waiting.js": readFileSync(join(here, "script/waiting.js")),
  "score.js": readFileSync(join(here, "script/score.js")),
};
for (const name of readdirSync(join(here, "images")).sort()) {
  files[name] = readFileSync(join(here, "images", name));
}
let total = 0;
for (const [name, bytes] of Object.entries(files)) {
  const sent = write(name, Buffer.from(bytes));
  total += sent;
  console.log(`  ${name.padEnd(24)} ${String(bytes.length).padStart(7)} bytes, ${String(sent).padStart(6)} sent`);
}
console.log(`  ${"together".padEnd(24)} ${String(total).padStart(29)} sent (limit ${LIMIT}, page text included)`);
if (total > LIMIT) process.exit(1);

mkdirSync(testAssets, { recursive: true });
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
copyFileSync(axe, join(testAssets, "axe.min.js"));
console.log(`  axe.min.js (tests only)  ${statSync(axe).size} bytes`);

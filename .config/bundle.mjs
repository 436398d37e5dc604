/**
 * Bundles the command line into `.build/cli`: a hundred files of ours and hundreds of our libraries' become a few, which
 * `launch.js` loads. Packages with parts that are no JavaScript stay as they are installed.
 */
import { createHash } from "node:crypto";
import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = `${root}.build/cli`;
/** Bundled beside and renamed, so that a command that begins meanwhile finds the one or the other. */
const dir = `${target}.${process.pid}`;

/** What is run, and how: the first word of each line is the file. */
const starts = {
  main: '#!/usr/bin/env node\nrequire("./launch.js").launch("command-line");\n',
  "batch-worker": 'require("./launch.js").launch("building");\n',
  "draw-thread":
    'const { exports: side, keep } = require("./launch.js").launch("drawing");\nside.begin(keep);\n',
};

/** Places in sharp where it looks for what lies beside it. */
let found = 0;

/** The binaries of sharp lie beside sharp, wherever our own files are. */
const sharpAtHome = {
  name: "sharp-at-home",
  transform(code, id) {
    if (!/[\\/]sharp[\\/]dist[\\/]\w+\.mjs$/.test(id)) return undefined;
    const here = "createRequire(import.meta.url)";
    found += code.split(here).length - 1;
    return code.replaceAll(here, `createRequire(${here}.resolve("sharp"))`);
  },
};

/** What libraries would load and never use here: one to start programs by their names, one to fetch pictures. */
const unused = [
  ["node:child_process", /[\\/]commander[\\/]/],
  ["node:https", /[\\/]pptxgenjs[\\/]/],
];
const leaveOutUnused = {
  name: "leave-out-unused",
  resolveId: (id, importer = "") =>
    unused.some(([name, from]) => id === name && from.test(importer)) ? "\0unused" : undefined,
  load: (id) => (id === "\0unused" ? "export default {};" : undefined),
};

/** What sharp loads to start programs, where files do not say on what system it runs. */
const seldom = {
  id: "node:child_process",
  from: /[\\/](?:sharp|detect-libc)[\\/]/,
  names: ["exec", "execSync", "spawnSync"],
};
const loadSeldom = {
  name: "load-when-called",
  resolveId: (id, importer = "") =>
    id.replace(/^(?:node:)?/, "node:") === seldom.id && seldom.from.test(importer) ? "\0seldom" : undefined,
  load: (id) => {
    if (id !== "\0seldom") return undefined;
    const called = (name) => `export const ${name} = (...all) => require("${seldom.id}").${name}(...all);`;
    return `${seldom.names.map(called).join("\n")}\nexport default { ${seldom.names.join(", ")} };`;
  },
};

/** Files that Node itself loads. */
const plain = "plain-import";
const keepPlain = {
  name: "keep-plain",
  resolveId: (id) => (id.endsWith(`/${plain}.ts`) ? { id: `./${plain}.js`, external: true } : undefined),
};

async function bundle(
  input,
  {
    codeSplitting = false,
    dynamicImportInCjs = false,
    plugins = [keepPlain, sharpAtHome, leaveOutUnused, loadSeldom],
  } = {},
) {
  const built = await rolldown({
    cwd: root,
    input,
    platform: "node",
    resolve: {
      alias: {
        // The build for Node waits for a canvas to load, which we have none of.
        "vega-canvas": `${root}node_modules/vega-canvas/build/vega-canvas.browser.js`,
        // The build for Node gets threads ready that nobody asks for.
        fflate: `${root}node_modules/fflate/esm/browser.js`,
        // What PptxGenJS writes is read again at once, for which this one is quicker.
        jszip: `${root}src/writers/package/raw-zip.ts`,
      },
    },
    plugins,
    logLevel: "warn",
  });
  const { output } = await built.write({
    dir,
    format: "cjs",
    codeSplitting,
    dynamicImportInCjs,
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    // A third less to read at each start; names stay as they are.
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
  });
  return output;
}

const sides = {
  "command-line": "src/cli/main.ts",
  building: "src/cli/batch-worker.ts",
  drawing: "src/cli/draw-thread.ts",
};
const output = [
  ...(await bundle(sides, { codeSplitting: true })),
  ...(await bundle({ launch: "src/cli/launch.ts" })),
  ...(await bundle({ [plain]: `src/cli/${plain}.ts` }, { dynamicImportInCjs: true, plugins: [] })),
];
for (const [name, text] of Object.entries(starts)) writeFileSync(`${dir}/${name}.js`, text);
chmodSync(`${dir}/main.js`, 0o755);
writeFileSync(`${dir}/package.json`, '{ "type": "commonjs" }\n');

// What is kept from one run to the next is kept for this code alone.
const sum = createHash("sha256");
for (const chunk of output.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1)))
  sum.update(`${chunk.fileName}\n`).update(chunk.type === "chunk" ? chunk.code : chunk.source);
writeFileSync(`${dir}/code.json`, `${JSON.stringify({ sha256: sum.digest("hex") })}\n`);

if (found !== 2) throw new Error(`sharp looks for its binaries in ${found} places, not in two as before`);

const old = `${dir}.old`;
if (existsSync(target)) renameSync(target, old);
renameSync(dir, target);
rmSync(old, { recursive: true, force: true });

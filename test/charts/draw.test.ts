import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { drawCharts } from "../../src/charts/draw.ts";
import { prepareFonts } from "../../src/charts/fonts.ts";
import { bars, size } from "./sample.ts";

const root = join(import.meta.dirname, "../..");
const cache = mkdtempSync(join(tmpdir(), "charts-"));
/** Compiled sources go where they find the packages. */
const folder = join(root, "node_modules/.cache/sourcedeck-test");
afterAll(() => {
  rmSync(cache, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
});

// Everything at once: fonts are loaded once in a process, and each test has its own texts.
const fonts = (texts: readonly string[]) => prepareFonts(texts, cache, true);
const draw = (...charts: Parameters<typeof drawCharts>[0]) => drawCharts(charts, fonts);
const codes = async (spec: object) =>
  (await draw(size({ ...bars, ...spec }))).problems.map(({ code }) => code);

describe("drawing", () => {
  it("draws a chart into its box, at two pixels for each point", async () => {
    const { value, problems } = await draw(size(bars));
    const chart = value?.get("sample@8x4.6");
    expect(problems).toEqual([]);
    expect([chart?.width, chart?.height]).toEqual([1152, 662]);
    expect(Buffer.from(chart!.png.subarray(1, 4)).toString()).toBe("PNG");
    expect(chart?.texts).toEqual(expect.arrayContaining(["HEADING", "Acme", "Long"]));
  });

  it("does not load anything when there is nothing to draw", async () => {
    const { value } = await drawCharts([], () => Promise.reject(new Error("fonts were asked for")));
    expect(value?.size).toBe(0);
  });

  it("draws the same picture whatever was drawn before and beside", async () => {
    const chart = size(bars);
    const alone = (await draw(chart)).value!.get(chart.key)!;
    const other = size(bars, { width: 5, height: 3 }, "zh");
    const beside = (await draw(other, chart)).value!.get(chart.key)!;
    expect(beside.svg).toBe(alone.svg);
    expect(Buffer.compare(beside.png, alone.png)).toBe(0);
  });

  it("colours regions alike, whichever of them a chart has", async () => {
    const chinese = size({
      ...bars,
      usermeta: { sourcedeck: { select: { metric: "revenue", region: "cn" } } },
    });
    const { svg } = (await draw(chinese)).value!.get(chinese.key)!;
    expect(svg).toContain("#B4232A");
    expect(svg).not.toContain("#1F4E8C");
  });

  it.each([
    [
      "a dropped sort",
      {
        layer: [{ mark: "bar" }, { mark: "tick" }],
        mark: undefined,
        encoding: { ...bars.encoding, y: { field: "name", sort: "-x" } },
      },
    ],
    ["an unknown channel", { encoding: { ...bars.encoding, colour: { field: "region" } } }],
  ])("makes a problem of Vega-Lite's warning about %s", async (_, spec) => {
    expect(await codes(spec)).toContain("chart-not-as-written");
  });

  it("makes a problem of what cannot be compiled or run", async () => {
    expect(await codes({ transform: [{ calculate: "datum.value +", as: "a" }] })).toEqual([
      "chart-not-compiled",
    ]);
  });

  it("finds texts that leave the box or overlap", async () => {
    const wide = { field: "metricName", axis: { title: "A title far too long for any box ".repeat(9) } };
    expect(
      await codes({ encoding: { ...bars.encoding, x: { ...bars.encoding.x, ...wide, field: "value" } } }),
    ).toContain("chart-text-outside");
    const text = { mark: "text", encoding: { x: { value: 50 }, y: { value: 50 }, text: { field: "name" } } };
    expect(await codes(text)).toEqual(["chart-text-overlap"]);
  });

  it("finds characters that no shipped font has", async () => {
    const { value, problems } = await draw(size({ ...bars, title: "Revenue \u{1f600} ഏ" }));
    expect(value).toBeUndefined();
    expect(problems[0]).toMatchObject({ code: "missing-glyphs", found: "ഏ (U+0D0F), \u{1f600} (U+1F600)" });
  });

  it("stops when the fonts cannot be unpacked", async () => {
    const file = join(cache, "file");
    writeFileSync(file, "");
    expect((await prepareFonts(["a"], file)).map(({ code }) => code)).toEqual(["fonts-not-unpacked"]);
  });

  it("breaks a heading where its box ends", () => {
    const heading = (title: string) => size({ ...bars, title }).spec.title;
    expect(heading("i".repeat(60))).toBe("i".repeat(60));
    expect(heading("一".repeat(60))).toHaveLength(2);
  });
});

describe("two processes in two time zones, unpacking the fonts at the same time", () => {
  it("draw the same bytes", { timeout: 60_000 }, async () => {
    mkdirSync(folder, { recursive: true });
    const config = {
      extends: join(root, ".config/tsconfig.build.json"),
      compilerOptions: {
        incremental: false,
        declaration: false,
        tsBuildInfoFile: null,
        rootDir: join(root, "src"),
        outDir: folder,
        noEmit: false,
      },
      include: [],
      files: ["draw.ts", "fonts.ts", "wawoff2.d.ts"].map((file) => join(root, "src/charts", file)),
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", folder]);

    const dated = {
      ...bars,
      encoding: { ...bars.encoding, x: { field: "end", type: "temporal", axis: { format: "%Y-%m-%d" } } },
    };
    const charts = [size(bars), { ...size(dated, undefined, "zh"), key: "dated" }];
    writeFileSync(join(folder, "charts.json"), JSON.stringify(charts));
    writeFileSync(
      join(folder, "run.mjs"),
      `import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { drawCharts } from "./charts/draw.js";
import { prepareFonts } from "./charts/fonts.js";
const charts = JSON.parse(readFileSync(new URL("charts.json", import.meta.url), "utf8"));
const { value, problems } = await drawCharts(charts, (texts) => prepareFonts(texts, process.argv[2]));
if (!value) throw new Error(JSON.stringify(problems));
for (const [key, { png }] of value) console.log(key, createHash("sha256").update(png).digest("hex"));
`,
    );
    const fresh = join(folder, "fonts");
    const [west, east] = await Promise.all(
      ["America/New_York", "Asia/Shanghai"].map((zone) => run(folder, fresh, zone)),
    );
    const here = await draw(...charts);
    const hashes = [...here.value!].map(
      ([key, { png }]) => `${key} ${createHash("sha256").update(png).digest("hex")}\n`,
    );
    expect(west).toBe(hashes.join(""));
    expect(east).toBe(west);
    const [unpacked = ""] = readdirSync(fresh);
    expect(readdirSync(join(fresh, unpacked, "ttf")).filter((name) => !name.endsWith(".ttf"))).toEqual([]);
  });
});

function run(folder: string, fresh: string, zone: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(folder, "run.mjs"), fresh], {
      env: { ...process.env, TZ: zone, FONTCONFIG_FILE: "" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", () => resolve(output));
  });
}

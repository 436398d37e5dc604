import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
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

const fonts = (texts: readonly string[]) => prepareFonts(texts, cache);
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

  it("sets names and values two points larger from seven inches on, and gives styles their own size", async () => {
    const labelled = {
      ...bars,
      layer: [
        { mark: { type: "text", style: "value-label" }, encoding: { text: { field: "label" } } },
        { mark: { type: "text", style: "note-label" }, encoding: { text: { field: "periodName" } } },
      ],
    };
    const { mark: _, ...spec } = labelled;
    const [large, small] = [size(spec, { width: 8, height: 4 }), size(spec, { width: 5.9, height: 4 })];
    const { value } = await draw(large, small);
    const sizes = ({ key }: { key: string }, text: string) =>
      new RegExp(`font-size="(\\d+)px"[^>]*>${text}<`).exec(value!.get(key)!.svg)?.[1];
    expect([sizes(large, "~40"), sizes(small, "~40")]).toEqual(["14", "12"]);
    expect([sizes(large, "2024"), sizes(small, "2024")]).toEqual(["12", "12"]);
  });

  it("draws the sign of what is new small, after a unit that the chart adds", async () => {
    const { mark: _, ...spec } = bars;
    const chart = size(
      {
        ...spec,
        transform: [{ calculate: "datum.label + '×'", as: "times" }],
        layer: [{ mark: "text", encoding: { text: { field: "times" } } }],
      },
      undefined,
      "en",
      "2025-06-08",
    );
    const { svg } = (await draw(chart)).value!.get(chart.key)!;
    expect(svg).toContain('>&gt;0.0206×<tspan font-size="0.6em">◆</tspan><');
    expect(svg).toContain(">12–13×<");
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
    [
      "a scale that does not suit its field",
      { encoding: { ...bars.encoding, y: { field: "name", type: "nominal", scale: { type: "log" } } } },
    ],
  ])("makes a problem of Vega-Lite's warning about %s", async (_, spec) => {
    expect(await codes(spec)).toContain("chart-not-as-written");
  });

  it("makes a problem of what cannot be compiled or run", async () => {
    expect(await codes({ transform: [{ calculate: "datum.value + nowhere", as: "a" }] })).toEqual([
      "chart-not-compiled",
    ]);
  });

  it("makes a problem of a text that doubles without end", async () => {
    const doubled = Array.from({ length: 30 }, () => ({ calculate: "datum.name + datum.name", as: "name" }));
    const sized = size(bars);
    // Whatever has passed the check.
    const { value, problems } = await draw({ ...sized, spec: { ...sized.spec, transform: doubled } });
    expect(value).toBeUndefined();
    expect(problems.map(({ severity }) => severity)).toContain("error");
  });

  it("draws on the theme's ground, whatever the chart has to say of it", async () => {
    const { value } = await draw(size({ ...bars, config: { background: "transparent" } }));
    const [picture] = value?.values() ?? [];
    expect(await sharp(picture?.png).metadata()).toMatchObject({ channels: 3 });
    const { data } = await sharp(picture?.png)
      .extract({ left: 0, top: 0, width: 1, height: 1 })
      .raw()
      .toBuffer({
        resolveWithObject: true,
      });
    expect([...data]).toEqual([255, 255, 255]);
  });

  it("makes a problem of a picture that cannot be rasterised", async () => {
    const sized = size(bars);
    const text = { type: "text", text: "no letter of XML: \u0007" };
    const { value, problems } = await draw({ ...sized, spec: { ...sized.spec, mark: text } });
    expect(value).toBeUndefined();
    expect(problems.map(({ code }) => code)).toContain("chart-not-drawn");
  });

  it("locates a text that does not fit at the layer that draws it", async () => {
    const label = { mark: { type: "text", text: "A text far too long for any box ".repeat(9) } };
    const spec = { ...bars, mark: undefined, layer: [{ mark: "bar" }, label] };
    const { problems } = await draw(size(spec));
    const lines = JSON.stringify(spec, null, 2).split("\n");
    const line = lines.findIndex((text) => text.includes("far too long")) - 2;
    expect(problems[0]).toMatchObject({ code: "chart-text-outside", where: { line, column: 5 } });
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
    const unit = { field: "end", type: "ordinal", timeUnit: "utcyearmonthdate" };
    const named = { field: "end", type: "temporal", axis: { labelExpr: "utcFormat(datum.value, '%b %d')" } };
    const charts = [
      size(bars),
      { ...size(dated, undefined, "zh"), key: "dated" },
      { ...size({ ...bars, encoding: { ...bars.encoding, x: unit } }), key: "unit" },
      { ...size({ ...bars, encoding: { ...bars.encoding, x: named } }), key: "named" },
    ];
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

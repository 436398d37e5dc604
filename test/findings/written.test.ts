import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { agrees } from "../../src/findings/agreement.ts";
import { denominatorsOf, writtenDenominators } from "../../src/findings/denominators.ts";
import { parsePeriod } from "../../src/findings/period.ts";
import { isDateOf } from "../../src/findings/printed-dates.ts";
import { isFault, numerator, parseQuantity, type Quantity } from "../../src/findings/quantity.ts";
import type { Metric, UnitName } from "../../src/findings/store.ts";
import { type Reading, readWritten } from "../../src/findings/written.ts";

const known = new Set(["users", "people", "months", "quarters", "rank", "tokens", "calls", "days", "images"]);

/** A reading in short: kind, bound, number, currency or unit, denominator. */
function short({ kind, bound, low, high, currency, unit, per, vague }: Reading): string {
  const number = vague ? "?" : low.eq(high) ? low.toFixed() : `${low.toFixed()}–${high.toFixed()}`;
  const under = per ? ` / ${per.count.toFixed()} ${per.units.join("|")}` : "";
  return [kind, `${bound ?? ""}${number}`, currency ?? unit].filter(Boolean).join(" ") + under;
}

const read = (written: string): string[] =>
  readWritten(written)
    .numbers.filter(({ implied }) => !implied)
    .map(short);

describe("a written form is read", () => {
  it.each([
    // scales and currencies
    ["301亿", "plain 30100000000"],
    ["324.5億元", "money 32450000000 CNY"],
    ["50 億美元", "money 5000000000 USD"],
    ["10亿美金", "money 1000000000 USD"],
    ["$72亿", "money 7200000000 USD"],
    ["3万亿港元", "money 3000000000000 HKD"],
    ["1.2千亿人民币", "money 120000000000 CNY"],
    ["人民币3亿", "money 300000000 CNY"],
    ["US$7.2 billion", "money 7200000000 USD"],
    ["USD 29bn", "money 29000000000 USD"],
    ["€3.5M", "money 3500000 EUR"],
    ["1,234.5", "plain 1234.5"],
    ["5000 USD", "money 5000 USD"],
    // odd spaces, full-width signs, readings in pinyin
    ["47. 5萬美元", "money 475000 USD"],
    ["３００万元", "money 3000000 CNY"],
    ["５．５％", "percent 5.5"],
    ["三位数(sānwèishù)增长", "digits ≥100"],
    ["連續(xù)七個季度", "duration 7 quarters"],
    // bounds
    ["近3亿", "plain ~300000000"],
    ["超1.5億元", "money >150000000 CNY"],
    ["突破90亿美元", "money >9000000000 USD"],
    ["逾10万家", "count >100000"],
    ["不足10%", "percent <10"],
    ["不到一年半", undefined],
    ["40%以上", "percent ≥40"],
    ["30%左右", "percent ~30"],
    ["至少3800亿", "plain ≥380000000000"],
    ["最高超15%", "percent >15"],
    ["最高每天可盈利47萬", "plain ≤470000"],
    ["不超过5000亿元", "money ≤500000000000 CNY"],
    ["大约为1.6亿", "plain ~160000000"],
    ["30多个", "count >30"],
    ["200余个", "count >200"],
    ["3亿多", "plain >300000000"],
    ["10亿级", "plain ≥1000000000"],
    ["more than 3 million users", "plain >3000000"],
    ["up to 40%", "percent ≤40"],
    ["nearly $5bn", "money ~5000000000 USD"],
    ["最近3款", "count 3"],
    ["节约10亿元", "money 1000000000 CNY"],
    // Chinese numerals
    ["三折", "percent 30"],
    ["七五折", "percent 75"],
    ["三成", "percent 30"],
    ["百分之一", "percent 1"],
    ["百分之二十五", "percent 25"],
    ["四分之一", "percent 25"],
    ["1/4", "percent 25"],
    ["两位数", "digits ≥10"],
    ["个位数", "digits <10"],
    ["七个季度", "duration 7 quarters"],
    ["十季", "duration 10 quarters"],
    ["三到五年", "duration 3–5 years"],
    ["二百三十万元", "money 2300000 CNY"],
    ["一亿二千万美元", "money 120000000 USD"],
    ["近百种", "count ~100"],
    ["上亿美元", "money ≥100000000 USD"],
    ["过亿", "plain >100000000"],
    ["百亿级", "plain ≥10000000000"],
    ["千億級", "plain ≥100000000000"],
    ["千億參數", "plain ≥100000000000"],
    ["数千万元", "money ? CNY"],
    ["十几家", "count ?"],
    ["数十名", "count ?"],
    ["翻倍", "percent 100"],
    ["近三倍", "times ~3"],
    // percent, points, times, ranks
    ["5.36個百分點", "points 5.36"],
    ["2 percentage points", "points 2"],
    ["50 bps", "points 0.5"],
    ["30倍", "times 30"],
    ["1.5x", "times 1.5"],
    ["第12位", "rank 12"],
    ["排名第二", "rank 2"],
    ["跻身前三", "rank ≤3"],
    ["ranked No. 3", "rank 3"],
    // ranges
    ["120-130亿美元", "money 12000000000–13000000000 USD"],
    ["500–600億元", "money 50000000000–60000000000 CNY"],
    ["120亿至130亿元", "money 12000000000–13000000000 CNY"],
    ["$12–13bn", "money 12000000000–13000000000 USD"],
    ["10%-20%", "percent 10–20"],
    // prices
    ["0.0008 元 / 千 Tokens", "money 0.0008 CNY / 1000 tokens"],
    ["0.55美元/百萬輸入tokens", "money 0.55 USD / 1000000 tokens"],
    ["20美元/月", "money 20 USD / 1 months"],
    ["70.55元/股", "money 70.55 CNY / 1 shares"],
    ["3 厘", "money 0.003 CNY"],
    ["$20 per month", "money 20 USD / 1 months"],
  ])("%s", (written, reading) => {
    expect(read(written)).toEqual(reading === undefined ? [] : [reading]);
  });

  it("with each of its numbers", () => {
    expect(read("17天内更新7次")).toEqual(["duration 17 days", "count 7"]);
    expect(read("1元200萬tokens")).toEqual(["money 1 CNY / 2000000 tokens", "count 2000000"]);
    expect(read("从22%到35%")).toEqual(["percent 22", "percent 35"]);
    expect(read("14B和1.3B")).toEqual(["plain 14000000000", "plain 1300000000"]);
  });

  it.each([
    "H100/H200, GPT-4o, QwQ-32B, Qwen3, R1, 5G, 720P",
    "文心大模型4.5系列",
    "一方面，百度、百川与昆仑万维这三件事",
    "第一，第二类，第三梯队，第一季度，前两类",
    "一个，一种，九家公司，两难，几乎，几家，数据，多数",
    "元宝，千问，千帆，万相，零一万物",
    "一成绩，成为，构成",
  ])("and nothing in %s", (text) => {
    expect(read(text)).toEqual([]);
  });

  it("with its dates apart from its numbers", () => {
    const { numbers, dates } = readWritten(
      "2024年12月31日的季度，截至4月底，2010-2015年，2025第一季度，增长13%",
    );
    expect(numbers.filter(({ implied }) => !implied).map(short)).toEqual(["percent 13"]);
    expect(dates.map(({ from, to, ...date }) => date)).toEqual([
      { year: 2024, month: 12, day: 31 },
      { month: 4 },
      { year: 2010, lastYear: 2015 },
      { year: 2025 },
    ]);
  });

  it.each([
    ["2023财年", "FY2023", true],
    ["2月27日", "2025-02-27", true],
    ["2月27日", "2025-02-28", false],
    ["截至4月底", "@2025-04", true],
    ["2024年底", "@2024", true],
    ["2023年", "2024", false],
    ["2010-2015年", "2010..2015", true],
    ["00:30", "2025-02-26", false],
  ])("%s is a date of %s: %s", (written, period, is) => {
    expect(isDateOf(readWritten(written).dates[0]!, parsePeriod(period, 3)!)).toBe(is);
  });

  it("whatever it is, without failing", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(..."0123456789.,%亿万百千十一二三几数分之折成倍元$约超第前年月日到-–/ kMbnR"),
          maxLength: 60,
        }),
        (text) => {
          for (const { from, to, low, high } of readWritten(text).numbers) {
            expect(from).toBeLessThan(to);
            expect(low.lte(high)).toBe(true);
          }
        },
      ),
    );
  });
});

const source = { currency: "CNY" };
const measuresOf: Readonly<Record<string, Metric["measures"]>> = {
  "%": "percent",
  pp: "points",
  x: "ratio",
  users: "count",
  months: "duration",
  rank: "rank",
};

function quantityOf(value: string): Quantity {
  const quantity = parseQuantity(value, known);
  if (isFault(quantity)) throw new Error(value);
  return quantity;
}

function outcome(value: string, written: string, measures?: Metric["measures"]): string {
  const quantity = quantityOf(value);
  const above = numerator(quantity.unit);
  const metric = { measures: measures ?? measuresOf[above] ?? (quantity.unit === above ? "money" : "price") };
  const found = agrees(quantity, { source: "paper", line: 1, written }, metric, source);
  if (found.agrees === "partly") return `partly, without ${found.lacks}`;
  return found.agrees === "not" ? found.because : found.agrees;
}

describe("a value agrees with its written form", () => {
  it.each([
    ["301亿 CNY", "301亿", "wholly"],
    ["31亿 CNY", "301亿", "another number"],
    ["301亿 USD", "301亿", "another currency"],
    ["301亿 CNY", "301亿美元", "another currency"],
    ["5亿 USD", "5亿美金", "wholly"],
    [">1.5亿 CNY", "超过1.5亿元", "wholly"],
    ["≥1.5亿 CNY", "超过1.5亿元", "wholly"],
    ["1.5亿 CNY", "超过1.5亿元", "another bound"],
    ["<1.5亿 CNY", "超过1.5亿元", "another bound"],
    [">1.5亿 CNY", "1.5亿元", "partly, without its bound"],
    ["189.1亿 CNY", "189亿", "partly, without its last digits"],
    ["189.6亿 CNY", "189亿", "another number"],
    ["190亿 CNY", "189.6亿", "another number"],
    ["120–130亿 USD", "120-130亿美元", "wholly"],
    ["120–131亿 USD", "120-130亿美元", "another number"],
    ["125亿 USD", "120-130亿美元", "another number"],
    ["5.36 pp", "5.36個百分點", "wholly"],
    ["5.36 pp", "5.36%", "another kind of number"],
    ["5.36 %", "5.36個百分點", "another kind of number"],
    ["≥100 %", "三位数", "wholly"],
    ["30 %", "三折", "wholly"],
    ["3 x", "3倍", "wholly"],
    ["300 %", "3倍", "another kind of number"],
    ["8 months", "8个月", "wholly"],
    ["8 months", "8年", "another unit"],
    ["1 rank", "榜首", "wholly"],
    ["0.0008 CNY/1k tokens", "0.0008 元 / 千 Tokens", "wholly"],
    ["0.0008 CNY/1M tokens", "0.0008 元 / 千 Tokens", "another number"],
    ["0.003 CNY/1k tokens", "千 Tokens 輸入價格低至 3 厘", "wholly"],
    ["1 CNY/2M tokens", "1元200萬tokens", "wholly"],
    ["20 USD/month", "20美元", "partly, without its denominator"],
    ["20 USD/month", "20美元/天", "another denominator"],
    ["70万 USD/day", "每天吞噬70萬美元", "wholly"],
    ["4700万 CNY", "数千万元", "no definite number"],
    ["3亿 CNY", "十年总和", "another kind of number"],
    ["3亿 CNY", "创历史新高", "unread"],
  ])("%s beside %s: %s", (value, written, expected) => {
    expect(outcome(value, written)).toBe(expected);
  });

  const bounds = fc.constantFrom("", ">", "≥", "<", "≤", "~");
  const words: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
    "": { zh: "", en: "" },
    ">": { zh: "超过", en: "more than " },
    "≥": { zh: "至少", en: "at least " },
    "<": { zh: "不足", en: "less than " },
    "≤": { zh: "不超过", en: "up to " },
    "~": { zh: "约", en: "about " },
  };
  const units: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
    CNY: { zh: "元", en: " yuan" },
    USD: { zh: "美元", en: " US dollars" },
    "%": { zh: "%", en: "%" },
    pp: { zh: "个百分点", en: " percentage points" },
    x: { zh: "倍", en: "x" },
    users: { zh: "人", en: " users" },
    months: { zh: "个月", en: " months" },
  };
  const englishScales: Readonly<Record<string, string>> = { "": "", 万亿: " trillion" };
  const traditional = (text: string): string =>
    text.replace(/[万亿个点过约]/g, (sign) => "萬億個點過約"["万亿个点过约".indexOf(sign)]!);
  const fullWidth = (text: string): string =>
    text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));

  it("in whatever style it is printed, and not when its last digit is another", () => {
    const parts = fc.record({
      bound: bounds,
      digits: fc.integer({ min: 1, max: 99_999 }),
      places: fc.integer({ min: 0, max: 2 }),
      more: fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined }),
      scale: fc.constantFrom("", "万", "亿", "万亿"),
      unit: fc.constantFrom(...Object.keys(units)),
    });
    fc.assert(
      fc.property(parts, ({ bound, digits, places, more, scale, unit }) => {
        const plain = ["%", "pp", "x", "months"].includes(unit);
        const size = plain ? "" : scale;
        const print = (value: number): string => (value / 10 ** places).toFixed(places);
        const number = more === undefined ? print(digits) : `${print(digits)}–${print(digits + more)}`;
        const value = `${bound}${number}${size} ${unit}`;
        const zh = `${words[bound]!.zh}${number}${size}${units[unit]!.zh}`;
        const english = englishScales[size];
        const styles = [
          zh,
          traditional(zh),
          fullWidth(zh),
          `${words[bound]!.zh} ${number} ${size}${units[unit]!.zh}`,
          zh.replace("–", "-"),
          zh.replace("–", "至"),
          ...(english === undefined ? [] : [`${words[bound]!.en}${number}${english}${units[unit]!.en}`]),
        ];
        for (const style of styles) expect([style, outcome(value, style)]).toEqual([style, "wholly"]);

        const [reading] = readWritten(zh).numbers;
        const quantity = quantityOf(value);
        expect([reading!.low.toFixed(), reading!.high.toFixed(), reading!.step.toFixed()]).toEqual([
          quantity.low.toFixed(),
          quantity.high.toFixed(),
          quantity.step.toFixed(),
        ]);
        const other =
          bound + (more === undefined ? print(digits + 1) : `${print(digits)}–${print(digits + more + 1)}`);
        expect(outcome(`${other}${size} ${unit}`, zh)).toBe("another number");
      }),
    );
  });
});

describe("a price per a unit of one's own", () => {
  const at = { file: "data/units.yaml" };
  const unit = (id: string, one: string, other: string, zh: string): UnitName => ({
    id,
    en: { one, other },
    zh,
    ordinal: false,
    at,
  });
  const own = [
    unit("cups", "cup", "cups", "杯"),
    unit("stores", "store", "stores", "家门店"),
    unit("floor-area", "square metre", "square metres", "平方米"),
    unit("kwh", "kWh", "kWh", "千瓦时"),
    unit("times", "time", "times", "次"),
  ];
  const ids = new Set([...known, ...own.map(({ id }) => id)]);
  const denominators = denominatorsOf(own);

  function agreement(value: string, written: string, measures: Metric["measures"] = "price"): string {
    const quantity = parseQuantity(value, ids);
    if (isFault(quantity)) throw new Error(value);
    const cited = { source: "paper", line: 1, written };
    const found = agrees(quantity, cited, { measures }, source, denominators);
    if (found.agrees === "partly") return `partly, without ${found.lacks}`;
    return found.agrees === "not" ? found.because : found.agrees;
  }

  it.each([
    ["762000 USD/stores", "$762,000 per store", "wholly"],
    ["762000 USD/stores", "Each store sold $762,000", "wholly"],
    ["762000 USD/stores", "$762,000 for every store", "wholly"],
    ["762000 USD/stores", "762,000 USD/Stores", "wholly"],
    ["76.2万 USD/stores", "每家门店76.2万美元", "wholly"],
    ["76.2万 USD/stores", "76.2万美元/门店", "wholly"],
    ["76.2万 USD/stores", "平均每门店销售76.2万美元", "wholly"],
    ["4.80 USD/cups", "$4.80 a cup", "wholly"],
    ["4.80 USD/cups", "$4.80/cup", "wholly"],
    ["4.80 USD/cups", "$4.80 / cup", "wholly"],
    ["4.80 USD/cups", "$4.80 for 1 cup", "wholly"],
    ["4.80 USD/cups", "$4.80 for a cup", "wholly"],
    ["4.80 USD/cups", "$9.60 for 2 cups", "wholly"],
    ["4.80 USD/cups", "a cup costs $4.80", "wholly"],
    ["4.80 USD/cups", "4.80美元/杯", "wholly"],
    ["4.80 USD/cups", "4.80美元／杯", "wholly"],
    ["4.80 USD/cups", "每杯4.80美元", "wholly"],
    ["4.80 USD/cups", "一杯4.80美元", "wholly"],
    ["4.80 USD/cups", "4.80美元一杯", "wholly"],
    ["4.80 USD/cups", "每家门店每杯卖4.80美元", "wholly"],
    ["90 USD/floor-area", "$90 per square metre", "wholly"],
    ["90 CNY/floor-area", "90元/平方米", "wholly"],
    ["0.6 CNY/kwh", "0.6元/千瓦时", "wholly"],
    ["2 CNY/times", "2元/次", "wholly"],
    ["2 CNY/calls", "2元/次", "wholly"],
    ["450 cups/stores", "450 cups per store", "wholly"],
    ["450 cups/stores", "每家门店450杯", "wholly"],
    ["4.80 USD/cups", "$4.80", "partly, without its denominator"],
    ["4.80 USD/cups", "$4.80 per cupboard", "partly, without its denominator"],
    ["4.80 USD/cups", "$4.80 per store", "another denominator"],
    ["9.60 USD/cups", "$9.60 for 2 cups", "another number"],
    ["20 USD/months", "$20 per month", "wholly"],
  ])("%s beside %s: %s", (value, written, expected) => {
    expect(agreement(value, written, value.includes("cups/") ? "count" : "price")).toBe(expected);
  });

  it("is no plain amount, and what is spent for some of them is no price", () => {
    expect(agreement("762000 USD", "$762,000 per store", "money")).toBe("another denominator");
    expect(agreement("2M USD", "$2 million for 10 stores", "money")).toBe("wholly");
  });

  const word = fc.stringMatching(/^[a-z]{2,9}( [a-z]{2,9})?$/);
  const chinese = fc.stringMatching(/^[杯碗瓶袋桶件单店车桌床房票课]{1,3}$/u);
  it("is read in each of the ways that its message names, whatever the unit is called", () => {
    fc.assert(
      fc.property(word, word, chinese, (one, other, zh) => {
        const named = unit("own-unit", one, other, zh);
        const value = parseQuantity("4.80 USD/own-unit", new Set(["own-unit"]));
        if (isFault(value)) throw new Error(value.fault);
        const found = denominatorsOf([named]);
        for (const way of [...writtenDenominators(named), ` per ${other}`, "/own-unit", ` a ${one},`]) {
          const written = `4.80美元${/^[/每]/.test(way) ? way : ` ${way}`}`;
          const cited = { source: "paper", line: 1, written };
          expect([written, agrees(value, cited, { measures: "price" }, source, found).agrees]).toEqual([
            written,
            "wholly",
          ]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

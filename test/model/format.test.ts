import { describe, expect, it } from "vitest";
import { convert, ratio } from "../../src/evidence/derive.ts";
import { parsePeriod } from "../../src/findings/period.ts";
import { isFault, parseQuantity } from "../../src/findings/quantity.ts";
import { type FormatOptions, formatPeriod, formatQuantity, formatUnit } from "../../src/model/format.ts";
import { evidenceOf, figure, finding, store } from "../sample.ts";

const { units } = store([]);

function print(text: string, language: "en" | "zh", options?: FormatOptions): string {
  const quantity = parseQuantity(text, new Set([...units.keys(), "tokens", "months", "people"]));
  if (isFault(quantity)) throw new Error(text);
  return formatQuantity(quantity, language, units, options);
}

describe("a quantity in print", () => {
  it.each([
    ["301亿 CNY", "CNY 30.1bn", "301亿元"],
    [">1.5亿 CNY", "over CNY 150m", "超1.5亿元"],
    ["120–130亿 USD", "USD 12–13bn", "120–130亿美元"],
    ["≤5000亿 CNY", "at most CNY 500bn", "不超过5000亿元"],
    ["1.2万亿 CNY", "CNY 1.2tn", "1.2万亿元"],
    ["317.42亿 CNY", "CNY 31.74bn", "317.42亿元"],
    ["42 %", "42%", "42%"],
    ["127.42 %", "127.42%", "127.42%"],
    ["5.36 pp", "5.36 pp", "5.36个百分点"],
    ["5.8 x", "5.8×", "5.8倍"],
    ["2.7亿 users", "270m users", "2.7亿用户"],
    ["1 users", "1 user", "1用户"],
    ["12 rank", "12th", "第12名"],
    ["87072 USD", "USD 87,072", "8.7072万美元"],
    ["0.55 USD/1M tokens", "USD 0.55 per 1M tokens", "0.55美元/百万tokens"],
    ["0.0008 CNY/1k tokens", "CNY 0.8 per 1M tokens", "0.8元/百万tokens"],
    ["20 USD/month", "USD 20 per month", "20美元/月"],
    ["747.5万 CNY/person", "CNY 7.475m per person", "747.5万元/人"],
    ["284 images/CNY", "", ""],
    ["-3 %", "−3%", "−3%"],
    ["70.55 HKD", "HKD 70.55", "70.55港元"],
  ])("%s reads %s and %s", (text, en, zh) => {
    if (en === "") return expect(isFault(parseQuantity(text, new Set(units.keys())))).toBe(true);
    expect([print(text, "en"), print(text, "zh")]).toEqual([en, zh]);
  });

  it.each([
    ["-5–3 %", "−5 to 3%", "−5至3%"],
    ["-0.4 %", "−0.4%", "−0.4%"],
    ["-5亿 CNY", "CNY −500m", "−5亿元"],
  ])("%s keeps the sign of each end: %s, %s", (text, en, zh) => {
    expect([print(text, "en"), print(text, "zh")]).toEqual([en, zh]);
  });

  it("rounds a bound to the side on which it stays true, and nothing that is there to zero", () => {
    expect(print(">9.96亿 CNY", "en", { scale: "bn", digits: 1 })).toBe("over CNY 0.9bn");
    expect(print(">9.96亿 CNY", "zh", { digits: 0 })).toBe("超9亿元");
    expect(print("<1.21亿 CNY", "zh", { digits: 1 })).toBe("不足1.3亿元");
    expect(print("1.56亿 CNY", "zh", { digits: 1 })).toBe("1.6亿元");
    expect(print("3万 users", "en", { scale: "bn", digits: 0 })).toBe("0.00003bn users");
  });

  it("says its bound as a sign where asked, leaves its unit to a header, and takes a given scale and digits", () => {
    expect(print(">1.5亿 CNY", "en", { bounds: "signs" })).toBe(">CNY 150m");
    expect(print("301亿 CNY", "en", { bare: true, scale: "bn" })).toBe("30.1");
    expect(print("301亿 CNY", "en", { scale: "bn", digits: 0 })).toBe("CNY 30bn");
    expect(print("42 %", "en", { sign: true })).toBe("+42%");
    expect(print("1.005 %", "en", { digits: 2 })).toBe("1.01%");
  });

  it.each([
    ["5 USD/images", "USD 5 per image", "每张图片5美元"],
    [">5万 USD/images", "over USD 50,000 per image", "每张图片超5万美元"],
    ["20 USD/users", "USD 20 per user", "20美元/用户"],
  ])(
    "%s says what it is for: %s, and in Chinese so that the word that counts it reads well, %s",
    (text, en, zh) => {
      expect([print(text, "en"), print(text, "zh")]).toEqual([en, zh]);
      expect(formatUnit("USD/images", "zh", units, "万")).toBe("万美元（每张图片）");
    },
  );

  it("leaves four digits together in Chinese, but not where all are asked for in full", () => {
    expect(print("7900 users", "zh")).toBe("7900用户");
    expect(print("10200 users", "zh")).toBe("1.02万用户");
    const full = (text: string) => print(text, "zh", { scale: "1", bare: true });
    expect(["7900 users", "10200 users"].map(full)).toEqual(["7,900", "10,200"]);
  });

  it("has three significant digits when it was computed", () => {
    const evidence = evidenceOf(finding("m", "5000亿 CNY"));
    const usd = convert(evidence.figures.get("m")!, "USD", evidence).value!;
    expect(formatQuantity(usd.quantity, "en", units)).toBe("USD 68.9bn");
    expect(
      formatQuantity(ratio(figure("a", "4000 USD"), figure("b", "689 USD")).value!.quantity, "en", units),
    ).toBe("5.81×");
  });
});

describe("a period in print", () => {
  it.each([
    ["2025", "2025", "2025年"],
    ["2025Q1", "Q1 2025", "2025年一季度"],
    ["2025H1", "H1 2025", "2025年上半年"],
    ["2025-03", "Mar 2025", "2025年3月"],
    ["2025-03-01", "1 Mar 2025", "2025年3月1日"],
    ["FY2026Q1", "Q1 FY2026", "2026财年一季度"],
    ["@2023", "end of 2023", "2023年底"],
    ["@2024-06", "end of Jun 2024", "2024年6月末"],
    ["@2024H1", "mid 2024", "2024年年中"],
    ["@FY2025H1", "end of H1 FY2025", "2025财年上半年末"],
    ["@2025-04-30", "30 Apr 2025", "2025年4月30日"],
    ["2025..2027", "2025–2027", "2025年至2027年"],
    ["2025-W32", "week 32 of 2025", "2025年第32周"],
    ["2025-06-02..2025-06-08", "2–8 Jun 2025", "2025年6月2日至8日"],
    ["2025-06-30..2025-07-06", "30 Jun–6 Jul 2025", "2025年6月30日至7月6日"],
    ["2026-12-28..2027-01-03", "28 Dec 2026–3 Jan 2027", "2026年12月28日至2027年1月3日"],
  ])("%s reads %s and %s", (text, en, zh) => {
    const period = parsePeriod(text)!;
    expect([formatPeriod(period, "en"), formatPeriod(period, "zh")]).toEqual([en, zh]);
  });
});

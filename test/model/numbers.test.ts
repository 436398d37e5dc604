import { describe, expect, it } from "vitest";
import { typedNumbers } from "../../src/model/numbers.ts";

describe("numbers typed by hand", () => {
  it.each([
    ["Capex reached 400 last year", ["400"]],
    ["USD 29bn of run rate", ["USD 29bn"]],
    ["up +5% and down −3.5 pp", ["+5%", "−3.5 pp"]],
    ["12–13bn", ["12–13bn"]],
    ["$7.2bn, US$1, €3", ["$7.2bn", "US$1", "€3"]],
    ["收入301亿元，增长18%", ["301亿元", "18%"]],
    ["不足1%", ["1%"]],
    ["in 2025", ["2025"]],
    ["on 2025-06-03", ["2025-06-03"]],
    ["3x, 30×, 2nd", ["3x", "30×", "2nd"]],
    ["1,234.5 users", ["1,234.5"]],
    ["USD29bn", ["USD29bn"]],
    ["３倍", ["３倍"]],
    ["½ of it", ["½"]],
    ["GPT-4 costs 20", ["20"]],
    ["growth30%", ["30%"]],
    ["USD 900bn-plus and 30bn-dollar", ["USD 900bn-plus", "30bn-dollar"]],
    ["a 100m-user app, 5.3x-faster", ["100m-user", "5.3x-faster"]],
    ["30CNY, 30USD, 5RMB", ["30CNY", "30USD", "5RMB"]],
    ["5billion users, 100users, 30percent", ["5billion", "100users", "30percent"]],
    ["⅓ of it, ② and Ⅳ", ["⅓", "②", "Ⅳ"]],
    ["AI30bn and revenue-30bn, AI-USD30", ["30bn", "-30bn", "-USD30"]],
    [
      "三百万辆，五百亿美元，一点五亿，三万一千辆，数百亿",
      ["三百万", "五百亿美元", "一点五亿", "三万", "百亿"],
    ],
    ["五成、两成，三倍，百分之五", ["五成", "两成", "三倍", "百分之五"]],
    ["二〇二五年和3百万", ["二〇二五年", "3百万"]],
  ])("are found in `%s`", (text, found) => {
    expect(typedNumbers(text)).toEqual(found);
  });

  it.each([
    ["R1 and V3"],
    ["GPT-4, GPT-4o, GPT-3.5"],
    ["QwQ-32B"],
    ["Qwen3 and Llama3"],
    ["5G网络, 720P, 3D"],
    ["H100/H200"],
    ["千问Qwen3登顶"],
    ["F-35, Web3, MP3"],
    ["no digits at all"],
    ["Llama-3, Qwen3, R1, H100, GPT-4.5, QwQ-32B-Instruct"],
    ["a 3D-printed part, 5G-Advanced, 720P-ready, CO₂"],
    ["六小虎、四大、一个、第一、三类、九家、十年"],
    ["第一百万，每百万tokens，美元/百万tokens，唯一成为，统一成，千万不要，一元化，万一"],
    ["five companies that tripled"],
    [""],
  ])("are not seen in the names of `%s`", (text) => {
    expect(typedNumbers(text)).toEqual([]);
  });

  it("are all found in a long text, each by what stands next to it", () => {
    expect(typedNumbers("1 R1 ".repeat(40_000))).toHaveLength(40_000);
  });
});

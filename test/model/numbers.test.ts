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
    [""],
  ])("are not seen in the names of `%s`", (text) => {
    expect(typedNumbers(text)).toEqual([]);
  });
});

import { describe, expect, it, test } from "vitest";
import { parseFigureTable } from "../../src/findings/csv.ts";

const header = "id,subject,metric,period,value,status,scope,recorded,source,line,written";
const row = "a.1,acme,revenue,2024,12亿 CNY,,,2025-06-03,paper,7,12亿";

function problems(text: string): string[] {
  return parseFigureTable("a.csv", text).problems.map(({ where, code, message, found }) =>
    [`${where?.line}:${where?.column}`, code, message, found ?? ""].join(" ").trim(),
  );
}

describe("a table of figures", () => {
  it("gives a figure for each row; status and scope may be left out, and columns stand in any order", () => {
    const { value } = parseFigureTable(
      "a.csv",
      "written,line,source,recorded,value,period,metric,subject,id\n12亿,7,paper,2025-06-03,12亿 CNY,2024,revenue,acme,a.1\n",
    );
    expect(value!.value.figures).toMatchObject([
      {
        id: "a.1",
        value: "12亿 CNY",
        status: "reported",
        citations: [{ source: "paper", line: 7, written: "12亿" }],
      },
    ]);
  });

  it("knows the line and column of every cell, below empty lines and cells of several lines, too", () => {
    const text = `${header}\n\n${row}\n${row.replace("12亿 CNY", '"12亿\nCNY"').replace("a.1", "a.2")}\r\n  ${row}`;
    const { at } = parseFigureTable("a.csv", text).value!;
    const places = [
      ["figures", 0, "id"],
      ["figures", 0, "status"],
      ["figures", 1, "value"],
      ["figures", 1, "citations", 0, "line"],
      ["figures", 2, "subject"],
      ["figures", 2, "citations"],
    ].map((path) => `${at(path).line}:${at(path).column}`);
    expect(places).toEqual(["3:1", "3:31", "4:23", "5:25", "6:7", "6:54"]);
  });

  test.each([
    ["is empty", " \n", "1:1 empty-file this is empty"],
    [
      "is separated by semicolons",
      header.replaceAll(",", ";"),
      "1:1 broken-csv the values are not separated by commas `;`",
    ],
    [
      "is separated by tabs",
      header.replaceAll(",", "\t"),
      "1:1 broken-csv the values are not separated by commas tabs",
    ],
    [
      "has a column twice",
      `${header},value\n${row},9`,
      "1:74 duplicate-column the column `value` stands here a second time value",
    ],
    ["lacks a column", header.replace("metric,", ""), "1:1 missing-column there is no column `metric`"],
    [
      "has a column of its own",
      header.replace("scope", "scoop"),
      "1:39 unknown-field unknown field `scoop` scoop",
    ],
    [
      "has a row too short",
      `${header}\n${row.replace(",,,", ",,")}`,
      "2:1 broken-csv this row is not as long as the header 10 cells",
    ],
    [
      "has a value that is none",
      `${header}\n${row.replace(",,,", ",guess,,")}`,
      "2:31 bad-value `figures.status` cannot be read guess",
    ],
    [
      "has a line that is no number",
      `${header}\n${row.replace(",7,", ",seven,")}`,
      "2:50 bad-value `figures.citations.line` cannot be read seven",
    ],
    [
      "has a figure without a citation",
      `${header}\n${row.replace(/[^,]+$/, "")}`,
      "2:52 uncited a finding without a citation no citation",
    ],
    ["leaves a quote open", `${header}\n"${row}`, "2:1 broken-csv this is not CSV: a quote is not closed"],
  ])("that %s is refused with one problem", (_, text, message) => {
    expect(problems(text)).toEqual([message]);
    expect(parseFigureTable("a.csv", text).value).toBeUndefined();
  });
});

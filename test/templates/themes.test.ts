import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { themeFileSchema } from "../../src/model/theme.ts";
import { formatProblem } from "../../src/problem.ts";
import { inPlaceOf, readTheme } from "../../src/templates/themes/read.ts";

const shipped = readFileSync(new URL("../../templates/themes/default.yaml", import.meta.url), "utf8");

/** Reads the theme `acme` beside the shipped one and others. */
function read(acme: string, others: Readonly<Record<string, string>> = {}) {
  const files = { default: shipped, acme, ...others };
  const library = {
    files: new Map(
      Object.entries(files).map(([name, text]) => [
        `themes/${name}.yaml`,
        { file: `templates/themes/${name}.yaml`, text },
      ]),
    ),
  };
  return readTheme(library, "acme");
}

const told = (...read_: Parameters<typeof read>) =>
  read(...read_)
    .problems.map(formatProblem)
    .join("\n");
const alone = (from: string | RegExp, to: string) => shipped.replace(from, to);

describe("a theme that extends another", () => {
  it("says only what differs", () => {
    const { value, problems } = read(
      'extends: default\nname: Acme\ncolours:\n  cn: "8B0000"\n  us: "003366"\n',
    );
    expect(problems).toEqual([]);
    const { value: theme } = value!;
    expect(theme.name).toBe("Acme");
    expect([theme.colours.cn, theme.colours.us, theme.colours.ink]).toEqual(["8B0000", "003366", "1B1F24"]);
    expect(theme.sizes.title).toBe(28);
    expect(theme).not.toHaveProperty("extends");
  });

  it("may extend one that extends a third, and what is nearer counts", () => {
    const { value } = read("extends: middle\nsizes: { title: 30 }\n", {
      middle: "extends: default\nname: Middle\nsizes: { title: 26, label: 13 }\n",
    });
    expect(value!.value).toMatchObject({ name: "Middle", sizes: { title: 30, label: 13, body: 16 } });
  });

  it("is told of a fault where it stands, of a colour that no longer fits in the file that changed another", () => {
    const pale = told("extends: middle\n", {
      middle: 'extends: default\ncolours:\n  accent: "F5B800"\n',
    });
    expect(pale).toMatch(/^templates\/themes\/middle\.yaml:3:11: warning: text in `accent`/);
    const low = told('extends: default\ncolours:\n  tile: "3A3A3A"\n');
    expect(low).toMatch(/^templates\/themes\/acme\.yaml:3:3: error: `colours\.ink` .*\n.*\n.*`tile`/);
  });

  it("has its logo by the path of the file that names it", () => {
    const logoOf = (file: string) =>
      read("extends: group/base\n", {
        "group/base": `extends: default\nlogo: { file: ${file}, width: 1.2 }\n`,
      }).value!.logo;
    expect(logoOf("logo.svg")).toEqual({ path: "themes/group/logo.svg" });
    expect(logoOf("../../pictures/./logo.svg")).toEqual({ path: "pictures/logo.svg" });
    expect(logoOf("../../../logo.svg")).toEqual({ path: undefined });
    expect(logoOf("/etc/logo.svg")).toEqual({ path: undefined });
  });

  it.each([
    ["an unknown one", "extends: defualt\n", "acme.yaml:1:10: error: unknown theme `defualt`", "`default`?"],
    ["itself", "extends: acme\n", "acme.yaml:1:10: error: this theme extends itself", "acme → acme"],
  ])("and names %s is refused", (_, text, message, part) => {
    expect(told(text)).toContain(message);
    expect(told(text)).toContain(part);
  });

  it("is told of its own faults, too", () => {
    const problems = told("extends: defualt\ncolours: { cn: red }\n");
    expect(problems).toContain("unknown theme `defualt`");
    expect(problems).toContain("acme.yaml:2:16: error: `colours.cn` cannot be read");
  });

  it("in a circle is refused with the way around", () => {
    const problems = told("extends: one\n", { one: "extends: two\n", two: "extends: one\n" });
    expect(problems).toContain("two.yaml:1:10: error: this theme extends itself");
    expect(problems).toContain("one → two → one");
  });
});

describe("a theme with a fault is told of it at its place:", () => {
  it.each<[string, string, string[]]>([
    ["a missing role", alone(/ {2}us: .*\n/, ""), [":4:3: error: missing field `colours.us`"]],
    [
      "a bad colour and a missing size at once",
      alone('"B4232A"', "red").replace(/ {2}kpi: .*\n/, ""),
      [":9:7: error: `colours.cn` cannot be read", "found:    red", "missing field `sizes.kpi`"],
    ],
    [
      "low contrast of ink",
      alone('"1B1F24"', '"C0C0C0"'),
      [":4:8: error:", "a contrast of 4.5 or more, not 1.6"],
    ],
    ["low contrast", alone('"A85F00"', '"F5B800"'), [":13:11: warning: text in `accent`"]],
    [
      "an unknown key",
      'extends: default\ncolors:\n  cn: "8B0000"\n',
      [":2:1: error: unknown field `colors`", "did you mean `colours`?"],
    ],
    [
      "an unknown role",
      'extends: default\ncolours:\n  accnt: "8B0000"\n',
      [":3:3: error: unknown field `accnt`", "did you mean `accent`?"],
    ],
    [
      "a font that office machines may lack",
      "extends: default\nfonts: { latin: Ariel }\n",
      [":2:17: warning: office machines may lack the font `Ariel`", "did you mean `Arial`?", "Arimo"],
    ],
    [
      "a font without Chinese characters",
      "extends: default\nfonts: { eastAsian: Georgia }\n",
      [":2:21: warning: office machines may lack the font `Georgia`", "a font of Chinese characters"],
    ],
    [
      "a font wider than it is measured",
      "extends: default\nfonts: { latin: verdana }\n",
      [":2:17: warning: the letters of `verdana` are wider"],
    ],
    [
      "a number in its own lines",
      "extends: default\nconfidentiality: { en: Only for 40 people, zh: 机密 }\n",
      [":2:24: error: the number `40`"],
    ],
    [
      "a logo of another kind",
      "extends: default\nlogo: { file: logo.gif, width: 1 }\n",
      [":2:15: error: `logo.file` cannot be read", "a path to a PNG, JPEG or SVG file"],
    ],
    [
      "a logo without its width",
      "extends: default\nlogo: { file: logo.svg }\n",
      [":2:7: error: missing field `logo.width`"],
    ],
  ])("%s", (_, text, parts) => {
    const problems = told(text);
    for (const part of parts) expect(problems).toContain(part);
    expect(problems).toContain("templates/themes/acme.yaml:");
  });

  it.each(["Calibri", "微软雅黑", "Arimo", "Times New Roman"])("none for %s", (font) => {
    expect(told(`extends: default\nfonts: { latin: ${font} }\n`)).toBe("");
  });
});

it("every key of a theme says what it is", () => {
  const undescribed: string[] = [];
  const visit = (schema: z.core.JSONSchema.BaseSchema, path: string): void => {
    for (const [key, field] of Object.entries(schema.properties ?? {})) {
      if (typeof field === "boolean" || !field.description) undescribed.push(`${path}${key}`);
      else visit(field, `${path}${key}.`);
    }
  };
  const schema = z.toJSONSchema(themeFileSchema);
  visit(schema, "");
  expect(undescribed).toEqual([]);
  expect(Object.keys(schema.properties ?? {})).toContain("logo");
});

describe("a theme in place of another one", () => {
  const house =
    "extends: default\nfooter: { en: Strategy, zh: 战略部 }\nconfidentiality: { en: Board only, zh: 仅供董事会 }\nlogo: { file: pictures/house.svg, width: 1.5 }\n";
  const placed = (other: string) => inPlaceOf(read(house).value!, read(other).value!);

  it("keeps the other's logo and lines, and has colours of its own", () => {
    const { value, at, logo } = placed('extends: default\nname: Night\ncolours: { accent: "1E7B4F" }\n');
    expect(value).toMatchObject({
      name: "Night",
      colours: { accent: "1E7B4F" },
      footer: { en: "Strategy" },
      confidentiality: { zh: "仅供董事会" },
      logo: { file: "pictures/house.svg" },
    });
    expect(logo).toEqual({ path: "themes/pictures/house.svg" });
    expect(at(["logo", "file"])).toMatchObject({ line: 4 });
    expect(at(["colours", "accent"])).toMatchObject({ line: 3 });
  });

  it("keeps nothing of what it says itself", () => {
    const { value, logo } = placed(
      "extends: default\nfooter: { en: Night }\nconfidentiality: { en: All, zh: 皆可 }\nlogo: { file: night.svg, width: 1 }\n",
    );
    expect(value).toMatchObject({
      footer: { en: "Night", zh: "" },
      confidentiality: { en: "All" },
      logo: { file: "night.svg" },
    });
    expect(logo).toEqual({ path: "themes/night.svg" });
  });
});

describe("the line at the foot", () => {
  it.each([
    ["en", "Strategy and Market Intelligence, Asia and Pacific", true],
    [
      "en",
      "Group Strategy and Market Intelligence, Asia Pacific and the Americas, prepared for review",
      false,
    ],
    ["zh", "集团战略与市场研究部亚太区", true],
    ["zh", "集团战略与市场研究部亚太区及美洲区联合编写并供集团各业务线负责人审阅参考", false],
  ])("in %s, %s, leaves the sources their room: %s", (language, line, fits) => {
    const problems = told(`extends: default\nfooter: { ${language}: "${line}" }\n`);
    if (fits) expect(problems).toBe("");
    else {
      expect(problems).toMatch(/^templates\/themes\/acme\.yaml:2:15: error: .* \[footer-too-wide\]/);
      expect(problems).toContain("a third of the foot");
    }
  });
});

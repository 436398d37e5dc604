import { describe, expect, it } from "vitest";
import { contrastOf } from "../../src/model/contrast.ts";
import { paleRoles, type Theme, themeSchema } from "../../src/model/theme.ts";
import { theme } from "../writers/slides/sample.ts";

const sized = (sizes: Partial<Theme["sizes"]>): Theme => ({ ...theme, sizes: { ...theme.sizes, ...sizes } });
const coloured = (colours: Partial<Theme["colours"]>): Theme => ({
  ...theme,
  colours: { ...theme.colours, ...colours },
});
const refused = (changed: Theme): string[] =>
  themeSchema.safeParse(changed).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ??
  [];

describe("a theme", () => {
  it.each([
    [{ bodyFloor: 17 }, ["sizes.bodyFloor: no more than `body`, 16"]],
    [{ titleFloor: 30 }, ["sizes.titleFloor: no more than `title`, 28"]],
    [{ body: 22 }, ["sizes.body: no more than `bodyLarge`, 20"]],
    [{ bodyFloor: 16 }, []],
  ])("with %o is refused for %o", (sizes, expected) => {
    expect(refused(sized(sizes))).toEqual(expected);
  });

  it("with a title too high for its place is refused", () => {
    expect(refused(sized({ title: 45 }))).toHaveLength(1);
  });

  it("with ink that cannot be read is refused", () => {
    expect(refused(coloured({ ink: "C0C0C0" }))).toEqual([
      "colours.ink: a colour that can be read on `tile`: a contrast of 4.5 or more, not 1.6",
    ]);
  });

  it("names the other roles of text that cannot be read well, the shipped one none", () => {
    expect(paleRoles(theme)).toEqual([]);
    expect(paleRoles(coloured({ accent: "F5B800" })).map(({ role }) => role)).toEqual(["accent"]);
  });
});

it("black on white has the highest contrast, a colour on itself the lowest", () => {
  expect(contrastOf("000000", "FFFFFF")).toBeCloseTo(21);
  expect(contrastOf("FFFFFF", "000000")).toBeCloseTo(21);
  expect(contrastOf("1F4E8C", "1F4E8C")).toBe(1);
});

/** Large figures: the number in full size, the words of its bound and, where room is short, its unit in small type. */
import type { Language } from "../../findings/store.ts";
import type { Entry } from "../../model/document.ts";
import { boundIn } from "../../model/format.ts";
import { newSign, newSignShare } from "../../model/sign.ts";
import type { Role } from "../../model/theme.ts";
import { figuresIn } from "../../model/walk.ts";
import { type Setting, tone } from "./measured.ts";
import type { PlacedParagraph, Run } from "./placed.ts";
import { runsOf } from "./runs.ts";
import { linesOf, paragraph } from "./text.ts";

/** Shares of the theme's size that figures step down through until each stands on one line: 36, 32, 30, 28 pt ... */
const steps = [1, 0.89, 0.83, 0.78, 0.67, 0.56, 0.44];
/** Units against their numbers. */
const unitShare = 0.5;

/** Where the bound's words stand, and whether units are small. */
interface Form {
  readonly bound: "before" | "above";
  readonly smallUnits: boolean;
}

/** In this order at each size. Above the number, a bound moves it down: only where nothing else helps. */
const forms: readonly Form[] = [
  { bound: "before", smallUnits: false },
  { bound: "before", smallUnits: true },
];
const last: Form = { bound: "above", smallUnits: true };
/** Below this share of the theme's size a bound rather stands above its number. */
const leastBefore = 0.78;

/** The leads of entries as large figures, all in the one form and size in which each number stands on one line. */
export function largeFigures(
  entries: readonly Entry[],
  width: number,
  ground: Role,
  setting: Setting,
): PlacedParagraph[] {
  const { language, theme, sizes } = setting;
  // Words that lead are headings, however short.
  const largest = entries.every(({ lead }) => figuresIn(lead).length > 0) ? theme.sizes.kpi : sizes.heading;
  const set = (size: number, form: Form): PlacedParagraph[] =>
    entries.map(({ lead, role }) => {
      const runs = runsOf(lead, { ...tone(setting, role ?? "ink", ground), bold: true });
      return paragraph(
        runs.flatMap((run) => figureRuns(run, size, form, setting)),
        { size, language },
      );
    });
  const fits = (leads: readonly PlacedParagraph[], lines: number): boolean =>
    leads.every((one) => linesOf(one, width, language) <= lines + breaksIn(one));
  const all = [...new Set(steps.map((step) => Math.max(sizes.body, Math.round(largest * step))))];
  const tried = all.flatMap((size) => [
    ...forms.map((form) => set(size, form)),
    ...(size <= largest * leastBefore ? [set(size, last)] : []),
  ]);
  return tried.find((leads) => fits(leads, 1)) ?? set(all.at(-1)!, last);
}

function breaksIn({ runs }: PlacedParagraph): number {
  return runs.filter(({ text }) => text === "\n").length;
}

/** A figure's run in its parts; the number carries the origin, and with it the figure as it is printed. */
function figureRuns(run: Run, size: number, form: Form, setting: Setting): Run[] {
  const { origin } = run;
  if (origin?.kind !== "figure") return [run];
  const { bound, before, number, after, sign } = partsOf(run.text, setting.language);
  const { origin: _, ...plain } = run;
  const small = (text: string, size: number, bold: boolean): Run[] => {
    const { bold: _, ...regular } = plain;
    return text === "" ? [] : [{ ...(bold ? plain : regular), text, size }];
  };
  const unitSize = Math.max(setting.sizes.table, Math.round(size * unitShare));
  const unit = (text: string): Run[] => small(text, unitSize, true);
  const shown = (text: string): Run => ({ ...run, text, origin: { ...origin, whole: run.text } });
  const beside = form.smallUnits && after !== "" ? unitSize : size;
  const whole = [
    ...(form.smallUnits
      ? [...unit(before), shown(number), ...unit(after)]
      : [shown(`${before}${number}${after}`)]),
    ...small(sign, Math.round(beside * newSignShare), true),
  ];
  if (bound === "") return form.smallUnits ? whole : [run];
  return [
    ...small(bound, setting.sizes.table, false),
    ...(form.bound === "above" ? small("\n", setting.sizes.table, false) : []),
    ...whole,
  ];
}

/** `at least about USD 68.9bn◆` in its parts: bound, currency (or `每家门店`), number with its scale, what is counted, sign of what is new. */
function partsOf(
  text: string,
  language: Language,
): Readonly<Record<"bound" | "before" | "number" | "after" | "sign", string>> {
  const bound = boundIn(text, language);
  const sign = text.endsWith(newSign) ? newSign : "";
  const rest = text.slice(bound.length, text.length - sign.length);
  const [, before = "", number = rest, after = ""] =
    /^([<>≤≥~+−-]*[A-Z]{3}[ \u00A0]|每\D+)?(.*?)(\s\p{Ll}{2}.*|\p{Script=Han}[^\d]*)?$/u.exec(rest) ?? [];
  return { bound, before, number, after, sign };
}

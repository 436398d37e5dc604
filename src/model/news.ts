/** News: figures that entered the store after a given day, and how pages tell them. */
import type { Figure } from "../evidence/figure.ts";
import type { Language, Store } from "../findings/store.ts";
import { type FormatOptions, formatDate, formatQuantity } from "./format.ts";
import { newSign } from "./sign.ts";

/** Whether anything that a figure rests on was recorded after `since`, an ISO date; nothing is where there is none. */
export function isNew({ lineage }: Figure, since: string | undefined, { findings }: Store): boolean {
  return since !== undefined && lineage.findings.some((id) => (findings.get(id)?.recorded ?? "") > since);
}

/** A figure as pages print it: its quantity, with the sign where it is new. */
export function formatFigure(
  figure: Figure,
  language: Language,
  store: Store,
  since: string | undefined,
  options?: FormatOptions,
): string {
  const text = formatQuantity(figure.quantity, language, store.units, options);
  return isNew(figure, since, store) ? `${text}${newSign}` : text;
}

/** What the sign means, in parts: `◆ new since `, `8 Jun 2025` and nothing; `◆ `, `2025年6月8日` and `之后新增`. */
export function newLegend(
  since: string,
  language: Language,
): { readonly before: string; readonly date: string; readonly after: string } {
  const date = formatDate(since, language);
  return language === "en"
    ? { before: `${newSign} new since `, date, after: "" }
    : { before: `${newSign} `, date, after: "之后新增" };
}

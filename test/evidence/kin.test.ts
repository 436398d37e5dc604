import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { daysOfChange } from "../../src/evidence/history.ts";
import { judge } from "../../src/evidence/judge.ts";
import { Kin } from "../../src/evidence/kin.ts";
import { randomStore } from "../history/stores.ts";
import { finding, store } from "../sample.ts";

test("what a day touches is judged by itself as in the whole store", () => {
  fc.assert(
    fc.property(randomStore, (whole) => {
      const kin = new Kin(whole);
      for (const asOf of daysOfChange(whole)) {
        const part = kin.touchedOn(asOf);
        const [alone, among] = [part, whole].map((each) => judge(each, { asOf }).value);
        for (const [id, figure] of alone!.figures) expect(figure).toEqual(among!.figures.get(id));
        const isOfPart = ({ findings }: { readonly findings: readonly unknown[] }): boolean =>
          findings.some((one) =>
            part.findings.has(typeof one === "string" ? one : (one as { id: string }).id),
          );
        expect(alone!.conflicts).toEqual(among!.conflicts.filter(isOfPart));
        expect(alone!.checks).toEqual(among!.checks.filter(isOfPart));
      }
    }),
  );
});

describe("a day touches", () => {
  const on = (recorded: string, id: string, metric: string) => finding(id, "7 CNY", { recorded, metric });

  it("no figures of other metrics or subjects, however many there are", () => {
    const others = Array.from({ length: 500 }, (_, index) =>
      on("2025-06-03", `other-${index}`, `metric-${index}`),
    );
    const kin = new Kin(
      store([...others, on("2025-06-03", "old", "revenue"), on("2025-07-01", "new", "revenue")]),
    );
    expect([...kin.touchedOn("2025-07-01").findings.keys()].sort()).toEqual(["new", "old"]);
    expect(kin.touchedOn("2025-06-03").findings.size).toBe(502);
    expect(kin.touchedOn("2025-06-04").findings.size).toBe(0);
  });
});

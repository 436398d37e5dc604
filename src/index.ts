/** The library's face: the phases, for use from other programs. Disk, clock and console stay the caller's. */

export type { BuildOptions, Draw, Job, Output } from "./build.ts";
export { build, productName } from "./build.ts";
export type { DrawnChart, FontsReady } from "./charts/draw.ts";
export { drawCharts } from "./charts/draw.ts";
export { prepareFonts } from "./charts/fonts.ts";
export type { CheckResult, Conflict, Evidence } from "./evidence/evidence.ts";
export type { Figure, Lineage } from "./evidence/figure.ts";
export { judge } from "./evidence/judge.ts";
export type { ListedDerived, ListedFigure } from "./evidence/listing.ts";
export { listDerived, listFigures } from "./evidence/listing.ts";
export { readStore } from "./findings/read.ts";
export type * from "./findings/store.ts";
export type { SourcedDocument } from "./model/document.ts";
export type { Theme } from "./model/theme.ts";
export type { Outcome, Place, Problem } from "./problem.ts";
export { formatProblem, sortProblems } from "./problem.ts";
export type { Library, LibraryCode } from "./templates/library.ts";
export { lint } from "./writers/package/lint.ts";
export type { PlacedDeck, PlacedSlide } from "./writers/slides/placed.ts";
export type { Trace, TraceEntry } from "./writers/trace.ts";

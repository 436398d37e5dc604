/** The sign by which pages and charts tell figures that are new; `news` says which those are. */

/** Stands right after a figure that is new; reads as no bound, direction, footnote or bullet, and fonts of Chinese have it. */
export const newSign = "◆";

/** Its size against that of the figure. */
export const newSignShare = 0.6;

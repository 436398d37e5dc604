/** What stands on master and cover themselves, behind every slide: bar, rule, the theme's own lines and its logo. */
import type { Theme } from "../../model/theme.ts";
import type { DrawnLogo } from "../logo/draw.ts";
import { ownLineWidth } from "../slides/frame.ts";
import {
  apart,
  contentWidth,
  coverBar,
  logoRoom,
  numberWidth,
  round,
  smallLogoRoom,
  zone,
  zones,
} from "../slides/grid.ts";
import type { Box, Branding } from "../slides/placed.ts";
import { alignmentOf, bodyProperties, hundredths, proofing, rectangle, transform } from "./shape.ts";
import { fillOf } from "./theme.ts";
import { el, type Xml } from "./xml.ts";

/** The id by which master and cover refer to the logo's picture. */
export const logoId = "rIdLogo";

/** The cover's bar and large logo, and what stands everywhere. */
export function coverBackdrop(brand: Branding, logo: DrawnLogo | undefined): Xml[] {
  const { theme } = brand;
  return [
    shapeXml("Accent", { x: theme.page.left, ...coverBar }, fillOf(theme, "accent")),
    ...everywhere(brand),
    ...(logo ? [logoXml(brand, logo, logoRoom(theme), "left")] : []),
  ];
}

/** The theme's line beside the number, the small logo, and what stands everywhere. */
export function masterBackdrop(brand: Branding, logo: DrawnLogo | undefined): Xml[] {
  const { theme, language } = brand;
  const said = theme.footer[language];
  const own = ownLineWidth(theme, language);
  const whole = zone("footer", theme);
  const box = { ...whole, x: round(whole.x + whole.w - numberWidth - own + apart), w: round(own - apart) };
  return [
    ...everywhere(brand),
    ...(said === "" ? [] : [lineXml(brand, "Theme footer", said, box, "right")]),
    ...(logo ? [logoXml(brand, logo, smallLogoRoom(theme), "right")] : []),
  ];
}

/** What stands on the cover as on every other slide. */
function everywhere(brand: Branding): Xml[] {
  const { theme, language } = brand;
  const rule: Box = { x: theme.page.left, y: zones.rule.y, w: contentWidth(theme), h: 0 };
  const said = theme.confidentiality?.[language] ?? "";
  return [
    ruleXml("Rule", rule, theme),
    ...(said === ""
      ? []
      : [lineXml(brand, "Confidentiality", said, zone("confidentiality", theme), "center")]),
  ];
}

/** Shapes that PowerPoint takes for drawn on the master by hand. */
const drawn = (): Xml => el("p:nvPr", { userDrawn: 1 });

function shapeXml(name: string, box: Box, fill: Xml): Xml {
  return el(
    "p:sp",
    {},
    el("p:nvSpPr", {}, el("p:cNvPr", { id: 0, name }), el("p:cNvSpPr"), drawn()),
    el("p:spPr", {}, transform(box), rectangle(), fill, el("a:ln", {}, el("a:noFill"))),
  );
}

function ruleXml(name: string, box: Box, theme: Theme): Xml {
  return el(
    "p:cxnSp",
    {},
    el("p:nvCxnSpPr", {}, el("p:cNvPr", { id: 0, name }), el("p:cNvCxnSpPr"), drawn()),
    el(
      "p:spPr",
      {},
      transform(box),
      el("a:prstGeom", { prst: "line" }, el("a:avLst")),
      el("a:ln", { w: 9525 }, fillOf(theme, "hairline")),
    ),
  );
}

function lineXml(
  { theme, language }: Branding,
  name: string,
  text: string,
  box: Box,
  align: "left" | "center" | "right",
): Xml {
  const properties = el(
    "a:rPr",
    { ...proofing[language], sz: hundredths(theme.sizes.footer) },
    fillOf(theme, "muted"),
  );
  return el(
    "p:sp",
    {},
    el("p:nvSpPr", {}, el("p:cNvPr", { id: 0, name }), el("p:cNvSpPr", { txBox: 1 }), drawn()),
    el("p:spPr", {}, transform(box), rectangle(), el("a:noFill")),
    el(
      "p:txBody",
      {},
      bodyProperties({ inset: [0, 0, 0, 0], valign: "middle" }),
      el("a:lstStyle"),
      el(
        "a:p",
        {},
        el("a:pPr", { algn: alignmentOf(align) }),
        el("a:r", {}, properties, el("a:t", {}, text)),
      ),
    ),
  );
}

/** As large as fits the room in its own proportions, in the corner of it. */
function logoXml({ theme }: Branding, { width, height }: DrawnLogo, room: Box, side: "left" | "right"): Xml {
  const scale = Math.min(room.w / width, room.h / height);
  const [w, h] = [width * scale, height * scale];
  const box = { x: side === "left" ? room.x : room.x + room.w - w, y: room.y + (room.h - h) / 2, w, h };
  return el(
    "p:pic",
    {},
    el(
      "p:nvPicPr",
      {},
      el("p:cNvPr", { id: 0, name: "Logo", descr: theme.logo?.alt ?? theme.name }),
      el("p:cNvPicPr", {}, el("a:picLocks", { noChangeAspect: 1 })),
      drawn(),
    ),
    el("p:blipFill", {}, el("a:blip", { "r:embed": logoId }), el("a:stretch", {}, el("a:fillRect"))),
    el("p:spPr", {}, transform(box), rectangle()),
  );
}

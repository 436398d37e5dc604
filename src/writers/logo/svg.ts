/** What an SVG may not hold to be a logo: whatever reaches out of it, runs, or is drawn differently elsewhere. */
import { parse } from "../package/reader.ts";
import { descendants, elements, serialize, textOf, type Xml } from "../package/xml.ts";

export interface SvgFault {
  readonly found: string;
  readonly why: string;
}

const reachesOut = "a picture reads no file and no network: draw it, or save the logo as PNG";
const runs = "a picture runs nothing: remove it";
const letters = "letters would be set in whatever font there is: convert text to paths";
const slow = "effects may take any time to draw: draw it flat, or save the logo as PNG";

/** Elements by their local names. */
const refused: Readonly<Record<string, string>> = {
  script: runs,
  handler: runs,
  foreignObject: runs,
  image: reachesOut,
  feImage: reachesOut,
  text: letters,
  tspan: letters,
  textPath: letters,
  tref: letters,
  filter: slow,
};

/** Characters; logos have a tenth of it. */
const longest = 150_000;

/** Elements as they are drawn, each as often as others refer to it; more than any logo has. */
const mostDrawn = 20_000;

/** Groups within groups; what draws them takes no more than 256. */
const deepest = 200;

/** Of what is drawn aside first, as masks are, that takes as long as so many others. */
const aside = 200;

/**
 * The text of an SVG written anew from what was checked, so that no declaration, comment or encoding of the file
 * reaches what draws it; or what is wrong; nothing when the text is no SVG at all.
 */
export function checkSvg(
  text: string,
): { readonly svg: string } | { readonly faults: readonly SvgFault[] } | undefined {
  const declared = /<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet/i.exec(text);
  if (declared && /<(?:[\w-]+:)?svg[\s>/]/.test(text))
    return {
      faults: [{ found: declared[0], why: "a picture defines and fetches nothing: remove this line" }],
    };
  if (declared) return undefined;
  const tooMuch = { found: "more to draw than any logo has", why: slow };
  if (text.length > longest && /<(?:[\w-]+:)?svg[\s>/]/.test(text)) return { faults: [tooMuch] };
  const root = parse(text);
  if ("complaint" in root || localName(root.name) !== "svg") return undefined;
  if (isTooDeep(root)) return { faults: [tooMuch] };
  const faults = [
    ...(drawnBy(root) > mostDrawn ? [tooMuch] : []),
    ...[...descendants(root)].flatMap(faultsOf),
  ];
  return faults.length > 0 ? { faults } : { svg: serialize(root) };
}

/** Level by level, because a walk down bottomless nesting would exhaust the stack. */
function isTooDeep(root: Xml): boolean {
  let level = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > deepest) return true;
    level = level.flatMap((element) => elements(element));
  }
  return false;
}

/** How much is drawn for an element, with all that it and its parts refer to; infinite for a circle of references. */
function drawnBy(root: Xml): number {
  const named = new Map<string, Xml>();
  for (const element of descendants(root)) named.set(element.attributes.get("id") ?? "", element);
  const known = new Map<Xml, number>();
  const drawn = (element: Xml): number => {
    const before = known.get(element);
    if (before !== undefined) return before;
    // What is met again on the way down leads to itself.
    known.set(element, Number.POSITIVE_INFINITY);
    let sum = 1;
    for (const child of elements(element)) sum += drawn(child);
    for (const id of referencesOf(element)) {
      const target = named.get(id);
      if (target) sum += drawn(target) + (isFlat(target) ? 0 : aside);
    }
    known.set(element, sum);
    return sum;
  };
  // A sheet may name any part for any element.
  const sheets = [...descendants(root)].filter(({ name }) => localName(name) === "style");
  const bySheets = sheets.flatMap((sheet) => addresses(textOf(sheet))).map((id) => named.get(id));
  if (bySheets.some((target) => target && !isFlat(target))) return Number.POSITIVE_INFINITY;
  return drawn(root);
}

function referencesOf({ attributes }: Xml): string[] {
  return [...attributes].flatMap(([key, value]) =>
    localName(key) === "href" ? [value.trim().slice(1)] : addresses(value),
  );
}

/** Names of parts in `url(#…)`. */
function addresses(css: string): string[] {
  return [...css.matchAll(/url\(\s*["']?\s*#([^"')\s]+)/gi)].map(([, id = ""]) => id);
}

/** What is painted in one go. */
function isFlat({ name }: Xml): boolean {
  return /^(?:linearGradient|radialGradient|path|rect|circle|ellipse|line|polyline|polygon)$/.test(
    localName(name),
  );
}

function faultsOf({ name, attributes, children }: Xml): SvgFault[] {
  const local = localName(name);
  const why = Object.hasOwn(refused, local) ? refused[local] : undefined;
  const style = local === "style" ? children.filter((child) => typeof child === "string").join("") : "";
  return [
    ...(why === undefined ? [] : [{ found: `<${name}>`, why }]),
    ...(isStyleOut(style) ? [{ found: `<${name}>`, why: reachesOut }] : []),
    ...[...attributes].flatMap(([key, value]): SvgFault[] => {
      const found = `${key}="${value.slice(0, 60)}"`;
      const attribute = localName(key).toLowerCase();
      if (/^on/.test(attribute)) return [{ found, why: runs }];
      const isReference = attribute === "href" || attribute === "src" || key === "xml:base";
      return (isReference && !value.trim().startsWith("#")) || isStyleOut(value)
        ? [{ found, why: reachesOut }]
        : [];
    }),
  ];
}

/** Whether CSS, or a value with `url(…)`, leads anywhere but to a part of the picture. Escapes could hide that. */
function isStyleOut(css: string): boolean {
  return /@import|\\|url\(\s*["']?\s*(?!["'\s#])/i.test(css);
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** What an SVG may not hold to be a logo: whatever reaches out of it, runs, or is drawn differently elsewhere. */
import { descendants, parse, serialize, type Xml } from "../package/xml.ts";

export interface SvgFault {
  readonly found: string;
  readonly why: string;
}

const reachesOut = "a picture reads no file and no network: draw it, or save the logo as PNG";
const runs = "a picture runs nothing: remove it";
const letters = "letters would be set in whatever font there is: turn text into outlines";
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

/** More elements than any logo has; `use` may repeat each. */
const mostElements = 20_000;
const mostUses = 200;

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
  const root = parse(text);
  if ("complaint" in root || localName(root.name) !== "svg") return undefined;
  const all = [...descendants(root)];
  const uses = all.filter(({ name }) => localName(name) === "use").length;
  const tooMany = all.length > mostElements || uses > mostUses;
  const faults = [
    ...(tooMany ? [{ found: `${all.length} elements`, why: slow }] : []),
    ...all.flatMap(faultsOf),
  ];
  return faults.length > 0 ? { faults } : { svg: serialize(root) };
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

import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { drawLogo } from "../../src/writers/logo/draw.ts";
import { readLogo } from "../../src/writers/logo/read.ts";

const where = { file: "templates/themes/acme.yaml", line: 5, column: 9 };
const room = { w: 2, h: 1.2 };
const text = (content: string) => new TextEncoder().encode(content);
const read = (bytes: Uint8Array) => readLogo("logo.svg", { bytes }, where);
const codes = (bytes: Uint8Array) => read(bytes).problems.map(({ code }) => code);

const raster = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 96, b: 96, alpha: 0.5 } } });
const svg = (inner: string, head = 'viewBox="0 0 300 100"') =>
  text(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${head}>${inner}</svg>`,
  );
const shape =
  '<style>.a{fill:url(#g)}</style><clipPath id="c"><path d="M0 0H300V100H0Z"/></clipPath><g clip-path="url(#c)"><use href="#r"/></g>' +
  '<defs><linearGradient id="g"/></defs><rect id="r" width="300" height="100" class="a" fill="url(#g) #f00"/>';

async function drawn(bytes: Uint8Array) {
  const { value, problems } = read(bytes);
  expect(problems).toEqual([]);
  return await drawLogo(value!, room, "FFFFFF");
}

describe("a logo", () => {
  it.each([
    ["PNG", () => raster(900, 300).png().toBuffer(), [600, 200]],
    ["JPEG", () => raster(300, 900).jpeg().toBuffer(), [120, 360]],
    ["small PNG, which is not blown up", () => raster(90, 30).png().toBuffer(), [90, 30]],
    ["SVG", () => svg(shape), [600, 200]],
    [
      "SVG with a size of its own",
      () => svg(shape, 'width="30" height="10" viewBox="0 0 300 100"'),
      [600, 200],
    ],
    ["huge SVG", () => svg(shape, 'width="30000" height="10000" viewBox="0 0 300 100"'), [600, 200]],
  ])("is drawn in its own proportions: a %s", async (_, bytes, size) => {
    const { value } = await drawn(new Uint8Array(await bytes()));
    expect([value!.width, value!.height]).toEqual(size);
    const { format, hasAlpha } = await sharp(value!.png).metadata();
    expect(format).toBe("png");
    expect(hasAlpha).toBe(_ !== "JPEG");
  });

  it.each([
    ["ink", "#1b1f24", "14191F", true],
    ["ink", "#1b1f24", "FFFFFF", false],
    ["white", "#ffffff", "FFFFFF", true],
    ["white", "#ffffff", "14191F", false],
    ["red", "#b5442e", "14191F", false],
    ["red", "#b5442e", "FFFFFF", false],
  ])("in %s, %s, on %s is warned of: %s", async (_, colour, ground, isPale) => {
    const logo = svg(`<rect width="200" height="60" fill="${colour}"/>`);
    const { value, problems } = await drawLogo(read(logo).value!, room, ground);
    expect(value).toBeDefined();
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(
      isPale ? ["warning pale-logo"] : [],
    );
  });

  it("of thin lines in a box like its ground is seen by its lines", async () => {
    const box = svg('<rect width="300" height="100" fill="#fff"/><rect width="9" height="60" fill="#111"/>');
    expect((await drawLogo(read(box).value!, room, "FFFFFF")).problems).toEqual([]);
  });

  it("is the same bytes each time", async () => {
    const [one, other] = [await drawn(svg(shape)), await drawn(svg(shape))];
    expect(Buffer.compare(one.value!.png, other.value!.png)).toBe(0);
  });

  it("has its colours, gradients and transparency", async () => {
    const { value } = await drawn(svg('<rect width="150" height="100" fill="#ff0000"/>'));
    const pixel = async (left: number) => [
      ...(await sharp(value!.png).extract({ left, top: 100, width: 1, height: 1 }).raw().toBuffer()),
    ];
    expect(await pixel(100)).toEqual([255, 0, 0, 255]);
    expect((await pixel(500))[3]).toBe(0);
  });
});

/** A header that promises so many pixels, without any. */
function promising(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(64);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** Parts of which each holds ten of the one before. */
function tenfold(levels: number, refer: (id: string) => string, element = "g"): string {
  const parts = Array.from(
    { length: levels },
    (_, level) =>
      `<${element} id="a${level}">${level === 0 ? "<path/>" : refer(`a${level - 1}`).repeat(10)}</${element}>`,
  );
  return `<defs>${parts.join("")}</defs>${refer(`a${levels - 1}`)}`;
}

describe("a logo is refused, at the line that names it,", () => {
  it("that promises too many pixels, before any of them is decoded", () => {
    expect(read(promising(10_000, 10_000)).problems).toMatchObject([
      { code: "logo-too-large", where, found: "10000 × 10000 pixels", expected: "at most 16 million" },
    ]);
    const jpeg = Uint8Array.from([
      ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc4, 0, 3, 0],
      ...[0xff, 0xff, 0xc2, 0, 17, 8, 0x27, 0x10, 0x27, 0x10, 3, 0, 0, 0],
    ]);
    expect(read(jpeg).problems).toMatchObject([{ found: "10000 × 10000 pixels" }]);
  });

  it.each([
    ["nothing", new Uint8Array(), "an empty file"],
    ["a GIF", text("GIF89a..and more"), "GIF89a.."],
    ["a text", text("not a picture"), "not a pi"],
    ["a page", text("<html><svg/></html>"), "<html><s"],
    ["a PNG without pixels", promising(0, 10), "a picture without pixels"],
    ["bytes", Uint8Array.from([0, 255, 3]), "00 ff 03"],
  ])("that is no picture: %s", (_, bytes, found) => {
    expect(read(bytes).problems).toMatchObject([{ code: "logo-no-picture", where, found }]);
  });

  it("that ends too early", async () => {
    const whole = await raster(200, 200).png().toBuffer();
    const { value, problems } = await drawLogo(
      read(new Uint8Array(whole.subarray(0, 60))).value!,
      room,
      "FFFFFF",
    );
    expect(value).toBeUndefined();
    expect(problems).toMatchObject([{ code: "logo-no-picture", where }]);
  });

  it.each([
    [{ fault: "a folder" }, "a folder"],
    [{ bytes: new Uint8Array(6 * 1024 * 1024) }, "6291456 bytes"],
    [undefined, "a path out of the templates folder"],
  ])("that cannot be read: %#", (picture, found) => {
    expect(readLogo("../logo.png", picture, where).problems).toMatchObject([
      { code: "logo-unread", where, found },
    ]);
  });

  it.each([
    ["logo.png", ["logos.png", "../other.png"], "did you mean `logos.png`?"],
    ["pictures/acme.svg", ["acme.png", "bike.svg"], "did you mean `pictures/acme.png`?"],
    [
      "logo.png",
      ["log.png", "../logo.png"],
      "did you mean `../logo.png`? Its path is told from the theme's own file",
    ],
    ["logo.png", ["bicycle.svg"], undefined],
  ])("that is not there is looked for near its place: %s among %o", (file, near, hint) => {
    const [problem] = readLogo(file, { fault: "nothing there", near }, where).problems;
    expect(problem?.hint).toBe(hint);
  });

  it.each([
    ["fetches a picture", '<image href="http://example.com/a.png"/>', 2],
    ["reads a file", '<use xlink:href="file:///etc/passwd#a"/>', 1],
    ["uses a part of another file", '<use href="other.svg#a"/>', 1],
    ["paints with another file", '<rect fill="url(http://example.com/a.svg#g)"/>', 1],
    ["paints with a quoted one", `<rect style="fill:url( 'a.svg#g')"/>`, 1],
    ["imports a style", '<style>@import "a.css";</style>', 1],
    ["hides an address in escapes", "<style>rect{fill:u\\72l(a.svg)}</style>", 1],
    ["runs a script", "<script>alert(1)</script>", 1],
    ["runs on an event", '<rect onload="alert(1)"/>', 1],
    ["holds a page", "<foreignObject><p/></foreignObject>", 1],
    ["holds letters", "<text>Acme</text>", 1],
    ["holds an effect", '<filter id="f"/>', 1],
    ["refers to itself", '<g id="a"><use href="#a"/></g>', 1],
    ["repeats itself tenfold, tenfold", tenfold(6, (id) => `<use href="#${id}"/>`), 1],
    ["masks masks", tenfold(3, (id) => `<path mask="url(#${id})"/>`, "mask"), 1],
    ["masks by a sheet", '<style>.a{mask:url(#m)}</style><mask id="m"/>', 1],
    ["nests without end", "<g>".repeat(3000) + "</g>".repeat(3000), 1],
    ["is too long", `<path d="${"M0 0".repeat(70_000)}"/>`, 1],
    ["under another prefix", '<s:script xmlns:s="http://www.w3.org/2000/svg"/>', 1],
  ])("that %s", (_, inner, count) => {
    expect(codes(svg(inner))).toEqual(new Array(count).fill("logo-unsafe"));
  });

  it.each([
    '<!DOCTYPE svg [<!ENTITY a "aaaa">]>',
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
    '<?xml-stylesheet href="a.css"?>',
  ])("that declares %s", (declaration) => {
    expect(codes(text(`${declaration}<svg xmlns="http://www.w3.org/2000/svg">&a;</svg>`))).toEqual([
      "logo-unsafe",
    ]);
  });
});

it("what draws an SVG sees what was checked, not what its encoding makes of it", () => {
  const disguised = text(
    '<?xml version="1.0" encoding="UTF-7"?><!-- +ADw-script+AD4- --><svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
  );
  expect(new TextDecoder().decode(read(disguised).value!.bytes)).toBe(
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
  );
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readPicture } from "../../src/cli/pictures.ts";

const root = mkdtempSync(join(tmpdir(), "sourcedeck-pictures-"));
afterAll(() => rmSync(root, { recursive: true }));

const [own, shipped] = [join(root, "own"), join(root, "shipped")];
for (const folder of [own, shipped]) mkdirSync(join(folder, "themes"), { recursive: true });
writeFileSync(join(own, "themes/logo.png"), "own");
writeFileSync(join(shipped, "themes/logo.png"), "shipped");
writeFileSync(join(shipped, "themes/only.png"), "shipped");
writeFileSync(join(root, "secret.png"), "secret");
writeFileSync(join(own, "large.png"), "");
truncateSync(join(own, "large.png"), 5 * 1024 * 1024 + 1);
symlinkSync(join(root, "secret.png"), join(own, "out.png"));
symlinkSync(root, join(own, "up"));
symlinkSync("themes/logo.png", join(own, "in.png"));
symlinkSync("round.png", join(own, "round.png"));

const read = (path: string) => {
  const picture = readPicture([own, shipped], path);
  return "fault" in picture ? picture.fault : Buffer.from(picture.bytes).toString();
};

it.each([
  ["themes/logo.png", "own"],
  ["themes/only.png", "shipped"],
  ["in.png", "own"],
  ["themes/none.png", "nothing there"],
  ["themes/logo.png/deeper.png", "nothing there"],
  ["themes", "a folder"],
  ["large.png", "5242881 bytes"],
  ["out.png", "a link that leads out of the templates folder"],
  ["up/secret.png", "a link that leads out of the templates folder"],
  ["../secret.png", "a link that leads out of the templates folder"],
  ["round.png", "links that lead in a circle"],
])("a picture at %s is %s", (path, found) => {
  expect(read(path)).toBe(found);
});

it("where nothing is, the pictures of its folder and of the one around it are told", () => {
  expect(readPicture([own, shipped], "themes/none.png")).toMatchObject({
    near: ["logo.png", "../in.png", "../large.png", "../out.png", "../round.png", "only.png"],
  });
  expect(readPicture([own, shipped], "none.png")).toMatchObject({
    near: ["in.png", "large.png", "out.png", "round.png"],
  });
});

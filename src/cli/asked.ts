/** What is asked of a library on the way to a product: as long as that is the same, so is what comes of it. */
import { createHash } from "node:crypto";
import type { Library, LibraryFile, LibraryPicture } from "../templates/library.ts";

/** SHA-256 by path, nothing for what is not there. */
type AskedSums = readonly (readonly [path: string, sum: string | null])[];

export class Asked {
  /** The library, of which is noted what is asked. */
  readonly library: Library;
  readonly #files = new Map<string, LibraryFile | undefined>();
  readonly #pictures = new Map<string, LibraryPicture>();
  #hasNamed = false;

  constructor(library: Library) {
    const { picture } = library;
    const see = (path: string): LibraryPicture => {
      const found = picture?.(path) ?? { fault: "no pictures" };
      this.#pictures.set(path, found);
      return found;
    };
    this.library = {
      ...library,
      files: new NotingFiles(library.files, this.#files, () => {
        this.#hasNamed = true;
      }),
      ...(picture && { picture: see }),
    };
  }

  /** Whether another library would have answered the same, pictures aside. */
  isSameIn({ files, under = new Map() }: Library): boolean {
    const { files: before, under: underBefore = new Map() } = this.library;
    const isSameList = !this.#hasNamed || namesSum(files) === namesSum(before);
    // Nobody is seen to ask for what own files are laid over.
    const isSameBelow =
      under.size === underBefore.size &&
      [...underBefore].every(([path, file]) => isSameFile(under.get(path), file));
    return (
      isSameList &&
      isSameBelow &&
      [...this.#files].every(([path, asked]) => isSameFile(files.get(path), asked))
    );
  }

  get sums(): {
    readonly files: AskedSums;
    readonly pictures: AskedSums;
    /** Of the names of all files, where they were asked for. */
    readonly names: string | null;
  } {
    return {
      names: this.#hasNamed ? namesSum(this.library.files) : null,
      files: [...this.#files].map(([path, file]) => [path, sumOfFile(file)]),
      pictures: [...this.#pictures].map(([path, picture]) => [path, sumOfPicture(picture)]),
    };
  }
}

/** Whether a library answers what was asked of another, whose sums these are, in the same way. */
export function answersAlike(library: Library, { files, pictures, names }: Asked["sums"]): boolean {
  return (
    (names === null || names === namesSum(library.files)) &&
    files.every(([path, sum]) => sumOfFile(library.files.get(path)) === sum) &&
    pictures.every(([path, sum]) => library.picture && sumOfPicture(library.picture(path)) === sum)
  );
}

function isSameFile(one: LibraryFile | undefined, other: LibraryFile | undefined): boolean {
  return one?.file === other?.file && one?.text === other?.text;
}

function namesSum(files: ReadonlyMap<string, LibraryFile>): string {
  return sumOf(JSON.stringify([...files.keys()].sort()));
}

/** Of its name, too, which problems tell. */
function sumOfFile(file: LibraryFile | undefined): string | null {
  return file ? sumOf(`${file.file}\n${file.text}`) : null;
}

function sumOfPicture(picture: LibraryPicture): string | null {
  return sumOf("bytes" in picture ? picture.bytes : JSON.stringify(picture));
}

function sumOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Files that note which of them were asked for, what they held, and whether anyone asked what there is. */
class NotingFiles extends Map<string, LibraryFile> {
  readonly #asked: Map<string, LibraryFile | undefined>;
  readonly #named: () => void;

  constructor(
    files: ReadonlyMap<string, LibraryFile>,
    asked: Map<string, LibraryFile | undefined>,
    named: () => void,
  ) {
    super(files);
    this.#asked = asked;
    this.#named = named;
  }

  override keys(): MapIterator<string> {
    this.#named();
    return super.keys();
  }

  override get(path: string): LibraryFile | undefined {
    const found = super.get(path);
    this.#asked.set(path, found);
    return found;
  }
}

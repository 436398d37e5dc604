/** What is asked of a library on the way to a product: as long as that is the same, so is what comes of it. */
import { createHash } from "node:crypto";
import type { Library, LibraryFile, LibraryPicture } from "../templates/library.ts";

/** SHA-256 by path, nothing for what is not there. */
export type AskedSums = readonly (readonly [path: string, sum: string | null])[];

export class Asked {
  /** The library, of which is noted what is asked. */
  readonly library: Library;
  readonly #files = new Map<string, LibraryFile | undefined>();
  readonly #pictures = new Map<string, LibraryPicture>();

  constructor(library: Library) {
    const { picture } = library;
    const see = (path: string): LibraryPicture => {
      const found = picture?.(path) ?? { fault: "no pictures" };
      this.#pictures.set(path, found);
      return found;
    };
    this.library = {
      ...library,
      files: new NotingFiles(library.files, this.#files),
      ...(picture && { picture: see }),
    };
  }

  /** Whether another library would have answered the same, pictures aside. */
  isSameIn({ files }: Library): boolean {
    return [...this.#files].every(([path, asked]) => {
      const now = files.get(path);
      return now?.file === asked?.file && now?.text === asked?.text;
    });
  }

  get sums(): { readonly files: AskedSums; readonly pictures: AskedSums } {
    return {
      files: [...this.#files].map(([path, file]) => [path, sumOfFile(file)]),
      pictures: [...this.#pictures].map(([path, picture]) => [path, sumOfPicture(picture)]),
    };
  }
}

/** Whether a library answers what was asked of another, whose sums these are, in the same way. */
export function answersAlike(library: Library, { files, pictures }: Asked["sums"]): boolean {
  return (
    files.every(([path, sum]) => sumOfFile(library.files.get(path)) === sum) &&
    pictures.every(([path, sum]) => library.picture && sumOfPicture(library.picture(path)) === sum)
  );
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

/** Files that note which of them were asked for, and what they held. */
class NotingFiles extends Map<string, LibraryFile> {
  readonly #asked: Map<string, LibraryFile | undefined>;

  constructor(files: ReadonlyMap<string, LibraryFile>, asked: Map<string, LibraryFile | undefined>) {
    super(files);
    this.#asked = asked;
  }

  override get(path: string): LibraryFile | undefined {
    const found = super.get(path);
    this.#asked.set(path, found);
    return found;
  }
}

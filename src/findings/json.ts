/** JSON, strictly: where a text stops being it. */

/** Where a text stops being JSON, and what should stand there. */
export interface JsonFault {
  /** UTF-16 units from the start of the text. */
  readonly offset: number;
  readonly expected: string;
}

const space = /[ \t\r\n]*/y;
const token =
  /[{}[\],:]|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

interface State {
  readonly takes: string;
  readonly expected: string;
}

/** What may come next, by what came before; `"` stands for a string, `0` for a number or a word. */
const next = {
  value: { takes: '{["0', expected: "a value" },
  firstItem: { takes: '{["0]', expected: "a value or `]`" },
  firstKey: { takes: '"}', expected: "a key in double quotes or `}`" },
  key: { takes: '"', expected: "a key in double quotes" },
  colon: { takes: ":", expected: "`:`" },
  inList: { takes: ",]", expected: "`,` or `]`" },
  inObject: { takes: ",}", expected: "`,` or `}`" },
  end: { takes: "", expected: "the end of the file" },
} as const satisfies Readonly<Record<string, State>>;
type StateName = keyof typeof next;

/** Goes through a text once, without recursion; nothing for sound JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ("{" | "[")[] = [];
  const after = (): StateName => (open.length === 0 ? "end" : open.at(-1) === "{" ? "inObject" : "inList");
  let state: StateName = "value";
  for (let offset = 0; ; ) {
    offset += matchAt(space, text, offset).length;
    const found = matchAt(token, text, offset);
    const kind = /^["{}[\],:]/.test(found) ? found.charAt(0) : found === "" ? "" : "0";
    const wanted: State = next[state];
    if (offset === text.length && state === "end") return undefined;
    if (kind === "" || !wanted.takes.includes(kind)) return { offset, expected: wanted.expected };
    offset += found.length;
    if (kind === "{" || kind === "[") {
      open.push(kind);
      state = kind === "{" ? "firstKey" : "firstItem";
    } else if (kind === "}" || kind === "]") {
      open.pop();
      state = after();
    } else if (kind === ",") state = open.at(-1) === "{" ? "key" : "value";
    else if (kind === ":") state = "value";
    else if (state === "key" || state === "firstKey") state = "colon";
    else state = after();
  }
}

function matchAt(form: RegExp, text: string, offset: number): string {
  form.lastIndex = offset;
  return form.exec(text)?.[0] ?? "";
}

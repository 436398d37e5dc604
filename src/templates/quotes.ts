/** Quotes in calls: `{{fig “id”}}`, as word processors and Chinese keyboards set them, read as if they were straight. */

const anyCrooked = /[“”„‟‘’‚‛＂＇「」『』«»]/;
const opening = /(?<!\\)\{\{/g;
/** What ends a call, a text in straight quotes, and one in others; none is looked for again from where it began. */
const inCall =
  /\}\}|(["'])(?:\\\1|(?!\1)[\s\S])*(?:\1|$)|[“”„‟‘’‚‛＂＇「」『』«»](?<words>[^“”„‟‘’‚‛＂＇「」『』«»"\n{}]*)(?<closing>[“”„‟‘’‚‛＂＇「」『』«»])?/g;

export interface Straightened {
  /** As long as the text that was given. */
  readonly text: string;
  /** Where a text in other quotes begins. */
  readonly offsets: readonly number[];
}

/**
 * The text with straight quotes in its calls, so that what else is wrong in them is told, too.
 * @param plain the text with blanks for its comments
 */
export function straightened(text: string, plain: (text: string) => string): Straightened {
  if (!anyCrooked.test(text)) return { text, offsets: [] };
  const source = plain(text);
  const offsets: number[] = [];
  const parts: string[] = [];
  let from = 0;
  const straight = (at: number): void => {
    parts.push(text.slice(from, at), '"');
    from = at + 1;
  };
  opening.lastIndex = 0;
  for (let call = opening.exec(source); call; call = opening.exec(source)) {
    inCall.lastIndex = opening.lastIndex;
    let found = inCall.exec(source);
    for (; found && found[0] !== "}}"; found = inCall.exec(source)) {
      const { words, closing } = found.groups ?? {};
      if (words === undefined) continue;
      offsets.push(found.index);
      straight(found.index);
      if (closing !== undefined) straight(found.index + found[0].length - 1);
    }
    if (!found) break;
    opening.lastIndex = inCall.lastIndex;
  }
  return { text: [...parts, text.slice(from)].join(""), offsets };
}

/** Limits: how much a template may be and do, so that none can hang or fill the machine. */

export const limits = {
  template: 1024 * 1024,
  output: 1024 * 1024,
  madeText: 10_000,
  steps: 10_000,
  partials: 20,
  nesting: 50,
  lines: 10_000,
  markdown: 32,
  emphasis: 1_000,
} as const;

/** What each limit bounds; characters are UTF-16 units. */
export const limitMeanings: Readonly<Record<keyof typeof limits, string>> = {
  template: "characters of one template, partial, file of words or formats",
  output: "characters of the Markdown that a template gives",
  madeText: "characters of a text that a helper in JavaScript gives",
  steps: "turns of all loops and calls of all partials of a document together",
  partials: "partials within partials",
  nesting: "blocks within blocks, and brackets within brackets",
  lines: "lines of the Markdown that a template gives, empty ones aside",
  markdown: "lists, containers and emphasis within each other",
  emphasis: "marks that pair (`*`, `_`, `~`, `[` and backquotes) in one paragraph",
};

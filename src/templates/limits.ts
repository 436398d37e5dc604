/** Limits: how much a template may be and do, so that none can hang or fill the machine. */

export const limits = {
  /** UTF-16 units of one template, partial or words file. */
  template: 1024 * 1024,
  /** UTF-16 units of the Markdown that a template gives. */
  output: 4 * 1024 * 1024,
  /** UTF-16 units of a text that a helper of the workspace gives. */
  madeText: 10_000,
  /** Turns of all loops and calls of all partials together. */
  steps: 10_000,
  /** Partials within partials. */
  partials: 20,
  /** Blocks and subexpressions within each other. */
  nesting: 50,
  /** Emphasis, lists and containers of Markdown within each other. */
  markdown: 32,
  /** Marks of emphasis (`*`, `_`, `~`) in one paragraph, each of which may pair with every other. */
  emphasis: 1_000,
} as const;

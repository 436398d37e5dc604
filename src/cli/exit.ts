/** Exit codes; `interrupted` is that of Ctrl+C, as shells have it. */
export const exit = { done: 0, problems: 1, usage: 2, bug: 70, interrupted: 130 } as const;

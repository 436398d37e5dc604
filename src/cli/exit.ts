/** Exit codes. */
export const exit = { done: 0, problems: 1, usage: 2, bug: 70 } as const;

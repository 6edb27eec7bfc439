/**
 * What a built site may take, in bytes, gzipped: the page's own scripts of a lesson (`first`), what comes before them up to the prompt (`prompt`), both
 * with the terminal, and all that is kept for use without a network. Wanted with the terminal are 400 kB; this is what is reached.
 */
export const BUDGETS = { first: 135_000, prompt: 269_000, terminal: 411_000, offline: 3_000_000 }

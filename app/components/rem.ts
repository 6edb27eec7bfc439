/** The page's letters, in px: what the browser is set to, and larger on a very wide screen (globals.css). What counts in px grows with it. */
export const rem = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize)

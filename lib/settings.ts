/** How a student wants the page: kept in localStorage, put on the root element before the first paint. */
export const SETTINGS = {
  theme: { label: 'Colours', values: ['system', 'light', 'dark'] },
  contrast: { label: 'Contrast', values: ['system', 'normal', 'more'] },
  motion: { label: 'Motion', values: ['system', 'full', 'none'] },
  /** A key by itself can be in the way of who speaks to the machine (WCAG 2.1.4). */
  slash: { label: 'The key /', values: ['searches', 'unused'] },
  /** The terminal reads out each key, and its rows can be walked through (app/components/lab/heard.ts). */
  reader: { label: 'Screen reader', values: ['off', 'on'] },
} as const

export type Setting = keyof typeof SETTINGS

const PREFIX = 'pause-lab-'

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + name, value)
  } catch {
    // Nothing is stored here: it lasts as long as the page.
  }
}

export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

export function applySetting(name: Setting, value: string): void {
  const { dataset } = document.documentElement
  if (value === 'system') delete dataset[name]
  else dataset[name] = value
}

/** Run before the first paint. */
export const EARLY = `try{for(const n of ${JSON.stringify(Object.keys(SETTINGS))}){const v=localStorage.getItem(${JSON.stringify(PREFIX)}+n);if(v&&v!=='system')document.documentElement.dataset[n]=v}}catch{}`

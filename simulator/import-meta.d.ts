/** `import.meta.glob`, as Vite, Vitest and Turbopack understand it: files found by their place. Turbopack gives undefined for `import: 'default'`, so the type leaves it out. */
interface ImportMeta {
  glob<T>(pattern: string | readonly string[], options: { eager: true; query?: string }): Record<string, T>
  glob<T>(pattern: string | readonly string[], options?: { query: string }): Record<string, () => Promise<T>>
}

/** `import.meta.glob`, as Vite, Vitest and Turbopack understand it: files found by their place. */
interface ImportMeta {
  glob<T>(pattern: string | readonly string[], options: { eager: true; import?: string }): Record<string, T>
}

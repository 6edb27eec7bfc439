/** The same random cases in each run of the tests; `SEED=N npx vitest run …` looks at others. */
const { SEED } = (globalThis as { process?: { env: Record<string, string | undefined> } }).process?.env ?? {}

export const seed = Number(SEED ?? 1)

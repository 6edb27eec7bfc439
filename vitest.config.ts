import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['simulator/**/*.test.ts', 'lib/**/*.test.ts', 'scripts/**/*.test.ts'], testTimeout: 60_000, pool: 'threads' } })

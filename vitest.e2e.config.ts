import { defineConfig } from 'vitest/config'

/** The journeys: the built program, a real browser, one after another. */
export default defineConfig({
  test: {
    globalSetup: ['e2e/program.ts'],
    include: ['e2e/*.spec.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
  },
})

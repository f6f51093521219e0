import { defineConfig } from 'vitest/config'

const files = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'test/**/*.test.tsx']
const SERIAL = '**/*.serial.test.ts'

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'parallel', include: files, exclude: [SERIAL, '**/node_modules/**'], globalSetup: [], sequence: { groupOrder: 0 } } },
      // A held transaction holds back the readers of every database of the server (decision 3): these run alone, afterwards.
      { extends: true, test: { name: 'serial', include: [`{src,test}/${SERIAL}`], globalSetup: [], fileParallelism: false, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})

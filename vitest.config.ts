import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const files = ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts', 'test/**/*.test.tsx']
const SERIAL = '**/*.serial.test.ts'
/** Minutes each: begun first, so that nobody waits for one at the end. */
const LONG = /(crash|month|history)\.long\.test\.ts$/

class LongFirst extends BaseSequencer {
  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const rest = await super.sort(specifications.filter(({ moduleId }) => !LONG.test(moduleId)))
    return [...specifications.filter(({ moduleId }) => LONG.test(moduleId)).toSorted((a, b) => (a.moduleId < b.moduleId ? 1 : -1)), ...rest]
  }
}

export default defineConfig({
  test: {
    globalSetup: ['test/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: 'parallel', include: files, exclude: [SERIAL, '**/node_modules/**'], globalSetup: [], sequence: { groupOrder: 0 } } },
      // A held transaction holds back the readers of every database of the server (decision 3): these run alone, afterwards.
      { extends: true, test: { name: 'serial', include: [`{src,test}/${SERIAL}`], globalSetup: [], fileParallelism: false, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})

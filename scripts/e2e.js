// The browser journeys. Without a browser: says how to get one, and the rest of `npm test` has still run.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const places = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome']
const chromium = places.find((path) => path !== undefined && existsSync(path))
if (chromium === undefined) {
  console.log('Browser journeys not run: no Chromium found. On Debian: "apt-get install chromium"; elsewhere set CHROMIUM_PATH to a Chromium or Chrome.')
  process.exit(process.env.CI === 'true' ? 1 : 0)
}
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const { status } = spawnSync(process.execPath, [vitest, 'run', '--config', 'vitest.e2e.config.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, CHROMIUM_PATH: chromium },
})
process.exit(status ?? 1)

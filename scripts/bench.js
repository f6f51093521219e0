// npm run bench -- NAME: bundles bench/NAME.ts and runs it on the pinned Node.
import { build } from 'esbuild'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'

const root = join(import.meta.dirname, '..')
const name = process.argv[2]
const names = readdirSync(join(root, 'bench')).filter((f) => f.endsWith('.ts') && !f.startsWith('_')).map((f) => f.slice(0, -3))
if (name === undefined || !existsSync(join(root, 'bench', `${name}.ts`))) {
  console.error(`Usage: npm run bench -- NAME [options]\nNames: ${names.join(', ')}`)
  process.exit(2)
}
const out = join(root, 'node_modules/.cache/bench', `${name}.js`)
await build({ absWorkingDir: root, entryPoints: [`bench/${name}.ts`], outfile: out, bundle: true, platform: 'node', format: 'esm', target: 'node22', packages: 'external', jsx: 'automatic', jsxImportSource: 'hono/jsx', logLevel: 'warning' })
const { status } = spawnSync(process.execPath, ['--expose-gc', out, ...process.argv.slice(3)], { stdio: 'inherit', cwd: root, env: { ...process.env, NODE_ENV: 'production' } })
process.exit(status ?? 1)

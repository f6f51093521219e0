// Bundles the program and the client scripts into dist/. Uses nothing from devDependencies: it runs in `prepare`.
import { build } from 'esbuild'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const root = join(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const started = Date.now()
await rm(join(root, 'dist'), { recursive: true, force: true })
await mkdir(join(root, 'dist/client'), { recursive: true })

const worker = join(root, 'src/platform/pdf/pdf-worker.ts')
const exists = async (path) => (await readdir(join(path, '..')).catch(() => [])).includes(path.split('/').at(-1))

await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/app/main.ts', 'history-thread': 'src/app/history-thread.ts', ...((await exists(worker)) ? { 'pdf-worker': worker } : {}) },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  packages: 'external',
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  sourcemap: 'linked',
  logLevel: 'warning',
})

// Two scripts (officers', citizens') and one style sheet; fonts and the icon go along. Served by src/web/assets.ts.
await build({
  absWorkingDir: root,
  entryPoints: ['src/client/office.ts', 'src/client/citizen.ts', 'src/web/ui/css/app.css', 'src/client/icon.svg'],
  entryNames: '[name]',
  assetNames: '[name]-[hash]',
  loader: { '.woff2': 'file', '.svg': 'copy' },
  outdir: 'dist/client',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  logLevel: 'warning',
})
console.log(`built in ${Date.now() - started} ms`)

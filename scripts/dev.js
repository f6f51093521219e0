// npm run dev: builds, serves with the development pages (/_ui), and does both again when a source changes. Uses the data folder ./var unless told.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const watched = ['src', 'db/migrations', 'data'].filter((folder) => existsSync(join(root, folder)))
let child
let pending
let leaving = false

const build = () => spawnSync(process.execPath, [join(root, 'scripts/build.js')], { cwd: root, stdio: 'inherit' }).status === 0

const start = () => {
  child = spawn(process.execPath, [join(root, 'scripts/start.js'), 'serve'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, MOTCUA_DEV: '1', NODE_ENV: process.env.NODE_ENV ?? 'development', npm_lifecycle_event: '' },
  })
}

const stop = () =>
  new Promise((resolve) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', resolve)
    child.kill('SIGTERM')
  })

const again = async () => {
  await stop()
  // A source with a fault in it: the message stands above, the next save tries again.
  if (!leaving && build()) start()
}

for (const folder of watched) {
  watch(join(root, folder), { recursive: true }, () => {
    clearTimeout(pending)
    pending = setTimeout(again, 200)
  })
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    leaving = true
    void stop().then(() => process.exit(0))
  })
}
if (build()) start()

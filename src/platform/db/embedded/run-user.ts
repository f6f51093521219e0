/** PostgreSQL refuses to run as root; so root runs it as somebody else. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync } from 'node:fs'
import { CannotStart } from '../../config/cannot-start.ts'

export type RunUser = {
  readonly name: string
  /** Undefined when the server runs as the same user as the program. */
  readonly uid: number | undefined
  readonly gid: number | undefined
  /** For child processes. The working folder is `/`, because root's own may be closed to them. */
  readonly spawn: { readonly uid?: number; readonly gid?: number; readonly cwd: string }
}

const idOf = (name: string): { uid: number; gid: number } | undefined => {
  const ask = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8', cwd: '/' })
  const [uid, gid] = [ask('-u'), ask('-g')]
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined
}

/** @throws CannotStart when root finds no user to run the server as, and cannot make one. */
export const runUser = (): RunUser => {
  if (process.getuid?.() !== 0) return { name: process.env['USER'] ?? 'this user', uid: undefined, gid: undefined, spawn: { cwd: process.platform === 'win32' ? process.cwd() : '/' } }
  for (const name of ['postgres', 'nobody', 'motcua']) {
    const id = idOf(name)
    if (id !== undefined && id.uid !== 0) return { name, ...id, spawn: { ...id, cwd: '/' } }
  }
  try {
    execFileSync('/usr/sbin/useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'motcua'], { stdio: 'ignore', cwd: '/' })
    const id = idOf('motcua')
    if (id !== undefined) return { name: 'motcua', ...id, spawn: { ...id, cwd: '/' } }
  } catch {
    // said below
  }
  throw new CannotStart('PostgreSQL does not run as root and there is no other user to run it: start Một Cửa as an ordinary user, or set DATABASE_URL.')
}

export const canEnter = (user: RunUser, directory: string): boolean =>
  user.uid === undefined || spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...user.spawn, stdio: 'ignore' }).status === 0

export const give = (user: RunUser, path: string): void => {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid)
}

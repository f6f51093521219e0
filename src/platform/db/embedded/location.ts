/** What is known about a cluster between two runs: where it lies, its port, its passwords. One file of mode 0600 in DATA_DIR. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, readdir, realpath, rename, rm, statfs, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { CannotStart } from '../../config/cannot-start.ts'
import { SHARED_HOME } from './binaries.ts'
import { type RunUser, canEnter, give } from './run-user.ts'

export const ClusterRecord = z.object({
  /** Folder that holds `postgres/` (the cluster) and `postgres.log`. */
  home: z.string(),
  port: z.number().int(),
  /** Of `postgres`, used only to make and check the owner. */
  superPassword: z.string(),
  /** Of `motcua`, the owner of the database. */
  ownerPassword: z.string(),
})
export type ClusterRecord = z.infer<typeof ClusterRecord>

const recordPath = (dataDir: string): string => join(dataDir, 'postgres.json')
export const clusterOf = (record: ClusterRecord): string => join(record.home, 'postgres')
export const logOf = (record: ClusterRecord): string => join(record.home, 'postgres.log')

/** Two processes may meet here at the first start: whoever links the file first has decided for both. */
export const findOrMakeRecord = async (dataDir: string, user: RunUser, say: (line: string) => void): Promise<ClusterRecord> => {
  // Others may pass through, so that the server's user reaches its folder; files of ours in here are closed one by one.
  await mkdir(dataDir, { recursive: true, mode: user.uid === undefined ? 0o700 : 0o711 })
  const known = await readRecord(dataDir)
  if (known !== undefined) return known
  const home = await chooseHome(dataDir, user, say)
  const record: ClusterRecord = { home, port: 0, superPassword: randomBytes(24).toString('base64url'), ownerPassword: randomBytes(24).toString('base64url') }
  const half = `${recordPath(dataDir)}.${process.pid}`
  await writeFile(half, JSON.stringify(record), { mode: 0o600 })
  try {
    await link(half, recordPath(dataDir))
  } catch (error) {
    if (!existsSync(recordPath(dataDir))) throw error
  } finally {
    await unlink(half)
  }
  return (await readRecord(dataDir)) ?? record
}

export const readRecord = async (dataDir: string): Promise<ClusterRecord | undefined> => {
  const text = await readFile(recordPath(dataDir), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const parsed = ClusterRecord.safeParse(safeJson(text))
  if (!parsed.success) throw new CannotStart(`${recordPath(dataDir)} is damaged: restore it, or move ${dataDir} away to begin anew.`)
  return parsed.data
}

export const writeRecord = async (dataDir: string, record: ClusterRecord): Promise<void> => {
  const half = `${recordPath(dataDir)}.${process.pid}`
  await writeFile(half, JSON.stringify(record), { mode: 0o600 })
  await rename(half, recordPath(dataDir))
}

const safeJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const chooseHome = async (dataDir: string, user: RunUser, say: (line: string) => void): Promise<string> => {
  if (canEnter(user, dataDir)) return dataDir
  await mkdir(SHARED_HOME, { recursive: true, mode: 0o755 })
  await sweepForgotten()
  const home = join(SHARED_HOME, randomBytes(6).toString('hex'))
  await mkdir(home, { mode: 0o711 })
  await writeFile(join(home, 'data-dir'), await realpath(dataDir))
  say(`User ${user.name} cannot reach ${dataDir}, so the database lives in ${home}.`)
  return home
}

/** Clusters of data folders that lay in the temporary folder and are gone: nobody can open them any more, the passwords went with the folder. */
const sweepForgotten = async (): Promise<void> => {
  for (const name of await readdir(SHARED_HOME)) {
    const home = join(SHARED_HOME, name)
    const dataDir = await readFile(join(home, 'data-dir'), 'utf8').catch(() => undefined)
    const forgotten = dataDir !== undefined && dataDir.startsWith(`${tmpdir()}/`) && !existsSync(dataDir)
    if (forgotten && !existsSync(join(home, 'postgres/postmaster.pid'))) await rm(home, { recursive: true, force: true })
  }
}

export const logFileFor = async (record: ClusterRecord, user: RunUser): Promise<void> => {
  const path = logOf(record)
  await writeFile(path, '', { flag: 'a', mode: 0o600 })
  give(user, path)
}

const MB = 1024 * 1024

/** @throws CannotStart below `mb` megabytes: a database that fills its disk in the middle of the first import helps nobody. */
export const requireSpace = async (directory: string, mb: number): Promise<void> => {
  const { bavail, bsize } = await statfs(directory)
  const free = Math.floor((bavail * bsize) / MB)
  if (free < mb) throw new CannotStart(`There is no space left on the disk of ${directory}: ${free} MB free, ${mb} MB needed.`)
}

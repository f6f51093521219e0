/** The key under cookies and tokens: from SECRET, else made once and kept in DATA_DIR. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '#kernel/digest.ts'
import type { Config } from './config.ts'

/** 32 bytes. */
export const installationSecret = async (config: Config): Promise<Buffer> => {
  if (config.secret !== undefined) return sha256(config.secret)
  const path = join(config.dataDir, 'secret')
  await mkdir(config.dataDir, { recursive: true, mode: 0o711 })
  if (!existsSync(path)) {
    const half = `${path}.${process.pid}`
    await writeFile(half, randomBytes(32).toString('base64url'), { mode: 0o600 })
    // The first of two processes decides for both.
    await link(half, path).catch(() => undefined)
    await unlink(half)
  }
  return sha256(await readFile(path, 'utf8'))
}

/** A server for tests and for generating types: the same binaries, nothing flushed to the disk, gone afterwards. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from './server.ts'

const PREFIX = 'motcua-test-'

export const startThrowaway = async (): Promise<{ url: string; stop: () => Promise<void> }> => {
  sweepDead()
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX))
  // Made by root, the folder must let the server's user through to its own part.
  await chmod(dataDir, 0o711)
  writeFileSync(join(dataDir, 'owner.pid'), String(process.pid))
  const server = await startEmbedded({ dataDir, say: () => undefined, durable: false, maxConnections: 200 })
  return {
    url: server.ownerUrl,
    stop: async () => {
      await server.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Servers of runs that were killed: their owner's process is gone. */
const sweepDead = (): void => {
  for (const name of readdirSync(tmpdir()).filter((n) => n.startsWith(PREFIX))) {
    const directory = join(tmpdir(), name)
    try {
      if (isRunning(Number(readFileSync(join(directory, 'owner.pid'), 'utf8')))) continue
      const server = Number(readFileSync(join(directory, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
      if (server > 1 && readFileSync(`/proc/${server}/cmdline`, 'utf8').includes(directory)) process.kill(server, 'SIGQUIT')
    } catch {
      // Half-made, already stopped, or somebody else's: only the folder is left, if it is ours to remove.
    }
    try {
      if (!isRunning(Number(readFileSync(join(directory, 'owner.pid'), 'utf8')))) rmSync(directory, { recursive: true, force: true })
    } catch {
      // not ours
    }
  }
}

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

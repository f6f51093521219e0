import { resolve } from 'node:path'
import { ownerUrl } from './bring-up.ts'
import { clusterOf, readRecord } from './location.ts'
import { findPostmaster } from './postmaster.ts'

/** The address of the embedded server of a data folder if it runs now; nothing is started, nothing is written. */
export const findRunningServer = async (dataDir: string): Promise<string | undefined> => {
  const record = await readRecord(resolve(dataDir))
  if (record === undefined) return undefined
  const server = findPostmaster(clusterOf(record))
  return server === undefined ? undefined : ownerUrl({ ...record, port: server.port })
}

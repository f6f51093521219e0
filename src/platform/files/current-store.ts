import { join } from 'node:path'
import { diskStore } from './disk-store.ts'
import type { FileStore } from './file-store.ts'

let current: FileStore | undefined

/** Set once by `app/` when it starts; tests set a folder of their own. */
export const useFileStore = (store: FileStore): void => {
  current = store
}

/** The store of this process; without a word from `app/` the folder that `FILES_DIR` or `DATA_DIR` names. */
export const fileStore = (): FileStore => {
  current ??= diskStore(process.env['FILES_DIR'] ?? join(process.env['DATA_DIR'] ?? './var', 'files'))
  return current
}

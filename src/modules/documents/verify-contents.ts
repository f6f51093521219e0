import type { Condition } from '#platform/files/file-store.ts'
import { type Db, sql } from '#platform/db/db.ts'
import { fileStore } from '#platform/files/current-store.ts'

type BadContent = { readonly digest: string; readonly condition: Exclude<Condition, 'good'> }
export type ContentCheck = { readonly checked: number; readonly bad: readonly BadContent[] }

const BATCH = 500

/**
 * Reads every kept content and compares it with its digest: for `motcua verify` and after a restore. Outside any transaction; reads all bytes,
 * minutes per hundred gigabytes.
 */
export const verifyContents = async (db: Db, onProgress?: (checked: number) => void): Promise<ContentCheck> => {
  const bad: BadContent[] = []
  let checked = 0
  let after = ''
  for (;;) {
    const { rows } = await sql<{ digest: string }>`
      select encode(digest, 'hex') as digest from documents.content where digest > decode(${after}, 'hex') order by documents.content.digest limit ${BATCH}`.execute(db)
    for (const { digest } of rows) {
      const condition = await fileStore().verify(digest)
      if (condition !== 'good') bad.push({ digest, condition })
      checked += 1
    }
    after = rows.at(-1)?.digest ?? after
    onProgress?.(checked)
    if (rows.length < BATCH) return { checked, bad }
  }
}

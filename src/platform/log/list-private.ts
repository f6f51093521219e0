import type { Uuid } from '#kernel/ids.ts'
import { type Db, sql } from '../db/db.ts'
import type { StreamKind } from './event-hash.ts'

export type PrivatePlace = { readonly seq: number; readonly path: string }

/** Where the personal values of a stream stand that are still there, oldest first; not the values. */
export const listPrivate = async (db: Db, kind: StreamKind, stream: Uuid): Promise<readonly PrivatePlace[]> => {
  const { rows } = await sql<PrivatePlace>`select seq, path from log.private where kind = ${kind} and stream = ${stream} order by seq, path`.execute(db)
  return rows
}

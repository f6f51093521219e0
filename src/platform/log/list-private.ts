import type { Uuid } from '#kernel/ids.ts'
import { type Db, sql } from '../db/db.ts'
import type { StreamKind } from './event-hash.ts'

export type PrivatePlace = { readonly seq: number; readonly path: string }

/** Where the personal values of a stream stand that are still there, oldest first; not the values. */
export const listPrivate = async (db: Db, kind: StreamKind, stream: Uuid): Promise<readonly PrivatePlace[]> => {
  const { rows } = await sql<PrivatePlace>`select seq, path from log.private where kind = ${kind} and stream = ${stream} order by seq, path`.execute(db)
  return rows
}

/** Of these places, those whose value names one of the words: a number, a telephone. The values stay in the database. */
export const listPrivateNaming = async (db: Db, kind: StreamKind, stream: Uuid, words: readonly string[]): Promise<readonly PrivatePlace[]> => {
  const { rows } = await sql<PrivatePlace>`
    select p.seq, p.path from log.private p where p.kind = ${kind} and p.stream = ${stream}
       and exists (select from unnest(${words}::text[]) w where position(w in p.value::text) > 0) order by p.seq, p.path`.execute(db)
  return rows
}

import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '../ctx.ts'
import { inTx, sql } from '../db/db.ts'
import { append } from './append.ts'
import type { StreamKind } from './event-hash.ts'
import { ERASED_TYPE } from './private.ts'

export type Erasure = {
  readonly kind: StreamKind
  readonly stream: Uuid
  /** Which personal values: the event and the path of the value in its data (`applicant.name`). */
  readonly values: readonly { readonly seq: number; readonly path: string }[]
  /** A fixed word, never free text. */
  readonly reason: string
}

/**
 * Takes personal values out of the log for good, and says so by an event of the same stream (decision 5). The chain stays whole: it holds
 * only their salted digests, and the salts go with them. Read models drop their copies when they read the event.
 * @param ctx its `db` must be a pool of the role `motcua_privacy` (`createPool(url, { role: 'privacy' })`): the program's role is refused
 * @returns how many values were there
 */
export const erasePrivate = (ctx: Ctx, erasure: Erasure): Promise<number> =>
  inTx(ctx, async (ctx) => {
    const { kind, stream, values, reason } = erasure
    const gone = await sql<{ seq: number; path: string }>`
      delete from log.private p using json_to_recordset(${JSON.stringify(values)}::json) as v(seq int, path text)
       where p.kind = ${kind} and p.stream = ${stream} and p.seq = v.seq and p.path = v.path returning p.seq, p.path`.execute(ctx.db)
    if (gone.rows.length === 0) return 0
    const sorted = gone.rows.map(({ seq, path }) => ({ seq, path })).sort((a, b) => a.seq - b.seq || (a.path < b.path ? -1 : 1))
    await append(ctx, kind, stream, [{ type: ERASED_TYPE, data: { values: sorted, reason } }])
    return gone.rows.length
  })

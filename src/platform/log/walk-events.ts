/** All events of the log in order of stream and seq, whichever partition they lie in, in memory that does not grow with the log. */
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type Db, sql } from '../db/db.ts'
import type { StoredEvent, StreamKind } from './event-hash.ts'
import type { Horizon } from './seal.ts'

export type WalkedEvent = StoredEvent & Horizon & { readonly secrets: readonly { readonly path: string; readonly salt: string; readonly value: Json }[] | null }

/** Where events lie: the log itself, and years that stand detached beside it. */
export type Source = { readonly events: string; readonly private: string; readonly kind: StreamKind }

export type Sources = { readonly present: readonly Source[]; /** Years detached and taken away. */ readonly missingYears: readonly number[] }

export const findSources = async (db: Db): Promise<Sources> => {
  const { rows } = await sql<{ year: number; present: boolean }>`
    select year, to_regclass('log.event_dossier_' || year) is not null and to_regclass('log.private_dossier_' || year) is not null as present
      from platform.detached_year order by year`.execute(db)
  const detached = rows.filter((r) => r.present).map(({ year }): Source => ({ events: `log.event_dossier_${year}`, private: `log.private_dossier_${year}`, kind: 'dossier' }))
  const attached = (['dossier', 'other'] as const).map((kind): Source => ({ events: 'log.event', private: 'log.private', kind }))
  return { present: [...attached, ...detached], missingYears: rows.filter((r) => !r.present).map((r) => r.year) }
}

const ROWS_A_QUERY = 2_000

async function* walkSource(db: Db, source: Source): AsyncGenerator<WalkedEvent> {
  let stream = '00000000-0000-0000-0000-000000000000' as Uuid
  let seq = 0
  for (;;) {
    const { rows } = await sql<WalkedEvent>`
      select e.kind, e.stream, e.seq, e.epoch, e.xid::text as xid, e.type, e.v, e.at, e.actor, e.data, e.prev, e.hash,
             (select jsonb_agg(jsonb_build_object('path', p.path, 'salt', encode(p.salt, 'hex'), 'value', p.value) order by p.path)
                from ${sql.table(source.private)} p where p.kind = e.kind and p.stream = e.stream and p.seq = e.seq) as secrets
        from ${sql.table(source.events)} e
       where e.kind = ${source.kind} and e.stream >= ${stream} and (e.stream, e.seq) > (${stream}::uuid, ${seq}::int)
       order by e.stream, e.seq limit ${ROWS_A_QUERY}`.execute(db)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    stream = last.stream
    seq = last.seq
  }
}

/** Sources are merged, so that streams come in one order, the order of the heads. */
export async function* walkEvents(db: Db, sources: Sources): AsyncGenerator<WalkedEvent> {
  const walks = await Promise.all(
    sources.present.map(async (source) => {
      const rows = walkSource(db, source)
      return { rows, next: await rows.next() }
    }),
  )
  for (;;) {
    let first: (typeof walks)[number] | undefined
    for (const walk of walks) {
      if (walk.next.done !== true && (first === undefined || first.next.done === true || isBefore(walk.next.value, first.next.value))) first = walk
    }
    if (first === undefined || first.next.done === true) return
    yield first.next.value
    first.next = await first.rows.next()
  }
}

const isBefore = (a: WalkedEvent, b: WalkedEvent): boolean => (a.stream === b.stream ? a.kind < b.kind : a.stream < b.stream)

export type WalkedHead = { readonly stream: Uuid; readonly kind: StreamKind; readonly seq: number; readonly hash: Buffer }

export async function* walkHeads(db: Db): AsyncGenerator<WalkedHead> {
  let after = '00000000-0000-0000-0000-000000000000' as Uuid
  for (;;) {
    const { rows } = await sql<WalkedHead>`select stream, kind, seq, hash from log.head where stream > ${after} order by stream limit ${ROWS_A_QUERY}`.execute(db)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined) return
    after = last.stream
  }
}

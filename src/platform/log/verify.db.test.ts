/** Decision 7: each way of tampering is found and named. The owner tampers with triggers switched off, and puts everything back afterwards. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '#kernel/digest.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import { inTx } from '#platform/db/db.ts'
import { createDb, createPool } from '#platform/db/pool.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { append } from './append.ts'
import { erasePrivate } from './erase-private.ts'
import { type StoredEvent, eventHash } from './event-hash.ts'
import { personal } from './private.ts'
import { readStream } from './read-stream.ts'
import { type Seal, sealHash, sealLog } from './seal.ts'
import { type Verified, verifyLog } from './verify.ts'

const { ctx, pool, owner, url } = await testDb()
const TABLES = ['log.event', 'log.private', 'log.head', 'log.seal'] as const
let sealsDir = ''
const [A, B, C, D] = [newId(NOW), newId((NOW + 1) as Instant), newId((NOW + 2) as Instant), newId((NOW + 3) as Instant)].toSorted() as [Uuid, Uuid, Uuid, Uuid]

const lend = (stream: Uuid, count: number, kind: 'dossier' | 'other' = 'dossier') =>
  inTx(ctx(), (ctx) => append(ctx, kind, stream, Array.from({ length: count }, (_, i) => ({ type: 'kite.lent', data: { to: personal(`Người mượn ${i}`), metres: i } }))))

const file = (n: number) => join(sealsDir, `000${n}.json`)
const seal = (): Promise<Seal> => sealLog(ctx(), { sealsDir })
const verify = (): Promise<Verified> => verifyLog(ctx().db, { sealsDir })

beforeAll(async () => {
  sealsDir = await mkdtemp(join(tmpdir(), 'motcua-seals-'))
  for (const stream of [A, B]) await lend(stream, 3)
  await lend(C, 2, 'other')
  await seal()
  await lend(A, 2)
  await lend(D, 2)
  await seal()
  await lend(B, 1)
  for (const t of TABLES) await owner.query(`create table public.backup_${t.slice(4)} as select * from ${t}`)
})
afterAll(() => rm(sealsDir, { recursive: true, force: true }))

const triggers = async (state: 'enable' | 'disable') => {
  const { rows } = await owner.query<{ name: string }>("select c.oid::regclass::text as name from pg_class c where c.relnamespace = 'log'::regnamespace and c.relkind in ('r', 'p')")
  for (const { name } of rows) await owner.query(`alter table ${name} ${state} trigger user`)
}

type Statement = readonly [string, readonly unknown[]]

/** Tampers as the owner, verifies, and puts the tables back. */
const tampered = (...statements: readonly Statement[]): Promise<Verified> => tamperedFor(verify, statements)

const tamperedFor = async (look: () => Promise<Verified>, statements: readonly Statement[]): Promise<Verified> => {
  await triggers('disable')
  try {
    for (const [text, values] of statements) expect((await owner.query(text, [...values])).rowCount, text).toBeGreaterThan(0)
    return await look()
  } finally {
    for (const t of TABLES) await owner.query(`delete from ${t}; insert into ${t} ${t === 'log.event' ? 'overriding system value' : ''} select * from public.backup_${t.slice(4)}`)
    await triggers('enable')
  }
}

/** A stream written anew from `seq` on, all hashes and the head right again: what only a seal can tell. */
const rewritten = async (stream: Uuid, seq: number, data: Json): Promise<readonly Statement[]> => {
  const { rows } = await owner.query<StoredEvent>('select kind, stream, seq, type, v, at, actor, data, prev, hash from log.event where stream = $1 order by seq', [stream])
  let prev = rows[0]?.prev ?? Buffer.alloc(32)
  const statements: Statement[] = []
  for (const row of rows) {
    const event = { ...row, prev, data: row.seq === seq ? { ...(row.data as object), ...(data as object) } : row.data }
    prev = eventHash(event)
    statements.push(['update log.event set data = $3, prev = $4, hash = $5 where stream = $1 and seq = $2', [stream, row.seq, JSON.stringify(event.data), event.prev, prev]])
  }
  return [...statements, ['update log.head set hash = $2 where stream = $1', [stream, prev]]]
}

describe('verify', () => {
  it('finds a whole log whole, and calls what is newer than the last seal unsealed, not good', async () => {
    const found = await verify()
    expect(found).toMatchObject({ ok: true, events: 13, streams: 4, unsealed: 1, seals: 2, firstBad: null, faultCount: 0 })
    expect(found.sealedUntil).toBe(new Date(NOW).toISOString())
  })

  it('says first whether the role it runs as could change the log', async () => {
    expect((await verify()).rights).toMatchObject({ role: 'motcua_app', couldChange: [] })
    const asOwner = await verifyLog(createDb(owner), { sealsDir })
    expect(asOwner.rights.couldChange).toContain('owns log.event')
    expect(asOwner.rights.couldChange).toContain('UPDATE on log.event_other')
  })

  it('checks the plain ids that no foreign key holds (decision 13)', async () => {
    const check = { name: 'kite.code → kite', run: async () => [{ what: 'id-unknown', stream: A, detail: 'kite.code K-7' }] as const }
    expect(await verifyLog(ctx().db, { sealsDir, integrityChecks: [check] })).toMatchObject({ ok: false, firstBad: { what: 'id-unknown', stream: A } })
  })
})

describe('tampering with events is found and named', () => {
  it('a changed event', async () => {
    const found = await tampered([`update log.event set data = jsonb_set(data, '{metres}', '99') where stream = $1 and seq = 2`, [A]])
    expect(found).toMatchObject({ ok: false, firstBad: { what: 'event-changed', stream: A, seq: 2 } })
  })

  it('a changed actor, moment or type', async () => {
    for (const change of [`actor = '{"person":"x"}'`, `at = at + interval '1 ms'`, `type = 'kite.sold'`, 'v = 2']) {
      expect((await tampered([`update log.event set ${change} where stream = $1 and seq = 1`, [C]])).firstBad).toMatchObject({ what: 'event-changed', stream: C, seq: 1 })
    }
  })

  it('a deleted event in the middle', async () => {
    const found = await tampered(['delete from log.event where stream = $1 and seq = 3', [A]])
    expect(found.firstBad).toMatchObject({ what: 'event-missing', stream: A, seq: 3 })
  })

  it('a deleted last event', async () => {
    const found = await tampered(['delete from log.event where stream = $1 and seq = 5', [A]])
    expect(found.firstBad).toMatchObject({ what: 'event-missing', stream: A, seq: 5 })
  })

  it('a deleted last event with the head set back: the seal knows', async () => {
    const found = await tampered(
      ['delete from log.private where stream = $1 and seq = 5', [A]],
      ['delete from log.event where stream = $1 and seq = 5', [A]],
      ['update log.head h set seq = 4, hash = e.hash from log.event e where h.stream = $1 and e.stream = h.stream and e.seq = 4', [A]],
    )
    expect(found.firstBad).toMatchObject({ what: 'event-missing', stream: A, seq: 5, seal: 2 })
  })

  it('a whole stream deleted, its head left', async () => {
    const found = await tampered(['delete from log.private where stream = $1', [C]], ['delete from log.event where stream = $1', [C]])
    expect(found.firstBad).toMatchObject({ what: 'stream-missing', stream: C, seq: 1 })
  })

  it('a whole stream deleted with its head: the seal knows', async () => {
    const found = await tampered(...['private', 'event', 'head'].map((t) => [`delete from log.${t} where stream = $1`, [D]] as const))
    expect(found.firstBad).toMatchObject({ what: 'stream-missing', stream: D, seq: 1, seal: 2 })
  })

  it('two swapped events', async () => {
    const found = await tampered(
      ['update log.event set seq = 100 where stream = $1 and seq = 2', [A]],
      ['update log.event set seq = 2 where stream = $1 and seq = 3', [A]],
      ['update log.event set seq = 3 where stream = $1 and seq = 100', [A]],
    )
    expect(found.firstBad).toMatchObject({ what: 'chain-broken', stream: A, seq: 2 })
  })

  const inserted = `insert into log.event (kind, stream, seq, epoch, xid, type, v, at, actor, data, prev, hash)
    select kind, stream, seq + 1, epoch, xid, type, v, at, actor, '{}', hash, sha256('x') from log.event where stream = $1 and seq = 5`

  it('an inserted event, with and without the head moved on', async () => {
    expect((await tampered([inserted, [A]])).firstBad).toMatchObject({ stream: A, seq: 6, what: 'event-changed' })
    const found = await tampered([inserted, [A]], [`update log.head set seq = 6, hash = sha256('x') where stream = $1`, [A]])
    expect(found.firstBad).toMatchObject({ stream: A, seq: 6 })
  })

  it('an event inserted with a right hash, behind the head', async () => {
    const { rows } = await owner.query<StoredEvent>('select kind, stream, seq, type, v, at, actor, data, prev, hash from log.event where stream = $1 and seq = 5', [A])
    const last = rows[0] as StoredEvent
    const forged = { ...last, seq: 6, data: {}, prev: last.hash }
    const found = await tampered([inserted, [A]], ['update log.event set hash = $2 where stream = $1 and seq = 6', [A, eventHash(forged)]])
    expect(found.firstBad).toMatchObject({ what: 'event-inserted', stream: A, seq: 6 })
  })

  it('a missing head', async () => {
    expect((await tampered(['delete from log.head where stream = $1', [B]])).firstBad).toMatchObject({ what: 'head-missing', stream: B, seq: 4 })
  })

  it('changed with all later hashes and the head computed anew: caught by the seal, and the very event is named', async () => {
    const found = await tampered(...(await rewritten(A, 2, { metres: 99 })))
    expect(found).toMatchObject({ ok: false, firstBad: { what: 'event-rewritten', stream: A, seq: 2, seal: 1 } })
    expect(found.faults.map((f) => f.what)).toContain('seal-not-met')
  })

  it('… in an event that only the second seal covers', async () => {
    expect((await tampered(...(await rewritten(A, 5, { metres: 99 })))).firstBad).toMatchObject({ what: 'event-rewritten', stream: A, seq: 5, seal: 2 })
  })

  it('… also without the files: the seal is named, and that nothing more can be said', async () => {
    const found = await tamperedFor(() => verifyLog(ctx().db), await rewritten(B, 1, { metres: 99 }))
    expect(found.firstBad).toMatchObject({ what: 'seal-not-met', seal: 1 })
  })

  it('moved in the reading order, out of what was sealed', async () => {
    const found = await tampered([`update log.event set xid = '9000000000'::xid8 where stream = $1 and seq = 5`, [A]])
    expect(found.firstBad).toMatchObject({ what: 'event-missing', stream: A, seq: 5, seal: 2 })
  })
})

describe('tampering with seals is found and named', () => {
  it('a changed seal, and one computed anew', async () => {
    expect((await tampered(['update log.seal set events = events - 1 where n = $1', [1]])).firstBad).toMatchObject({ what: 'seal-changed', seal: 1 })
    const [first] = JSON.parse(`[${await readFile(file(1), 'utf8')}]`) as Seal[]
    const forged = sealHash({ ...(first as Seal), events: 1 })
    const found = await tampered([`update log.seal set events = 1, hash = decode($2, 'hex') where n = $1`, [1, forged]])
    expect(found.firstBad).toMatchObject({ what: 'seal-file-differs', seal: 1 })
  })

  it('the newest seal deleted from the database', async () => {
    expect((await tampered(['delete from log.seal where n = $1', [2]])).firstBad).toMatchObject({ what: 'seal-missing', seal: 2 })
  })

  it('a file that is gone, or was written over', async () => {
    const text = await readFile(file(2), 'utf8')
    await rm(file(2))
    expect((await verify()).firstBad).toMatchObject({ what: 'seal-file-missing', seal: 2 })
    await writeFile(file(2), text.replace('"events": 12', '"events": 11'))
    expect((await verify()).firstBad).toMatchObject({ what: 'seal-file-differs', seal: 2 })
    await writeFile(file(2), text)
    expect((await verify()).ok).toBe(true)
  })
})

describe('personal values (decision 5)', () => {
  it('changed, added or taken away without an event that says so', async () => {
    expect((await tampered([`update log.private set value = '"Ai đó"' where stream = $1 and seq = 1`, [A]])).firstBad).toMatchObject({ what: 'private-changed', stream: A, seq: 1, detail: 'to' })
    expect((await tampered(['delete from log.private where stream = $1 and seq = 1', [A]])).firstBad).toMatchObject({ what: 'private-missing', stream: A, seq: 1, detail: 'to' })
    expect((await tampered([`insert into log.private values ('dossier', $1, 1, 'extra', '', '1')`, [A]])).firstBad).toMatchObject({ what: 'private-inserted', stream: A, seq: 1, detail: 'extra' })
    expect((await tampered([`insert into log.private values ('dossier', $1, 77, 'extra', '', '1')`, [A]])).firstBad).toMatchObject({ what: 'private-inserted', stream: A, seq: 77 })
  })

  it('erased by the role made for it: verify accepts it, and reading shows đã xóa', async () => {
    const privacy = createPool(url, { role: 'privacy', max: 1 })
    const erasing = { ...ctx(), db: createDb(privacy) }
    const stream = newId(NOW)
    await lend(stream, 2)
    const erased = await erasePrivate(erasing, { kind: 'dossier', stream, values: [{ seq: 1, path: 'to' }], reason: 'request-of-the-person' })
    expect(erased).toBe(1)
    expect((await verify()).ok).toBe(true)
    const events = await readStream(ctx().db, 'dossier', stream)
    expect(events.map((e) => (e.data as { to?: string }).to)).toEqual(['đã xóa', 'Người mượn 1', undefined])
    await privacy.end()
  })

  it('the program itself cannot erase', async () => {
    await expect(erasePrivate(ctx(), { kind: 'dossier', stream: A, values: [{ seq: 1, path: 'to' }], reason: 'x' })).rejects.toThrow('permission denied')
    await expect(pool.query('delete from log.private')).rejects.toThrow('permission denied')
    await expect(owner.query('delete from log.private')).rejects.toThrow('motcua_privacy')
  })
})

/** Decision 2 and the third order test: a dump restored into a fresh server goes on, although transaction ids begin again. */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { migrate } from '#platform/db/migrate.ts'
import { createDb, createPool } from '#platform/db/pool.ts'
import { newId } from '#platform/ids.ts'
import { NOW, testDb } from '#test/db.ts'
import { startTestServer } from '#test/embedded-server.ts'
import { append } from './append.ts'
import { personal } from './private.ts'
import { readStream } from './read-stream.ts'
import { sealLog } from './seal.ts'
import { type DeliveredEvent, type Subscription, catchUp, runBatch } from './subscriptions.ts'
import { verifyLog } from './verify.ts'

const run = promisify(execFile)
const MIGRATIONS = join(import.meta.dirname, '../../../db/migrations')
const { ctx, owner, url } = await testDb()

let sealsDir = ''
let fresh: { url: string; stop: () => Promise<void> }
beforeAll(async () => {
  sealsDir = await mkdtemp(join(tmpdir(), 'motcua-seals-'))
  fresh = await startTestServer()
})
afterAll(async () => {
  await fresh.stop()
  await rm(sealsDir, { recursive: true, force: true })
})

const connected = async <T>(to: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: to })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** By Debian's client where it knows the server's version, else row by row into a migrated database. */
const restore = async (): Promise<string> => {
  const target = new URL(fresh.url)
  target.pathname = '/restored'
  await connected(fresh.url, async (client) => {
    await client.query('create database restored')
    for (const role of ['motcua_app', 'motcua_privacy']) await client.query(`do $$ begin create role ${role}; exception when duplicate_object then null; end $$; grant ${role} to current_user`)
  })
  const dump = await run('pg_dump', ['--no-owner', '--dbname', url], { maxBuffer: 1e9 }).catch(() => undefined)
  if (dump === undefined) await copyRows(target.toString())
  else await connected(target.toString(), (client) => restoreText(client, dump.stdout))
  return target.toString()
}

/** A dump as text: statements, and rows between `COPY … FROM stdin;` and `\.`, which only psql can feed. */
const restoreText = async (client: pg.Client, text: string): Promise<void> => {
  const { host, port, user, password, database } = client
  const child = run('psql', ['--quiet', '-v', 'ON_ERROR_STOP=1', '-h', host, '-p', String(port), '-U', String(user), String(database)], {
    env: { ...process.env, PGPASSWORD: String(password), PGOPTIONS: '' },
    maxBuffer: 1e9,
  })
  child.child.stdin?.end(text)
  await child
}

const copyRows = async (target: string): Promise<void> => {
  await migrate(target, MIGRATIONS, { years: [2025, 2026] })
  await connected(target, async (client) => {
    await client.query('delete from log.epoch')
    for (const table of ['log.epoch', 'log.event', 'log.private', 'log.head', 'log.seal', 'log.checkpoint']) {
      const { rows } = await owner.query<{ all: string }>(`select coalesce(json_agg(t), '[]')::text as all from ${table} t`)
      const overriding = table === 'log.event' ? 'overriding system value' : ''
      await client.query(`insert into ${table} ${overriding} select * from json_populate_recordset(null::${table}, $1::json)`, [rows[0]?.all])
    }
    await client.query(`select setval(pg_get_serial_sequence('log.event', 'id'), (select max(id) from log.event))`)
  })
}

const lend = (ctx: Ctx, stream: Uuid) => inTx(ctx, (ctx) => append(ctx, 'dossier', stream, [{ type: 'kite.lent', data: { to: personal('Đặng Dũng') } }]))

describe('a dump restored into a fresh server (decisions 1, 2)', () => {
  it('begins the next epoch: readers lose nothing and get nothing twice, writing, sealing and verifying go on', async () => {
    const got: DeliveredEvent[] = []
    const reader: Subscription = { name: 'kites', batchSize: 2, handle: async (_ctx, events) => void got.push(...events) }
    // The fresh server's transaction ids shall be far lower, as they are after years of work.
    await owner.query('do $$ begin for i in 1..5000 loop perform pg_current_xact_id(); commit; end loop; end $$')
    const streams = [newId(NOW), newId(NOW), newId(NOW)] as const
    for (const stream of [...streams, streams[0]]) await lend(ctx(), stream)
    await sealLog(ctx(), { sealsDir })
    expect(await runBatch(ctx(), reader)).toBe(2)

    const restoredUrl = await restore()
    await migrate(restoredUrl, MIGRATIONS, { years: [2025, 2026] })
    const pool = createPool(restoredUrl, { max: 4 })
    const there = { ...ctx(), db: createDb(pool) }
    try {
      const epochs = await pool.query('select n from log.epoch order by n')
      expect(epochs.rows).toEqual([{ n: 1 }, { n: 2 }])

      await lend(there, streams[0])
      const late = newId(NOW)
      await lend(there, late)
      await catchUp(there, reader)
      expect(got.map((e) => [e.stream, e.seq])).toEqual([[streams[0], 1], [streams[1], 1], [streams[2], 1], [streams[0], 2], [streams[0], 3], [late, 1]])
      const positions = await pool.query<{ epoch: number; xid: string }>('select epoch, xid::text as xid from log.event where stream = $1 order by seq', [streams[0]])
      expect(positions.rows.map((r) => r.epoch)).toEqual([1, 1, 2])
      expect(Number(positions.rows[2]?.xid), 'the trial: transaction ids did begin again').toBeLessThan(Number(positions.rows[0]?.xid))

      expect(await verifyLog(there.db, { sealsDir })).toMatchObject({ ok: true, events: 6, unsealed: 2, firstBad: null })
      await sealLog(there, { sealsDir })
      expect(await verifyLog(there.db, { sealsDir })).toMatchObject({ ok: true, unsealed: 0, seals: 2 })
      expect((await readStream(there.db, 'dossier', late))[0]?.data).toEqual({ to: 'Đặng Dũng' })
      // Started a second time on the same server, the epoch stays.
      await migrate(restoredUrl, MIGRATIONS, { years: [2025, 2026] })
      expect((await pool.query('select log.current_epoch() as n')).rows).toEqual([{ n: 2 }])
    } finally {
      await pool.end()
    }
  })
})

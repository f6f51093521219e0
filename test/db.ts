/** A database of its own for a test file, cloned from the migrated template that `test/global-setup.ts` made. */
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Instant, instant } from '#kernel/plain-date.ts'
import type { Actor, Ctx } from '#platform/ctx.ts'
import { createDb, createPool } from '#platform/db/pool.ts'

declare module 'vitest' {
  interface ProvidedContext {
    serverUrl: string
    template: string
  }
}

export type TestDb = {
  /** As the program's role. */
  readonly pool: pg.Pool
  /** As the owner, for planting faults and reading what the program may not. */
  readonly owner: pg.Pool
  readonly url: string
  readonly ctx: (options?: { now?: Instant; actor?: Actor }) => Ctx
}

/** 2026-11-20 08:00 in Vietnam, a Friday. */
export const NOW = instant(Date.UTC(2026, 10, 20, 1, 0, 0))

export const SYSTEM: Actor = { kind: 'system', job: 'test' }

/** Call at the top of a test file. Connections close and the database goes when the file is done. */
export const testDb = async (options: { max?: number; waitMs?: number } = {}): Promise<TestDb> => {
  const serverUrl = inject('serverUrl')
  const name = `t_${randomBytes(6).toString('hex')}`
  await admin(serverUrl, `create database ${name} template ${inject('template')}`)
  const url = withDatabase(serverUrl, name)
  const pool = createPool(url, { max: options.max ?? 8, pipeline: true, ...(options.waitMs !== undefined && { waitMs: options.waitMs }) })
  const owner = createPool(url, { max: 2, role: 'owner' })
  const db = createDb(pool)
  afterAll(async () => {
    await Promise.all([pool.end(), owner.end()])
    await drop(serverUrl, name)
  })
  return { pool, owner, url, ctx: (o = {}) => ({ db, actor: o.actor ?? SYSTEM, now: o.now ?? NOW, traceId: 'test' }) }
}

/** The server's own vacuum of a larger database is nobody's to end: a moment later it is gone. */
const drop = async (serverUrl: string, name: string, tries = 20): Promise<void> => {
  try {
    await admin(serverUrl, `drop database if exists ${name} with (force)`)
  } catch (error) {
    if (tries === 0) throw error
    await new Promise((resolve) => setTimeout(resolve, 500))
    await drop(serverUrl, name, tries - 1)
  }
}

const withDatabase = (serverUrl: string, name: string): string => {
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return url.toString()
}

const admin = async (serverUrl: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: withDatabase(serverUrl, 'postgres') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

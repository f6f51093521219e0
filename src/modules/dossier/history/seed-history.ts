/** COMMAND of the seed: a history for the demo city, through the same events, rules and rows as the program. */
import { Forbidden } from '#kernel/errors.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { createPool } from '#platform/db/pool.ts'
import { TABLE_NAMES } from '../dossier-store.ts'
import { type HistoryWish, planHistory } from './plan-history.ts'
import { type Setting, readSetting } from './read-setting.ts'
import { type WriteOptions, type Written, writeHistory } from './write-history.ts'

export type HistorySeeded = Written
export type HistoryRefusal =
  /** A history is begun on an empty desk: two would share days, codes and numbers. */
  | { readonly code: 'dossiers-already'; readonly dossiers: number }
  | { readonly code: 'no-city' }
  | { readonly code: 'not-in-production' }

/** Tables of this module that are filled. */
export const HISTORY_TABLES: readonly string[] = [...TABLE_NAMES, 'number_used'].map((name) => `dossier.${name}`)

/** Undefined: it may be seeded. */
export const historyRefusal = async (ctx: Ctx): Promise<HistoryRefusal | undefined> => {
  const { rows } = await sql<{ mode: string | null; dossiers: number; places: number }>`
    select (select value #>> '{}' from platform.setting where key = 'mode') as mode,
           (select count(*)::int from (select from dossier.dossier limit 1) d) as dossiers,
           (select count(*)::int from organisation.pub_unit where kind = 'commune-desk') as places`.execute(ctx.db)
  const here = rows[0]
  if (here?.mode === 'production') return { code: 'not-in-production' }
  if (here?.places === 0) return { code: 'no-city' }
  if (here !== undefined && here.dossiers > 0) {
    const all = await sql<{ n: number }>`select count(*)::int as n from dossier.dossier`.execute(ctx.db)
    return { code: 'dossiers-already', dossiers: all.rows[0]?.n ?? 0 }
  }
  return undefined
}

/**
 * Writes part of a history over a connection of its own: the places whose number gives `part.n` when divided by `part.of`. All parts together are
 * the history; each is the same whoever writes it.
 */
export const writePart = async (ctx: Ctx, url: string, wish: HistoryWish, part: { readonly n: number; readonly of: number }, options: WriteOptions = {}): Promise<Written> => {
  const setting: Setting = await readSetting(ctx)
  const plans = planHistory(setting, wish, (place) => place.index % part.of === part.n)
  const pool = createPool(url, { max: 1, name: 'motcua seed' })
  const client = await pool.connect()
  try {
    // A server that dies in this moment takes the last second with it, which is whole dossiers: nobody waits for the disk.
    await client.query('set synchronous_commit = off')
    return await writeHistory(client, setting, wish, plans, options)
  } finally {
    // A failed part leaves what it has committed: whole dossiers, codes without a gap.
    client.release(true)
    await pool.end()
  }
}

/** In one part, in this thread. @throws Forbidden for everybody but the system */
export const seedHistory = async (ctx: Ctx, url: string, wish: HistoryWish, options: WriteOptions = {}): Promise<Result<HistorySeeded, HistoryRefusal>> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const refusal = await historyRefusal(ctx)
  return refusal === undefined ? ok(await writePart(ctx, url, wish, { n: 0, of: 1 }, options)) : err(refusal)
}

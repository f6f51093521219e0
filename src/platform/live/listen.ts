/** One connection per process hears what changed (LISTEN), whoever wrote it. */
import pg from 'pg'
import { z } from 'zod'
import type { Ctx } from '../ctx.ts'
import { sql } from '../db/db.ts'
import { APP_ROLE } from '../db/pool.ts'
import type { LiveChange } from './live-hub.ts'

const CHANNEL = 'motcua_live'
/** A notification holds less than 8,000 bytes. */
const MOST_BYTES = 7_500
const AGAIN_MS = 1_000

const Change = z.object({ id: z.string(), places: z.union([z.array(z.string()), z.literal('all')]) })

/** Heard by every process when the transaction is committed, by nobody when it is not. */
export const notifyChange = async (ctx: Ctx, change: LiveChange): Promise<void> => {
  const text = JSON.stringify(change)
  const payload = text.length <= MOST_BYTES ? text : JSON.stringify({ id: change.id, places: 'all' })
  await sql`select pg_notify(${CHANNEL}, ${payload})`.execute(ctx.db)
}

export type Listener = { readonly stop: () => Promise<void> }

/** A lost connection is replaced; what was said meanwhile nobody knows, so everybody looks. */
export const listenForChanges = (ownerUrl: string, onChange: (change: LiveChange) => void): Listener => {
  const state: { stopped: boolean; client: pg.Client | undefined; timer: NodeJS.Timeout | undefined; losses: number } = { stopped: false, client: undefined, timer: undefined, losses: 0 }
  const again = (): void => {
    state.client = undefined
    state.losses += 1
    if (!state.stopped) state.timer = setTimeout(() => void connect(), AGAIN_MS).unref()
  }
  const connect = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: ownerUrl, application_name: 'motcua live', keepAlive: true, options: `-c role=${APP_ROLE}` })
    let lost = false
    const lose = (): void => {
      if (lost) return
      lost = true
      client.end().catch(() => undefined)
      again()
    }
    client.on('error', lose)
    client.on('end', lose)
    client.on('notification', ({ payload }) => {
      const change = Change.safeParse(JSON.parse(payload ?? 'null'))
      if (change.success) onChange(change.data)
    })
    try {
      await client.connect()
      await client.query(`listen ${CHANNEL}`)
      state.client = client
      if (state.losses > 0) onChange({ id: `again-${state.losses}-${process.pid}`, places: 'all' })
      if (state.stopped) await client.end()
    } catch {
      lose()
    }
  }
  void connect()
  return {
    stop: async () => {
      state.stopped = true
      clearTimeout(state.timer)
      await state.client?.end().catch(() => undefined)
    },
  }
}

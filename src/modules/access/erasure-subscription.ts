import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { sql } from '#platform/db/db.ts'
import { ERASED, ERASED_TYPE } from '#platform/log/private.ts'
import type { Subscription } from '#platform/log/subscriptions.ts'
import { rowOfAccount } from './account-state.ts'
import { loadAccount } from './account-store.ts'

/** SUBSCRIPTION. Where a username was erased from an account's log, the row loses it too, and what one signed in with (decision 5). */
export const accountErasures: Subscription = {
  name: 'account-erasures',
  handle: async (ctx, events) => {
    const erased = new Set(events.filter((e) => e.kind === 'other' && e.type === ERASED_TYPE).map((e) => e.stream))
    for (const id of [...erased].sort()) await forget(ctx, id)
  },
}

/** Other streams keep personal values too (a person): those are not accounts. */
const forget = async (ctx: Ctx, userId: Uuid): Promise<void> => {
  try {
    const { state } = await loadAccount(ctx, userId)
    if (state.username !== ERASED) return
    const { username, name } = rowOfAccount(state)
    await sql`update access.user set username = ${username}, name = ${name} where id = ${userId}`.execute(ctx.db)
    for (const table of ['session', 'account', 'second_factor', 'kept_form']) await sql`delete from ${sql.table(`access.${table}`)} where user_id = ${userId}`.execute(ctx.db)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
}

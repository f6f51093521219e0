import { NotFound } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import type { Ctx } from '#platform/ctx.ts'
import { ERASED_TYPE } from '#platform/log/private.ts'
import type { Subscription } from '#platform/log/subscriptions.ts'
import { loadPerson, rewritePerson } from './organisation-store.ts'
import { rowOfPerson } from './person-state.ts'

/** SUBSCRIPTION. Where personal values were erased from a person's log, the row is written anew from what is left (decisions 5 and 10). */
export const personErasures: Subscription = {
  name: 'person-erasures',
  handle: async (ctx, events) => {
    const erased = new Set(events.filter((e) => e.kind === 'other' && e.type === ERASED_TYPE).map((e) => e.stream))
    for (const id of [...erased].sort()) await writeAnew(ctx, id)
  },
}

/** Other streams keep personal values too (a username): those are not people. */
const writeAnew = async (ctx: Ctx, id: Uuid): Promise<void> => {
  try {
    await rewritePerson(ctx, rowOfPerson((await loadPerson(ctx, id)).state))
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
}

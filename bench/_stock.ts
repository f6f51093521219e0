/** As many dossiers as a measurement uses up: copies of one, told by the same events and the same `rowsOf` as it was. */
import { randomBytes } from 'node:crypto'
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import type { Instant } from '#kernel/plain-date.ts'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { type PastEvent, appendMany } from '#platform/log/append.ts'
import { putDossiers } from '../src/modules/dossier/dossier-store.ts'
import { toLogged } from '../src/modules/dossier/lifecycle/logged.ts'
import { type Rows, rowsOf } from '../src/modules/dossier/lifecycle/rows.ts'
import { type DossierEvent, type Happened, fold } from '../src/modules/dossier/lifecycle/state.ts'

const A_BATCH = 500
const merged = (all: readonly Rows[]): Rows =>
  Object.fromEntries((Object.keys(all[0]!) as (keyof Rows)[]).map((table) => [table, all.flatMap((rows) => [...rows[table]])])) as unknown as Rows

let serial = Date.now()
type Change = { readonly change?: (event: Happened) => Happened; /** What happened to them besides, one after the other. */ readonly more?: readonly { readonly event: DossierEvent; readonly at: Instant }[] }

/** @returns their ids */
export const copyDossier = async (ctx: Ctx, events: readonly Happened[], count: number, { change = (event) => event, more = [] }: Change = {}): Promise<readonly Uuid[]> => {
  const ids: Uuid[] = []
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(A_BATCH, count - ids.length) }, () => uuidv7(events[0]!.at, randomBytes(10)))
    const told = some.map((id) => {
      const own = events.map((event): Happened => {
        const own = change(event)
        return own.type === 'dossier.code-issued' ? { ...own, data: { code: `${own.data.code.slice(0, 3)}-${serial++}` } } : own
      })
      return { id, events: [...own, ...more.map(({ event, at }, i): Happened => ({ ...event, seq: own.length + 1 + i, at, by: { personId: null, postId: null } }))] }
    })
    await inTx(ctx, async (ctx) => {
      await appendMany(ctx, told.map(({ id, events }) => ({ kind: 'dossier', stream: id, events: events.map((event): PastEvent => ({ ...toLogged(event as DossierEvent), at: event.at })) })), { fresh: true })
      await putDossiers(ctx, merged(told.map(({ id, events }) => rowsOf(fold(id, events)!))))
    })
    ids.push(...some)
  }
  return ids
}

import { Forbidden, Stale } from '#kernel/errors.ts'
import type { Uuid } from '#kernel/ids.ts'
import { type WorkingCalendar, getWorkingCalendar } from '#modules/calendar'
import type { Ctx } from '#platform/ctx.ts'
import { inTx } from '#platform/db/db.ts'
import { appendMany } from '#platform/log/append.ts'
import { lockFree, saveManyChanges } from '../dossier-store.ts'
import { type ConsultationEvent, decideConsultations } from '../lifecycle/consultation.ts'
import { type ExtensionEvent, decideLateness } from '../lifecycle/extension.ts'
import { toLogged } from '../lifecycle/logged.ts'
import { rowsOf } from '../lifecycle/rows.ts'
import { type DossierState, type Happened, evolve } from '../lifecycle/state.ts'
import { draftedReason } from './apology-reasons.ts'
import { findDueActs, findDueConsultations } from './find-due-acts.ts'

type ByItself = ExtensionEvent | ConsultationEvent

export type LatenessRun = {
  /** How many needed an act when the run began. */
  readonly found: number
  readonly drafted: number
  readonly markedLate: number
  readonly escalated: number
  /** Units that were reminded of a question, and questions that silence closed. */
  readonly reminded: number
  readonly lapsed: number
  /** Somebody was at work on them: the next run takes them. */
  readonly left: number
}

/** A transaction of some tenths of a second: nobody at work waits for longer (decision 3). */
const BATCH = 200
/** While the database writes one batch, the next is decided. */
const LANES = 2
const BY_THE_SYSTEM = { personId: null, postId: null } as const

/**
 * COMMAND of the schedule. For every open dossier what the day asks for: the draft of the letter before its due day, the mark of what is late, who has to
 * be told; which consulted unit is reminded, and whose silence speaks now. What was done is not done again, whenever and however often it runs, two of them at a time or after a crash: it decides anew on each dossier,
 * locked, from its own events. Dossiers in somebody's hands are left to the next run.
 * @throws Forbidden for all but the system
 */
export const runLateness = async (ctx: Ctx): Promise<LatenessRun> => {
  if (ctx.actor.kind !== 'system') throw new Forbidden('system')
  const ids = [...new Set([...(await findDueActs(ctx, await getWorkingCalendar(ctx))), ...(await findDueConsultations(ctx))])]
  const calendars = new Map<Uuid, WorkingCalendar>()
  const made: ByItself['type'][] = []
  let [seen, next] = [0, 0]
  const lane = async (): Promise<void> => {
    while (next < ids.length) {
      const some = ids.slice(next, next + BATCH)
      next += BATCH
      const done = await batch(ctx, some, calendars)
      made.push(...done.made)
      seen += done.seen
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  const count = (type: ByItself['type']) => made.filter((t) => t === type).length
  return {
    found: ids.length, drafted: count('dossier.apology-drafted'), markedLate: count('dossier.marked-late'), escalated: count('dossier.escalated'),
    reminded: count('dossier.consultation-reminded'), lapsed: count('dossier.consultation-lapsed'), left: ids.length - seen,
  }
}

type Done = { readonly made: readonly ByItself['type'][]; readonly seen: number }

const batch = async (ctx: Ctx, ids: readonly Uuid[], calendars: Map<Uuid, WorkingCalendar>): Promise<Done> => {
  try {
    return await inTx(ctx, async (ctx) => {
      const states = await lockFree(ctx, ids)
      for (const { agencyId } of states) if (!calendars.has(agencyId)) calendars.set(agencyId, await getWorkingCalendar(ctx, agencyId))
      const acts = states
        .map((state) => ({ state, events: [...decideLateness(state, { now: ctx.now, calendar: calendars.get(state.agencyId)! }, draftedReason), ...decideConsultations(state, ctx.now)] }))
        .filter(({ events }) => events.length > 0)
      await write(ctx, acts)
      return { made: acts.flatMap(({ events }) => events.map((event) => event.type)), seen: states.length }
    })
  } catch (error) {
    // Somebody wrote to one of the streams without the dossier's lock (an erasure): all of the batch is for the next run.
    if (error instanceof Stale) return { made: [], seen: 0 }
    throw error
  }
}

const write = async (ctx: Ctx, acts: readonly { readonly state: DossierState; readonly events: readonly ByItself[] }[]): Promise<void> => {
  const stored = await appendMany(ctx, acts.map(({ state, events }) => ({ kind: 'dossier', stream: state.id, events: events.map(toLogged) })))
  let next = 0
  const changes = acts.map(({ state, events }) => {
    const happened = events.map((event): Happened => {
      const { seq, at, stream } = stored[next++]!
      if (stream !== state.id) throw new Error(`stored out of order: ${stream}`)
      return { ...event, seq, at, by: BY_THE_SYSTEM }
    })
    if (happened[0]!.seq !== state.seq + 1) throw new Stale(`dossier ${state.id}`)
    return { before: rowsOf(state), after: rowsOf(happened.reduce(evolve, state)) }
  })
  await saveManyChanges(ctx, changes)
}

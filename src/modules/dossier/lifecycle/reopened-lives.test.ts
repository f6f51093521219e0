/**
 * Lives that were over and were opened again, computed by hand under two regimes; the days are those of the twelve lives:
 *   A  June 2024      Fri 7 · Mon 10 (received 08:00) · Tue 11 · Wed 12 · Thu 13 · Fri 14 · Mon 17 · Tue 18 · Wed 19
 *   B  November 2026  Thu 19 · Fri 20 (received 08:00) · Mon 23 · [Tue 24 Culture Day] · Wed 25 · Thu 26 · Fri 27 · Mon 30 · Tue 1/12 · Wed 2
 * Three working days end on A Thu 13/06, B Thu 26/11, at 17:30; four hours on the day of reception at 14:00. The first finish counts whatever comes later
 * (domain.md §2.7), a correction of a fact of the law gives it the date that it should have had (§2.4); the citizen has waited until the last answer.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Instant, dateOf, instant, isoInstant } from '#kernel/plain-date.ts'
import type { Actor } from '#platform/ctx.ts'
import { CITIZEN, RECEIVED_AT, SECOND, STAFF, actFor, received, tryAct } from '#test/dossier-lives.ts'
import { naiveDeadline } from '#test/naive-clock.ts'
import { shippedCalendar } from '#modules/calendar'
import { type TableName, keyOf } from '../dossier-store.ts'
import { decideConsultations } from './consultation.ts'
import { correctionsTold } from './correction.ts'
import { heldAt } from './custody.ts'
import { decideLateness } from './extension.ts'
import { citizenTime } from './journey.ts'
import type { Act } from './lifecycle.ts'
import { type Punctuality, punctualityBothWays, punctualityFacts } from './punctuality.ts'
import { rowsOf } from './rows.ts'
import { type DossierState, evolve } from './state.ts'
import type { Action } from './status.ts'

type Regime = 'A' | 'B'
type Day = readonly [A: string, B: string]
const on = (regime: Regime, [a, b]: Day, time: string): Instant => instant(Date.parse(`${regime === 'A' ? a : b}T${time}+07:00`))
const [BEFORE, START, D1, D2, DUE, D4, D5, D6, D7] = [
  ['2024-06-07', '2026-11-19'], ['2024-06-10', '2026-11-20'], ['2024-06-11', '2026-11-23'], ['2024-06-12', '2026-11-25'], ['2024-06-13', '2026-11-26'], ['2024-06-14', '2026-11-27'],
  ['2024-06-17', '2026-11-30'], ['2024-06-18', '2026-12-01'], ['2024-06-19', '2026-12-02'],
] as const satisfies readonly Day[]

const does = (state: DossierState, action: Action, actor: Actor, now: Instant, change: object = {}): DossierState => {
  const outcome = tryAct(state, { ...actFor(action, state), ...change } as Act, actor, now)
  if ('refused' in outcome) throw new Error(`${action}: ${outcome.refused}`)
  return outcome.state
}
const { signer, clerk } = STAFF
const inHand = (now: Instant, methodRow = 1): DossierState => {
  const forwarded = does(received({ now, methodRow }).state, 'forward', STAFF['desk-officer'], now)
  return heldAt(forwarded)?.step === 'ASSIGN' ? does(forwarded, 'assign', STAFF['unit-leader'], now) : does(forwarded, 'take', SECOND, now)
}
const issued = (state: DossierState, now: Instant): DossierState => {
  const held = heldAt(state)?.step === 'ASSIGN' ? does(state, 'assign', STAFF['unit-leader'], now) : state
  const taken = heldAt(held)?.postId === null ? does(held, 'take', SECOND, now) : held
  const examined = does(taken, 'forward', SECOND, now)
  const reviewed = heldAt(examined)?.step === 'REVIEW' ? does(examined, 'forward', STAFF['unit-leader'], now) : examined
  return does(does(reviewed, 'approve', signer, now), 'issue', clerk, now, { issuedOn: dateOf(now), number: `${state.results.length + 1}/GP-UBND` })
}

type Life = { readonly name: string; readonly live: (r: Regime) => DossierState; readonly due: Day; readonly time?: string; readonly promised: Punctuality; readonly statutory?: Punctuality; readonly answered: Day }
const first = (r: Regime, end: Day, methodRow = 1): DossierState => issued(inHand(on(r, START, '08:00:00'), methodRow), on(r, end, '10:00:00'))
const opened = (state: DossierState, r: Regime, day: Day): DossierState => does(state, 'reopen', signer, on(r, day, '08:00:00'))
const righted = (state: DossierState, r: Regime, day: Day): DossierState => does(state, 'correct-procedure', signer, on(r, day, '08:30:00'))
const again = (state: DossierState, r: Regime, day: Day): DossierState => issued(state, on(r, day, '15:00:00'))

const LIVES: readonly Life[] = [
  { name: 'early stays early', live: (r) => again(opened(first(r, D2), r, D5), r, D7), due: DUE, promised: 'early', answered: D7 },
  { name: 'late stays late', live: (r) => again(opened(first(r, D4), r, D5), r, D6), due: DUE, promised: 'late', answered: D6 },
  { name: 'a halt of the second time moves nothing', live: (r) => again(does(does(opened(first(r, DUE), r, D4), 'halt', signer, on(r, D4, '09:00:00')), 'resume', signer, on(r, D6, '09:00:00')), r, D7), due: DUE, promised: 'on-time', answered: D7 },
  { name: 'the right limit is shorter: what was early is late', live: (r) => again(righted(opened(first(r, D2), r, D5), r, D5), r, D6), due: START, time: '14:00:00', promised: 'late', answered: D6 },
  { name: 'the right limit is longer: what was late is early', live: (r) => again(righted(opened(first(r, D2, 5), r, D5), r, D5), r, D6), due: DUE, promised: 'early', answered: D6 },
  // From A Fri 7, B Thu 19: the third working day is A Wed 12, B Wed 25.
  { name: 'received a working day earlier than was written down', live: (r) => again(does(opened(first(r, DUE), r, D4), 'correct-reception', signer, on(r, D4, '09:00:00'), { receivedAt: on(r, BEFORE, '09:00:00') }), r, D5), due: D2, promised: 'late', answered: D5 },
  // Halted D1 until D2 in the first life: as in the ninth of the twelve lives, three days end on D4. A halt of the second time does not count.
  {
    name: 'the waits of the first time count, those of the second do not',
    live: (r) => {
      const waited = does(does(inHand(on(r, START, '08:00:00'), 5), 'halt', signer, on(r, D1, '09:00:00')), 'resume', signer, on(r, D2, '14:00:00'))
      const open = opened(issued(waited, on(r, D4, '16:00:00')), r, D5)
      return again(righted(does(does(open, 'halt', signer, on(r, D5, '08:10:00')), 'resume', signer, on(r, D6, '08:20:00')), r, D6), r, D7)
    },
    due: D4, promised: 'on-time', answered: D7,
  },
  // A limit in hours compares moments.
  { name: 'a letter of the first time stands beside the corrected date', live: (r) => again(righted(opened(issued(does(inHand(on(r, START, '08:00:00')), 'extend', signer, on(r, D2, '09:00:00')), on(r, D4, '10:00:00')), r, D5), r, D5), r, D6), due: D4, promised: 'early', statutory: 'late', answered: D6 },
  { name: 'stopped, opened again and put right: its first end is measured', live: (r) => again(righted(opened(does(inHand(on(r, START, '08:00:00')), 'stop', signer, on(r, D1, '09:00:00')), r, D4), r, D4), r, D5), due: START, time: '14:00:00', promised: 'late', answered: D5 },
  { name: 'put right, and withdrawn while it is open again', live: (r) => does(righted(opened(first(r, D2, 5), r, D4), r, D4), 'withdraw', CITIZEN, on(r, D5, '09:00:00')), due: DUE, promised: 'early', answered: D5 },
  // Each correction is measured by the first end: four hours, and back to three days.
  { name: 'opened twice, put right twice', live: (r) => again(righted(opened(again(righted(opened(first(r, D2), r, D4), r, D4), r, D5), r, D6), r, D6), r, D7), due: DUE, promised: 'early', answered: D7 },
  { name: 'put right the first time, opened once more without', live: (r) => again(opened(again(righted(opened(first(r, D2), r, D4), r, D4), r, D5), r, D6), r, D7), due: START, time: '14:00:00', promised: 'late', answered: D7 },
]

/** Every change begins where the one before it ended; the last one ends at the date that holds. */
const expectChain = ({ dueChanges, dueOriginalAt, dueAt }: DossierState): void => {
  expect(dueChanges.map((c) => c.from)).toEqual([dueOriginalAt, ...dueChanges.map((c) => c.to)].slice(0, dueChanges.length))
  expect(dueChanges.at(-1)?.to ?? dueAt).toBe(dueAt)
}

describe.each(['A', 'B'] as const)('lives opened again under regime %s', (r) => {
  it.each(LIVES.map((life) => [life.name, life] as const))('%s', (_, { live, due, time, promised, statutory, answered }) => {
    const state = live(r)
    const later = on(r, ['2025-06-02', '2027-06-01'], '08:00:00')
    expect(isoInstant(state.dueAt!)).toBe(isoInstant(on(r, due, time ?? '17:30:00')))
    expect(punctualityBothWays({ ...punctualityFacts(state), dueLawAt: state.dueLawAt }, later)).toEqual({ promised, statutory: statutory ?? promised })
    expect(dateOf(citizenTime(state, later).until)).toBe(dateOf(on(r, answered, '00:00:00')))
    expectChain(state)
    const [row] = rowsOf(state).dossier
    expect([row?.due_at, row?.ended_at, row?.last_ended_at]).toEqual([state.dueAt, state.reopenings[0]?.endedAt, citizenTime(state, later).until])
  })
})

describe('a correction while a dossier is open again', () => {
  const open = opened(first('B', D2), 'B', D5)
  const right = righted(open, 'B', D5)

  it('leaves the promise of the re-opening in force until it is over: the citizen was told that day', () => {
    // Three working days from Monday 30 November.
    expect([isoInstant(open.dueAt!), right.dueAt]).toEqual(['2026-12-03T17:30:00+07:00', open.dueAt])
    expect(correctionsTold(right)[0]?.due, 'no other date than before').toBeNull()
  })

  it('is kept with both dates that the first end is measured against, and with the change of the date when it is over', () => {
    const over = again(right, 'B', D6)
    expect(over.corrections[0]).toMatchObject({ before: { countedDueAt: on('B', DUE, '17:30:00') }, after: { countedDueAt: on('B', START, '14:00:00') } })
    expect(over.dueChanges.map((c) => [c.kind, c.from, c.to])).toEqual([['reopening', over.dueOriginalAt, open.dueAt], ['correction', open.dueAt, over.dueAt]])
    expect(correctionsTold(over)[0]?.due).toEqual({ from: on('B', DUE, '17:30:00'), to: over.dueAt })
    expect(over.finishedAt).toBe(on('B', D2, '10:00:00'))
  })

  it('what is late by the right date owes the apology that nobody wrote', () => {
    const over = again(right, 'B', D6)
    expect(tryAct(over, actFor('apologise', over), signer, on('B', D7, '09:00:00'))).not.toHaveProperty('refused')
  })
})

/** The bulk write of the hourly run only adds and changes (`saveManyChanges`). */
const expectNothingLost = (state: DossierState, now: Instant): void => {
  const byItself = [...decideLateness(state, { now, calendar: shippedCalendar() }, () => 'workload'), ...decideConsultations(state, now)]
  const after = byItself.map((event, i) => ({ ...event, seq: state.seq + 1 + i, at: now, by: { personId: null, postId: null } })).reduce(evolve, state)
  const keys = (s: DossierState) => Object.entries(rowsOf(s)).flatMap(([table, rows]) => rows.map((row: object) => [table, ...keyOf(table as TableName).map((column) => (row as Readonly<Record<string, unknown>>)[column])].join(' ')))
  expect(keys(after)).toEqual(expect.arrayContaining(keys(state)))
}

describe('every life that was opened again', () => {
  type Turn = { readonly what: number; readonly wait: number }
  const TURNS: readonly (readonly [Action, Actor])[] = [
    ['halt', signer], ['resume', signer], ['correct-procedure', signer], ['correct-reception', signer], ['extend', signer], ['request-payment', SECOND], ['confirm-payment', STAFF['desk-officer']], ['withdraw', CITIZEN], ['stop', signer],
  ]
  const turns = fc.array(fc.record({ what: fc.nat(TURNS.length * 2), wait: fc.integer({ min: 1, max: 3 * 86_400 }) }), { maxLength: 7 })
  const lives = fc.record({ methodRow: fc.constantFrom(1, 2, 5, 6), parts: fc.array(turns, { minLength: 2, maxLength: 3 }) })

  /** Until it is over: by chance withdrawn or stopped, else issued. */
  const part = (state: DossierState, script: readonly Turn[], from: Instant): { readonly state: DossierState; readonly now: Instant } => {
    let [now, s] = [from, state]
    const wait = (seconds: number): Instant => (now = instant(now + seconds * 1_000))
    for (const turn of script) {
      const [action, actor] = TURNS[turn.what] ?? ['note', SECOND]
      if (s.ending !== null) break
      const outcome = tryAct(s, actFor(action, s), actor, wait(turn.wait))
      if (!('refused' in outcome)) s = outcome.state
    }
    if (s.status === 'halted') s = does(s, 'resume', signer, wait(3_600))
    if (s.status === 'awaiting-payment') s = does(s, 'confirm-payment', STAFF['desk-officer'], wait(3_600))
    return { state: s.ending === null ? issued(s, wait(3_600)) : s, now }
  }

  it('is measured by its first end against the naive clock over its first waits and its corrected facts, whatever came after; the citizen waits to the last', () => {
    const seen = { corrected: 0, late: 0, waited: 0 }
    fc.assert(
      fc.property(lives, ({ methodRow, parts }) => {
        let { state, now } = part(inHand(RECEIVED_AT, methodRow), parts[0]!, RECEIVED_AT)
        const endedAt = state.finishedAt ?? state.ending!.endedAt
        const firstWaits = state.pauses.filter((p) => state.ending === null || p.to !== state.ending.at)
        const letter = state.apologies.find((a) => a.kind === 'extension')?.dueAt ?? 0
        for (const script of parts.slice(1)) {
          now = instant(now + 3_600_000)
          const before = state.corrections.length
          const open = does(state, 'reopen', signer, now)
          for (const days of [0, 1, 9]) for (const s of [state, open]) expectNothingLost(s, instant(now + days * 86_400_000))
          ;({ state, now } = part(open, script, now))
          if (state.corrections.length > before) seen.corrected += 1
        }
        const { receivedAt, limit, inDayCutoff, dueLawAt } = state
        const naive = naiveDeadline({ start: receivedAt!, limit, suspensions: firstWaits.map(({ from, to }) => ({ from, to })), ...(inDayCutoff !== null && { inDayCutoff }) })
        expect(naive).toMatchObject({ dueAt: dueLawAt })
        const due = Math.max(dueLawAt!, letter)
        expect(state.dueAt).toBe(due)
        const place = (at: number): number => (limit.unit === 'hour' ? at : Math.floor((at + 7 * 3_600_000) / 86_400_000))
        const is = place(endedAt) < place(due) ? 'early' : place(endedAt) === place(due) ? 'on-time' : 'late'
        expect(punctualityBothWays({ ...punctualityFacts(state), dueLawAt }, now).promised).toBe(is)
        expectChain(state)
        expect(citizenTime(state, now).until).toBe(state.ending?.endedAt ?? now)
        if (is === 'late') seen.late += 1
        seen.waited += firstWaits.length
      }),
      { numRuns: 300 },
    )
    expect(Math.min(seen.corrected, seen.late, seen.waited), JSON.stringify(seen)).toBeGreaterThan(20)
  })
})

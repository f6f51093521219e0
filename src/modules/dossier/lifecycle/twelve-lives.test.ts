/**
 * Twelve lives, computed by hand under two regimes: a commune before 1 July 2025 (NĐ 61/2018, five steps) and one of today (NĐ 118/2025 with NĐ 309/2026).
 * The days that count, as they lie:
 *   A  June 2024      Mon 10 (received 08:00) · Tue 11 · Wed 12 · Thu 13 · Fri 14 · Mon 17 · Tue 18 · Wed 19 · Thu 20 · Fri 21
 *   B  November 2026  Fri 20 (received 08:00) · Mon 23 · [Tue 24 Culture Day] · Wed 25 · Thu 26 · Fri 27 · Mon 30 · Tue 1/12 · Wed 2 · Thu 3 · Fri 4
 * The limit is three working days (C5): A counts 11, 12, 13; B counts 23, 25, 26. So without a wait it is due on A Thu 13/06, on B Thu 26/11, at 17:30.
 * Lives with a letter of apology stand in `extension.test.ts`; a life more is a row more.
 */
import { describe, expect, it } from 'vitest'
import { type Instant, dateOf, instant, isoInstant, plainDate } from '#kernel/plain-date.ts'
import { CITIZEN, SECOND, STAFF, actFor, received, tryAct } from '#test/dossier-lives.ts'
import { shippedCalendar, workingMinutesBetween } from '#modules/calendar'
import type { Actor } from '#platform/ctx.ts'
import { heldAt } from './custody.ts'
import type { Act } from './lifecycle.ts'
import { punctualityFacts, punctualityOf } from './punctuality.ts'
import type { DossierState } from './state.ts'
import { nationalCode } from './status.ts'

type Regime = 'A' | 'B'
const REGIME = { A: 'nd61-2018', B: 'nd309-2026' } as const
/** Vietnamese time. */
const at = (day: string, time: string): Instant => instant(Date.parse(`${day}T${time}+07:00`))
type Day = readonly [A: string, B: string]
const on = (regime: Regime, [a, b]: Day, time: string) => at(regime === 'A' ? a : b, time)

const START: Day = ['2024-06-10', '2026-11-20']
const D1: Day = ['2024-06-11', '2026-11-23']
const D2: Day = ['2024-06-12', '2026-11-25']
const DUE: Day = ['2024-06-13', '2026-11-26']
const D4: Day = ['2024-06-14', '2026-11-27']
const D5: Day = ['2024-06-17', '2026-11-30']
const D6: Day = ['2024-06-18', '2026-12-01']
const D7: Day = ['2024-06-19', '2026-12-02']
const D8: Day = ['2024-06-20', '2026-12-03']
const D9: Day = ['2024-06-21', '2026-12-04']

const SYSTEM: Actor = { kind: 'system', job: 'lapse-supplements' }
const did = (state: DossierState, act: Act, actor: Actor, now: Instant): DossierState => {
  const outcome = tryAct(state, act, actor, now)
  if ('refused' in outcome) throw new Error(`${act.action}: ${outcome.refused}`)
  return outcome.state
}
const inHand = (regime: Regime, methodRow = 1): DossierState => {
  const now = on(regime, START, '08:00:00')
  const { state } = received({ now, methodRow })
  const forwarded = did(state, { action: 'forward', note: null }, STAFF['desk-officer'], now)
  return heldAt(forwarded)?.step === 'ASSIGN' ? did(forwarded, actFor('assign', forwarded), STAFF['unit-leader'], now) : did(forwarded, { action: 'take' }, SECOND, now)
}
const issued = (state: DossierState, now: Instant, kind: 'granted' | 'declined' = 'granted'): DossierState => {
  const examined = did(state, { action: 'forward', note: null }, SECOND, now)
  const reviewed = heldAt(examined)?.step === 'REVIEW' ? did(examined, { action: 'forward', note: null }, STAFF['unit-leader'], now) : examined
  const signed = did(reviewed, { action: 'approve', note: null }, STAFF.signer, now)
  return did(signed, { ...(actFor('issue', signed) as Extract<Act, { action: 'issue' }>), kind, issuedOn: dateOf(now) }, STAFF.clerk, now)
}
const asked = (state: DossierState, now: Instant, until: string): DossierState => {
  const proposed = did(state, { ...(actFor('propose-supplement', state) as Extract<Act, { action: 'propose-supplement' }>), until: plainDate(until) }, SECOND, now)
  return did(proposed, { action: 'request-supplement' }, STAFF['unit-leader'], now)
}
const answered = (state: DossierState, now: Instant): DossierState => did(state, actFor('complete-supplement', state), CITIZEN, now)
/** As if the law of the procedure said so. */
const restarting = (state: DossierState): DossierState => ({ ...state, pauses: state.pauses.map((p) => ({ ...p, effect: 'restart' })) })
const halted = (state: DossierState, from: Instant, to: Instant): DossierState => did(did(state, actFor('halt', state), STAFF.signer, from), { action: 'resume', note: null }, STAFF.signer, to)
const far = (regime: Regime) => (regime === 'A' ? '2024-12-31' : '2027-01-29')

type Life = {
  readonly name: string
  readonly live: (regime: Regime) => DossierState
  readonly due: Day
  readonly time?: string
  readonly is: 'early' | 'on-time' | 'late'
  readonly code: number
}

const LIVES: readonly Life[] = [
  // Ready a working day before the last.
  { name: '1 early', live: (r) => issued(inHand(r), on(r, D2, '16:00:00')), due: DUE, is: 'early', code: 9 },
  // On the last day, after hours: days are compared, not moments (§2.7).
  { name: '2 on the day', live: (r) => issued(inHand(r), on(r, DUE, '19:00:00')), due: DUE, is: 'on-time', code: 9 },
  { name: '3 late by a day', live: (r) => issued(inHand(r), on(r, D4, '08:00:00')), due: DUE, is: 'late', code: 9 },
  // C9. Asked D1 (still counts: 1), answered D5 (does not count); D6 = 2, D7 = 3.
  { name: '4 suspended for papers', live: (r) => issued(answered(asked(inHand(r), on(r, D1, '10:00:00'), far(r)), on(r, D5, '09:00:00')), on(r, D7, '15:00:00')), due: D7, is: 'on-time', code: 9 },
  // C11. Answered D5: the whole limit again, D6, D7, D8.
  { name: '5 restarted by papers', live: (r) => issued(answered(restarting(asked(inHand(r), on(r, D1, '10:00:00'), far(r))), on(r, D5, '09:00:00')), on(r, D7, '15:00:00')), due: D8, is: 'early', code: 9 },
  // §2.5: never answered, the work was over on D1, when it was asked, against the date that held then. A stop for good is national code 8.
  {
    name: '6 lapsed, then stopped',
    live: (r) => {
      const waiting = asked(inHand(r), on(r, D1, '10:00:00'), r === 'A' ? '2024-06-20' : '2026-12-03')
      return did(did(waiting, { action: 'lapse-supplement' }, SYSTEM, on(r, D9, '00:10:00')), actFor('stop', waiting), STAFF.signer, on(r, D9, '09:00:00'))
    },
    due: DUE,
    is: 'early',
    code: 8,
  },
  // D1 = 1, D2 = 2 (the day of the notice counts), paid D6 (does not count), D7 = 3.
  {
    name: '7 paid',
    live: (r) => {
      const owing = did(inHand(r), { ...(actFor('request-payment', inHand(r)) as Extract<Act, { action: 'request-payment' }>), noticeOn: dateOf(on(r, D2, '00:00:00')), dueOn: plainDate(far(r)) }, SECOND, on(r, D2, '15:00:00'))
      return issued(did(owing, { action: 'confirm-payment', paidOn: dateOf(on(r, D6, '00:00:00')), evidence: 'Biên lai 1' }, STAFF['desk-officer'], on(r, D6, '10:00:00')), on(r, D6, '16:00:00'))
    },
    due: D7,
    is: 'early',
    code: 9,
  },
  { name: '8 withdrawn', live: (r) => did(inHand(r), { action: 'withdraw', reason: null, evidence: null }, CITIZEN, on(r, D1, '09:00:00')), due: DUE, is: 'early', code: 7 },
  // Halted D1 (counts: 1) until D2 (does not count); then the two next: A Thu 13, Fri 14 — B Thu 26, Fri 27. Ready on D5.
  { name: '9 halted, then late', live: (r) => issued(halted(inHand(r), on(r, D1, '09:00:00'), on(r, D2, '14:00:00')), on(r, D5, '16:00:00')), due: D4, is: 'late', code: 9 },
  // A written refusal to resolve is a result (§2.2).
  { name: '10 declined', live: (r) => issued(inHand(r), on(r, DUE, '16:00:00'), 'declined'), due: DUE, is: 'on-time', code: 9 },
  // C9: asked on the last day, which still counts: nothing is left to suspend, so the date stays, and D6 is late.
  { name: '11 asked on the last day', live: (r) => issued(answered(asked(inHand(r), on(r, DUE, '10:00:00'), far(r)), on(r, D5, '09:00:00')), on(r, D6, '16:00:00')), due: DUE, is: 'late', code: 9 },
  // C8, four hours: 08:00–09:00, halted an hour, 10:00–11:30, and 1 h 30 from 13:30. By the moment: 15:00:00 is in time.
  { name: '12 four hours, an hour halted', live: (r) => issued(halted(inHand(r, 5), on(r, START, '09:00:00'), on(r, START, '10:00:00')), on(r, START, '15:00:00')), due: START, time: '15:00:00', is: 'on-time', code: 9 },
]

describe.each(['A', 'B'] as const)('twelve lives under regime %s', (regime) => {
  it.each(LIVES.map((life) => [life.name, life] as const))('%s', (_, life) => {
    const state = life.live(regime)
    expect(state.regime).toBe(REGIME[regime])
    expect(isoInstant(state.dueAt!)).toBe(isoInstant(on(regime, life.due, life.time ?? '17:30:00')))
    // Asked long after: what has ended does not change its class.
    expect(punctualityOf(punctualityFacts(state), on(regime, ['2025-06-02', '2027-06-01'], '08:00:00'))).toBe(life.is)
    expect(nationalCode(state.status)).toBe(life.code)
  })
})

describe('on the way', () => {
  it.each(['A', 'B'] as const)('while it waits there is no date, and both the first and the new one are kept (regime %s)', (r) => {
    const waiting = asked(inHand(r), on(r, D1, '10:00:00'), far(r))
    expect([waiting.dueAt, waiting.dueLawAt, nationalCode(waiting.status), punctualityOf(punctualityFacts(waiting), on(r, D9, '09:00:00'))]).toEqual([null, null, 5, 'paused'])
    const back = answered(waiting, on(r, D5, '09:00:00'))
    expect([back.dueOriginalAt, back.dueAt]).toEqual([on(r, DUE, '17:30:00'), on(r, D7, '17:30:00')])
    expect(back.dueChanges).toMatchObject([{ kind: 'supplement', from: back.dueOriginalAt, to: back.dueAt }])
  })

  it('the step goes on with the working minutes that it had left (regime B)', () => {
    const before = inHand('B')
    const step = heldAt(before)!
    const [from, to] = [on('B', D1, '08:00:00'), on('B', D5, '14:00:00')]
    const back = heldAt(answered(asked(before, from, far('B')), to))!
    expect([back.step, back.postId]).toEqual([step.step, step.postId])
    const left = workingMinutesBetween(shippedCalendar(), from, step.dueAt!)
    expect(left).toBeGreaterThan(0)
    expect(workingMinutesBetween(shippedCalendar(), to, back.dueAt!)).toBe(left)
  })

  it('what began to wait too late is late while it waits: the due moment had run out (C10)', () => {
    const waiting = asked(inHand('B'), on('B', D4, '10:00:00'), far('B'))
    expect([isoInstant(waiting.dueAt!), punctualityOf(punctualityFacts(waiting), on('B', D9, '09:00:00'))]).toEqual(['2026-11-26T17:30:00+07:00', 'late'])
  })
})

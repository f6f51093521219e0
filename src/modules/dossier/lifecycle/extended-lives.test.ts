/**
 * Lives with a letter, computed by hand under two regimes; the days are those of the twelve lives without one:
 *   A  June 2024      Mon 10 (received 08:00) · Tue 11 · Wed 12 · Thu 13 (due) · Fri 14 · Mon 17 · Tue 18
 *   B  November 2026  Fri 20 (received 08:00) · Mon 23 · [Tue 24 Culture Day] · Wed 25 · Thu 26 (due) · Fri 27 · Mon 30 · Tue 1/12
 * Three working days; a new date lies at most three working days behind the old one. Counted twice: against the promise, and against the law (domain.md §2.6).
 */
import { describe, expect, it } from 'vitest'
import { type Instant, dateOf, instant, isoInstant, plainDate } from '#kernel/plain-date.ts'
import type { Actor } from '#platform/ctx.ts'
import { CITIZEN, SECOND, STAFF, actFor, received, tryAct } from '#test/dossier-lives.ts'
import { heldAt } from './custody.ts'
import type { Act } from './lifecycle.ts'
import { type Punctuality, punctualityBothWays, punctualityFacts } from './punctuality.ts'
import type { DossierState } from './state.ts'
import { nationalCode } from './status.ts'

type Regime = 'A' | 'B'
type Day = readonly [A: string, B: string]
const on = (regime: Regime, [a, b]: Day, time: string): Instant => instant(Date.parse(`${regime === 'A' ? a : b}T${time}+07:00`))
const [START, D2, DUE, D4, D5, D6] = [
  ['2024-06-10', '2026-11-20'], ['2024-06-12', '2026-11-25'], ['2024-06-13', '2026-11-26'], ['2024-06-14', '2026-11-27'], ['2024-06-17', '2026-11-30'], ['2024-06-18', '2026-12-01'],
] as const satisfies readonly Day[]

const did = (state: DossierState, act: Act, actor: Actor, now: Instant): DossierState => {
  const outcome = tryAct(state, act, actor, now)
  if ('refused' in outcome) throw new Error(`${act.action}: ${outcome.refused}`)
  return outcome.state
}
const inHand = (r: Regime): DossierState => {
  const now = on(r, START, '08:00:00')
  const forwarded = did(received({ now }).state, { action: 'forward', note: null }, STAFF['desk-officer'], now)
  return heldAt(forwarded)?.step === 'ASSIGN' ? did(forwarded, actFor('assign', forwarded), STAFF['unit-leader'], now) : did(forwarded, { action: 'take' }, SECOND, now)
}
const issued = (state: DossierState, now: Instant, kind: 'granted' | 'declined' = 'granted'): DossierState => {
  const examined = did(state, { action: 'forward', note: null }, SECOND, now)
  const reviewed = heldAt(examined)?.step === 'REVIEW' ? did(examined, { action: 'forward', note: null }, STAFF['unit-leader'], now) : examined
  const signed = did(reviewed, { action: 'approve', note: null }, STAFF.signer, now)
  return did(signed, { ...(actFor('issue', signed) as Extract<Act, { action: 'issue' }>), kind, issuedOn: dateOf(now) }, STAFF.clerk, now)
}
const extended = (state: DossierState, r: Regime, sent: Day, to: Day): DossierState =>
  did(state, { action: 'extend', number: '1/PXL-UBND', dueOn: dateOf(on(r, to, '00:00:00')), reason: 'workload', explanation: null }, STAFF.signer, on(r, sent, '09:00:00'))
const apologised = (state: DossierState, r: Regime, sent: Day): DossierState => did(state, { action: 'apologise', number: '2/PXL-UBND', reason: 'workload', explanation: null }, STAFF.signer, on(r, sent, '09:00:00'))
const asked = (state: DossierState, r: Regime, day: Day): DossierState => {
  const now = on(r, day, '10:00:00')
  const proposed = did(state, { ...(actFor('propose-supplement', state) as Extract<Act, { action: 'propose-supplement' }>), until: plainDate('2099-12-31') }, SECOND, now)
  return did(proposed, { action: 'request-supplement' }, STAFF['unit-leader'], now)
}
const answered = (state: DossierState, r: Regime, day: Day): DossierState => did(state, actFor('complete-supplement', state), CITIZEN, on(r, day, '09:00:00'))

type Life = { readonly name: string; readonly live: (r: Regime) => DossierState; readonly due: Day; readonly promised: Punctuality; readonly statutory: Punctuality; readonly letter: string }

const LIVES: readonly Life[] = [
  { name: 'a new date, kept with a day to spare', live: (r) => issued(extended(inHand(r), r, D2, D5), on(r, D4, '16:00:00')), due: D5, promised: 'early', statutory: 'late', letter: 'extension in time' },
  { name: 'a new date, kept on its day', live: (r) => issued(extended(inHand(r), r, D2, D6), on(r, D6, '17:00:00')), due: D6, promised: 'on-time', statutory: 'late', letter: 'extension in time' },
  { name: 'a new date, not needed after all', live: (r) => issued(extended(inHand(r), r, D2, D5), on(r, DUE, '16:00:00')), due: D5, promised: 'early', statutory: 'on-time', letter: 'extension in time' },
  { name: 'a new date, broken too', live: (r) => issued(extended(inHand(r), r, D2, D4), on(r, D5, '08:00:00')), due: D4, promised: 'late', statutory: 'late', letter: 'extension in time' },
  { name: 'the letter only on the due day itself', live: (r) => issued(extended(inHand(r), r, DUE, D5), on(r, D5, '10:00:00')), due: D5, promised: 'on-time', statutory: 'late', letter: 'extension too late' },
  { name: 'late, and an apology without a date', live: (r) => issued(apologised(inHand(r), r, D4), on(r, D5, '10:00:00')), due: DUE, promised: 'late', statutory: 'late', letter: 'apology too late' },
  // After the letter papers are missing. By the law D1 = 1, D2 = 2 (the day of the request counts), answered D5, D6 = 3: later than the new date of D4, so the law's holds.
  { name: 'a new date, then a wait that moves the law beyond it', live: (r) => issued(answered(asked(extended(inHand(r), r, D2, D4), r, D2), r, D5), on(r, D6, '10:00:00')), due: D6, promised: 'on-time', statutory: 'on-time', letter: 'extension in time' },
  { name: 'declined in time, and explained', live: (r) => apologised(issued(inHand(r), on(r, DUE, '10:00:00'), 'declined'), r, D4), due: DUE, promised: 'on-time', statutory: 'on-time', letter: 'explanation in time' },
]

describe.each(['A', 'B'] as const)('lives with a letter under regime %s', (r) => {
  it.each(LIVES.map((life) => [life.name, life] as const))('%s', (_, { live, due, promised, statutory, letter }) => {
    const state = live(r)
    expect(isoInstant(state.dueAt!)).toBe(isoInstant(on(r, due, '17:30:00')))
    expect(isoInstant(state.dueOriginalAt!)).toBe(isoInstant(on(r, DUE, '17:30:00')))
    expect(punctualityBothWays({ ...punctualityFacts(state), dueLawAt: state.dueLawAt }, on(r, ['2025-06-02', '2027-06-01'], '08:00:00'))).toEqual({ promised, statutory })
    expect(state.apologies.map((a) => `${a.kind} ${a.timely ? 'in time' : 'too late'}`)).toEqual([letter])
    expect(nationalCode(state.status)).toBe(9)
  })
})

import { describe, expect, it } from 'vitest'
import { type Instant, MS_PER_DAY, instant } from '#kernel/plain-date.ts'
import { CITIZEN, RECEIVED_AT, STAFF, actFor, received, someId, submitted, tryAct } from '#test/dossier-lives.ts'
import { type Attempt, citizenTime, daysOfNeed, fateOf, unmetAtOf } from './journey.ts'
import type { Act } from './lifecycle.ts'
import type { DossierState } from './state.ts'

const days = (n: number): Instant => instant(RECEIVED_AT + n * MS_PER_DAY)
const attempt = (change: Partial<Attempt> = {}): Attempt => ({ of: 'dossier', id: someId(), fate: 'refused', firstContactAt: days(-30), unmetAt: days(-29), ...change })
const link = (state: DossierState, one = attempt()) => tryAct(state, { action: 'link-attempt', attempt: one, reason: 'Vẫn là con diều ấy' }, STAFF['desk-officer'], days(1))
const linked = (state: DossierState, one = attempt()): DossierState => {
  const outcome = link(state, one)
  if ('refused' in outcome) throw new Error(outcome.refused)
  return outcome.state
}

describe('true citizen time', () => {
  it('without an earlier attempt is that of the dossier; with one it begins at the first contact of all', () => {
    const { state } = received()
    expect(citizenTime(state, days(5))).toEqual({ from: RECEIVED_AT, until: days(5), days: 5, attempts: 1, over: false, met: false })
    const twice = linked(linked(state), attempt({ firstContactAt: days(-3) }))
    expect(citizenTime(twice, days(5))).toMatchObject({ from: days(-30), days: 35, attempts: 3 })
  })

  it('ends when the result is at the desk, not when it is fetched; a need that came to nothing is not met', () => {
    const withdrawn = tryAct(received().state, actFor('withdraw', received().state), CITIZEN, days(2))
    if ('refused' in withdrawn) throw new Error(withdrawn.refused)
    expect(citizenTime(withdrawn.state, days(40))).toMatchObject({ days: 2, over: true, met: false })
  })

  it('is counted in days of the calendar in Vietnam, whatever the hour', () => {
    const [evening, morning] = [instant(Date.UTC(2026, 10, 20, 16, 59)), instant(Date.UTC(2026, 10, 20, 17, 1))]
    expect([daysOfNeed(evening, morning, morning), daysOfNeed(evening, evening, morning)]).toEqual([1, 0])
  })

  it('what an officer takes out of the journey counts no longer, and may be put back', () => {
    const state = linked(received().state)
    const outcome = tryAct(state, { action: 'unlink-attempt', n: 1, reason: 'Việc khác' }, STAFF['case-officer'], days(1))
    if ('refused' in outcome) throw new Error(outcome.refused)
    expect(citizenTime(outcome.state, days(5))).toMatchObject({ from: RECEIVED_AT, attempts: 1 })
    expect(citizenTime(linked(outcome.state, attempt({ id: state.attempts[0]!.id })), days(5))).toMatchObject({ from: days(-30), attempts: 2 })
  })
})

describe('what may be linked', () => {
  it('neither itself, nor what came later, nor the same twice; nothing is unlinked that is not linked', () => {
    const { state } = received()
    const one = attempt()
    const refused = (outcome: ReturnType<typeof link>) => ('refused' in outcome ? outcome.refused : 'done')
    expect(refused(link(state, attempt({ id: state.id })))).toBe('attempt-itself')
    expect(refused(link(state, attempt({ firstContactAt: days(1) })))).toBe('attempt-later')
    expect(refused(link(linked(state, one), one))).toBe('attempt-linked-before')
    const unlink: Act = { action: 'unlink-attempt', n: 2, reason: 'x' }
    expect(refused(tryAct(state, unlink, STAFF['desk-officer'], days(1)))).toBe('nothing-linked')
    expect(refused(tryAct(linked(state), unlink, STAFF['desk-officer'], days(1)))).toBe('nothing-linked')
  })

  it('a link moves nothing: the page of a colleague stays good', () => {
    const { state } = received()
    expect(linked(state).version).toBe(state.version)
  })
})

describe('an attempt that came to nothing', () => {
  const after = (state: DossierState, act: Act, by = STAFF['desk-officer']) => {
    const outcome = tryAct(state, act, by, days(1))
    if ('refused' in outcome) throw new Error(outcome.refused)
    return outcome.state
  }
  it('refused, asked to complete, withdrawn, stopped: since that moment; in work, or completed again, it is none', () => {
    const filed = submitted().state
    const asked = after(filed, actFor('request-completion', filed))
    const { state } = received()
    expect([unmetAtOf(filed), unmetAtOf(asked), unmetAtOf(after(asked, actFor('complete', asked), CITIZEN))]).toEqual([null, days(1), null])
    expect([unmetAtOf(state), unmetAtOf(after(state, actFor('withdraw', state), CITIZEN)), unmetAtOf(after(state, actFor('stop', state), STAFF.signer))]).toEqual([null, days(1), days(1)])
    expect(unmetAtOf(after(filed, actFor('refuse', filed)))).toBe(days(1))
  })
  it('is named by what became of it; what an officer links of the others was filed', () => {
    expect((['refused', 'withdrawn', 'stopped', 'awaiting-completion', 'finished', 'returned'] as const).map((s) => fateOf(s, days(1)))).toEqual(['refused', 'withdrawn', 'stopped', 'completion-asked', 'declined', 'declined'])
    expect(fateOf('returned', null)).toBe('filed')
  })
})

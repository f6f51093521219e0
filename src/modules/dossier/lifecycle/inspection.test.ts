/** A visit to the place (processes.md §3, inside HANDLE; domain.md §2.5: it does not pause the clock): appointment, record, signature. */
import { describe, expect, it } from 'vitest'
import { MS_PER_DAY, instant } from '#kernel/plain-date.ts'
import type { Actor } from '#platform/ctx.ts'
import { CITIZEN, RECEIVED_AT, SECOND, STAFF, actFor, received, tryAct } from '#test/dossier-lives.ts'
import { filesOfInspections, openInspection, phaseOf } from './inspection.ts'
import { type Act, availableActions } from './lifecycle.ts'
import type { DossierState } from './state.ts'

const NOW = instant(RECEIVED_AT + 3_600_000)
const did = (state: DossierState, act: Act, actor: Actor = SECOND): DossierState => {
  const outcome = tryAct(state, act, actor, NOW)
  if ('refused' in outcome) throw new Error(`${act.action}: ${outcome.refused}`)
  return outcome.state
}
const refused = (state: DossierState, act: Act, actor: Actor = SECOND) => {
  const outcome = tryAct(state, act, actor, NOW)
  return 'refused' in outcome ? outcome.refused : 'done'
}
const good = (action: 'plan-inspection' | 'cancel-inspection' | 'record-inspection' | 'sign-inspection') => actFor(action, received().state)
const record = good('record-inspection') as Extract<Act, { action: 'record-inspection' }>
const forwarded = did(received().state, { action: 'forward', note: null }, STAFF['desk-officer'])
const inHand = did(forwarded, actFor('assign', forwarded), STAFF['unit-leader'])
const buttons = (state: DossierState) => availableActions(state, SECOND, NOW).map((a) => a.action).filter((action) => action.endsWith('-inspection'))

describe('a visit to the place', () => {
  it('is arranged, written down and signed by whoever examines; each step opens the next', () => {
    const planned = did(inHand, good('plan-inspection'))
    const recorded = did(planned, record)
    const signed = did(recorded, good('sign-inspection'))
    expect([inHand, planned, recorded, signed].map(buttons)).toEqual([['plan-inspection'], ['plan-inspection', 'cancel-inspection', 'record-inspection'], ['record-inspection', 'sign-inspection'], ['plan-inspection']])
    expect([planned, recorded, signed].map((state) => phaseOf(state.inspections[0]!))).toEqual(['planned', 'recorded', 'signed'])
    expect(filesOfInspections(signed)).toHaveLength(2)
    for (const actor of [STAFF['case-officer'], STAFF.clerk, CITIZEN]) expect(refused(inHand, good('plan-inspection'), actor)).not.toBe('done')
  })

  it('§2.5: it neither pauses the clock nor moves the dossier, nor makes an open page stale', () => {
    const after = did(did(did(inHand, good('plan-inspection')), record), good('sign-inspection'))
    for (const name of ['custody', 'pauses', 'dueAt', 'dueLawAt', 'status', 'version'] as const) expect(after[name], name).toEqual(inHand[name])
  })

  it('another time is the same visit; called off it is over, and the next is another', () => {
    const later = { ...(good('plan-inspection') as Extract<Act, { action: 'plan-inspection' }>), at: instant(NOW + MS_PER_DAY), place: 'Bến Ngự' }
    const moved = did(did(inHand, good('plan-inspection')), later)
    expect(moved.inspections).toMatchObject([{ n: 1, appointment: { place: 'Bến Ngự' } }])
    const again = did(did(moved, good('cancel-inspection')), later)
    expect([again.inspections.map(phaseOf), openInspection(again)?.n]).toEqual([['cancelled', 'planned'], 2])
  })

  it('is not arranged for a time that has passed, nor written down before it is over', () => {
    expect(refused(inHand, { ...(good('plan-inspection') as Extract<Act, { action: 'plan-inspection' }>), at: instant(NOW - 1) })).toBe('appointment-in-past')
    const planned = did(inHand, good('plan-inspection'))
    expect(refused(planned, { ...record, endedAt: instant(NOW + 60_000) })).toBe('visit-in-future')
    expect(refused(planned, { ...record, beganAt: NOW, endedAt: instant(NOW - 60_000) })).toBe('visit-ends-before')
    expect(refused(inHand, record)).toBe('no-inspection-planned')
    expect(refused(planned, good('sign-inspection'))).toBe('no-inspection-record')
  })

  it('may be written anew until it is signed, photographs only come to it; then it stands', () => {
    const recorded = did(did(inHand, good('plan-inspection')), record)
    const anew = did(recorded, { ...record, findings: 'Bãi rộng ba nghìn mét vuông' })
    expect(anew.inspections[0]?.record).toMatchObject({ findings: 'Bãi rộng ba nghìn mét vuông', photos: [{ name: 'anh-bai-tha.pdf' }, { name: 'anh-bai-tha.pdf' }] })
    expect(refused(anew, good('plan-inspection'))).toBe('inspection-unsigned')
    expect(refused(did(anew, good('sign-inspection')), record)).toBe('no-inspection-planned')
  })
})

import { describe, expect, it } from 'vitest'
import { type Instant, MS_PER_DAY, dateOf, instant, isoInstant, plainDate } from '#kernel/plain-date.ts'
import { shippedCalendar } from '#modules/calendar'
import { CITIZEN, EVERYBODY, RECEIVED_AT, SECOND, STAFF, actFor, officerOf, OTHER_WARD, received, tryAct } from '#test/dossier-lives.ts'
import { type ExtensionEvent, ESCALATION_LEVELS, decideLateness, latestDueOn, proposedDueAt, waitingApology } from './extension.ts'
import { availableActions } from './lifecycle.ts'
import { punctualityBothWays } from './punctuality.ts'
import { rowsOf } from './rows.ts'
import { type DossierState, type Happened, evolve } from './state.ts'
import type { Act } from './lifecycle.ts'

/** Received on Friday 20 November 2026 for three working days; the 24th is a holiday: due on Thursday the 26th, 17:30. */
const { state: fresh } = received()
const on = (day: string, time = '09:00'): Instant => instant(Date.parse(`2026-${day}T${time}:00+07:00`))
const calendar = shippedCalendar()
const REASON = () => 'workload'

const nightly = (state: DossierState, now: Instant): readonly ExtensionEvent[] => decideLateness(state, { now, calendar }, REASON)
const happen = (state: DossierState, events: readonly ExtensionEvent[], at: Instant): DossierState =>
  events.map((event, i): Happened => ({ ...event, seq: state.seq + 1 + i, at, by: { personId: null, postId: null } })).reduce(evolve, state)
const morning = (state: DossierState, now: Instant): DossierState => happen(state, nightly(state, now), now)
const types = (events: readonly ExtensionEvent[]) => events.map((e) => (e.type === 'dossier.escalated' ? e.data.level : e.type === 'dossier.apology-drafted' ? e.data.kind : e.type))
const done = (state: DossierState, act: Act, now: Instant, actor = STAFF.signer): DossierState => {
  const outcome = tryAct(state, act, actor, now)
  if ('refused' in outcome) throw new Error(outcome.refused)
  return outcome.state
}
const extend = (dueOn: string): Act => ({ action: 'extend', number: '1/PXL-UBND', dueOn: plainDate(`2026-${dueOn}`), reason: 'workload', explanation: null })
const apologise: Act = { action: 'apologise', number: '2/PXL-UBND', reason: 'workload', explanation: null }
const refusal = (state: DossierState, act: Act, now: Instant, actor = STAFF.signer) => tryAct(state, act, actor, now)
const WAY = ['forward', 'assign', 'forward', 'forward', 'approve', 'issue'] as const
const finishedOn = (state: DossierState, now: Instant, kind: 'granted' | 'declined' = 'granted'): DossierState =>
  WAY.reduce((s, action, i) => done(s, { ...actFor(action, s), ...(action === 'issue' && { kind }) } as Act, now, [STAFF['desk-officer'], STAFF['unit-leader'], SECOND, STAFF['unit-leader'], STAFF.signer, STAFF.clerk][i]!), state)

describe('the letter of apology with a new date (domain.md §2.6)', () => {
  it('waits for the head from the morning of the last working day before the due day, and not earlier', () => {
    expect(types(nightly(fresh, on('11-23', '05:00')))).toEqual([])
    expect(types(nightly(fresh, on('11-25', '05:00')))).toEqual(['extension'])
    expect(waitingApology(morning(fresh, on('11-25', '05:00')))).toMatchObject({ kind: 'extension', reason: 'workload', about: fresh.dueAt })
  })

  it('over a weekend and a holiday: due on Wednesday the 25th, it waits since Monday', () => {
    const { state } = received({ now: on('11-19') , methodRow: 1 })
    expect(dateOf(state.dueAt!)).toBe('2026-11-25')
    expect(types(nightly(state, on('11-22', '05:00')))).toEqual([])
    expect(types(nightly(state, on('11-23', '05:00')))).toEqual(['extension'])
    expect(types(nightly(state, on('11-24', '05:00')))).toEqual(['extension'])
  })

  it('proposes half the limit again, and at most the whole of it: a setting, always a working day', () => {
    expect([isoInstant(proposedDueAt(fresh, calendar)), latestDueOn(fresh, calendar)]).toEqual(['2026-11-30T17:30:00+07:00', '2026-12-01'])
    const hours = received({ methodRow: 5, now: on('11-20', '15:00') }).state
    expect([dateOf(hours.dueAt!), dateOf(proposedDueAt(hours, calendar)), latestDueOn(hours, calendar)]).toEqual(['2026-11-23', '2026-11-25', '2026-11-25'])
  })

  it('signed by the head, it gives a new date and keeps the old one; both count', () => {
    const state = done(morning(fresh, on('11-25', '05:00')), extend('11-30'), on('11-25'))
    expect([isoInstant(state.dueOriginalAt!), isoInstant(state.dueAt!), state.version]).toEqual(['2026-11-26T17:30:00+07:00', '2026-11-30T17:30:00+07:00', fresh.version])
    expect(state.apologies).toMatchObject([{ n: 1, kind: 'extension', number: '1/PXL-UBND', timely: true, by: { personId: STAFF.signer.personId } }])
    expect(waitingApology(state)).toBeNull()
    const { limit: { unit: limitUnit }, dueAt, dueLawAt } = finishedOn(state, on('11-27'))
    expect(punctualityBothWays({ status: 'finished', limitUnit, dueAt, dueLawAt, endedAt: on('11-27') }, on('11-27'))).toEqual({ promised: 'early', statutory: 'late' })
  })

  it('only the head of the competent agency signs; no officer, no other ward, no citizen', () => {
    for (const actor of [SECOND, STAFF['unit-leader'], STAFF.clerk, STAFF['control-officer'], officerOf('signer', OTHER_WARD), CITIZEN]) expect(refusal(fresh, extend('11-30'), on('11-25'), actor)).toEqual({ refused: 'not-permitted' })
    for (const actor of [STAFF.signer, STAFF.chair]) expect(refusal(fresh, extend('11-30'), on('11-25'), actor)).toHaveProperty('state')
  })

  it('once only (reappointments)', () => {
    const state = done(fresh, extend('11-30'), on('11-25'))
    expect(refusal(state, extend('12-02'), on('11-27'))).toEqual({ refused: 'extended-already' })
    expect(availableActions(state, STAFF.signer, on('11-27')).map((a) => a.action)).not.toContain('extend')
    expect(types(nightly(state, on('11-27', '05:00')))).toEqual([])
  })

  it('later than a working day before the due date it is no longer in time, and says so', () => {
    expect(done(fresh, extend('11-30'), on('11-26')).apologies[0]?.timely).toBe(false)
  })

  it.each([
    ['11-26', 'date-not-later'], ['11-28', 'not-a-working-day'], ['12-02', 'date-too-far'], ['11-27', undefined],
  ] as const)('a new date of %s: %s', (dueOn, code) => {
    const outcome = refusal(fresh, extend(dueOn), on('11-25'))
    expect('refused' in outcome ? outcome.refused : undefined).toBe(code)
  })

  it('the promise broken, no new one can be given: an apology is owed', () => {
    expect(refusal(fresh, extend('11-30'), on('11-26', '23:59'))).toHaveProperty('state')
    expect(refusal(fresh, extend('11-30'), on('11-27', '00:00'))).toEqual({ refused: 'past-due' })
    expect(refusal(fresh, apologise, on('11-26', '23:59'))).toEqual({ refused: 'no-apology-owed' })
    expect(refusal(fresh, apologise, on('11-27', '00:00'))).toHaveProperty('state')
  })
})

describe('what is late (domain.md §2.6, alert ladder)', () => {
  it('is marked, brought before the officer, and its apology waits, the morning after', () => {
    expect(types(nightly(fresh, on('11-27', '05:00')))).toEqual(['dossier.marked-late', 'officer', 'apology'])
  })

  it('comes before the officer, the leader, the control office and the chair by working days', () => {
    let state = fresh
    const told = ['11-27', '11-28', '11-30', '12-01', '12-02', '12-03', '12-04'].map((day) => {
      const events = nightly(state, on(day, '05:00'))
      state = happen(state, events, on(day, '05:00'))
      return types(events).filter((t) => (ESCALATION_LEVELS as readonly string[]).includes(t))
    })
    expect(told).toEqual([['officer'], [], ['leader'], ['control'], [], ['chair'], []])
    expect(rowsOf(state).dossier[0]).toMatchObject({ late_level: 4, late_for: fresh.dueAt, apology_kind: 'apology' })
  })

  it('where the run was missed for days, it leaves out nobody', () => {
    expect(types(nightly(fresh, on('12-15', '05:00')))).toEqual(['dossier.marked-late', ...ESCALATION_LEVELS, 'apology'])
  })

  it('an apology without a date does not end the climb: late is late', () => {
    const state = done(morning(fresh, on('11-27', '05:00')), apologise, on('11-27'))
    expect(waitingApology(state)).toBeNull()
    expect(refusal(state, apologise, on('11-27'))).toEqual({ refused: 'apologised-already' })
    expect(types(nightly(state, on('11-30', '05:00')))).toEqual(['leader'])
  })

  it('late again after a new date: marked again, for the new one', () => {
    const state = done(fresh, extend('11-30'), on('11-25'))
    expect(nightly(state, on('12-01', '05:00'))).toMatchObject([{ type: 'dossier.marked-late', data: { about: state.dueAt, days: 1 } }, { data: { level: 'officer' } }, { data: { kind: 'apology' } }])
  })

  it('a draft that nobody signed in time becomes an apology', () => {
    const drafted = morning(fresh, on('11-25', '05:00'))
    const late = morning(drafted, on('11-27', '05:00'))
    expect(waitingApology(late)).toMatchObject({ kind: 'apology', proposedDueAt: null })
  })

  it('what waits for the applicant since after its promise broke is late all the same (C10); what waits with its clock stopped is not', () => {
    const waiting: DossierState = { ...fresh, status: 'awaiting-supplement' }
    expect(types(nightly(waiting, on('11-27', '05:00')))).toEqual(['dossier.marked-late', 'officer', 'apology'])
    const stopped: DossierState = { ...waiting, dueAt: null }
    expect(nightly(stopped, on('12-27', '05:00'))).toEqual([])
    expect(refusal(stopped, extend('11-30'), on('11-25'))).toEqual({ refused: 'clock-stands' })
  })

  it('never stands in the way of a result', () => {
    const late = morning(fresh, on('12-15', '05:00'))
    expect(finishedOn(late, on('12-15')).status).toBe('finished')
  })

  it('asked again it does nothing: after every morning of every kind', () => {
    for (const first of [fresh, done(fresh, extend('11-30'), on('11-25')), finishedOn(fresh, on('12-01')), finishedOn(fresh, on('11-25'), 'declined')]) {
      for (const day of ['11-20', '11-23', '11-25', '11-26', '11-27', '11-30', '12-02', '12-31']) {
        const state = morning(first, on(day, '05:00'))
        expect(nightly(state, on(day, '05:00')), day).toEqual([])
      }
    }
  })
})

describe('letters for what has ended', () => {
  it('a result that came late is apologised for, also after it was handed over', () => {
    const late = finishedOn(fresh, on('11-30'))
    expect(types(nightly(late, on('12-01', '05:00')))).toEqual(['apology'])
    const returned = done(late, actFor('return', late), on('12-01'), STAFF['desk-officer'])
    expect(done(returned, apologise, on('12-02')).apologies).toMatchObject([{ kind: 'apology', dueAt: null, timely: false }])
  })

  it('a refusal to resolve is explained (domain.md §2.2: apology or explanation for returned dossiers too)', () => {
    const declined = finishedOn(fresh, on('11-25'), 'declined')
    expect(types(nightly(declined, on('11-26', '05:00')))).toEqual(['explanation'])
    expect(done(declined, { ...apologise, reason: 'not-eligible' } as Act, on('11-26')).apologies).toMatchObject([{ kind: 'explanation', timely: true }])
  })

  it('a result in time needs no letter, and an unsigned draft is gone with it', () => {
    const state = finishedOn(morning(fresh, on('11-25', '05:00')), on('11-25'))
    expect([waitingApology(state), nightly(state, on('11-26', '05:00'))]).toEqual([null, []])
    for (const actor of EVERYBODY) expect(availableActions(state, actor, instant(RECEIVED_AT + 30 * MS_PER_DAY)).map((a) => a.action)).not.toContain('apologise')
  })
})

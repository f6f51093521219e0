/**
 * What was wrong is put right and nothing is lost (domain.md §2.2, last row; §2.4, 11). Received on Friday 20 November 2026 at 08:00; three working days end on
 * Thursday the 26th (Tuesday the 24th is Culture Day), four hours on Friday at 14:00.
 */
import { describe, expect, it } from 'vitest'
import { type Instant, dateOf, instant, isoInstant, plainDate } from '#kernel/plain-date.ts'
import { CITIZEN, OTHER_WARD, SECOND, STAFF, actFor, officerOf, postOf, received, someId, tryAct } from '#test/dossier-lives.ts'
import type { Actor } from '#platform/ctx.ts'
import { heldAt } from './custody.ts'
import type { Act } from './lifecycle.ts'
import { punctualityFacts, punctualityOf } from './punctuality.ts'
import type { DossierState } from './state.ts'
import type { Action } from './status.ts'
import { financeOf } from './tracks.ts'

const at = (day: string, time = '09:00'): Instant => instant(Date.parse(`2026-${day}T${time}:00+07:00`))
const did = (state: DossierState, act: Act, actor: Actor, now: Instant): DossierState => {
  const outcome = tryAct(state, act, actor, now)
  if ('refused' in outcome) throw new Error(`${act.action}: ${outcome.refused}`)
  return outcome.state
}
const does = (state: DossierState, action: Action, actor: Actor, now: Instant, change: object = {}): DossierState => did(state, { ...actFor(action, state), ...change } as Act, actor, now)
const refusedAs = (state: DossierState, action: Action, actor: Actor, now: Instant, change: object = {}) => {
  const outcome = tryAct(state, { ...actFor(action, state), ...change } as Act, actor, now)
  return 'refused' in outcome ? outcome.refused : 'done'
}
const { signer, clerk } = STAFF
const [desk, leader] = [STAFF['desk-officer'], STAFF['unit-leader']]

const inHand = (methodRow = 1): DossierState => {
  const forwarded = does(received({ methodRow }).state, 'forward', desk, at('11-20'))
  return heldAt(forwarded)?.step === 'ASSIGN' ? does(forwarded, 'assign', leader, at('11-20')) : does(forwarded, 'take', SECOND, at('11-20'))
}
const issued = (state: DossierState, now: Instant): DossierState => {
  const examined = does(state, 'forward', SECOND, now)
  const reviewed = heldAt(examined)?.step === 'REVIEW' ? does(examined, 'forward', leader, now) : examined
  return does(does(reviewed, 'approve', signer, now), 'issue', clerk, now, { issuedOn: dateOf(now), number: `${state.results.length + 1}/GP-UBND` })
}

describe('a wrong procedure or way of filing', () => {
  it('limit, steps and due date come anew from the same reception by the rules; both dates are kept', () => {
    const wrong = inHand(5)
    expect(isoInstant(wrong.dueAt!)).toBe('2026-11-20T14:00:00+07:00')
    const right = does(wrong, 'correct-procedure', leader, at('11-23'))
    expect(right).toMatchObject({ methodN: 1, limit: { amount: 3, unit: 'working-day' }, receivedAt: wrong.receivedAt, dueOriginalAt: wrong.dueAt, effectiveStart: wrong.effectiveStart })
    expect(isoInstant(right.dueAt!)).toBe('2026-11-26T17:30:00+07:00')
    expect(right.dueLawAt).toBe(right.dueAt)
    expect(right.dueChanges).toMatchObject([{ kind: 'correction', from: wrong.dueAt, to: right.dueAt }])
    expect(right.steps.map((s) => s.key)).toEqual(inHand(1).steps.map((s) => s.key))
    expect(right.corrections).toMatchObject([{ kind: 'procedure', reason: 'Ghi nhầm tờ khai của bà Diều', before: { methodN: 5, dueAt: wrong.dueAt }, after: { methodN: 1, dueAt: right.dueAt } }])
  })

  it('whoever examines it keeps it; what was drafted and signed under the wrong one is void; at the desk it stays at the desk', () => {
    const signed = does(does(does(does(inHand(1), 'draft', SECOND, at('11-20')), 'forward', SECOND, at('11-20')), 'forward', leader, at('11-20')), 'approve', signer, at('11-20'))
    const right = does(signed, 'correct-procedure', signer, at('11-20', '10:00'))
    expect([right.resultDraft, right.approvedBy, heldAt(right)?.step, heldAt(right)?.postId]).toEqual([null, null, 'HANDLE', postOf(SECOND)])
    const atDesk = does(received().state, 'correct-procedure', leader, at('11-20'))
    expect([atDesk.status, heldAt(atDesk)?.step]).toEqual(['received', 'RECEIVE'])
  })

  it('is approved by the unit leader or who signs, not by whoever examines it; not once a number stands in the books; not into the same', () => {
    expect(refusedAs(inHand(), 'correct-procedure', SECOND, at('11-23'))).toBe('not-permitted')
    expect(refusedAs(inHand(), 'correct-procedure', desk, at('11-23'))).toBe('not-permitted')
    const signed = does(does(does(inHand(), 'forward', SECOND, at('11-20')), 'forward', leader, at('11-20')), 'approve', signer, at('11-20'))
    expect(refusedAs(does(signed, 'number', clerk, at('11-20')), 'correct-procedure', signer, at('11-23'))).toBe('numbered-already')
    const state = inHand()
    const same = { ...(actFor('correct-procedure', state) as Extract<Act, { action: 'correct-procedure' }>).right, methodN: state.methodN }
    expect(refusedAs(state, 'correct-procedure', signer, at('11-23'), { right: same })).toBe('nothing-corrected')
  })

  it('a wait and a letter of apology from before go on to count', () => {
    const halted = does(does(inHand(1), 'halt', signer, at('11-20', '10:00')), 'resume', signer, at('11-23', '10:00'))
    const hours = does(halted, 'correct-procedure', signer, at('11-23', '11:00'))
    // 08:00–10:00, the rest from 10:00 on Monday: 11:30, and half an hour from 13:30.
    expect(isoInstant(hours.dueAt!)).toBe('2026-11-23T14:00:00+07:00')
    const extended = does(inHand(1), 'extend', signer, at('11-23'))
    expect(does(extended, 'correct-procedure', signer, at('11-23', '10:00'))).toMatchObject({ dueAt: extended.dueAt, dueLawAt: at('11-20', '14:00') })
  })
})

describe('a wrong moment of reception', () => {
  it('gives the date that it should have had; the step runs since it began', () => {
    const late = does(received({ now: at('11-20', '17:45') }).state, 'correct-reception', signer, at('11-23'), { receivedAt: at('11-20', '16:00') })
    expect(isoInstant(received({ now: at('11-20', '17:45') }).state.dueAt!)).toBe('2026-11-27T17:30:00+07:00')
    expect([isoInstant(late.dueAt!), late.receivedAt, late.dueChanges[0]?.kind, heldAt(late)?.step]).toEqual(['2026-11-26T17:30:00+07:00', at('11-20', '16:00'), 'correction', 'RECEIVE'])
    expect(late.custody[0]?.enteredAt).toBe(at('11-20', '17:45'))
  })
  it('never in the future, never into a day of another regime, never a date by hand', () => {
    expect(refusedAs(inHand(), 'correct-reception', signer, at('11-23'), { receivedAt: at('11-24') })).toBe('received-in-future')
    expect(refusedAs(inHand(), 'correct-reception', signer, at('11-23'), { receivedAt: at('07-01') })).toBe('other-regime')
    expect(refusedAs(inHand(), 'correct-reception', signer, at('11-23'), { receivedAt: inHand().receivedAt })).toBe('nothing-corrected')
  })
})

describe('other entries', () => {
  it('the desk puts right who applied and where the result goes, also after the return; old and new are kept', () => {
    const state = does(issued(inHand(), at('11-23')), 'return', desk, at('11-23'))
    const right = does(state, 'correct-entries', desk, at('11-25'), { entries: { ...state, applicant: { ...state.applicant, name: 'Đặng Thị Diễu' } } })
    expect(right.corrections[0]).toMatchObject({ kind: 'entries', before: { applicant: { name: 'Đặng Thị Diều' } }, after: { applicant: { name: 'Đặng Thị Diễu' } } })
    expect([right.applicant.name, right.status, right.dueAt]).toEqual(['Đặng Thị Diễu', 'returned', state.dueAt])
    expect(refusedAs(right, 'correct-entries', desk, at('11-25'), { entries: right })).toBe('nothing-corrected')
    expect(refusedAs(right, 'correct-entries', desk, at('11-25'), { entries: { ...right, delivery: 'postal' } })).toBe('address-missing')
    expect(refusedAs(right, 'correct-entries', CITIZEN, at('11-25'))).toBe('not-permitted')
  })
  it('another number is another person: of what a checked account filed on line only with who approves; the desk alone elsewhere, and everything else', () => {
    const state = inHand()
    const other = { ...state, applicantId: someId(), applicant: { ...state.applicant, personalNumber: '046190000002' } }
    const asked = { entries: other, filedChecked: true }
    expect(refusedAs(state, 'correct-entries', desk, at('11-23'), asked)).toBe('other-applicant-unapproved')
    // A number alone, whoever it may belong to.
    expect(refusedAs(state, 'correct-entries', desk, at('11-23'), { entries: { ...other, applicantId: state.applicantId }, filedChecked: true })).toBe('other-applicant-unapproved')
    expect(refusedAs(state, 'correct-entries', officerOf('signer', OTHER_WARD), at('11-23'), asked)).toBe('not-permitted')
    for (const approver of [leader, signer]) expect(does(state, 'correct-entries', approver, at('11-23'), asked)).toMatchObject({ applicantId: other.applicantId, corrections: [{ by: { postId: postOf(approver) } }] })
    expect(refusedAs(state, 'correct-entries', desk, at('11-23'), { entries: other, filedChecked: false })).toBe('done')
    expect(refusedAs(state, 'correct-entries', desk, at('11-23'), { entries: { ...state, applicant: { ...state.applicant, name: 'Đặng Thị Diễu' } }, filedChecked: true })).toBe('done')
  })
  it('the amount of a notice while it is owed', () => {
    const owing = does(inHand(), 'request-payment', SECOND, at('11-20'))
    const right = does(owing, 'correct-payment', SECOND, at('11-20'), { amount: 25_000 })
    expect([right.paymentDuties[0]?.amount, right.corrections[0]?.before]).toMatchObject([25_000, { amount: 20_000 }])
    expect(refusedAs(does(right, 'confirm-payment', desk, at('11-20')), 'correct-payment', SECOND, at('11-20'))).toBe('wrong-status')
  })
})

describe('an error in a result that is out', () => {
  it('a new one takes its place, each says so; what was handed over waits to be exchanged; the first finish counts', () => {
    const returned = does(issued(inHand(), at('11-23')), 'return', desk, at('11-23', '15:00'))
    const right = does(returned, 'correct-result', signer, at('11-30'))
    expect(right.results.map((r) => [r.n, r.replaces, r.replacedBy])).toEqual([[1, null, 2], [2, 1, null]])
    expect([right.status, heldAt(right)?.step, right.handOver, right.finishedAt, right.dueAt]).toEqual(['finished', 'RETURN', null, at('11-23'), returned.dueAt])
    expect(punctualityOf(punctualityFacts(right), at('12-30'))).toBe('early')
    expect(does(right, 'return', desk, at('12-01')).handOver?.at).toBe(at('12-01'))
    expect(refusedAs(right, 'correct-result', signer, at('11-30'), { number: right.results[0]?.number })).toBe('number-of-the-old')
    expect(refusedAs(returned, 'correct-result', clerk, at('11-30'))).toBe('not-permitted')
  })
})

describe('re-opening', () => {
  it('goes back to whoever examined it, with a promise of its own; between the end and now it lay in the files', () => {
    const returned = does(issued(inHand(), at('11-23')), 'return', desk, at('11-23', '15:00'))
    const open = does(returned, 'reopen', signer, at('11-30'))
    expect([open.status, heldAt(open)?.step, heldAt(open)?.postId, open.approvedBy]).toEqual(['processing', 'HANDLE', postOf(SECOND), null])
    expect(open.custody.slice(-2, -1)).toMatchObject([{ step: 'CLOSED', enteredAt: at('11-23', '15:00'), leftAt: at('11-30') }])
    // Three working days from Monday 30 November.
    expect(isoInstant(open.dueAt!)).toBe('2026-12-03T17:30:00+07:00')
    expect(open.reopenings).toMatchObject([{ from: 'returned', finishedAt: at('11-23'), dueAt: returned.dueAt, endedAgainAt: null }])
  })

  it('statistics keep the first finish against the date that held then: early stays early, late stays late', () => {
    for (const [day, is] of [['11-23', 'early'], ['11-27', 'late']] as const) {
      const first = issued(inHand(), at(day))
      const again = issued(does(first, 'reopen', signer, at('12-07')), at('12-21'))
      expect([again.finishedAt, again.dueAt, punctualityOf(punctualityFacts(again), at('12-30'))]).toEqual([at(day), first.dueAt, is])
      expect(again.reopenings[0]?.endedAgainAt).toBe(at('12-21'))
      expect(again.results.map((r) => [r.replaces, r.replacedBy])).toEqual([[null, 2], [1, null]])
    }
  })

  it('of what was stopped or withdrawn too: its end is kept, and it is at work again', () => {
    const withdrawn = does(inHand(), 'withdraw', CITIZEN, at('11-23'))
    const open = does(withdrawn, 'reopen', signer, at('11-25'), { to: 'ASSIGN', dueOn: plainDate('2026-11-26') })
    expect([open.ending, open.reopenings[0]?.ending?.kind, heldAt(open)?.step, isoInstant(open.dueAt!)]).toEqual([null, 'withdrawn', 'ASSIGN', '2026-11-26T17:30:00+07:00'])
  })

  it('a notice or a halt that the stop left open is over: only what is asked anew is put right, paid, resumed', () => {
    const again = (waiting: DossierState): DossierState => does(does(waiting, 'stop', signer, at('11-23')), 'reopen', signer, at('11-25'))
    const unpaid = again(does(inHand(), 'request-payment', SECOND, at('11-20')))
    expect([unpaid.status, financeOf(unpaid)]).toEqual(['processing', 'lapsed'])
    const asked = does(does(unpaid, 'request-payment', SECOND, at('11-25')), 'correct-payment', SECOND, at('11-25'), { amount: 25_000 })
    expect([asked.paymentDuties.map((d) => d.amount), financeOf(asked)]).toEqual([[20_000, 25_000], 'owed'])
    const paid = does(asked, 'confirm-payment', desk, at('11-25', '10:00'))
    expect([paid.paymentDuties.map((d) => d.paid !== null), financeOf(paid)]).toEqual([[false, true], 'settled'])
    const resumed = does(does(again(does(inHand(), 'halt', signer, at('11-20'))), 'halt', signer, at('11-25')), 'resume', signer, at('11-26'))
    expect(resumed.halts.map((h) => h.resumed?.at ?? null)).toEqual([null, at('11-26')])
  })

  it('what was stopped in time and is issued long after owes no apology: its first end counts there too', () => {
    const late = issued(does(does(inHand(), 'stop', signer, at('11-23')), 'reopen', signer, at('12-07')), at('12-08'))
    expect([punctualityOf(punctualityFacts(late), at('12-30')), refusedAs(late, 'apologise', signer, at('12-08', '10:00'))]).toEqual(['early', 'no-apology-owed'])
  })

  it('by the head alone, to a step where it is examined or decided, on a working day within the limit', () => {
    const over = issued(inHand(), at('11-23'))
    expect(refusedAs(over, 'reopen', leader, at('11-23'))).toBe('not-permitted')
    expect(refusedAs(over, 'reopen', signer, at('11-23'), { to: 'RETURN' })).toBe('no-way-back')
    expect(refusedAs(over, 'reopen', signer, at('11-23'), { dueOn: plainDate('2026-11-20') })).toBe('until-in-past')
    expect(refusedAs(over, 'reopen', signer, at('11-23'), { dueOn: plainDate('2026-11-24') })).toBe('not-a-working-day')
    expect(refusedAs(over, 'reopen', signer, at('11-23'), { dueOn: plainDate('2026-11-30') })).toBe('date-too-far')
    expect(refusedAs(inHand(), 'reopen', signer, at('11-23'))).toBe('wrong-status')
  })
})

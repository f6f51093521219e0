import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#kernel/digest.ts'
import { type Instant, MS_PER_DAY, dateOf, instant, isoInstant } from '#kernel/plain-date.ts'
import { CITIZEN, CONSULTED, type Decided, EVERYBODY, KITE_REVISION, OTHER_WARD, RECEIVED_AT, SECOND, STAFF, WARD, actFor, officerOf, postOf, received, receptionFacts, someId, submitted, tryAct } from '#test/dossier-lives.ts'
import { shippedCalendar, workingMinutesBetween } from '#modules/calendar'
import { naiveDeadline } from '#test/naive-clock.ts'
import { putPrivate, takePrivate } from '#platform/log/private.ts'
import type { Actor } from '#platform/ctx.ts'
import { type Act, availableActions, decide } from './lifecycle.ts'
import { fromLogged, toLogged } from './logged.ts'
import { isPastDue, punctualityOf } from './punctuality.ts'
import { decideReception } from './reception.ts'
import { rowsOf } from './rows.ts'
import { decideConsultations } from './consultation.ts'
import { heldAt } from './custody.ts'
import { type DossierState, evolve, fold } from './state.ts'
import { ACTIONS, type Action, STATUSES, TRANSITIONS, nationalCode, statesFor } from './status.ts'

const LATER = instant(RECEIVED_AT + 3_600_000)
/** Of a unit elsewhere that is asked for its opinion. */
const ADVISER = EVERYBODY.find((actor) => actor.kind === 'person' && actor.posts[0]?.unitId === CONSULTED[0] && actor.posts[0]?.role === 'case-officer')!
const SYSTEM: Actor = { kind: 'system', job: 'lapse-supplements' }
const officerFor = (action: Action | 'forward-desk' | 'forward-review') =>
  ({
    accept: STAFF['desk-officer'], 'request-completion': STAFF['desk-officer'], refuse: STAFF['desk-officer'], complete: CITIZEN, draft: SECOND, number: STAFF.clerk,
    'forward-desk': STAFF['desk-officer'], 'forward-review': STAFF['unit-leader'], assign: STAFF['unit-leader'], take: STAFF['case-officer'], forward: SECOND,
    'send-back': STAFF['unit-leader'], approve: STAFF.signer, extend: STAFF.signer, apologise: STAFF.signer, issue: STAFF.clerk, return: STAFF['desk-officer'], collect: CITIZEN, note: STAFF['case-officer'],
    'propose-supplement': SECOND, 'return-supplement': STAFF['unit-leader'], 'request-supplement': STAFF['unit-leader'], 'complete-supplement': CITIZEN, 'lapse-supplement': SYSTEM,
    'request-payment': SECOND, 'confirm-payment': STAFF['desk-officer'], halt: STAFF.signer, resume: STAFF.signer, stop: STAFF.signer, withdraw: CITIZEN, 'link-attempt': STAFF['desk-officer'], 'unlink-attempt': STAFF['desk-officer'],
    'correct-entries': STAFF['desk-officer'], 'correct-payment': SECOND, 'correct-procedure': STAFF['unit-leader'], 'correct-reception': STAFF.signer, 'correct-result': STAFF.signer, reopen: STAFF.signer,
    'ask-consultation': SECOND, 'answer-consultation': ADVISER, 'recall-consultation': SECOND,
    'plan-inspection': SECOND, 'cancel-inspection': SECOND, 'record-inspection': SECOND, 'sign-inspection': SECOND,
  } satisfies Record<Action | 'forward-desk' | 'forward-review', Actor>)[action]

const done = (state: DossierState, act: Act, actor = officerFor(act.action), now: Instant = LATER): DossierState => {
  const outcome = tryAct(state, act, actor, now)
  if ('refused' in outcome) throw new Error(`${act.action}: ${outcome.refused}`)
  return outcome.state
}
const go = (state: DossierState, ...ways: readonly (Action | 'forward-desk' | 'forward-review')[]): DossierState =>
  ways.reduce((s, way) => done(s, actFor(way.startsWith('forward') ? 'forward' : (way as Action), s), officerFor(way)), state)

describe('the main road of a dossier', () => {
  it('desk → leader → officer → leader → chair → clerk → desk → owner', () => {
    const { state } = received()
    expect([state.status, heldAt(state)?.step, heldAt(state)?.unitId]).toEqual(['received', 'RECEIVE', WARD.deskId])
    const end = go(state, 'forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue', 'return')
    expect(end.custody.map((c) => [c.step, c.leftAs])).toEqual([
      ['RECEIVE', 'forward'], ['ASSIGN', 'assign'], ['HANDLE', 'forward'], ['REVIEW', 'forward'], ['SIGN', 'approve'], ['CLERK', 'issue'], ['RETURN', 'return'],
    ])
    expect([end.status, nationalCode(end.status), end.finishedAt, end.handOver?.recipient.kind]).toEqual(['returned', 10, LATER, 'self'])
    expect(end.results[0]).toMatchObject({ number: '12/GP-UBND', approvedBy: { personId: STAFF.signer.personId }, issuedBy: { postId: postOf(STAFF.clerk) } })
  })

  it('§2.2, 9→10: a result delivered on line is handed over when who applied takes it out; no other is, and nobody else does', () => {
    const file = { fileId: someId(), digest: 'ab'.repeat(32), name: 'ket qua.pdf', type: 'application/pdf', size: 9 }
    const ready = (delivery: 'online' | 'counter', kept: typeof file | null = file) => {
      const signed = go(received({ delivery }).state, 'forward-desk', 'assign', 'forward', 'forward-review', 'approve')
      return done(signed, { ...actFor('issue', signed), file: kept } as Act)
    }
    const end = go(ready('online'), 'collect')
    expect([end.status, nationalCode(end.status), end.handOver]).toMatchObject(['returned', 10, { at: LATER, by: { personId: CITIZEN.personId, postId: null }, recipient: { kind: 'electronic' } }])
    expect(end.custody.at(-1)).toMatchObject({ step: 'RETURN', leftAs: 'return', leftAt: LATER })
    expect(availableActions(ready('online'), CITIZEN, LATER).map((a) => a.action)).toEqual(['collect'])
    for (const [state, refused] of [[ready('counter'), 'delivered-otherwise'], [ready('online', null), 'result-without-file'], [end, 'wrong-status']] as const) {
      expect(refusal(state, actFor('collect', state), CITIZEN)).toEqual({ refused })
      expect(availableActions(state, CITIZEN, LATER)).toEqual([])
    }
    for (const actor of EVERYBODY.filter((one) => one !== CITIZEN)) expect(refusal(ready('online'), actFor('collect', end), actor)).toEqual({ refused: 'not-applicant' })
    expect(go(ready('online'), 'return').status, 'the desk still may').toBe('returned')
  })

  it('in-day: no assignment and no review, an officer takes it', () => {
    const { state } = received({ methodRow: 2 })
    const end = go(state, 'forward-desk', 'take')
    expect(heldAt(end)).toMatchObject({ step: 'HANDLE', postId: postOf(STAFF['case-officer']) })
    expect(heldAt(done(end, actFor('forward', end), STAFF['case-officer']))?.step).toBe('SIGN')
  })

  it('sent back with the reason, it goes to who had it before, and its approval is void', () => {
    const approved = go(received().state, 'forward-desk', 'assign', 'forward', 'forward-review', 'approve')
    const back = done(approved, actFor('send-back', approved, 'HANDLE'), STAFF.clerk)
    expect(heldAt(back)).toMatchObject({ step: 'HANDLE', postId: postOf(SECOND) })
    expect([back.approvedBy, back.custody.at(-2)?.note]).toEqual([null, 'Thiếu ảnh con diều'])
  })

  it('changing hands within a step gives it no new time', () => {
    const assigned = go(received().state, 'forward-desk', 'assign')
    const again = done(assigned, { action: 'assign', postId: postOf(STAFF['case-officer']), note: null }, STAFF['unit-leader'], instant(LATER + 7_200_000))
    expect(heldAt(again)?.dueAt).toBe(heldAt(assigned)?.dueAt)
    expect(again.custody.filter((c) => c.step === 'HANDLE')).toHaveLength(2)
  })

  it('the clock of a step never runs beyond the promise to the citizen; the return has no clock', () => {
    const late = instant(RECEIVED_AT + 10 * MS_PER_DAY)
    const assigned = go(received().state, 'forward-desk')
    expect(heldAt(done(assigned, actFor('assign', assigned), STAFF['unit-leader'], late))?.dueAt).toBe(assigned.dueAt)
    expect(heldAt(go(received().state, 'forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue'))?.dueAt).toBeNull()
  })

  it('being late blocks nothing, the return least of all (domain.md §2.2)', () => {
    const years = instant(RECEIVED_AT + 300 * MS_PER_DAY)
    let state = received().state
    for (const way of ['forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue', 'return'] as const) {
      state = done(state, actFor(way.startsWith('forward') ? 'forward' : (way as Action), state), officerFor(way), years)
    }
    expect(state.status).toBe('returned')
  })
})

const refusal = (state: DossierState, act: Act, actor: Parameters<typeof tryAct>[2]) => tryAct(state, act, actor, LATER)

describe('a submission on line (domain.md §2.1–2.2)', () => {
  it('waits at the desk with its own limit of 8 working hours; the clock of the law does not run', () => {
    const { state } = submitted()
    expect([state.status, nationalCode(state.status), heldAt(state)?.step, heldAt(state)?.unitId]).toEqual(['submitted', 1, 'INTAKE', WARD.deskId])
    // Friday 08:00 and 8 working hours: Monday 08:00, for half an hour of the first day had passed.
    expect(isoInstant(state.intakeDueAt!)).toBe('2026-11-23T08:00:00+07:00')
    expect([state.dueAt, state.receivedAt, state.steps]).toEqual([null, null, []])
  })

  it('accepted: the clock starts at that moment, and it goes the way of a counter dossier', () => {
    const end = go(done(submitted().state, actFor('accept', submitted().state)), 'forward-desk', 'assign', 'forward', 'forward-review', 'approve', 'issue', 'return')
    expect([end.status, end.channel, end.receivedAt]).toEqual(['returned', 'online', LATER])
    expect(isoInstant(end.dueAt!)).toBe('2026-11-26T17:30:00+07:00')
    expect(end.custody.map((c) => c.step)).toEqual(['INTAKE', 'RECEIVE', 'ASSIGN', 'HANDLE', 'REVIEW', 'SIGN', 'CLERK', 'RETURN'])
  })

  it('asked for everything that is missing once only (NĐ 309/2026 Art 8), completed by the applicant alone, with a new limit for the desk', () => {
    const asked = done(submitted().state, actFor('request-completion', submitted().state))
    expect([asked.status, nationalCode(asked.status), asked.completionRequests[0]?.items]).toEqual(['awaiting-completion', 1, ['Ảnh con diều chụp thẳng']])
    expect(refusal(asked, actFor('complete', asked), STAFF['desk-officer'])).toEqual({ refused: 'not-applicant' })
    const again = done(asked, actFor('complete', asked), CITIZEN, instant(RECEIVED_AT + 4 * MS_PER_DAY))
    expect([again.status, again.completionRequests[0]?.answeredAt]).toEqual(['submitted', RECEIVED_AT + 4 * MS_PER_DAY])
    expect(refusal(again, actFor('request-completion', again), STAFF['desk-officer'])).toEqual({ refused: 'completion-asked-before' })
    expect(refusal(submitted().state, { ...actFor('request-completion', asked), until: dateOf(RECEIVED_AT - MS_PER_DAY as Instant) } as Act, STAFF['desk-officer'])).toEqual({ refused: 'until-in-past' })
  })

  it('refused with ground and reason: closed, keeps its reason, and nothing more can be done', () => {
    const end = done(submitted().state, actFor('refuse', submitted().state))
    expect([end.status, nationalCode(end.status), end.refusal?.ground, heldAt(end)]).toEqual(['refused', 3, 'not-eligible', undefined])
    for (const actor of EVERYBODY) expect(availableActions(end, actor, LATER)).toEqual([])
  })
})

describe('draft and number of a result', () => {
  const inHand = go(received().state, 'forward-desk', 'assign')

  it('drafted by who has it in hand; the last draft counts; a colleague may not', () => {
    const drafted = done(inHand, actFor('draft', inHand))
    expect(drafted.resultDraft).toMatchObject({ title: 'Giấy phép thả diều', by: { personId: SECOND.personId } })
    expect(refusal(inHand, actFor('draft', inHand), STAFF['case-officer'])).toEqual({ refused: 'held-by-other' })
  })

  it('numbered once; issued with that number and no other', () => {
    const signed = go(inHand, 'forward', 'forward-review', 'approve')
    const numbered = done(signed, actFor('number', signed))
    expect(refusal(numbered, actFor('number', numbered), STAFF.clerk)).toEqual({ refused: 'numbered-already' })
    expect(refusal(numbered, { ...actFor('issue', numbered), number: '13/GP-UBND' } as Act, STAFF.clerk)).toEqual({ refused: 'numbered-otherwise' })
    expect(done(numbered, actFor('issue', numbered)).results[0]?.number).toBe('12/GP-UBND')
  })
})

describe('what the rule refuses', () => {
  const assigned = go(received().state, 'forward-desk', 'assign')

  it('an officer of another ward, a citizen, nobody: not permitted, whatever it is', () => {
    for (const actor of [officerOf('case-officer', OTHER_WARD), officerOf('signer', OTHER_WARD), CITIZEN, { kind: 'anonymous' } as const]) {
      expect(availableActions(assigned, actor, LATER).map((a) => a.action)).toEqual(actor === CITIZEN ? ['withdraw'] : [])
      for (const action of ACTIONS) {
        const ofCitizen = actor === CITIZEN && ['complete', 'collect', 'complete-supplement'].includes(action)
        if (actor === CITIZEN && action === 'withdraw') continue
        const own = ofCitizen ? 'wrong-status' : action === 'complete' || action === 'collect' ? 'not-applicant' : action === 'lapse-supplement' ? 'only-by-itself' : 'not-permitted'
        expect(refusal(assigned, actFor(action, assigned), actor), action).toEqual({ refused: own })
      }
    }
  })
  it('what a colleague has in hand; what nobody has taken', () => {
    expect(refusal(assigned, actFor('forward', assigned), STAFF['case-officer'])).toEqual({ refused: 'held-by-other' })
    const inDay = go(received({ methodRow: 2 }).state, 'forward-desk')
    expect(refusal(inDay, actFor('forward', inDay), STAFF['case-officer'])).toEqual({ refused: 'not-taken' })
  })
  it('signing what is not before the signer, returning what is not finished', () => {
    expect(refusal(assigned, actFor('approve', assigned), STAFF.signer)).toEqual({ refused: 'wrong-step' })
    expect(refusal(assigned, actFor('return', assigned), STAFF['desk-officer'])).toEqual({ refused: 'wrong-status' })
  })
  it('a post outside the division; the post that has it already', () => {
    expect(refusal(assigned, { action: 'assign', postId: someId(), note: null }, STAFF['unit-leader'])).toEqual({ refused: 'assignee-not-in-unit' })
    expect(refusal(assigned, { action: 'assign', postId: postOf(SECOND), note: null }, STAFF['unit-leader'])).toEqual({ refused: 'already-assigned' })
  })
  it('sending back to a step that is not earlier', () => {
    expect(refusal(assigned, { action: 'send-back', to: 'SIGN', reason: 'x' }, SECOND)).toEqual({ refused: 'no-way-back' })
  })
  it('a result of tomorrow, or of before the reception', () => {
    const signed = go(assigned, 'forward', 'forward-review', 'approve')
    const dated = (day: number): Act => ({ ...(actFor('issue', signed) as Extract<Act, { action: 'issue' }>), issuedOn: dateOf(instant(RECEIVED_AT + day * MS_PER_DAY)) })
    expect(refusal(signed, dated(1), STAFF.clerk)).toEqual({ refused: 'issued-in-future' })
    expect(refusal(signed, dated(-1), STAFF.clerk)).toEqual({ refused: 'issued-before-received' })
  })
})

const refused = (change: Parameters<typeof receptionFacts>[0]) => {
  const decided = decideReception(receptionFacts(change))
  return decided.ok ? 'received' : decided.error.code
}
const dueInDay = (hour: number, second: number) => isoInstant(received({ methodRow: 2, now: instant(Date.UTC(2026, 10, 20, hour - 7, 0, second)) }).state.dueAt!)

describe('reception', () => {
  it('C5: three working days from Friday 20/11/2026 skip the weekend and Culture Day 24/11', () => {
    expect(isoInstant(received().state.dueAt!)).toBe('2026-11-26T17:30:00+07:00')
  })
  it('C5: in-day until 15:00 inclusive, then the next working day', () => {
    expect([dueInDay(15, 0), dueInDay(15, 1)]).toEqual(['2026-11-20T17:30:00+07:00', '2026-11-23T17:30:00+07:00'])
  })
  it('nothing is received on a row that is not settled or has no limit', () => {
    expect([3, 4, 9].map((methodRow) => refused({ methodRow }))).toEqual(['row-not-settled', 'row-without-limit', 'no-such-row'])
  })
  it('only published papers can be ticked, each once', () => {
    expect(refused({ ticked: [{ n: 3, originals: 1, copies: 0 }] })).toBe('paper-not-published')
    expect(refused({ ticked: [{ n: 1, originals: 1, copies: 0 }, { n: 1, originals: 0, copies: 1 }] })).toBe('paper-twice')
  })
  it('C14: before the calendar begins there is no due date', () => expect(refused({ now: instant(Date.UTC(2019, 5, 1)) })).toBe('no-due-date'))
  it('keeps the revision, the row, the regime, the calendar and the process that it started with', () => {
    expect(received().state).toMatchObject({ revisionId: KITE_REVISION.id, methodN: 1, regime: 'nd309-2026', calendarVersion: 0, processDigest: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(received({ now: instant(Date.UTC(2025, 5, 30, 2)) }).state).toMatchObject({ regime: 'nd61-2018', steps: expect.toSatisfy((s: unknown[]) => s.length === 5) })
  })
})

/** A dossier at every place where one can be, without the help of chance. */
const everyKind = (): readonly DossierState[] => {
  const filed = submitted().state
  const asked = go(filed, 'request-completion')
  const again = go(asked, 'complete')
  const road = (['forward-desk', 'assign', 'draft', 'forward', 'forward-review', 'approve', 'number', 'issue', 'return'] as const).reduce<readonly DossierState[]>(
    (states, way) => [...states, go(states.at(-1)!, way)],
    [go(again, 'accept')],
  )
  const sentBack = go(road.find((s) => heldAt(s)?.step === 'ASSIGN')!, 'send-back')
  const inHand = road.find((s) => s.status === 'processing' && heldAt(s)?.step === 'HANDLE')!
  const proposed = go(inHand, 'propose-supplement')
  const supplementing = go(proposed, 'request-supplement')
  const owing = go(inHand, 'request-payment')
  const halted = go(inHand, 'halt')
  const detours = [proposed, go(proposed, 'return-supplement'), supplementing, go(supplementing, 'complete-supplement'), owing, go(owing, 'confirm-payment'), halted, go(halted, 'resume'), go(received().state, 'halt', 'resume')]
  const consulted = go(inHand, 'ask-consultation')
  const opinions = [consulted, go(consulted, 'answer-consultation'), go(consulted, 'recall-consultation'), go(consulted, 'halt'), go(consulted, 'forward'), go(consulted, 'stop')]
  const planned = go(inHand, 'plan-inspection')
  const visits = [planned, go(planned, 'cancel-inspection'), go(planned, 'record-inspection'), go(planned, 'record-inspection', 'sign-inspection')]
  const over = [go(supplementing, 'withdraw'), go(owing, 'stop'), go(halted, 'withdraw'), go(received().state, 'withdraw')]
  const [issued, returned] = road.slice(-2) as [DossierState, DossierState]
  const corrected = [go(road[0]!, 'correct-procedure'), go(inHand, 'correct-procedure', 'correct-reception', 'correct-entries'), go(owing, 'correct-payment'), go(issued, 'correct-result'), go(returned, 'correct-result', 'return')]
  const reopened = [...over, issued, returned].map((s) => go(s, 'reopen'))
  return [filed, asked, again, go(filed, 'refuse'), go(asked, 'refuse'), ...road, sentBack, ...detours, ...opinions, ...visits, ...over, ...corrected, ...reopened, received().state, go(received({ methodRow: 2 }).state, 'forward-desk')]
}
const EVERY_PLACE = [
  'awaiting-completion COMPLETION', 'awaiting-payment PAYMENT', 'awaiting-supplement SUPPLEMENT', 'finished RETURN', 'halted HALT', 'processing ASSIGN', 'processing CLERK', 'processing HANDLE', 'processing RECEIVE', 'processing REVIEW',
  'processing SIGN', 'received RECEIVE', 'refused -', 'returned -', 'stopped -', 'submitted INTAKE',
  'withdrawn -',
]

/** Else a life would be all notes, or soon be over. */
const RARE: ReadonlySet<Action> = new Set<Action>(['note', 'link-attempt', 'unlink-attempt', 'send-back', 'assign', 'refuse', 'draft', 'withdraw', 'stop', 'halt', 'return-supplement', 'correct-entries', 'correct-payment', 'correct-procedure', 'correct-reception', 'correct-result', 'reopen', 'ask-consultation', 'recall-consultation', 'cancel-inspection'])

/** A life: at each turn one of the buttons that somebody has, at a later moment; whole seconds, as the naive clock walks. */
const life = fc
  .record({ online: fc.boolean(), methodRow: fc.constantFrom(1, 2, 5, 6), turns: fc.array(fc.record({ pick: fc.nat(), target: fc.nat(), wait: fc.integer({ min: 1, max: 3 * 86_400 }).map((seconds) => seconds * 1_000) }), { maxLength: 40 }) })
  .map(({ online, methodRow, turns }) => {
    const { state: first, event } = online ? submitted({ methodRow }) : received({ methodRow })
    const events: Decided[] = [event]
    const states = [first]
    let now: Instant = RECEIVED_AT
    for (const turn of turns) {
      const state = states.at(-1)!
      const ways = EVERYBODY.flatMap((actor) => availableActions(state, actor, instant(now + turn.wait)).map((a) => ({ actor, ...a })))
      // Pick what is done before who does it, and mostly what leads on: else a life would be all notes.
      const actions = [...new Set(ways.map((w) => w.action))].flatMap((a) => (RARE.has(a) ? [a] : [a, a, a, a]))
      const same = ways.filter((w) => w.action === actions[turn.pick % Math.max(1, actions.length)])
      const way = same[turn.target % Math.max(1, same.length)]
      if (way === undefined) break
      now = instant(now + turn.wait)
      const outcome = tryAct(state, actFor(way.action, state, way.targets[turn.target % Math.max(1, way.targets.length)], way.actor), way.actor, now)
      if ('refused' in outcome) throw new Error(`button that refuses: ${way.action} ${outcome.refused}`)
      events.push(...outcome.events)
      states.push(outcome.state)
      // Now and then the hourly run comes by.
      if (turn.pick % 3 === 0) {
        const byItself = decideConsultations(outcome.state, now).map((event, i): Decided => ({ ...event, seq: outcome.state.seq + 1 + i, at: now, by: { personId: null, postId: null } }))
        events.push(...byItself)
        if (byItself.length > 0) states.push(byItself.reduce(evolve, outcome.state))
      }
    }
    return { events, states }
  })

describe('every life of a dossier', () => {
  it('absent from availableActions ⇔ refused: states × actions × roles', () => {
    let checked = 0
    const reached = new Set<string>()
    const hold = (state: DossierState, now: Instant): void => {
      reached.add(`${state.status} ${heldAt(state)?.step ?? '-'}`)
      for (const actor of EVERYBODY) {
        const buttons = availableActions(state, actor, now)
        for (const action of ACTIONS) {
          const button = buttons.find((b) => b.action === action)
          const outcome = decide(state, actFor(action, state, button?.targets[0], actor), { now, actor, calendar: shippedCalendar(), assignable: [postOf(STAFF['case-officer']), postOf(SECOND)] })
          if (outcome.ok !== (button !== undefined)) throw new Error(`${action} in ${state.status}: shown ${button !== undefined}, done ${outcome.ok}`)
          checked += 1
        }
      }
    }
    for (const state of everyKind()) hold(state, LATER)
    expect([...reached].sort()).toEqual(EVERY_PLACE)
    fc.assert(fc.property(life, ({ states, events }) => states.forEach((state) => hold(state, instant(Math.max(LATER, events.at(-1)!.at))))), { numRuns: 60 })
    expect([...reached].sort(), 'a place that nobody named').toEqual(EVERY_PLACE)
    expect(checked).toBeGreaterThan(5_000)
  })

  it('states that no button leads to yet are refused all the same', () => {
    const { state } = received()
    for (const status of Object.keys(STATUSES) as (keyof typeof STATUSES)[]) {
      for (const actor of EVERYBODY) {
        for (const action of ACTIONS) {
          const shown = availableActions({ ...state, status }, actor, LATER).some((a) => a.action === action)
          if (shown) expect(statesFor(action)).toContain(status)
        }
      }
    }
  })

  it('custody adds up exactly: each interval begins where the last one ended', () => {
    fc.assert(
      fc.property(life, ({ states, events }) => {
        const { custody, handOver, refusal: refusedAt, ending } = states.at(-1)!
        const begun = events[0]!.at
        expect(custody.map((c) => c.enteredAt)).toEqual([begun, ...custody.slice(0, -1).map((c) => c.leftAt)])
        expect(custody.filter((c) => c.leftAt === null)).toHaveLength(handOver === null && refusedAt === null && ending === null ? 1 : 0)
        const end = handOver?.at ?? refusedAt?.at ?? ending?.at ?? events.at(-1)!.at
        const whole = custody.reduce((ms, c) => ms + ((c.leftAt ?? end) - c.enteredAt), 0)
        expect(whole).toBe(end - begun)
        expect(workingMinutesBetween(shippedCalendar(), begun, end)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('with every wait the due date of the law is that of the naive clock, which begins at the reception each time (C9–C11)', () => {
    let waited = 0
    fc.assert(
      fc.property(life, ({ states }) => {
        const { receivedAt, limit, inDayCutoff, dueLawAt, pauses, ending, reopenings } = states.at(-1)!
        // The first date is `reception`'s; here it is computed anew.
        if (receivedAt === null || pauses.length === 0) return
        // What ended while it waited is measured where the wait began: that wait does not count. Over again: by the waits of the first time (`reopened-lives.test.ts`).
        const firstEnd = reopenings.at(-1)?.endedAgainAt == null ? null : (reopenings[0]?.endedAt ?? null)
        const counted = pauses.filter((p) => (firstEnd === null ? ending === null || p.to !== ending.at : p.from < firstEnd))
        // Over again, and without a wait the first time: the date stands as the reception gave it.
        if (firstEnd !== null && counted.length === 0) return
        waited += counted.length
        const suspensions = counted.map(({ from, to }) => ({ from, to }))
        expect(naiveDeadline({ start: receivedAt, limit, suspensions, ...(inDayCutoff !== null && { inDayCutoff }) })).toMatchObject({ dueAt: dueLawAt })
      }),
      { numRuns: 500 },
    )
    expect(waited).toBeGreaterThan(20)
  })

  it('decision 10: replay(events) gives the same rows, also through the form of the log', () => {
    fc.assert(
      fc.property(life, ({ states, events }) => {
        const { id } = states[0]!
        const logged = events.map((event) => {
          const { type, data } = toLogged(event)
          const { text, secrets } = takePrivate(data, () => Buffer.alloc(16))
          expect(text).not.toMatch(/Thị Diều|dài quá|0905123456|046190000001|Thiếu ảnh|KQ7F|mờ|chụp lại|đo lại|Hàng xóm|chiều dài thật|Biên lai|khiếu nại|đóng cửa|xin rút|anh-chup|Ghi nhầm|Cánh|so-do-bai|dien-luc|Sếu|Vạc|anh-bai-tha|bien-ban-da/)
          const actor = { person: event.by.personId, post: event.by.postId }
          return fromLogged({ kind: 'dossier', stream: id, seq: event.seq, type, v: 1, at: event.at, actor, data: putPrivate(JSON.parse(text) as Json, new Map(secrets.map((s) => [s.path, JSON.parse(s.text) as Json]))) })
        })
        expect(rowsOf(fold(id, logged)!)).toEqual(rowsOf(states.at(-1)!))
        expect(rowsOf(fold(id, events)!)).toEqual(rowsOf(states.at(-1)!))
      }),
    )
  })

  it('after an erasure replay shows đã xóa', () => {
    const { state, event } = received()
    const { type, data } = toLogged(event)
    const stored = JSON.parse(takePrivate(data, () => Buffer.alloc(16)).text) as Json
    const erased = fold(state.id, [fromLogged({ kind: 'dossier', stream: state.id, seq: 1, type, v: 1, at: event.at, actor: {}, data: putPrivate(stored, new Map()) })])
    expect(rowsOf(erased!).dossier[0]).toMatchObject({ applicant_name: 'đã xóa', applicant_phone: null })
  })
})

describe('the table of transitions (domain.md §2.2)', () => {
  it('every national state from 1 to 10 can be reached', () => {
    expect([...new Set(TRANSITIONS.map((t) => nationalCode(t.to)))].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  })
  it('what is built is exactly what can be asked for', () => {
    expect(new Set(TRANSITIONS.filter((t) => t.built).map((t) => t.action))).toEqual(new Set(['submit', 'receive', ...ACTIONS.filter((a) => !['note', 'link-attempt', 'unlink-attempt'].includes(a))]))
  })
})

const DUE = instant(Date.UTC(2026, 10, 26, 10, 30))
const after = (ms: number) => instant(DUE + ms)
const ended = (ms: number, limitUnit: 'working-day' | 'hour' = 'working-day') => punctualityOf({ status: 'finished', limitUnit, dueAt: DUE, endedAt: after(ms) }, DUE)
const unfinished = (ms: number) => punctualityOf({ status: 'processing', limitUnit: 'working-day', dueAt: DUE, endedAt: null }, after(ms))
const paused = (ms: number) =>
  punctualityOf({ status: 'awaiting-supplement', limitUnit: 'working-day', dueAt: DUE, endedAt: null, pausedAt: after(ms) }, after(9 * MS_PER_DAY))

describe('early, on time, late (domain.md §2.7)', () => {
  it('days are compared, not moments', () => {
    expect([ended(-MS_PER_DAY), ended(-3_600_000), ended(5 * 3_600_000), ended(MS_PER_DAY)]).toEqual(['early', 'on-time', 'on-time', 'late'])
  })
  it('limits in hours compare moments', () => expect([ended(-1, 'hour'), ended(0, 'hour'), ended(1, 'hour')]).toEqual(['early', 'on-time', 'late']))
  it('unfinished: late from the day after', () => expect([unfinished(6 * 3_600_000), unfinished(MS_PER_DAY)]).toEqual(['within', 'late']))
  it('a promise by the day is not past on the evening of its day, one by the hour is past the moment after', () => {
    const past = (limitUnit: 'day' | 'hour', ms: number) => isPastDue({ dueAt: DUE, limitUnit }, after(ms))
    expect([past('day', 3_600_000), past('day', MS_PER_DAY), past('hour', 0), past('hour', 1)]).toEqual([false, true, false, true])
    expect(isPastDue({ dueAt: null, limitUnit: 'day' }, after(MS_PER_DAY))).toBe(false)
  })
  it('paused: late only when the pause began too late', () => expect([paused(-1), paused(MS_PER_DAY)]).toEqual(['paused', 'late']))
})

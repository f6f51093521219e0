/** The opinion of other units (domain.md §2.2, row 4→4; §2.5; processes.md §3, CONSULT): who asks, who answers, what silence says, and that neither clock nor custody knows of it. */
import { describe, expect, it } from 'vitest'
import { type Instant, instant, isoInstant, plainDate } from '#kernel/plain-date.ts'
import { consultationSetting } from '#modules/process'
import type { Actor } from '#platform/ctx.ts'
import { CONSULTED, EVERYBODY, RECEIVED_AT, SECOND, STAFF, actFor, received, tryAct } from '#test/dossier-lives.ts'
import { closingOf, decideConsultations, openConsultations, postAsked, postConsulted, stillAsked, unitsConsulted } from './consultation.ts'
import { type Act, availableActions } from './lifecycle.ts'
import { type DossierState, evolve } from './state.ts'

const at = (day: string, time = '09:00'): Instant => instant(Date.parse(`2026-${day}T${time}:00+07:00`))
const NOW = instant(RECEIVED_AT + 3_600_000)
const did = (state: DossierState, act: Act, actor: Actor, now: Instant = NOW): DossierState => {
  const outcome = tryAct(state, act, actor, now)
  if ('refused' in outcome) throw new Error(`${act.action}: ${outcome.refused}`)
  return outcome.state
}
const refused = (state: DossierState, act: Act, actor: Actor, now: Instant = NOW) => {
  const outcome = tryAct(state, act, actor, now)
  return 'refused' in outcome ? outcome.refused : 'done'
}
const inHand = (): DossierState => {
  const forwarded = did(received().state, { action: 'forward', note: null }, STAFF['desk-officer'])
  return did(forwarded, actFor('assign', forwarded), STAFF['unit-leader'])
}
const ofUnit = (unitId: string, role: string): Actor => EVERYBODY.find((actor) => actor.kind === 'person' && actor.posts[0]?.unitId === unitId && actor.posts[0]?.role === role)!
const [division, agency] = CONSULTED as [typeof CONSULTED[0] & string, typeof CONSULTED[0] & string]
const ADVISER = ofUnit(division, 'case-officer')
const HEAD = ofUnit(agency, 'chair')
const ask = (limit: { amount: number; unit: 'working-day' | 'hour' | 'day' } = { amount: 2, unit: 'working-day' }, units = [division]): Act => ({ action: 'ask-consultation', question: 'Có vướng dây điện không?', files: [], units: units.map((unitId) => ({ unitId, limit })) })
const answer = (n: number, change: Partial<Extract<Act, { action: 'answer-consultation' }>> = {}): Act => ({ action: 'answer-consultation', n, stance: 'agree', text: null, files: [], ...change })
/** What the hourly run would do, as an act of the system. */
const ran = (state: DossierState, now: Instant): DossierState => decideConsultations(state, now).map((event, i) => ({ ...event, seq: state.seq + 1 + i, at: now, by: { personId: null, postId: null } })).reduce(evolve, state)

describe('a question to the unit that turns out to be in charge', () => {
  it('is taken back by the very act that corrects the procedure; the others stay open, and so does one to a unit that stays outside', () => {
    const asked = did(inHand(), ask(undefined, [division, agency]), SECOND)
    const correct = actFor('correct-procedure', asked) as Extract<Act, { action: 'correct-procedure' }>
    const into = (divisionId: typeof division) => tryAct(asked, { ...correct, right: { ...correct.right, divisionId } }, STAFF.signer, NOW)
    const moved = into(division)
    if ('refused' in moved) throw new Error(moved.refused)
    expect(moved.events.map((e) => [e.type, e.by])).toEqual(['dossier.procedure-corrected', 'dossier.consultation-recalled'].map((type) => [type, { personId: STAFF.signer.personId, postId: STAFF.signer.posts[0]!.postId }]))
    expect(moved.state.consultations.map((c) => [c.unitId, closingOf(moved.state, c), c.recalled?.reason ?? null])).toEqual([[division, 'recalled', 'Đơn vị được hỏi nay chủ trì giải quyết hồ sơ'], [agency, null, null]])
    expect(refused(moved.state, answer(1), ADVISER)).toBe('consultation-closed')
    const stayed = into(asked.divisionId as typeof division)
    expect('refused' in stayed ? [] : openConsultations(stayed.state).map((c) => c.n)).toEqual([1, 2])
  })
})

describe('asking other units', () => {
  it('several side by side, each with its own limit by the calendar: Friday 20/11, Culture Day on Tuesday', () => {
    const state = did(inHand(), { ...(ask() as Extract<Act, { action: 'ask-consultation' }>), units: [{ unitId: division, limit: { amount: 2, unit: 'working-day' } }, { unitId: agency, limit: { amount: 4, unit: 'hour' } }] }, SECOND)
    expect(state.consultations.map((c) => [c.n, c.unitId, isoInstant(c.dueAt)])).toEqual([[1, division, '2026-11-25T17:30:00+07:00'], [2, agency, '2026-11-20T15:00:00+07:00']])
  })

  it('§2.5: neither pauses the clock nor moves the dossier out of anybody’s hands, nor makes an open page stale', () => {
    const before = inHand()
    const after = did(did(before, ask(), SECOND), answer(1), ADVISER)
    for (const name of ['custody', 'pauses', 'dueAt', 'dueLawAt', 'status', 'version'] as const) expect(after[name], name).toEqual(before[name])
  })

  it('is the case officer’s, at examination, of a dossier in their own hands', () => {
    expect(refused(inHand(), ask(), STAFF['case-officer'])).toBe('held-by-other')
    expect(refused(inHand(), ask(), STAFF.clerk)).toBe('not-permitted')
    expect(refused(received().state, ask(), STAFF['case-officer'])).toBe('wrong-status')
  })

  it('not the division that handles it, nobody twice, nobody whose question is still open; a second time once it is closed', () => {
    const state = did(inHand(), ask(), SECOND)
    expect(refused(state, ask({ amount: 1, unit: 'day' }, [state.divisionId as typeof division]), SECOND)).toBe('consulted-itself')
    expect(refused(state, ask({ amount: 1, unit: 'day' }, [agency, agency]), SECOND)).toBe('consulted-twice')
    expect(refused(state, ask(), SECOND)).toBe('consulted-already')
    expect(openConsultations(did(did(state, answer(1), ADVISER), ask(), SECOND)).map((c) => c.n)).toEqual([2])
  })
})

describe('the unit that is asked', () => {
  const asked = did(inHand(), ask(), SECOND)

  it('may answer and do nothing else; the other units may not', () => {
    expect(availableActions(asked, ADVISER, NOW).map((a) => a.action)).toEqual(['answer-consultation'])
    expect(availableActions(asked, HEAD, NOW)).toEqual([])
    expect(refused(asked, answer(1), HEAD)).toBe('not-permitted')
    expect(refused(asked, answer(1), SECOND), 'not for it').toBe('not-permitted')
  })

  it('reads the dossier as long as its question is open, and not a moment longer', () => {
    const mayRead = (state: DossierState, actor = ADVISER) => postConsulted(unitsConsulted(state), state.procedureCode, actor) !== undefined
    const ways = [did(asked, answer(1), ADVISER), did(asked, { action: 'recall-consultation', n: 1, reason: 'Hỏi nhầm' }, SECOND), ran(asked, at('11-26')), did(asked, actFor('stop', asked), STAFF.signer)]
    expect([mayRead(inHand()), mayRead(asked), mayRead(asked, HEAD), ...ways.map((state) => mayRead(state))]).toEqual([false, true, false, false, false, false, false])
    // It is still told how its question ended.
    expect(ways.map((state) => postAsked(state, ADVISER) !== undefined)).toEqual([true, true, true, true])
  })

  it('a plain yes needs no words; conditions, a no and a no opinion do', () => {
    for (const stance of ['agree-if', 'disagree', 'no-opinion'] as const) expect(refused(asked, answer(1, { stance }), ADVISER)).toBe('opinion-missing')
    expect(did(asked, answer(1), ADVISER).consultations[0]?.answer).toMatchObject({ stance: 'agree', text: null, by: { personId: (ADVISER as { personId: string }).personId } })
  })

  it('answers once, and wherever the dossier is meanwhile: forwarded, halted', () => {
    const halted = did(asked, actFor('halt', asked), STAFF.signer)
    expect(refused(halted, answer(1), ADVISER)).toBe('done')
    expect(refused(did(asked, { action: 'forward', note: null, despiteOpen: true }, SECOND), answer(1), ADVISER)).toBe('done')
    expect(refused(did(asked, answer(1), ADVISER), answer(1), ADVISER)).toBe('consultation-closed')
    expect(refused(asked, answer(7), ADVISER)).toBe('no-consultation')
  })

  it('C12: may answer until the last moment of its limit, and after it as long as the system has not closed it', () => {
    const due = asked.consultations[0]!.dueAt
    expect([decideConsultations(asked, due).map((e) => e.type), decideConsultations(asked, instant(due + 1)).map((e) => e.type)]).toEqual([['dossier.consultation-reminded'], ['dossier.consultation-lapsed']])
    expect(refused(asked, answer(1), ADVISER, at('11-26'))).toBe('done')
    expect(refused(ran(asked, at('11-26')), answer(1), ADVISER, at('11-26', '10:00'))).toBe('consultation-closed')
  })
})

describe('silence', () => {
  const asked = did(inHand(), ask(), SECOND)

  it('is reminded of once, from the morning of the working day before the last; a limit that is shorter is not', () => {
    expect(decideConsultations(asked, at('11-22'))).toEqual([])
    expect(decideConsultations(asked, at('11-23', '00:05')).map((e) => e.type)).toEqual(['dossier.consultation-reminded'])
    expect(decideConsultations(ran(asked, at('11-23', '00:05')), at('11-25'))).toEqual([])
    expect(did(inHand(), ask({ amount: 4, unit: 'hour' }), SECOND).consultations[0]?.remindAt).toBeNull()
  })

  it('says what the setting made of it on the day of the question, by an act of its own name; twice it says nothing', () => {
    expect(decideConsultations(asked, at('11-26'))).toEqual([{ type: 'dossier.consultation-lapsed', data: { n: 1, silence: 'nothing' } }])
    const lapsed = ran(asked, at('11-26'))
    expect([closingOf(lapsed, lapsed.consultations[0]!), decideConsultations(lapsed, at('11-30'))]).toEqual(['lapsed', []])
  })

  it('a question ends with its dossier: nobody is reminded, nothing lapses', () => {
    const stopped = did(asked, actFor('stop', asked), STAFF.signer)
    expect([closingOf(stopped, stopped.consultations[0]!), decideConsultations(stopped, at('12-20'))]).toEqual(['ended', []])
  })

  it('and stays so when that is opened again', () => {
    const finished = did(did(asked, actFor('stop', asked), STAFF.signer), { action: 'reopen', reason: 'Bãi thả mở lại', to: 'HANDLE', dueOn: null }, STAFF.signer, instant(NOW + 60_000))
    expect([finished.status, closingOf(finished, finished.consultations[0]!)]).toEqual(['processing', 'ended'])
  })

  it('is a setting of the regime, which the law of a procedure overrules for a time', () => {
    const on = (day: string, overrules?: Parameters<typeof consultationSetting>[3]) => consultationSetting('nd309-2026', '1.999001', plainDate(day), overrules)
    const law = { procedure: '1.999001', silence: 'agreed', forwarding: 'hold', validFrom: plainDate('2026-01-01'), validTo: plainDate('2026-12-01'), source: 'Điều 12 Quy chế thả diều' } as const
    expect([on('2026-11-20', [law]), on('2026-12-01', [law]), on('2025-12-31', [law])].map((s) => [s.silence, s.forwarding])).toEqual([['agreed', 'hold'], ['nothing', 'warn'], ['nothing', 'warn']])
    expect(on('2026-11-20', [{ ...law, regimes: ['nd118-2025'] }]).silence).toBe('nothing')
    expect(consultationSetting('nd309-2026', '1.013225', plainDate('2026-11-20'))).toMatchObject({ silence: 'agreed', limit: { amount: 12, unit: 'day' } })
  })
})

describe('forwarding with an open question', () => {
  const asked = did(inHand(), ask(), SECOND)

  it('is warned of: it goes on only for who says that it is meant', () => {
    expect(availableActions(asked, SECOND, NOW).map((a) => a.action)).toContain('forward')
    expect(refused(asked, { action: 'forward', note: null }, SECOND)).toBe('consultations-open')
    expect(refused(asked, { action: 'forward', note: null, despiteOpen: true }, SECOND)).toBe('done')
    expect(refused(did(asked, answer(1), ADVISER), { action: 'forward', note: null }, SECOND)).toBe('done')
  })

  it('or held back, where the setting says so, until the last of them has spoken or its limit has passed', () => {
    expect(stillAsked(asked, { forwarding: 'hold' })).toMatchObject({ code: 'consultations-open', open: 1, held: true, until: asked.consultations[0]!.dueAt })
    expect(stillAsked(asked, { forwarding: 'warn' })?.held).toBe(false)
    expect(stillAsked(ran(asked, at('11-26')), { forwarding: 'hold' })).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import type { Json } from '#kernel/digest.ts'
import { uuid } from '#kernel/ids.ts'
import { SHIPPED_TEMPLATES } from '#modules/notification'
import { at } from '#test/clock-cases.ts'
import { type DossierFacts, type Told, isNews, messagesFor, postIn } from './message-for.ts'

const STREAM = uuid('019b0000-0000-7000-8000-000000000001')
const CITIZEN = uuid('019b0000-0000-7000-8000-000000000002')
const OFFICER = uuid('019b0000-0000-7000-8000-000000000003')
const POST = uuid('019b0000-0000-7000-8000-000000000004')
const DUE = at('2026-11-26 17:30')
const FACTS: DossierFacts = { code: 'H57.12-20261120-0000007', procedure: 'Cấp giấy phép thả diều', desk: 'Quầy Diều', recipientId: CITIZEN, delivery: 'counter', dueAt: DUE, holders: [], escalatedTo: [], lost: new Set([CITIZEN]) }
const told = (type: string, data: Json = {}, moment = '2026-11-20 08:00'): Told => ({ stream: STREAM, seq: 3, type, at: at(moment), actor: { person: CITIZEN }, data })
const HIDDEN = { $private: 'f00d' }

describe('what an event says to the citizen', () => {
  it.each<[string, Json, string, object]>([
    ['dossier.submitted', { to: { dueAt: DUE } }, 'submitted', { answerBy: { at: DUE } }],
    ['dossier.completion-requested', { reason: HIDDEN, items: HIDDEN, until: '2026-11-30' }, 'completion-requested', { until: { on: '2026-11-30' } }],
    ['dossier.completion-requested', { reason: HIDDEN, items: HIDDEN, until: null }, 'completion-requested', { until: null }],
    ['dossier.refused', { reason: HIDDEN, ground: 'not-eligible' }, 'refused', {}],
    ['dossier.received', { dueAt: DUE }, 'received', { due: { at: DUE } }],
    ['dossier.accepted', { dueAt: DUE }, 'received', { due: { at: DUE } }],
    ['dossier.supplement-requested', { to: { dueAt: DUE }, clock: { dueAt: null } }, 'supplement-requested', { until: { at: DUE } }],
    ['dossier.supplemented', { clock: { dueAt: DUE }, note: HIDDEN }, 'resumed', { due: { at: DUE } }],
    ['dossier.payment-requested', { amount: 350_000, dueOn: '2026-11-30', noticeNumber: '12/TB' }, 'payment-requested', { amount: '350.000 đ', by: { on: '2026-11-30' } }],
    ['dossier.payment-confirmed', { clock: { dueAt: DUE }, evidence: HIDDEN }, 'resumed', { due: { at: DUE } }],
    ['dossier.halted', { reason: HIDDEN, until: null }, 'halted', { until: null }],
    ['dossier.inspection-planned', { n: 1, at: DUE, place: HIDDEN, note: HIDDEN }, 'inspection-planned', { when: { at: DUE } }],
    ['dossier.inspection-cancelled', { n: 1, reason: HIDDEN }, 'inspection-cancelled', {}],
    ['dossier.resumed', { clock: { dueAt: DUE } }, 'resumed', { due: { at: DUE } }],
    ['dossier.extended', { dueAt: DUE, explanation: HIDDEN }, 'extended', { due: { at: DUE } }],
    ['dossier.apologised', { kind: 'apology', explanation: HIDDEN }, 'apologised', {}],
    ['dossier.stopped', { reason: HIDDEN }, 'stopped', {}],
    ['dossier.withdrawn', { reason: HIDDEN }, 'withdrawn', {}],
    ['dossier.result-issued', { title: HIDDEN }, 'result-ready', { where: 'Quầy Diều' }],
    ['dossier.procedure-corrected', { reason: HIDDEN, clock: { dueAt: DUE } }, 'due-corrected', { due: { at: DUE } }],
    ['dossier.reception-corrected', { reason: HIDDEN, clock: { dueAt: DUE } }, 'due-corrected', { due: { at: DUE } }],
    ['dossier.result-corrected', { reason: HIDDEN }, 'result-ready', { where: 'Quầy Diều' }],
    ['dossier.reopened', { reason: HIDDEN, clock: { dueAt: DUE } }, 'reopened', { due: { at: DUE } }],
    ['dossier.result-returned', { recipient: HIDDEN }, 'returned', {}],
  ])('%s %j → %s', (type, data, kind, facts) => {
    const { news } = messagesFor(told(type, data), FACTS)
    expect(news).toEqual([{ cause: `${STREAM}:3`, at: at('2026-11-20 08:00'), personId: CITIZEN, dossierId: STREAM, code: FACTS.code, kind, facts: { procedure: FACTS.procedure, desk: FACTS.desk, ...facts } }])
    // Every value of the template is given, or known to be missing.
    const template = SHIPPED_TEMPLATES.find((t) => t.kind === kind)
    expect(template?.values.map((v) => v.name).filter((name) => !(name in news[0]!.facts))).toEqual([])
    expect(JSON.stringify(news), 'nothing that the log hides goes out').not.toContain('$private')
  })

  it('a result that comes by post or into the account is fetched nowhere', () => {
    expect(messagesFor(told('dossier.result-issued'), { ...FACTS, delivery: 'postal' }).news[0]?.facts['where']).toBeNull()
  })

  it('another applicant: whoever had it is told that it is theirs no more, and nothing of the other; the same one hears nothing', () => {
    const OTHER = uuid('019b0000-0000-7000-8000-000000000009')
    const moved = (after: string, lost = FACTS.lost) => messagesFor(told('dossier.entries-corrected', { reason: HIDDEN, before: { applicantId: CITIZEN, applicant: HIDDEN }, after: { applicantId: after, applicant: HIDDEN } }), { ...FACTS, lost, recipientId: OTHER }).news
    expect(isNews('dossier.entries-corrected')).toBe(true)
    expect(moved(CITIZEN)).toEqual([])
    expect(moved(OTHER)).toMatchObject([{ personId: CITIZEN, kind: 'no-longer-yours', facts: { procedure: FACTS.procedure, desk: FACTS.desk } }])
    expect(JSON.stringify(moved(OTHER))).not.toContain(OTHER)
    expect(moved(OTHER, new Set()), 'a number mistyped at the counter: no account, nothing lost').toEqual([])
  })

  it('what is done is not asked for any more', () => {
    expect(messagesFor(told('dossier.completed'), FACTS)).toEqual({ news: [], settles: ['completion-requested'] })
  })

  it.each(['dossier.noted', 'dossier.numbered', 'dossier.code-issued', 'dossier.taken', 'dossier.result-drafted', 'privacy.erased', 'dossier.supplement-proposed'])('%s is nobody’s news', (type) => {
    expect(isNews(type)).toBe(false)
    expect(messagesFor(told(type), FACTS).news).toEqual([])
  })
})

describe('what an event says to the officer', () => {
  const handed = (moment: string) => told('dossier.assigned', { to: { postId: POST, unitId: STREAM, step: 'HANDLE', dueAt: null } }, moment)
  const held = { ...FACTS, holders: [OFFICER] }
  it('urgent: given to them on the last day or after it, by somebody else', () => {
    expect(postIn(handed('2026-11-20 08:00'))).toBe(POST)
    expect(messagesFor(handed('2026-11-25 17:00'), held).news).toEqual([])
    expect(messagesFor(handed('2026-11-26 08:00'), held).news).toMatchObject([{ personId: OFFICER, kind: 'officer-urgent', urgent: true, facts: { due: { at: DUE } } }])
    expect(messagesFor(handed('2026-12-01 08:00'), held).news).toHaveLength(1)
    expect(messagesFor({ ...handed('2026-11-26 08:00'), actor: { person: OFFICER } }, held).news).toEqual([])
    expect(messagesFor(handed('2026-11-26 08:00'), { ...held, dueAt: null }).news, 'while it waits for somebody else').toEqual([])
  })
})

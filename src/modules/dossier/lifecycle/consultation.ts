/**
 * PURE. The opinion of other units (lấy ý kiến; domain.md §2.2, row 4→4; processes.md §3, CONSULT): one or several are asked side by side, each with a limit of its
 * own. Neither pauses the clock (§2.5) nor moves the dossier out of anybody's hands. A unit that says nothing in time has said what the setting makes of silence:
 * an act of the system with a name of its own.
 */
import { postFor } from '#modules/access'
import { type WorkingCalendar, computeDeadline, workingDateBefore } from '#modules/calendar'
import { type ConsultationLimit, type ConsultationSetting, type Silence, consultationSetting } from '#modules/process'
import type { Uuid } from '#kernel/ids.ts'
import { type Instant, dateOf, dayNumber, instantAt } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { personal } from '#platform/log/private.ts'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import type { ClockRefused } from './clock.ts'
import type { Moment } from './custody.ts'
import { type EventOf, type Facts, type Noun, hideName, hideText, plain } from './noun.ts'
import type { Refusal } from './lifecycle.ts'
import type { DossierState, FileKept } from './state.ts'
import { statusGroup } from './status.ts'

/** `agree-if`: under conditions that the text names · `no-opinion`: not of this unit's competence. */
export const STANCES = ['agree', 'agree-if', 'disagree', 'no-opinion'] as const
export type Stance = (typeof STANCES)[number]

type Asked = { readonly n: number; readonly unitId: Uuid; readonly limit: ConsultationLimit; readonly dueAt: Instant; readonly remindAt: Instant | null; readonly silence: Silence }
type Opinion = { readonly stance: Stance; readonly text: string | null; readonly files: readonly FileKept[] }

/** A question to one unit. Those that were asked together share question and files. */
export type Consultation = Asked & {
  readonly asked: Moment
  readonly question: string
  readonly files: readonly FileKept[]
  readonly remindedAt: Instant | null
  readonly answer: (Moment & Opinion) | null
  /** Closed by silence. */
  readonly lapsedAt: Instant | null
  /** Taken back by who asked. */
  readonly recalled: (Moment & { readonly reason: string }) | null
}
export type ConsultationState = { readonly consultations: readonly Consultation[] }
export const NO_CONSULTATION = { consultations: [] } as const satisfies ConsultationState

export type ConsultationAct =
  | { readonly action: 'ask-consultation'; readonly question: string; readonly files: readonly FileKept[]; readonly units: readonly { readonly unitId: Uuid; readonly limit: ConsultationLimit }[] }
  | ({ readonly action: 'answer-consultation'; readonly n: number } & Opinion)
  | { readonly action: 'recall-consultation'; readonly n: number; readonly reason: string }

export type ConsultationEvent =
  | EventOf<'dossier.consultation-asked', { readonly question: string; readonly files: readonly FileKept[]; readonly asked: readonly Asked[] }>
  | EventOf<'dossier.consultation-answered', { readonly n: number } & Opinion>
  | EventOf<'dossier.consultation-recalled', { readonly n: number; readonly reason: string }>
  | EventOf<'dossier.consultation-reminded', { readonly n: number }>
  | EventOf<'dossier.consultation-lapsed', { readonly n: number; readonly silence: Silence }>

/** How a question was closed; `ended`: with the dossier. */
export type Closing = 'answered' | 'lapsed' | 'recalled' | 'ended'
export type ConsultationRefused =
  /** The division that handles the dossier gives its opinion by its own steps. */
  | { readonly code: 'consulted-itself'; readonly unitId: Uuid }
  | { readonly code: 'consulted-twice'; readonly unitId: Uuid }
  /** Its question is still open. */
  | { readonly code: 'consulted-already'; readonly unitId: Uuid; readonly dueAt: Instant }
  | { readonly code: 'no-consultation' }
  | { readonly code: 'consultation-closed'; readonly how: Closing; readonly at: Instant | null }
  | { readonly code: 'opinion-missing' }
  /** `held`: it has to wait for them; else it goes on once that is said to be meant. */
  | { readonly code: 'consultations-open'; readonly open: number; readonly until: Instant; readonly held: boolean }

type Ended = Pick<DossierState, 'status' | 'reopenings'>
/** Null: open. A question ends with its dossier, and stays so when that is opened again. */
export const closingOf = (state: Ended, c: Consultation): Closing | null => {
  if (c.answer !== null) return 'answered'
  if (c.lapsedAt !== null) return 'lapsed'
  if (c.recalled !== null) return 'recalled'
  return statusGroup(state.status) === 'finished' || state.reopenings.some((r) => r.at > c.asked.at) ? 'ended' : null
}
export const openConsultations = (state: Ended & ConsultationState): readonly Consultation[] => state.consultations.filter((c) => closingOf(state, c) === null)

/** The post by which the actor speaks for a unit. */
const speaksFor = (actor: Actor, unitId: Uuid, procedureCode: string): HeldPost | undefined => postFor(actor, 'dossier.advise', { unitId, procedureCode })

/** By which post the actor speaks for one of these units. */
export const postConsulted = (units: readonly Uuid[], procedureCode: string, actor: Actor): HeldPost | undefined =>
  units.map((unitId) => speaksFor(actor, unitId, procedureCode)).find((post) => post !== undefined)
/** Was asked once: may be told how that question ended, and no more. */
export const postAsked = ({ consultations, procedureCode }: ConsultationState & Pick<DossierState, 'procedureCode'>, actor: Actor): HeldPost | undefined =>
  postConsulted(consultations.map((c) => c.unitId), procedureCode, actor)
/** Are asked now: they may read the dossier, as long as that is so. */
export const unitsConsulted = (state: Ended & ConsultationState): readonly Uuid[] => openConsultations(state).map((c) => c.unitId)

const mine = (state: DossierState, actor: Actor): readonly Consultation[] =>
  state.consultations.filter((c) => actor.kind === 'system' || speaksFor(actor, c.unitId, state.procedureCode) !== undefined)

/** Numbers of the questions that the actor can answer now, in the name of their unit. */
export const questionsTo = (state: DossierState, actor: Actor): readonly number[] => (actor.kind === 'person' ? mine(state, actor).filter((c) => closingOf(state, c) === null).map((c) => c.n) : [])

const closed = (state: DossierState, c: Consultation): Refusal => ({ code: 'consultation-closed', how: closingOf(state, c) ?? 'ended', at: c.answer?.at ?? c.lapsedAt ?? c.recalled?.at ?? null })

const settingOf = (state: Pick<DossierState, 'regime' | 'procedureCode'>, now: Instant): ConsultationSetting => consultationSetting(state.regime, state.procedureCode, dateOf(now))

/** What stands in the way of forwarding, or has to be said by whoever forwards. */
export const stillAsked = (state: Ended & ConsultationState, { forwarding }: Pick<ConsultationSetting, 'forwarding'>): Extract<ConsultationRefused, { code: 'consultations-open' }> | undefined => {
  const open = openConsultations(state)
  return open.length === 0 ? undefined : { code: 'consultations-open', open: open.length, until: Math.max(...open.map((c) => c.dueAt)) as Instant, held: forwarding === 'hold' }
}
/** Where the setting lets nothing go on without the opinion. */
export const whileHeld = (state: DossierState, now: Instant): Refusal | undefined => {
  const asked = stillAsked(state, settingOf(state, now))
  return asked?.held === true ? asked : undefined
}
/** Where it may go on, but not unawares. */
export const unlessMeant = (state: DossierState, now: Instant, despiteOpen: boolean): Refusal | undefined => (despiteOpen ? undefined : stillAsked(state, settingOf(state, now)))

/** Nobody is asked for an opinion on what they decide themselves: where an asked unit becomes the one in charge, its question is taken back by the same act. */
export const recalledFrom = (state: DossierState, unitId: Uuid): readonly ConsultationEvent[] =>
  openConsultations(state).flatMap((c) => (c.unitId === unitId ? [{ type: 'dossier.consultation-recalled' as const, data: { n: c.n, reason: 'Đơn vị được hỏi nay chủ trì giải quyết hồ sơ' } }] : []))

type DueOf = Pick<Asked, 'dueAt' | 'remindAt'>
const dueFor = (limit: ConsultationLimit, setting: ConsultationSetting, { now, calendar }: Pick<Facts, 'now' | 'calendar'>): Result<DueOf, ClockRefused> => {
  const deadline = computeDeadline(calendar, { start: now, limit })
  if (!deadline.ok) return err({ code: 'no-due-date', error: deadline.error })
  const dueAt = deadline.value.dueAt
  if (dueAt === null) throw new RangeError('a consultation without a due date')
  return ok({ dueAt, remindAt: remindAt(dueAt, setting.remindDaysBefore, { now, calendar }) })
}
/** From the morning of that working day; none for a limit that is shorter. */
const remindAt = (dueAt: Instant, days: number, { now, calendar }: { readonly now: Instant; readonly calendar: WorkingCalendar }): Instant | null => {
  if (days === 0) return null
  const at = instantAt(dayNumber(workingDateBefore(calendar, dateOf(dueAt), days)))
  return at > now ? at : null
}

type Ask = Extract<ConsultationAct, { action: 'ask-consultation' }>

const wrongUnit = (state: DossierState, units: Ask['units']): Refusal | undefined => {
  const open = openConsultations(state)
  for (const [i, { unitId }] of units.entries()) {
    if (unitId === state.divisionId) return { code: 'consulted-itself', unitId }
    if (units.findIndex((u) => u.unitId === unitId) < i) return { code: 'consulted-twice', unitId }
    const before = open.find((c) => c.unitId === unitId)
    if (before !== undefined) return { code: 'consulted-already', unitId, dueAt: before.dueAt }
  }
  return undefined
}

const ask = (state: DossierState, { question, files, units }: Ask, facts: Facts): Result<readonly ConsultationEvent[], Refusal> => {
  const wrong = wrongUnit(state, units)
  if (wrong !== undefined) return err(wrong)
  const setting = settingOf(state, facts.now)
  const asked: Asked[] = []
  for (const { unitId, limit } of units) {
    const due = dueFor(limit, setting, facts)
    if (!due.ok) return due
    asked.push({ n: state.consultations.length + asked.length + 1, unitId, limit, ...due.value, silence: setting.silence })
  }
  return ok([{ type: 'dossier.consultation-asked', data: { question, files, asked } }])
}

const changed = (state: DossierState, n: number, change: Partial<Consultation>): DossierState => ({ ...state, consultations: state.consultations.map((c) => (c.n === n ? { ...c, ...change } : c)) })

export const consultation: Noun<ConsultationAct, ConsultationEvent> = {
  rules: {
    'ask-consultation': { by: ['dossier.examine'], at: ['HANDLE'], hands: 'own' },
    'answer-consultation': {
      by: ['consulted'],
      at: 'anywhere',
      spent: (state, actor) => {
        const asked = mine(state, actor)
        if (asked.some((c) => closingOf(state, c) === null)) return undefined
        const last = asked.at(-1)
        return last === undefined ? { code: 'no-consultation' } : closed(state, last)
      },
    },
    'recall-consultation': { by: ['dossier.examine'], at: 'anywhere', spent: (state) => (openConsultations(state).length === 0 ? { code: 'no-consultation' } : undefined) },
  },
  decide: {
    'ask-consultation': ask,
    'answer-consultation': (state, { n, stance, text, files }, { actor }) => {
      const found = state.consultations.find((c) => c.n === n)
      if (found === undefined) return err({ code: 'no-consultation' })
      if (!mine(state, actor).includes(found)) return err({ code: 'not-permitted', permission: 'dossier.advise' })
      if (closingOf(state, found) !== null) return err(closed(state, found))
      // A plain yes needs no words.
      return text === null && stance !== 'agree' ? err({ code: 'opinion-missing' }) : ok([{ type: 'dossier.consultation-answered', data: { n, stance, text, files } }])
    },
    'recall-consultation': (state, { n, reason }) => {
      const found = state.consultations.find((c) => c.n === n)
      if (found === undefined) return err({ code: 'no-consultation' })
      return closingOf(state, found) === null ? ok([{ type: 'dossier.consultation-recalled', data: { n, reason } }]) : err(closed(state, found))
    },
  },
  evolve: {
    'dossier.consultation-asked': (state, { at, by, data }) => ({
      ...state,
      consultations: [...state.consultations, ...data.asked.map((one): Consultation => ({ ...one, asked: { at, by }, question: data.question, files: data.files, remindedAt: null, answer: null, lapsedAt: null, recalled: null }))],
    }),
    'dossier.consultation-answered': (state, { at, by, data: { n, ...opinion } }) => changed(state, n, { answer: { at, by, ...opinion } }),
    'dossier.consultation-recalled': (state, { at, by, data: { n, reason } }) => changed(state, n, { recalled: { at, by, reason } }),
    'dossier.consultation-reminded': (state, { at, data }) => changed(state, data.n, { remindedAt: at }),
    'dossier.consultation-lapsed': (state, { at, data }) => changed(state, data.n, { lapsedAt: at }),
  },
  hide: {
    'dossier.consultation-asked': ({ question, files, asked }) => ({ question: personal(question), files: files.map(hideName), asked }),
    'dossier.consultation-answered': ({ n, stance, text, files }) => ({ n, stance, text: hideText(text), files: files.map(hideName) }),
    'dossier.consultation-recalled': ({ n, reason }) => ({ n, reason: personal(reason) }),
    'dossier.consultation-reminded': plain,
    'dossier.consultation-lapsed': plain,
  },
  restore: {},
}

/** What the system does by itself at this hour: reminds a unit once, and closes what nobody answered in time; nothing where it was done before. C12: the due moment is inclusive. */
export const decideConsultations = (state: DossierState, now: Instant): readonly ConsultationEvent[] =>
  openConsultations(state).flatMap((c): readonly ConsultationEvent[] => {
    if (now > c.dueAt) return [{ type: 'dossier.consultation-lapsed', data: { n: c.n, silence: c.silence } }]
    return c.remindedAt === null && c.remindAt !== null && now >= c.remindAt ? [{ type: 'dossier.consultation-reminded', data: { n: c.n } }] : []
  })

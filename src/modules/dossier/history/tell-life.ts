/** PURE. An invented dossier as its events, decided by the rules that the program decides by: a history can hold nothing that a command would refuse. */
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { type Instant, addDays, dateOf } from '#kernel/plain-date.ts'
import type { Result } from '#kernel/result.ts'
import { dossierCodeForm } from '#modules/process'
import type { PastEvent } from '#platform/log/append.ts'
import { type Act, decide } from '../lifecycle/lifecycle.ts'
import { linkedAtFiling } from '../lifecycle/journey.ts'
import { intakeDueAt } from '../lifecycle/step-clock.ts'
import { toLogged } from '../lifecycle/logged.ts'
import { decideAcceptance, decideReception, decideSubmission } from '../lifecycle/reception.ts'
import { heldAt } from '../lifecycle/custody.ts'
import { type DossierEvent, type DossierState, begin, evolve } from '../lifecycle/state.ts'
import { lookUpSecret } from '../look-up-secret.ts'
import { numberText } from '../results/number-pattern.ts'
import { Chance } from './chance.ts'
import type { Beat } from './draw-course.ts'
import type { EarlierTries } from './earlier-tries.ts'
import { historyData } from './history-data.ts'
import type { Arrival, Resident, Residents } from './invent-residents.ts'
import { type Drawn, type HistoryWish, type PlacePlan, drawAgain, isDeclined, numberFormOf } from './plan-history.ts'
import type { Officer, Setting } from './read-setting.ts'

export type ToldLife = { readonly state: DossierState; readonly events: readonly PastEvent[]; readonly arrivals: readonly Arrival[] }

type Telling = {
  readonly wish: HistoryWish
  readonly setting: Setting
  readonly plan: PlacePlan
  readonly n: number
  readonly drawn: Drawn
  readonly chance: Chance
  readonly id: Uuid
  readonly applicant: Resident
  readonly tries: EarlierTries
  readonly submitter: (Resident & { readonly relation: string }) | null
  state: DossierState | undefined
  readonly events: PastEvent[]
}

export const tellLife = (setting: Setting, wish: HistoryWish, plan: PlacePlan, n: number, residents: Residents, tries: EarlierTries): ToldLife => {
  const drawn = drawAgain(setting, wish, plan, n)
  const chance = new Chance(wish.seed, plan.place.index, plan.key[n]!, 3)
  const at = plan.intakeAt[n] as Instant
  const arrivals: Arrival[] = []
  const organisation = chance.is(drawn.offer.busy.organisations)
  const applicant = residents.come(chance, { organisation, at }, arrivals)
  const other = drawn.channel === 'counter' && chance.is(organisation ? 0.5 : 0.07) ? residents.come(chance, { organisation: false, at }, arrivals) : applicant
  const submitter = other.id === applicant.id ? null : { ...other, relation: organisation ? 'Người được giới thiệu' : chance.one(RELATIONS) }
  const telling: Telling = { wish, setting, plan, n, drawn, chance, id: uuidv7(at, chance.bytes(12)), applicant, tries, submitter, state: undefined, events: [] }
  for (const beat of drawn.beats) tell(telling, beat)
  if (telling.state === undefined) throw new RangeError('a life without a beginning')
  tries.remember(telling.state)
  return { state: telling.state, events: telling.events, arrivals }
}

const RELATIONS = ['Con', 'Vợ', 'Chồng', 'Mẹ', 'Cha', 'Anh', 'Chị', 'Người được ủy quyền']

const tell = (telling: Telling, beat: Beat): void => {
  switch (beat.doing) {
    case 'receive':
      return receive(telling, beat.at)
    case 'submit':
      return submit(telling, beat.at)
    default: {
      const { act, by } = actOf(telling, beat)
      happen(telling, beat.at, by, must(decide(stateOf(telling), act, factsOf(telling, by, beat.at, act))))
    }
  }
}

const stateOf = ({ state }: Telling): DossierState => {
  if (state === undefined) throw new RangeError('something happened before the beginning')
  return state
}

const must = <T>(result: Result<T, { readonly code: string }>): T => {
  if (!result.ok) throw new RangeError(`the rules refuse this history: ${JSON.stringify(result.error)}`)
  return result.value
}

const factsOf = ({ setting, drawn }: Telling, actor: Officer, now: Instant, act: Act) => ({
  now, actor, calendar: setting.calendar, ...(act.action === 'assign' && { assignable: setting.officers(drawn.offer.divisionId, 'case-officer').map(postOf) }),
})

const postOf = (officer: Officer): Uuid => officer.posts[0]!.postId
/** The applicant at home. */
const citizen = (person: Resident): Officer => ({ kind: 'person', userId: person.id, personId: person.id, posts: [] })

const happen = (telling: Telling, at: Instant, by: Officer, events: readonly DossierEvent[]): void => {
  const who = { personId: by.personId, postId: by.posts[0]?.postId ?? null }
  for (const event of events) {
    const seq = telling.events.length + 1
    const happened = { ...event, seq, at, by: who }
    telling.state = telling.state === undefined ? begin(telling.id, happened) : evolve(telling.state, happened)
    telling.events.push({ ...toLogged(event), at, actor: by, ...(who.postId !== null && { postId: who.postId }) })
  }
}

const receive = (telling: Telling, at: Instant): void => {
  const by = telling.chance.one(telling.setting.officers(telling.plan.place.deskId, 'desk-officer'))
  happen(telling, at, by, [must(decideReception({ ...filed(telling, at), ticked: ticked(telling) })), codeIssued(telling, at), ...again(telling, at)])
}

/** On line no sheet of paper changes hands. The form's answers are not invented. */
const submit = (telling: Telling, at: Instant): void => {
  const papers = ticked(telling).map(({ n }) => ({ n, originals: 0, copies: 0 }))
  const event = must(decideSubmission({ ...filed(telling, at), ticked: papers }, null, intakeDueAt({ now: at, calendar: telling.setting.calendar })))
  happen(telling, at, citizen(telling.applicant), [event, codeIssued(telling, at), ...again(telling, at)])
}

/** Whoever comes again with the same need. */
const again = ({ tries, applicant, drawn }: Telling, at: Instant) => linkedAtFiling(tries.before(applicant.id, drawn.offer.revision.code, at))

const placed = ({ setting, plan, drawn }: Telling, now: Instant) => ({
  now,
  calendar: setting.calendar,
  revision: drawn.offer.revision,
  methodRow: drawn.offer.rows[drawn.channel]?.n ?? 0,
  deskId: plan.place.deskId,
  receivingAgencyId: plan.place.agencyId,
  agencyId: drawn.offer.agencyId,
  divisionId: drawn.offer.divisionId,
  level: drawn.offer.level,
})

const filed = (telling: Telling, at: Instant) => ({
  ...placed(telling, at),
  applicant: telling.applicant,
  submitter: telling.submitter,
  attachments: [],
  sets: telling.drawn.channel === 'counter' && telling.chance.is(0.06) ? 2 : 1,
  ...delivery(telling),
  remark: null,
  secret: lookUpSecret((limit) => telling.chance.upTo(limit)),
})

/** Some of the published papers, as people bring them. */
const ticked = ({ drawn, chance }: Telling) =>
  drawn.offer.revision.components
    .filter((c) => c.originals + c.copies > 0 && c.originals < 100 && c.copies < 100)
    .slice(0, 1 + chance.upTo(3))
    .map(({ n, originals, copies }) => ({ n, originals, copies }))

/** Nobody gets a result into their account: an account receives files only, and a history has none. */
const delivery = ({ chance, applicant }: Telling) =>
  chance.is(0.07) && applicant.address !== null ? ({ delivery: 'postal', deliveryAddress: applicant.address } as const) : ({ delivery: 'counter', deliveryAddress: null } as const)

/** The running number was given in the order of reception, without a gap. */
const codeIssued = ({ plan, n }: Telling, at: Instant): DossierEvent => {
  const { prefix, digits } = dossierCodeForm(plan.place.agencyCode, dateOf(at))
  return { type: 'dossier.code-issued', data: { code: prefix + String(plan.codeN[n]).padStart(digits, '0') } }
}

const actOf = (telling: Telling, { doing, at }: Beat): { act: Act; by: Officer } => {
  const { setting, plan, drawn, chance } = telling
  const { agencyId, divisionId } = drawn.offer
  const state = stateOf(telling)
  const held = heldAt(state)
  const caseOfficers = setting.officers(divisionId, 'case-officer')
  const holder = caseOfficers.find((o) => postOf(o) === held?.postId)
  const leader = setting.officers(divisionId, 'unit-leader')[0]!
  const { reasons } = historyData()
  switch (doing) {
    case 'accept':
    case 'request-completion':
    case 'refuse':
      return { by: chance.one(setting.officers(plan.place.deskId, 'desk-officer')), act: answer(telling, doing, at) }
    case 'complete':
      return { by: citizen(telling.applicant), act: { action: 'complete', form: null, components: state.components, attachments: [], note: null } }
    case 'assign':
      return { by: leader, act: { action: 'assign', postId: postOf(chance.one(caseOfficers)), note: null } }
    case 'take':
      return { by: chance.one(caseOfficers), act: { action: 'take' } }
    case 'note':
      return { by: holder ?? leader, act: { action: 'note', text: chance.one(reasons.notes) } }
    case 'send-back':
      return { by: leader, act: { action: 'send-back', to: 'HANDLE', reason: chance.one(reasons.back) } }
    case 'approve':
      return { by: chance.one(setting.officers(agencyId, 'signer')), act: { action: 'approve', note: null } }
    case 'issue': {
      return { by: setting.officers(agencyId, 'clerk')[0]!, act: { action: 'issue', ...resultOf(telling, at) } }
    }
    case 'return':
      return { by: chance.one(setting.officers(plan.place.deskId, 'desk-officer')), act: { action: 'return', recipient: recipientOf(telling) } }
    default: {
      const by = held?.step === 'RECEIVE' ? chance.one(setting.officers(plan.place.deskId, 'desk-officer')) : held?.step === 'HANDLE' ? (holder ?? leader) : leader
      return { by, act: { action: 'forward', note: held?.step === 'HANDLE' ? chance.one(reasons.forwarded) : null } }
    }
  }
}

/** What the desk answers to a submission. */
const answer = (telling: Telling, doing: 'accept' | 'request-completion' | 'refuse', at: Instant): Act => {
  const { chance } = telling
  const state = stateOf(telling)
  const { reasons } = historyData()
  if (doing === 'accept') return { action: 'accept', accepted: must(decideAcceptance({ ...placed(telling, at), ticked: state.components })) }
  if (doing === 'request-completion') {
    const reason = chance.one(reasons.completion)
    return { action: 'request-completion', items: [reason], reason, until: chance.is(0.6) ? addDays(dateOf(at), 10) : null }
  }
  const incomplete = state.completionRequests.length > 0
  const reason = incomplete ? 'Đã quá thời hạn hoàn thiện hồ sơ theo phiếu yêu cầu' : chance.one(reasons.refusal)
  return { action: 'refuse', ground: incomplete ? 'incomplete-after-request' : (GROUNDS[reasons.refusal.indexOf(reason)] ?? 'other'), reason, legalBasis: null }
}
const GROUNDS = ['not-competent', 'not-eligible', 'duplicate'] as const

const resultOf = ({ drawn, plan, n, wish }: Telling, at: Instant) => {
  const day = dateOf(at)
  const declined = isDeclined(wish, plan.place, plan.key[n]!)
  const number = numberText(numberFormOf(drawn.offer, declined, day), plan.resultN[n]!)
  const title = declined ? 'Thông báo từ chối giải quyết thủ tục hành chính' : drawn.offer.resultTitle
  return { kind: declined ? ('declined' as const) : ('granted' as const), title, number, issuedOn: day, file: null, template: null, fields: {} }
}

const recipientOf = ({ state, chance, applicant, submitter, n }: Telling) => {
  if (state?.delivery === 'postal') return { kind: 'postal' as const, name: applicant.name, idNumber: null, signature: `Bưu gửi số CH${String(100_000_000 + (n * 7_919 + chance.upTo(7_919)) % 900_000_000)}VN` }
  const who = submitter ?? applicant
  return submitter === null
    ? { kind: 'self' as const, name: who.name, idNumber: who.personalNumber, signature: 'Đã ký sổ' }
    : { kind: 'authorised' as const, name: who.name, idNumber: who.personalNumber, signature: 'Đã ký sổ; ủy quyền: giấy ủy quyền của người nộp' }
}

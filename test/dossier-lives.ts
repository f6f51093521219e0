/** Invented lives of dossiers, for rule tests: a ward with its people, a reception, and every way on from it. Pure. */
import { type Uuid, uuidv7 } from '#kernel/ids.ts'
import { type Instant, dateOf, instant, plainDate } from '#kernel/plain-date.ts'
import { ROLES, type Role } from '#modules/access'
import { shippedCalendar, workingDateAfter } from '#modules/calendar'
import type { Actor, HeldPost } from '#platform/ctx.ts'
import { type Act, availableActions, decide } from '../src/modules/dossier/lifecycle/lifecycle.ts'
import type { Facts } from '../src/modules/dossier/lifecycle/noun.ts'
import { intakeDueAt } from '../src/modules/dossier/lifecycle/step-clock.ts'
import { decideAcceptance, decideReception, decideSubmission, type ReceptionFacts } from '../src/modules/dossier/lifecycle/reception.ts'
import type { RightProcedure } from '../src/modules/dossier/lifecycle/law-correction.ts'
import { rightProcedure } from '../src/modules/dossier/lifecycle/right-procedure.ts'
import type { Accepted } from '../src/modules/dossier/lifecycle/intake.ts'
import { openConsultations } from '../src/modules/dossier/lifecycle/consultation.ts'
import { type DossierState, type FileKept, type Happened, begin, evolve } from '../src/modules/dossier/lifecycle/state.ts'
import type { SupplementItem } from '../src/modules/dossier/lifecycle/supplement.ts'
import type { Action } from '../src/modules/dossier/lifecycle/status.ts'

/** Friday 20 November 2026, 08:00. */
export const RECEIVED_AT = instant(Date.UTC(2026, 10, 20, 1, 0, 0))
let made = 0
/** Different every time, and the same in every run. */
export const someId = (): Uuid => {
  made += 1
  const bytes = Buffer.alloc(10)
  bytes.writeUInt32BE(made, 6)
  return uuidv7(RECEIVED_AT, bytes)
}

export const WARD = { agencyId: someId(), deskId: someId(), divisionId: someId() }
export const OTHER_WARD = { agencyId: someId(), deskId: someId(), divisionId: someId() }

const unitOf = (role: Role, ward: typeof WARD): Uuid => {
  if (role === 'desk-officer' || role === 'desk-leader') return ward.deskId
  return role === 'case-officer' || role === 'unit-leader' ? ward.divisionId : ward.agencyId
}
export type Officer = Extract<Actor, { kind: 'person' }>
export const officerOf = (role: Role, ward = WARD): Officer => {
  const post: HeldPost = { postId: someId(), role, unitId: unitOf(role, ward), agencyId: ward.agencyId }
  return { kind: 'person', userId: someId(), personId: someId(), posts: [post] }
}
export const postOf = (actor: Officer): Uuid => actor.posts[0]!.postId

/** One of each role in the ward, a second case officer, one of each in another ward, a citizen, a stranger. */
export const CONSULTED = [OTHER_WARD.divisionId, OTHER_WARD.agencyId]
export const STAFF = Object.fromEntries(ROLES.map((role) => [role, officerOf(role)])) as Record<Role, Officer>
export const SECOND = officerOf('case-officer')
/** Who applied: no post, only what is theirs. */
export const CITIZEN: Officer = { kind: 'person', userId: someId(), personId: someId(), posts: [] }
const OTHER_CITIZEN: Officer = { kind: 'person', userId: someId(), personId: someId(), posts: [] }
export const EVERYBODY: readonly Actor[] = [...Object.values(STAFF), SECOND, ...ROLES.map((role) => officerOf(role, OTHER_WARD)), CITIZEN, OTHER_CITIZEN, { kind: 'anonymous' }]

const row = (n: number, amount: number, unit: 'working-day' | 'hour' = 'working-day') => ({ n, channel: 'in-person', limit: { amount, unit }, settled: true, toSettle: [] })

/** Row 1: three working days; 2: in-day with the cut-off of 15:00; 3: not settled; 4: no limit; 5: four hours; 6: one and a half days. */
export const KITE_REVISION = {
  id: someId(),
  code: '1.999001',
  components: [{ n: 1, name: 'Đơn đề nghị thả diều' }, { n: 2, name: 'Ảnh con diều' }],
  methods: [
    row(1, 3),
    { ...row(2, 0), inDayCutoff: 15 * 3_600_000 },
    { ...row(3, 3), limit: null, settled: false, toSettle: ['unit-missing'] },
    { ...row(4, 3), limit: null },
    row(5, 4, 'hour'),
    row(6, 1.5),
  ],
}

export const receptionFacts = (change: Partial<ReceptionFacts> = {}): ReceptionFacts => ({
  now: RECEIVED_AT,
  calendar: shippedCalendar(),
  revision: KITE_REVISION,
  methodRow: 1,
  deskId: WARD.deskId,
  receivingAgencyId: WARD.agencyId,
  agencyId: WARD.agencyId,
  divisionId: WARD.divisionId,
  level: 'commune',
  applicant: { id: CITIZEN.personId, kind: 'individual', name: 'Đặng Thị Diều', personalNumber: '046190000001', phone: '0905123456', address: '1 Lê Lợi', email: null },
  submitter: null,
  ticked: [{ n: 1, originals: 1, copies: 0 }],
  attachments: [],
  sets: 1,
  delivery: 'counter',
  deliveryAddress: null,
  remark: null,
  secret: 'KQ7F',
  ...change,
})

/** What a decision gave: all but the erasures, which no dossier decides. */
export type Decided = Exclude<Happened, { readonly type: 'privacy.erased' }>

export const received = (change: Partial<ReceptionFacts> = {}): { state: DossierState; event: Decided } => {
  const decided = decideReception(receptionFacts(change))
  if (!decided.ok) throw new Error(`not received: ${decided.error.code}`)
  const event = { ...decided.value, seq: 1, at: change.now ?? RECEIVED_AT, by: { personId: STAFF['desk-officer'].personId, postId: postOf(STAFF['desk-officer']) } }
  return { state: begin(someId(), event), event }
}

/** Filed on line by the citizen, with a form. */
export const submitted = (change: Partial<ReceptionFacts> = {}): { state: DossierState; event: Decided } => {
  const facts = receptionFacts(change)
  const decided = decideSubmission(facts, { slug: 'to-khai-tha-dieu', version: 'v1', answers: { kite: { length: '2' } } }, intakeDueAt(facts))
  if (!decided.ok) throw new Error(`not submitted: ${decided.error.code}`)
  const event = { ...decided.value, seq: 1, at: facts.now, by: { personId: CITIZEN.personId, postId: null } }
  return { state: begin(someId(), event), event }
}

/** As the desk would receive it at the moment when it came. */
const acceptedNow = (state: DossierState): Accepted => {
  const decided = decideAcceptance(receptionFacts({ now: state.custody.at(-1)?.enteredAt ?? RECEIVED_AT, methodRow: state.methodN }))
  if (!decided.ok) throw new Error(`not accepted: ${decided.error.code}`)
  return decided.value
}

export const factsOf = (actor: Actor, now: Instant): Facts => ({ now, actor, calendar: shippedCalendar(), assignable: [postOf(STAFF['case-officer']), postOf(SECOND), postOf(STAFF['unit-leader'])] })

/** A good request for an action, as far as the request can be good. */
export const actFor = (action: Action, state: DossierState, target?: string, actor?: Actor): Act => {
  switch (action) {
    case 'accept':
      return { action, accepted: acceptedNow(state) }
    case 'request-completion':
      return { action, items: ['Ảnh con diều chụp thẳng'], reason: 'Ảnh bị mờ', until: plainDate('2099-12-31') }
    case 'complete':
      return { action, form: null, components: state.components, attachments: [], note: 'Đã chụp lại' }
    case 'refuse':
      return { action, ground: 'not-eligible', reason: 'Diều dài quá ba mét', legalBasis: 'Điều 3 Quy chế thả diều' }
    case 'draft':
      return { action, kind: 'granted', title: 'Giấy phép thả diều', template: { slug: 'giay-phep-tha-dieu', version: 'v1' }, fields: { 'applicant.name': 'Đặng Thị Diều' }, file: null }
    case 'number':
      return { action, number: '12/GP-UBND', issuedOn: dateOf(state.receivedAt ?? RECEIVED_AT) }
    case 'assign':
      return { action, postId: state.custody.at(-1)?.postId === postOf(SECOND) ? postOf(STAFF['case-officer']) : postOf(SECOND), note: null }
    case 'take':
      return { action }
    case 'forward':
      return { action, note: 'Đủ điều kiện', despiteOpen: true }
    case 'approve':
      return { action, note: 'Đủ điều kiện' }
    case 'send-back':
      return { action, to: state.steps.find((s) => s.key === target)?.key ?? state.steps[0]?.key ?? 'RECEIVE', reason: 'Thiếu ảnh con diều' }
    case 'issue':
      return { action, kind: 'granted', title: 'Giấy phép thả diều', number: '12/GP-UBND', issuedOn: dateOf(state.receivedAt ?? RECEIVED_AT), file: null, template: null, fields: {} }
    case 'return':
      return { action, recipient: { kind: 'self', name: 'Đặng Thị Diều', idNumber: '046190000001', signature: 'Ký sổ' } }
    case 'extend':
      return { action, number: '1/PXL-UBND', dueOn: state.dueAt === null ? plainDate('2099-12-31') : workingDateAfter(shippedCalendar(), dateOf(state.dueAt), 1), reason: 'more-examination', explanation: 'Phải đo lại con diều' }
    case 'apologise':
      return { action, number: '2/PXL-UBND', reason: 'workload', explanation: 'Phải đo lại con diều' }
    case 'collect':
      return { action, recipient: { kind: 'electronic', name: 'Đặng Thị Diều', idNumber: null, signature: 'Tài khoản' } }
    case 'note':
      return { action, text: 'Đã gọi điện' }
    case 'link-attempt':
      return { action, attempt: { of: 'dossier', id: someId(), fate: 'refused', firstContactAt: instant(RECEIVED_AT - 86_400_000), unmetAt: instant(RECEIVED_AT - 3_600_000) }, reason: 'Cùng một việc thả diều' }
    case 'unlink-attempt':
      return { action, n: state.attempts.findLast((a) => a.unlinked === null)?.n ?? 1, reason: 'Việc khác của cùng người' }
    case 'correct-entries':
    case 'correct-payment':
    case 'correct-procedure':
    case 'correct-reception':
    case 'correct-result':
    case 'reopen':
      return correctionFor(action, state)
    case 'plan-inspection':
    case 'cancel-inspection':
    case 'record-inspection':
    case 'sign-inspection':
      return inspectionFor(action)
    case 'ask-consultation':
    case 'answer-consultation':
    case 'recall-consultation':
      return consultationFor(action, state, actor)
    default:
      return detourFor(action, state)
  }
}

const fileOf = (name: string): FileKept => ({ fileId: someId(), digest: 'c'.repeat(64), name, type: 'application/pdf', size: 1024 })

/** Asked of a division and of a whole agency elsewhere, those that are not asked already; answered and taken back is the first that the actor can. */
const consultationFor = (action: 'ask-consultation' | 'answer-consultation' | 'recall-consultation', state: DossierState, actor: Actor | undefined): Act => {
  const open = openConsultations(state)
  const speaks = (unitId: Uuid) => actor?.kind !== 'person' || actor.posts.some((post) => post.unitId === unitId)
  switch (action) {
    case 'ask-consultation': {
      const free = [...CONSULTED, someId()].filter((unitId) => !open.some((c) => c.unitId === unitId))
      return { action, question: 'Bãi thả của ông Cánh có vướng đường dây điện không?', files: [fileOf('so-do-bai-tha.pdf')], units: free.slice(0, 2).map((unitId, i) => ({ unitId, limit: i === 0 ? { amount: 2, unit: 'working-day' } : { amount: 4, unit: 'hour' } })) }
    }
    case 'answer-consultation':
      return { action, n: open.find((c) => speaks(c.unitId))?.n ?? 1, stance: 'agree-if', text: 'Đồng ý nếu ông Cánh thả cách đường dây 100 mét', files: [fileOf('y-kien-dien-luc.pdf')] }
    case 'recall-consultation':
      return { action, n: open[0]?.n ?? 1, reason: 'Ông Cánh đổi bãi thả' }
  }
}

const inspectionFor = (action: `${string}-inspection`): Act => {
  switch (action) {
    case 'plan-inspection':
      return { action, at: instant(RECEIVED_AT + 400 * 86_400_000), place: 'Bãi thả của bà Sếu, đường Bến Ngự', note: 'Bà Sếu mang theo con diều' }
    case 'record-inspection':
      return {
        action, beganAt: RECEIVED_AT, endedAt: RECEIVED_AT, place: 'Bãi thả của bà Sếu, đường Bến Ngự', people: [{ name: 'Bà Sếu', capacity: 'Chủ bãi thả' }, { name: 'Ông Vạc', capacity: 'Hàng xóm của bà Sếu' }],
        findings: 'Bãi thả của bà Sếu rộng hai nghìn mét vuông', conclusion: 'Bà Sếu đủ điều kiện', photos: [fileOf('anh-bai-tha.pdf')],
      }
    case 'sign-inspection':
      return { action, scan: fileOf('bien-ban-da-ky.pdf') }
    default:
      return { action: 'cancel-inspection', reason: 'Bà Sếu đi vắng' }
  }
}

type Detour = Extract<Act, { action: `${string}-supplement` | 'request-payment' | 'confirm-payment' | 'halt' | 'resume' | 'stop' | 'withdraw' }>

const detourFor = (action: Detour['action'], state: DossierState): Detour => {
  switch (action) {
    case 'propose-supplement':
      return { action, items: supplementItems(state), until: plainDate('2099-12-31'), newFact: 'Hàng xóm báo diều có lưỡi dao' }
    case 'return-supplement':
      return { action, reason: 'Ghi rõ ảnh nào mờ' }
    case 'request-supplement':
    case 'lapse-supplement':
      return { action }
    case 'complete-supplement':
      return { action, form: state.form === null ? null : { ...state.form, answers: { kite: { length: '1' } } }, components: state.components, note: null, ...answerFor(state) }
    case 'request-payment':
      return { action, amount: 20_000, noticeNumber: '15/TB-CCT', noticeOn: dateOf(state.receivedAt ?? RECEIVED_AT), dueOn: plainDate('2099-12-31') }
    case 'confirm-payment':
      return { action, paidOn: dateOf(state.receivedAt ?? RECEIVED_AT), evidence: 'Biên lai 000123 của Đặng Thị Diều' }
    case 'halt':
      return { action, reason: 'Có đơn khiếu nại về con diều', legalBasis: 'Điều 9 Quy chế thả diều', until: null }
    case 'resume':
      return { action, note: 'Đã giải quyết khiếu nại' }
    case 'stop':
      return { action, ground: 'other', reason: 'Bãi thả diều đã đóng cửa', legalBasis: 'Điều 10 Quy chế thả diều' }
    case 'withdraw':
      return { action, reason: 'Không thả diều nữa', evidence: 'Đơn xin rút của Đặng Thị Diều' }
  }
}

type Correcting = Extract<Act, { action: `correct-${string}` | 'reopen' }>

const correctionFor = (action: Correcting['action'], state: DossierState): Correcting => {
  const reason = 'Ghi nhầm tờ khai của bà Diều'
  switch (action) {
    case 'correct-entries':
      return { action, reason, filedChecked: state.submittedAt !== null, entries: { ...state, applicant: { ...state.applicant, phone: state.applicant.phone === '0905123456' ? '0905123457' : '0905123456' } } }
    case 'correct-payment':
      return { action, reason, amount: 30_000 + state.corrections.length, noticeNumber: '15/TB-CCT', noticeOn: dateOf(state.receivedAt ?? RECEIVED_AT), dueOn: plainDate('2099-12-31') }
    case 'correct-procedure':
      return { action, reason, wrongName: 'Cấp giấy phép thả diều', right: otherRow(state) }
    case 'correct-reception':
      return { action, reason, receivedAt: instant((state.receivedAt ?? RECEIVED_AT) + (state.corrections.filter((c) => c.kind === 'reception').length % 2 === 0 ? -1_000 : 1_000)) }
    case 'correct-result':
      return { action, reason, kind: 'granted', title: 'Giấy phép thả diều của Đặng Thị Diều', number: `${100 + state.results.length}/GP-UBND`, issuedOn: state.results.at(-1)?.issuedOn ?? dateOf(RECEIVED_AT), file: null }
    case 'reopen':
      return { action, reason, to: 'HANDLE', dueOn: null }
  }
}

/** Three days instead of four hours, and the other way round. */
const otherRow = (state: DossierState): RightProcedure => {
  const ticked = [{ n: 1, originals: 1, copies: 0 }]
  const scans = state.attachments.map((a) => ({ n: a.n, component: null }))
  const decided = rightProcedure(state, { ...receptionFacts(), methodRow: state.methodN === 1 ? 5 : 1, name: 'Cấp giấy phép thả diều', ticked, scans }, state.receivedAt ?? RECEIVED_AT)
  if (!decided.ok) throw new Error(`no such row: ${decided.error.code}`)
  return decided.value
}

/** The photograph, and the length of the kite where there is a form. */
const supplementItems = (state: DossierState): readonly SupplementItem[] => [
  { n: 1, place: { kind: 'paper', component: 2, page: 1, title: 'Ảnh con diều' }, reason: 'unreadable', text: 'Chụp lại ảnh bị mờ' },
  ...(state.form === null ? [] : [{ n: 2, place: { kind: 'field', at: '/kite/length', title: 'Chiều dài' } as const, reason: 'wrong-entry', text: 'Ghi chiều dài thật' }]),
]
const answerFor = (state: DossierState) => ({
  changes: state.form === null ? [] : [{ at: '/kite/length', before: '2', after: '1' }],
  attachments: [{ n: state.attachments.length + 1, component: 2, fileId: someId(), digest: 'd'.repeat(64), name: 'anh-chup-lai.jpg', type: 'image/jpeg', size: 2048 }],
})

/** Does it, or says why not. */
export const tryAct = (state: DossierState, act: Act, actor: Actor, now: Instant): { state: DossierState; events: readonly Decided[] } | { refused: string } => {
  const decided = decide(state, act, factsOf(actor, now))
  if (!decided.ok) return { refused: decided.error.code }
  const by = { personId: actor.kind === 'person' ? actor.personId : null, postId: availableActions(state, actor, now).find((a) => a.action === act.action)?.postId ?? null }
  const events = decided.value.map((event, i): Decided => ({ ...event, seq: state.seq + 1 + i, at: now, by }))
  return { state: events.reduce(evolve, state), events }
}

/**
 * PURE. The states of a dossier and how it passes from one to another: domain.md §2.1–2.2, whole. National codes are a projection of our states.
 * Rows with `built: false` are the table to come; `lifecycle.ts` acts on the others.
 */
import type { Permission } from '#modules/access'

export type NationalCode = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10
/** How the index of QĐ 766 counts it; a stop counts as paused or finished by whether it may be resumed (§2.1, "Conflict"). */
export type StatusGroup = 'awaiting-intake' | 'refused' | 'in-progress' | 'paused' | 'finished'
type Clock = 'not-started' | 'runs' | 'suspended' | 'stopped'

type StatusFacts = { readonly national: NationalCode; readonly group: StatusGroup; readonly clock: Clock; readonly title: string; readonly titleEn: string }

export const STATUSES = {
  submitted: { national: 1, group: 'awaiting-intake', clock: 'not-started', title: 'Mới đăng ký', titleEn: 'Submitted' },
  'awaiting-completion': { national: 1, group: 'awaiting-intake', clock: 'not-started', title: 'Chờ hoàn thiện hồ sơ', titleEn: 'Waiting for completion' },
  received: { national: 2, group: 'in-progress', clock: 'runs', title: 'Được tiếp nhận', titleEn: 'Received' },
  refused: { national: 3, group: 'refused', clock: 'stopped', title: 'Không được tiếp nhận', titleEn: 'Not received' },
  processing: { national: 4, group: 'in-progress', clock: 'runs', title: 'Đang xử lý', titleEn: 'In processing' },
  'awaiting-supplement': { national: 5, group: 'paused', clock: 'suspended', title: 'Yêu cầu bổ sung giấy tờ', titleEn: 'Supplement requested' },
  'awaiting-payment': { national: 6, group: 'paused', clock: 'suspended', title: 'Yêu cầu thực hiện nghĩa vụ tài chính', titleEn: 'Payment requested' },
  withdrawn: { national: 7, group: 'finished', clock: 'stopped', title: 'Công dân yêu cầu rút hồ sơ', titleEn: 'Withdrawn' },
  halted: { national: 8, group: 'paused', clock: 'suspended', title: 'Tạm dừng xử lý', titleEn: 'Halted for a time' },
  stopped: { national: 8, group: 'finished', clock: 'stopped', title: 'Dừng xử lý', titleEn: 'Stopped' },
  finished: { national: 9, group: 'finished', clock: 'stopped', title: 'Đã xử lý xong', titleEn: 'Result ready' },
  returned: { national: 10, group: 'finished', clock: 'stopped', title: 'Đã trả kết quả', titleEn: 'Result returned' },
} as const satisfies Record<string, StatusFacts>
export type Status = keyof typeof STATUSES

export const nationalCode = (status: Status): NationalCode => STATUSES[status].national
export const statusGroup = (status: Status): StatusGroup => STATUSES[status].group
export const statusTitle = (status: Status, lang: 'vi' | 'en' = 'vi'): string => (lang === 'vi' ? STATUSES[status].title : STATUSES[status].titleEn)

/** What is done to a dossier that exists. The same words in events, buttons and addresses. */
export const ACTIONS = [
  'accept', 'request-completion', 'refuse', 'complete', 'assign', 'take', 'draft', 'forward', 'send-back', 'approve', 'number', 'issue', 'return', 'collect',
  'propose-supplement', 'return-supplement', 'request-supplement', 'complete-supplement', 'lapse-supplement', 'request-payment', 'confirm-payment',
  'halt', 'resume', 'stop', 'withdraw', 'extend', 'apologise', 'correct-entries', 'correct-payment', 'correct-procedure', 'correct-reception', 'correct-result', 'reopen', 'ask-consultation', 'answer-consultation', 'recall-consultation', 'plan-inspection', 'cancel-inspection', 'record-inspection', 'sign-inspection', 'note', 'link-attempt', 'unlink-attempt',
] as const
export type Action = (typeof ACTIONS)[number]

export type Transition = {
  readonly from: readonly (Status | null)[]
  readonly to: Status
  /** `submit` and `receive` begin a dossier. */
  readonly action: Action | 'submit' | 'receive'
  readonly by: readonly (Permission | 'citizen' | 'system')[]
  /** The official paper that it produces (domain.md §4.1). */
  readonly paper?: 'RECEIPT' | 'SUPPLEMENT' | 'REFUSAL' | 'APOLOGY_EXTENSION' | 'STOP_NOTICE' | 'CONTROL_SLIP'
  readonly built: boolean
}

const holders = ['dossier.receive', 'dossier.examine', 'dossier.review'] as const
const GOING = ['received', 'processing', 'awaiting-supplement', 'awaiting-payment', 'halted'] as const
const senders = ['dossier.examine', 'dossier.review', 'dossier.approve', 'dossier.issue'] as const

/** Late never blocks: no row asks for the due date. */
export const TRANSITIONS: readonly Transition[] = [
  { from: [null], to: 'submitted', action: 'submit', by: ['citizen'], built: true },
  { from: [null], to: 'received', action: 'receive', by: ['dossier.receive'], paper: 'RECEIPT', built: true },
  { from: ['submitted', 'awaiting-completion'], to: 'received', action: 'accept', by: ['dossier.receive'], paper: 'RECEIPT', built: true },
  { from: ['submitted'], to: 'awaiting-completion', action: 'request-completion', by: ['dossier.receive'], paper: 'SUPPLEMENT', built: true },
  { from: ['awaiting-completion'], to: 'submitted', action: 'complete', by: ['citizen'], built: true },
  { from: ['submitted', 'awaiting-completion'], to: 'refused', action: 'refuse', by: ['dossier.receive'], paper: 'REFUSAL', built: true },
  { from: ['received', 'processing'], to: 'processing', action: 'forward', by: holders, paper: 'CONTROL_SLIP', built: true },
  { from: ['processing'], to: 'processing', action: 'assign', by: ['dossier.assign'], paper: 'CONTROL_SLIP', built: true },
  { from: ['processing'], to: 'processing', action: 'take', by: ['dossier.examine'], paper: 'CONTROL_SLIP', built: true },
  { from: ['processing'], to: 'processing', action: 'send-back', by: senders, paper: 'CONTROL_SLIP', built: true },
  { from: ['processing'], to: 'processing', action: 'draft', by: ['dossier.examine', 'dossier.review', 'dossier.approve'], built: true },
  { from: ['processing'], to: 'processing', action: 'approve', by: ['dossier.approve'], paper: 'CONTROL_SLIP', built: true },
  { from: ['processing'], to: 'processing', action: 'number', by: ['dossier.issue'], built: true },
  { from: ['processing'], to: 'finished', action: 'issue', by: ['dossier.issue'], built: true },
  { from: ['finished'], to: 'returned', action: 'return', by: ['dossier.return'], built: true },
  { from: ['finished'], to: 'returned', action: 'collect', by: ['citizen'], built: true },
  { from: ['processing'], to: 'processing', action: 'propose-supplement', by: ['dossier.examine'], built: true },
  { from: ['processing'], to: 'processing', action: 'return-supplement', by: ['dossier.review', 'dossier.approve'], built: true },
  { from: ['processing'], to: 'awaiting-supplement', action: 'request-supplement', by: ['dossier.review', 'dossier.approve'], paper: 'SUPPLEMENT', built: true },
  { from: ['awaiting-supplement'], to: 'processing', action: 'complete-supplement', by: ['citizen', 'dossier.receive'], built: true },
  { from: ['awaiting-supplement'], to: 'awaiting-supplement', action: 'lapse-supplement', by: ['system'], built: true },
  { from: ['awaiting-supplement', 'awaiting-payment', 'halted', 'received', 'processing'], to: 'stopped', action: 'stop', by: ['dossier.approve'], paper: 'STOP_NOTICE', built: true },
  { from: ['received', 'processing'], to: 'halted', action: 'halt', by: ['dossier.approve'], built: true },
  { from: ['halted'], to: 'processing', action: 'resume', by: ['dossier.approve'], built: true },
  { from: ['processing'], to: 'awaiting-payment', action: 'request-payment', by: ['dossier.examine'], built: true },
  { from: ['awaiting-payment'], to: 'processing', action: 'confirm-payment', by: ['system', 'dossier.receive'], built: true },
  // One that stands still may be taken back too: the law keeps nobody who no longer wants it.
  { from: ['received', 'processing', 'awaiting-supplement', 'awaiting-payment', 'halted'], to: 'withdrawn', action: 'withdraw', by: ['citizen', 'dossier.receive'], built: true },
  ...GOING.map((s): Transition => ({ from: [s], to: s, action: 'extend', by: ['dossier.approve'], paper: 'APOLOGY_EXTENSION', built: true })),
  // What is late, or was, or was declined: the letter moves nothing.
  ...([...GOING, 'finished', 'returned'] as const).map((s): Transition => ({ from: [s], to: s, action: 'apologise', by: ['dossier.approve'], built: true })),
  // What was written down wrong: the state stays, the receipt is printed anew.
  ...([...GOING, 'finished', 'returned'] as const).map((s): Transition => ({ from: [s], to: s, action: 'correct-entries', by: ['dossier.receive', 'dossier.review', 'dossier.approve'], paper: 'RECEIPT', built: true })),
  { from: ['awaiting-payment'], to: 'awaiting-payment', action: 'correct-payment', by: ['dossier.examine', 'dossier.review', 'dossier.approve'], built: true },
  ...(['received', 'processing'] as const).flatMap((s) => (['correct-procedure', 'correct-reception'] as const).map((action): Transition => ({ from: [s], to: s, action, by: ['dossier.approve', 'dossier.review'], paper: 'RECEIPT', built: true }))),
  { from: ['processing'], to: 'processing', action: 'ask-consultation', by: ['dossier.examine'], built: true },
  ...(['plan-inspection', 'cancel-inspection', 'record-inspection', 'sign-inspection'] as const).map((action): Transition => ({ from: ['processing'], to: 'processing', action, by: ['dossier.examine'], built: true })),
  // An opinion is welcome wherever the dossier is meanwhile; it moves nothing.
  ...(['processing', 'awaiting-supplement', 'awaiting-payment', 'halted'] as const).flatMap((s): Transition[] => [
    { from: [s], to: s, action: 'answer-consultation', by: ['dossier.advise'], built: true },
    { from: [s], to: s, action: 'recall-consultation', by: ['dossier.examine'], built: true },
  ]),
  { from: ['finished', 'returned'], to: 'finished', action: 'correct-result', by: ['dossier.approve'], built: true },
  { from: ['finished', 'returned', 'stopped', 'withdrawn'], to: 'processing', action: 'reopen', by: ['dossier.approve'], paper: 'CONTROL_SLIP', built: true },
]

/** The states in which an action may be taken. Who applied `complete`s, supplements, withdraws and `collect`s; the rest is the offices'. A note (ghi chú nội bộ) moves nothing, nor does a link to an earlier attempt, so they have no row: they go with every state but a refusal. */
export const statesFor = (action: Action): readonly Status[] => {
  const known = states.get(action)
  if (known !== undefined) return known
  const found =
    action === 'note' || action === 'link-attempt' || action === 'unlink-attempt'
      ? (Object.keys(STATUSES) as Status[]).filter((s) => statusGroup(s) !== 'refused')
      : TRANSITIONS.filter((t) => t.built && t.action === action).flatMap((t) => t.from.filter((s) => s !== null))
  states.set(action, found)
  return found
}
const states = new Map<Action, readonly Status[]>()

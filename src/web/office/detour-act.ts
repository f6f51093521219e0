/** What the forms of `detour-fields.tsx` send. */
import {
  ApproveSupplement, ConfirmPayment, HaltDossier, RecallConsultation, RequestPayment, ResumeDossier, ReturnSupplement, StopDossier, WithdrawDossier,
  approveSupplement, confirmPayment, haltDossier, recallConsultation, requestPayment, resumeDossier, returnSupplement, stopDossier, withdrawDossier,
} from '#modules/dossier'
import type { Route } from '../http.ts'
import { actRoute, handler } from './act.ts'

const REASON = { reason: { field: 'reason', say: 'Ghi lý do.' }, legalBasis: { field: 'legalBasis', say: 'Ghi căn cứ pháp lý.' }, until: { field: 'until', say: 'Chọn ngày.' } } as const
export const NOTICE = {
  amount: { field: 'amount', say: 'Ghi số tiền bằng chữ số, ví dụ 20.000.' },
  noticeNumber: { field: 'noticeNumber', say: 'Ghi số thông báo.' },
  noticeOn: { field: 'noticeOn', say: 'Chọn ngày thông báo.' },
  dueOn: { field: 'dueOn', say: 'Chọn hạn nộp.' },
} as const

/** `20.000` is what people write. */
export const withAmount = (values: Readonly<Record<string, string>>) => ({ ...values, amount: /^[\d. ]+$/.test(values['amount'] ?? '') ? Number((values['amount'] ?? '').replace(/\D/g, '')) : undefined })

const withNumber = (values: Readonly<Record<string, string>>) => ({ ...values, n: Number(values['n']) })

export const detourRoutes: readonly Route[] = [
  actRoute('recall-consultation', 'dossier.examine', handler('recall-consultation', RecallConsultation, { reason: { field: 'reason', say: 'Ghi lý do thu hồi.' } }, recallConsultation, withNumber)),
  actRoute('request-supplement', 'dossier.read', handler('request-supplement', ApproveSupplement, {}, approveSupplement)),
  actRoute('return-supplement', 'dossier.read', handler('return-supplement', ReturnSupplement, REASON, returnSupplement)),
  actRoute('request-payment', 'dossier.examine', handler('request-payment', RequestPayment, NOTICE, requestPayment, withAmount)),
  actRoute('confirm-payment', 'dossier.receive', handler('confirm-payment', ConfirmPayment, { evidence: { field: 'evidence', say: 'Ghi số biên lai, chứng từ.' }, paidOn: { field: 'paidOn', say: 'Chọn ngày nộp.' } }, confirmPayment)),
  actRoute('halt', 'dossier.approve', handler('halt', HaltDossier, REASON, haltDossier)),
  actRoute('resume', 'dossier.approve', handler('resume', ResumeDossier, { note: { field: 'note', say: 'Tối đa 2.000 chữ cái.' } }, resumeDossier)),
  actRoute('stop', 'dossier.approve', handler('stop', StopDossier, { ground: { field: 'ground', say: 'Chọn trường hợp.' }, ...REASON }, stopDossier)),
  actRoute('withdraw', 'dossier.receive', handler('withdraw', WithdrawDossier, { evidence: { field: 'evidence', say: 'Ghi số, ngày của đơn xin rút.' }, reason: { field: 'reason', say: 'Tối đa 1.000 chữ cái.' } }, withdrawDossier)),
]

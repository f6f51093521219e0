/** What the forms of `correction-fields.tsx` send. */
import { CorrectPayment, CorrectReception, CorrectResult, ReopenDossier, correctPayment, correctReception, correctResult, reopenDossier } from '#modules/dossier'
import type { Route } from '../http.ts'
import { actRoute, handler } from './act.ts'
import { NOTICE, withAmount } from './detour-act.ts'

export const REASON = { reason: { field: 'reason', say: 'Ghi lý do đính chính.' } } as const

/** `f.` as in a draft. Only where it is to be drawn anew: a scan takes the place of what stands in the fields. */
const withFields = (values: Readonly<Record<string, string>>) => ({
  ...values,
  ...(values['source'] === 'anew' && { fields: Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (name.startsWith('f.') ? [[name.slice(2), value]] : []))) }),
})

export const correctionRoutes: readonly Route[] = [
  actRoute('correct-payment', 'dossier.read', handler('correct-payment', CorrectPayment, { ...NOTICE, ...REASON }, correctPayment, withAmount)),
  actRoute('correct-reception', 'dossier.read', handler('correct-reception', CorrectReception, { receivedOn: { field: 'receivedOn', say: 'Chọn ngày nhận.' }, receivedTime: { field: 'receivedTime', say: 'Ghi giờ nhận, ví dụ 08:30.' }, ...REASON }, correctReception)),
  actRoute(
    'correct-result',
    'dossier.approve',
    handler(
      'correct-result',
      CorrectResult,
      { title: { field: 'title', say: 'Ghi tên văn bản kết quả.' }, number: { field: 'number', say: 'Ghi số, ký hiệu của văn bản.' }, issuedOn: { field: 'issuedOn', say: 'Chọn ngày ký.' }, uploadId: { field: 'tep', say: 'Đính kèm lại tệp kết quả.' }, ...REASON },
      correctResult,
      withFields,
    ),
  ),
  actRoute('reopen', 'dossier.approve', handler('reopen', ReopenDossier, { to: { field: 'to', say: 'Chọn bước nhận lại.' }, dueOn: { field: 'dueOn', say: 'Chọn ngày hẹn.' }, reason: { field: 'reason', say: 'Ghi lý do mở lại.' } }, reopenDossier)),
]

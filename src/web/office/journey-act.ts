/** What the forms of `journey.tsx` send. */
import { LinkAttempt, UnlinkAttempt, linkAttempt, unlinkAttempt } from '#modules/dossier'
import type { Route } from '../http.ts'
import { actRoute, handler } from './act.ts'

const REASON = { reason: { field: 'reason', say: 'Ghi lý do, tối đa 500 chữ cái.' } } as const
/** A choice left open is not sent. */
const withoutBlank = ({ attemptId, ...values }: Readonly<Record<string, string>>) => ({ ...values, ...(attemptId !== undefined && attemptId !== '' && { attemptId }) })

export const journeyRoutes: readonly Route[] = [
  actRoute('link-attempt', 'dossier.read', handler('link-attempt', LinkAttempt, { ...REASON, code: { field: 'code', say: 'Chọn một lần trong danh sách, hoặc ghi mã hồ sơ lần trước.' }, attemptId: { field: 'code', say: 'Chọn lại lần trước.' } }, linkAttempt, withoutBlank)),
  actRoute('unlink-attempt', 'dossier.read', handler('unlink-attempt', UnlinkAttempt, { ...REASON, attempt: { field: 'attempt', say: 'Chọn lần cần bỏ nối.' } }, unlinkAttempt)),
]

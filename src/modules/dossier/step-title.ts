/** PURE. What a place of custody is called: a step of the process, or a place to wait at. */
import { stepLabel } from '#modules/process'
import { type CustodyStep, isProcessStep } from './lifecycle/custody.ts'

const WAITING = {
  INTAKE: { vi: 'Chờ tiếp nhận', en: 'Waiting to be received' },
  COMPLETION: { vi: 'Chờ người nộp bổ sung', en: 'Waiting for the applicant to complete it' },
  SUPPLEMENT: { vi: 'Chờ công dân bổ sung', en: 'Waiting for the applicant to supplement it' },
  PAYMENT: { vi: 'Chờ nghĩa vụ tài chính', en: 'Waiting for a payment' },
  HALT: { vi: 'Tạm dừng', en: 'Halted for a time' },
  CLOSED: { vi: 'Đã kết thúc, lưu hồ sơ', en: 'Over, kept in the files' },
} as const

export const stepTitle = (step: CustodyStep, lang: 'vi' | 'en' = 'vi'): string => (isProcessStep(step) ? stepLabel(step, lang) : WAITING[step][lang])

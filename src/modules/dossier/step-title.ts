/** PURE. What a place of custody is called: a step of the process, or a waiting place before it. */
import { stepLabel } from '#modules/process'
import type { CustodyStep } from './lifecycle/custody.ts'

const WAITING = {
  INTAKE: { vi: 'Chờ tiếp nhận', en: 'Waiting to be received' },
  COMPLETION: { vi: 'Chờ người nộp bổ sung', en: 'Waiting for the applicant to complete it' },
} as const

export const stepTitle = (step: CustodyStep, lang: 'vi' | 'en' = 'vi'): string => (step === 'INTAKE' || step === 'COMPLETION' ? WAITING[step][lang] : stepLabel(step, lang))

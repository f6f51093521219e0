/** PURE. What must hold of every process before it may be used (processes.md §4, "Validation at configuration"). */
import type { Process, ProcessStep } from './derive-process.ts'

export type ProcessFault =
  | { readonly severity: 'error'; readonly code: 'exceeds-total'; readonly minutes: number; readonly total: number }
  | { readonly severity: 'warning'; readonly code: 'below-total'; readonly minutes: number; readonly total: number }
  | { readonly severity: 'error'; readonly code: 'not-exactly-one'; readonly key: 'RECEIVE' | 'RETURN'; readonly count: number }
  | { readonly severity: 'error'; readonly code: 'out-of-order'; readonly key: 'RECEIVE' | 'CLERK' | 'RETURN' }
  | { readonly severity: 'error'; readonly code: 'no-post'; readonly key: ProcessStep['key'] }
  | { readonly severity: 'error'; readonly code: 'no-time'; readonly key: ProcessStep['key'] }

export const checkProcess = (process: Pick<Process, 'steps' | 'totalMinutes'>): readonly ProcessFault[] => {
  const { steps, totalMinutes: total } = process
  const faults: ProcessFault[] = []
  const minutes = steps.reduce((n, s) => n + s.minutes, 0)
  if (minutes > total) faults.push({ severity: 'error', code: 'exceeds-total', minutes, total })
  if (minutes < total) faults.push({ severity: 'warning', code: 'below-total', minutes, total })
  for (const key of ['RECEIVE', 'RETURN'] as const) {
    const count = steps.filter((s) => s.key === key).length
    if (count !== 1) faults.push({ severity: 'error', code: 'not-exactly-one', key, count })
  }
  const at = (key: ProcessStep['key']) => steps.findIndex((s) => s.key === key)
  if (at('RECEIVE') > 0) faults.push({ severity: 'error', code: 'out-of-order', key: 'RECEIVE' })
  if (at('CLERK') !== -1 && at('CLERK') < at('SIGN')) faults.push({ severity: 'error', code: 'out-of-order', key: 'CLERK' })
  if (at('RETURN') !== -1 && at('RETURN') !== steps.length - 1) faults.push({ severity: 'error', code: 'out-of-order', key: 'RETURN' })
  for (const step of steps) {
    if (step.post === '') faults.push({ severity: 'error', code: 'no-post', key: step.key })
    if (!step.untimed && step.minutes <= 0) faults.push({ severity: 'error', code: 'no-time', key: step.key })
  }
  return faults
}

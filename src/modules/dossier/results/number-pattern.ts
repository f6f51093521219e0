/** PURE. Numbers and symbols of papers (NĐ 30/2020 Art 15; processes.md §9). */
import type { PlainDate } from '#kernel/plain-date.ts'
import type { ResultTemplate } from './template.ts'

/** `series`: what is counted together, besides agency and year. */
export type NumberForm = { readonly series: string; readonly pattern: string; readonly pad: number; readonly year: number }

/** Without a template: a decision, or a notice where the wish is declined. */
const GENERAL = { granted: '{n}/QĐ-{author}', declined: '{n}/TB-{author}' } as const

export const numberForm = (template: Pick<ResultTemplate, 'number'> | null, kind: 'granted' | 'declined', author: string, issuedOn: PlainDate): NumberForm => {
  const year = Number(issuedOn.slice(0, 4))
  const { pattern, series, pad } = template?.number ?? { pattern: GENERAL[kind], series: undefined, pad: 2 }
  const filled = pattern.replaceAll('{author}', author).replaceAll('{year}', String(year))
  return { series: series ?? filled.replace('{n}/', ''), pattern: filled, pad, year }
}

/** Numbers below 10 carry a nought: `01/UBND-XNTTHN`. */
export const numberText = (form: NumberForm, n: number): string => form.pattern.replace('{n}', String(n).padStart(form.pad, '0'))

/** The running number in what a clerk typed, where it is of this series: 12 of `12/UBND-XNTTHN`. */
export const sequenceIn = (form: NumberForm, typed: string): number | undefined => {
  const [before = '', after = ''] = form.pattern.split('{n}')
  if (!typed.startsWith(before) || !typed.endsWith(after) || typed.length <= before.length + after.length) return undefined
  const digits = typed.slice(before.length, typed.length - after.length)
  return /^\d{1,7}$/.test(digits) ? Number(digits) : undefined
}

/** PURE. Answers that the program makes of others: today the date in words of civil-status forms (forms.md C1, 5). */
import type { Json } from '#kernel/digest.ts'
import { isPlainDate } from '#kernel/plain-date.ts'

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']

/** 1–99 as days and months are read: `mười lăm`, `hai mươi mốt`. */
const small = (n: number): string => {
  const [tens, ones] = [Math.floor(n / 10), n % 10]
  if (tens === 0) return DIGITS[ones] ?? ''
  const last = ones === 0 ? '' : ones === 1 && tens > 1 ? ' mốt' : ones === 5 ? ' lăm' : ` ${DIGITS[ones] ?? ''}`
  return `${tens === 1 ? 'mười' : `${DIGITS[tens] ?? ''} mươi`}${last}`
}

/** 1000–9999: `hai nghìn không trăm hai mươi sáu`. */
const year = (n: number): string => {
  const rest = n % 100
  const hundreds = Math.floor(n / 100) % 10
  const tail = rest === 0 ? '' : rest < 10 ? ` linh ${DIGITS[rest] ?? ''}` : ` ${small(rest)}`
  return `${DIGITS[Math.floor(n / 1_000)] ?? ''} nghìn${hundreds === 0 && rest === 0 ? '' : ` ${DIGITS[hundreds] ?? ''} trăm`}${tail}`
}

export const dateInWords = (date: string): string => {
  const [y = 0, m = 0, d = 0] = date.split('-').map(Number)
  const month = m === 4 ? 'tư' : small(m)
  return `Ngày ${d < 11 ? `mùng ${small(d)}` : small(d)} tháng ${month} năm ${year(y)}`
}

const COMPUTE: Readonly<Record<string, (from: readonly (Json | undefined)[]) => string | undefined>> = {
  'date-in-words': ([date]) => (typeof date === 'string' && isPlainDate(date) ? dateInWords(date) : undefined),
}
export const COMPUTED_BY: readonly string[] = Object.keys(COMPUTE)

/** Undefined while what it is made of is not there. */
export const computed = (name: string, from: readonly (Json | undefined)[]): string | undefined => COMPUTE[name]?.(from)

/** PURE. Answers that the program makes of others: dates and sums in words, whether a birth is registered in time (forms.md C1, F1). */
import type { Json } from '#kernel/digest.ts'
import { type PlainDate, addDays, isPlainDate } from '#kernel/plain-date.ts'

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

/** Three digits; `whole`: there are digits before them, so that noughts are read. */
const hundreds = (n: number, whole: boolean): string => {
  const [hundred, rest] = [Math.floor(n / 100), n % 100]
  const tail = rest === 0 ? '' : rest < 10 && (hundred > 0 || whole) ? `linh ${DIGITS[rest] ?? ''}` : small(rest)
  return [hundred > 0 || whole ? `${DIGITS[hundred] ?? ''} trăm` : '', tail].filter((part) => part !== '').join(' ')
}
const SCALES = ['', ' nghìn', ' triệu', ' tỷ', ' nghìn tỷ'] as const

/** `Năm mươi triệu đồng` */
export const moneyInWords = (amount: number): string => {
  const parts: string[] = []
  for (let scale = SCALES.length - 1; scale >= 0; scale -= 1) {
    const three = Math.floor(amount / 1_000 ** scale) % 1_000
    if (three > 0) parts.push(`${hundreds(three, parts.length > 0)}${SCALES[scale] ?? ''}`)
  }
  const words = `${parts.length === 0 ? 'không' : parts.join(' ')} đồng`
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** LHT 2014 Art 15: within sixty days of the birth. Later is late, and is registered all the same. */
const REGISTER_BIRTH_WITHIN_DAYS = 60

type Compute = (from: readonly (Json | undefined)[], today: PlainDate) => string | undefined
const COMPUTE: Readonly<Record<string, Compute>> = {
  'date-in-words': ([date]) => (typeof date === 'string' && isPlainDate(date) ? dateInWords(date) : undefined),
  'money-in-words': ([amount]) => (typeof amount === 'number' && amount > 0 ? moneyInWords(amount) : undefined),
  'birth-registration-kind': ([date], today) => (typeof date === 'string' && isPlainDate(date) ? (addDays(date, REGISTER_BIRTH_WITHIN_DAYS) >= today ? 'on-time' : 'late') : undefined),
}
export const COMPUTED_BY: readonly string[] = Object.keys(COMPUTE)

/** Undefined while what it is made of is not there. */
export const computed = (name: string, from: readonly (Json | undefined)[], today: PlainDate): string | undefined => COMPUTE[name]?.(from, today)

/** The clock's answers as sentences, in the words that citizens use. The numbers of the rules are for officers and tests, not for sentences. */
import { formatDate, formatInstant, formatTime } from '#kernel/plain-date.ts'
import type { DeadlineError, ExplanationLine, LimitUnit, Reason } from './deadline.ts'

type Words = { readonly vi: string; readonly en: string }

const REASONS: Readonly<Record<Reason, Words>> = {
  'moved-to-opening': { vi: 'ngoài giờ làm việc, tính từ giờ mở cửa tiếp theo', en: 'outside office hours, counted from the next opening' },
  'start-day': { vi: 'ngày bắt đầu, chưa tính', en: 'the day it starts, not counted' },
  'same-day': { vi: 'trả kết quả trong ngày', en: 'due the same day' },
  'after-cutoff': { vi: 'sau giờ nhận trong ngày, chuyển sang ngày làm việc tiếp theo', en: 'after the cut-off of the day: the next working day' },
  'next-working-day': { vi: 'ngày làm việc tiếp theo', en: 'next working day' },
  'working-day': { vi: 'ngày làm việc', en: 'working day' },
  'swapped-workday': { vi: 'ngày làm bù', en: 'swapped working day' },
  'calendar-day': { vi: 'tính cả ngày nghỉ', en: 'every day counts' },
  month: { vi: 'tính theo tháng', en: 'counted in months' },
  'office-hours': { vi: 'trong giờ làm việc', en: 'office hours' },
  'outside-hours': { vi: 'ngoài giờ làm việc', en: 'outside office hours' },
  weekend: { vi: 'nghỉ cuối tuần', en: 'weekend' },
  holiday: { vi: 'nghỉ lễ', en: 'holiday' },
  compensatory: { vi: 'nghỉ bù', en: 'compensatory day off' },
  'swapped-off': { vi: 'nghỉ hoán đổi', en: 'swapped day off' },
  'moved-to-working-day': { vi: 'ngày cuối là ngày nghỉ, chuyển sang ngày làm việc tiếp theo', en: 'the last day is free: moved to the next working day' },
  suspended: { vi: 'tạm dừng, không tính thời gian chờ bổ sung', en: 'suspended while waiting for the applicant' },
  'suspension-without-effect': { vi: 'tạm dừng không làm thay đổi hạn', en: 'suspension without effect on the due date' },
  discarded: { vi: 'bỏ, tính lại từ đầu sau khi bổ sung', en: 'discarded: the limit is counted again' },
}

/** A sentence in three parts: `name`, the holiday's, is Vietnamese whatever the sentence is; '' where there is none. */
export type ExplanationWords = { readonly before: string; readonly name: string; readonly after: string }

/** `nghỉ lễ: Ngày Văn hóa Việt Nam`; a suspension that is still open says so. */
export const explainInVietnamese = (line: ExplanationLine): string => Object.values(explanationWords(line, 'vi')).join('')

// The holiday's own name says "nghỉ bù" and "làm bù" already.
const NAME_IS_ENOUGH: ReadonlySet<Reason> = new Set(['compensatory', 'swapped-off', 'swapped-workday'])

const OPEN: Words = { vi: 'chưa kết thúc', en: 'still open' }

export const explanationWords = (line: ExplanationLine, lang: keyof Words): ExplanationWords => {
  const words = REASONS[line.reason][lang]
  if (line.reason === 'moved-to-opening' && line.to !== null) {
    // A holiday says better than "outside office hours" why nobody was there.
    const opening = ` (${formatInstant(line.to)})`
    if (line.name === undefined) return { before: words, name: '', after: opening }
    return { before: '', name: withDates(line.name), after: `,${words.slice(words.indexOf(',') + 1)}${opening}` }
  }
  const after = line.to === null ? ` (${OPEN[lang]})` : ''
  if (line.name === undefined) return { before: words, name: '', after }
  return { before: lang === 'vi' && NAME_IS_ENOUGH.has(line.reason) ? '' : `${words}: `, name: withDates(line.name), after }
}

/** Names of swapped days carry the other date in ISO form: `làm bù 2026-01-10` → `làm bù 10/01/2026`. */
const withDates = (name: string): string => name.replace(/(\d{4})-(\d{2})-(\d{2})/g, '$3/$2/$1')

const UNITS: Readonly<Record<LimitUnit, Words>> = {
  'working-day': { vi: 'ngày làm việc', en: 'working days' },
  day: { vi: 'ngày', en: 'days' },
  month: { vi: 'tháng', en: 'months' },
  hour: { vi: 'giờ làm việc', en: 'working hours' },
}

/** `3 ngày làm việc`, `1,5 ngày làm việc`, `trong ngày` for 0. */
export const limitInVietnamese = (limit: { readonly amount: number; readonly unit: LimitUnit }): string =>
  limit.amount === 0 ? 'trong ngày' : `${String(limit.amount).replace('.', ',')} ${UNITS[limit.unit].vi}`
export const limitInEnglish = (limit: { readonly amount: number; readonly unit: LimitUnit }): string => {
  if (limit.amount === 0) return 'the same day'
  const unit = UNITS[limit.unit].en
  return `${limit.amount} ${limit.amount === 1 ? unit.slice(0, -1) : unit}`
}

export const errorInVietnamese = (error: DeadlineError): string => {
  switch (error.code) {
    case 'calendar-unknown':
      return `Lịch làm việc chỉ có từ ${formatDate(error.from)} đến ${formatDate(error.to)}.`
    case 'bad-amount':
      return error.unit === 'hour' || error.unit === 'working-day'
        ? 'Thời hạn phải là số không âm, chẵn hoặc lẻ nửa đơn vị (0,5); chỉ ngày làm việc mới có thể là 0.'
        : 'Thời hạn tính theo ngày hoặc tháng phải là số nguyên từ 1 trở lên.'
    case 'bad-cutoff':
      return 'Giờ nhận trong ngày phải từ 00:00 đến 23:59.'
    case 'cutoff-without-same-day':
      return 'Giờ nhận trong ngày chỉ dùng cho thủ tục giải quyết trong ngày (0 ngày làm việc).'
    case 'suspension-backwards':
      return `Thời điểm bổ sung xong (${formatTime(error.to)} ${formatInstant(error.to).slice(0, 10)}) không được trước thời điểm yêu cầu bổ sung.`
  }
}

export const errorInEnglish = (error: DeadlineError): string => {
  switch (error.code) {
    case 'calendar-unknown':
      return `the working calendar is known from ${error.from} to ${error.to} only`
    case 'bad-amount':
      return error.unit === 'hour' || error.unit === 'working-day'
        ? 'the amount must be a multiple of 0.5, not negative; only working days may be 0 (the same day)'
        : 'an amount of days or months must be a whole number of at least 1'
    case 'bad-cutoff':
      return 'the in-day cut-off must be a time from 00:00 to 23:59'
    case 'cutoff-without-same-day':
      return 'an in-day cut-off goes only with a limit of 0 working days (the same day)'
    case 'suspension-backwards':
      return 'a suspension ends before it begins'
  }
}

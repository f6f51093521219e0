/** What the form of `/tinh-han` asks, from its address to the clock's question; messages at the fields where it cannot be one. */
import { type Instant, MS_PER_MINUTE, dateOf, dayNumber, formatTime, instantAt, isPlainDate } from '#kernel/plain-date.ts'
import { type Result, err, ok } from '#kernel/result.ts'
import { tidy } from '#kernel/text.ts'
import { type DeadlineError, type DeadlineInput, LIMIT_UNITS, type LimitUnit, type Suspension, errorInEnglish, errorInVietnamese } from '#modules/calendar'
import type { Lang, Req } from '../http.ts'
import type { Errors } from '../ui/index.ts'
import { type Words, t } from '../words.ts'

/** Names of the fields, as they stand in the address. */
type FieldName = 'ngay' | 'gio' | 'so' | 'don-vi' | 'gio-chot' | 'dung-ngay' | 'dung-gio' | 'tiep-ngay' | 'tiep-gio' | 'cach-dung'
export type Values = Readonly<Record<FieldName, string>>

export const UNIT_WORDS: Readonly<Record<LimitUnit, Words>> = {
  'working-day': { vi: 'ngày làm việc', en: 'working days' },
  day: { vi: 'ngày', en: 'calendar days' },
  month: { vi: 'tháng', en: 'months' },
  hour: { vi: 'giờ làm việc', en: 'working hours' },
}

/** Nothing asked yet: today, now, three working days. */
export const isAsked = (req: Req): boolean => req.c.req.query('so') !== undefined

export const readValues = (req: Req): Values => {
  const get = (name: FieldName, otherwise = '') => tidy(req.c.req.query(name) ?? otherwise).slice(0, 40)
  const { now } = req.ctx
  return {
    ngay: get('ngay', dateOf(now)),
    gio: get('gio', formatTime(now)),
    so: get('so', '3'),
    'don-vi': get('don-vi', 'working-day'),
    'gio-chot': get('gio-chot'),
    'dung-ngay': get('dung-ngay'),
    'dung-gio': get('dung-gio'),
    'tiep-ngay': get('tiep-ngay'),
    'tiep-gio': get('tiep-gio'),
    'cach-dung': get('cach-dung') === 'restart' ? 'restart' : 'suspend',
  }
}

/** `15:30`, `15h30`, `8:00`, `15` → ms of the day */
const timeOf = (text: string): number | undefined => {
  const parts = /^(\d{1,2})(?:[:.hg](\d{2})?)?$/i.exec(text)
  if (parts === null) return undefined
  const [hour, minute] = [Number(parts[1]), Number(parts[2] ?? 0)]
  return hour < 24 && minute < 60 ? (hour * 60 + minute) * MS_PER_MINUTE : undefined
}

const SAY = {
  date: { vi: 'Chọn một ngày có trong lịch.', en: 'Choose a date that exists.' },
  time: { vi: 'Ghi giờ dạng 15:30.', en: 'Write the time as 15:30.' },
  amount: { vi: 'Ghi thời hạn bằng số, ví dụ 3 hoặc 0,5.', en: 'Write the limit as a number, for example 3 or 0.5.' },
  unit: { vi: 'Chọn một đơn vị.', en: 'Choose a unit.' },
} as const satisfies Record<string, Words>

/** Where the clock's refusals belong. */
const FIELD_OF: Readonly<Record<DeadlineError['code'], FieldName>> = {
  'calendar-unknown': 'ngay',
  'bad-amount': 'so',
  'bad-cutoff': 'gio-chot',
  'cutoff-without-same-day': 'gio-chot',
  'suspension-backwards': 'tiep-ngay',
}

export const errorsOf = (error: DeadlineError, lang: Lang): Errors => {
  const sentence = lang === 'vi' ? errorInVietnamese(error) : errorInEnglish(error)
  return { [FIELD_OF[error.code]]: lang === 'vi' ? sentence : `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}.` }
}

export const questionOf = (v: Values, lang: Lang): Result<DeadlineInput, Errors> => {
  const errors: Partial<Record<FieldName, string>> = {}
  const moment = (day: FieldName, time: FieldName): Instant | undefined => {
    const ms = timeOf(v[time])
    if (!isPlainDate(v[day])) errors[day] = t(lang, SAY.date)
    if (ms === undefined) errors[time] = t(lang, SAY.time)
    return isPlainDate(v[day]) && ms !== undefined ? instantAt(dayNumber(v[day]), ms) : undefined
  }
  const start = moment('ngay', 'gio')
  const amount = v.so === '' ? Number.NaN : Number(v.so.replace(',', '.'))
  if (Number.isNaN(amount)) errors.so = t(lang, SAY.amount)
  const unit = LIMIT_UNITS.find((u) => u === v['don-vi'])
  if (unit === undefined) errors['don-vi'] = t(lang, SAY.unit)
  const cutoff = v['gio-chot'] === '' ? null : timeOf(v['gio-chot'])
  if (cutoff === undefined) errors['gio-chot'] = t(lang, SAY.time)
  const from = v['dung-ngay'] === '' && v['dung-gio'] === '' ? null : moment('dung-ngay', 'dung-gio')
  const to = v['tiep-ngay'] === '' && v['tiep-gio'] === '' ? null : moment('tiep-ngay', 'tiep-gio')
  if (from === null && to !== null) errors['dung-ngay'] ??= t(lang, { vi: 'Ghi cả lúc yêu cầu bổ sung.', en: 'Say when the supplement was requested, too.' })
  if (start === undefined || unit === undefined || cutoff === undefined || from === undefined || to === undefined || Object.keys(errors).length > 0) return err(errors)
  const suspensions: readonly Suspension[] = from === null ? [] : [{ from, to }]
  return ok({
    start,
    limit: { amount, unit },
    suspensions,
    supplementMode: v['cach-dung'] === 'restart' ? 'restart' : 'suspend',
    ...(cutoff === null ? {} : { inDayCutoff: cutoff }),
  })
}

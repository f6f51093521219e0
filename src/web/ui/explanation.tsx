/** "Vì sao là ngày này?": the lines that the deadline clock gives, as a table that adds up. */
import type { ExplanationLine } from '#modules/calendar'
import { type Instant, WEEKDAY_NAMES, dateOf, dayNumberOf, formatDate, formatTime, timeOfDay, weekday } from '#kernel/plain-date.ts'
import type { Lang } from '../http.ts'
import { type Words, t } from '../words.ts'

const REASONS: Readonly<Record<ExplanationLine['reason'], Words>> = {
  'moved-to-opening': { vi: 'nhận ngoài giờ làm việc, tính từ lúc mở cửa', en: 'received outside office hours, counted from opening' },
  'start-day': { vi: 'ngày nhận, chưa tính', en: 'day of reception, not counted' },
  'same-day': { vi: 'giải quyết trong ngày', en: 'settled the same day' },
  'after-cutoff': { vi: 'nhận sau giờ chốt trong ngày', en: 'received after the cut-off of the day' },
  'next-working-day': { vi: 'ngày làm việc tiếp theo', en: 'the next working day' },
  'working-day': { vi: 'ngày làm việc', en: 'working day' },
  'swapped-workday': { vi: 'làm bù', en: 'made-up working day' },
  'calendar-day': { vi: 'tính mọi ngày', en: 'every day counts' },
  month: { vi: 'tính theo tháng', en: 'counted in months' },
  'office-hours': { vi: 'giờ làm việc', en: 'office hours' },
  'outside-hours': { vi: 'ngoài giờ làm việc', en: 'outside office hours' },
  weekend: { vi: 'nghỉ hằng tuần', en: 'weekend' },
  holiday: { vi: 'nghỉ lễ', en: 'public holiday' },
  compensatory: { vi: 'nghỉ bù', en: 'day off in lieu' },
  'swapped-off': { vi: 'nghỉ hoán đổi', en: 'swapped day off' },
  'moved-to-working-day': { vi: 'ngày cuối là ngày nghỉ, dời sang ngày làm việc', en: 'last day is free, moved to a working day' },
  suspended: { vi: 'tạm dừng, chờ bổ sung', en: 'paused, waiting for the applicant' },
  'suspension-without-effect': { vi: 'yêu cầu sau khi đã hết hạn: không dừng', en: 'requested after the limit had run out: no pause' },
  discarded: { vi: 'bỏ, vì tính lại từ đầu', en: 'dropped: counted again from the start' },
}

/** `Thứ Sáu 20/11`, `Fri 20/11` */
export const shortDay = (at: Instant, lang: Lang): string => {
  const day = weekday(dayNumberOf(at))
  const name = lang === 'vi' ? WEEKDAY_NAMES[day] : ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][day]
  return `${name} ${formatDate(dateOf(at)).slice(0, 5)}`
}

/** The days that a line covers; `to` at midnight belongs to the day before. */
const daysOf = (line: ExplanationLine, lang: Lang): string => {
  const first = shortDay(line.from, lang)
  if (line.to === null) return `${t(lang, { vi: 'từ', en: 'from' })} ${first}`
  const last = shortDay(Math.max(line.from, line.to - 1) as Instant, lang)
  return first === last ? first : `${first} – ${last}`
}

const units: Readonly<Record<ExplanationLine['unit'], Words>> = {
  'working-day': { vi: 'ngày làm việc', en: 'working days' },
  day: { vi: 'ngày', en: 'days' },
  month: { vi: 'tháng', en: 'months' },
  hour: { vi: 'giờ làm việc', en: 'office hours' },
}

const decimal = (n: number, lang: Lang): string => {
  const rounded = String(Math.round(n * 100) / 100)
  return lang === 'vi' ? rounded.replace('.', ',') : rounded
}

/** `3 ngày làm việc`, `4 giờ làm việc`, `trong ngày` */
export const limitInWords = (limit: { readonly amount: number; readonly unit: ExplanationLine['unit'] }, lang: Lang): string =>
  limit.amount === 0 ? t(lang, { vi: 'trong ngày', en: 'the same day' }) : `${decimal(limit.amount, lang)} ${t(lang, units[limit.unit])}`

const FREE: ReadonlySet<ExplanationLine['reason']> = new Set(['weekend', 'holiday', 'compensatory', 'swapped-off', 'outside-hours', 'suspended', 'discarded', 'suspension-without-effect'])

const why = (line: ExplanationLine, lang: Lang, last: boolean): string => {
  const parts = [t(lang, REASONS[line.reason])]
  // A document's name is for the file, not for the table of a stranger; a holiday's name is what explains the day.
  if (line.name !== undefined && line.reason !== 'suspended') parts.push(line.name)
  if (line.reason === 'start-day' || line.reason === 'moved-to-opening' || line.reason === 'after-cutoff') parts[0] = `${timeOfDay(line.from) === 0 ? '' : `${formatTime(line.from)}, `}${parts[0]}`
  if (last && line.to !== null) parts.push(`${t(lang, { vi: 'hết giờ', en: 'until' })} ${formatTime(line.to)}`)
  return parts.join(line.name === undefined ? ', ' : ': ').replace(/: (hết giờ|until)/, ', $1')
}

/** The table alone; `Why` folds it away. */
export const ExplanationList = (props: { readonly lines: readonly ExplanationLine[]; readonly lang: Lang }) => {
  const { lines, lang } = props
  const lastIndex = lines.findLastIndex((line) => line.reason !== 'suspension-without-effect')
  let sum = 0
  return (
    <table class="days">
      <caption class="visually-hidden">{t(lang, { vi: 'Từng ngày được tính thế nào', en: 'How each day is counted' })}</caption>
      <thead>
        <tr>
          <th scope="col">{t(lang, { vi: 'Ngày', en: 'Day' })}</th>
          <th scope="col">{t(lang, { vi: 'Vì', en: 'Because' })}</th>
          <th scope="col" class="n">
            {t(lang, { vi: 'Cộng dồn', en: 'Total' })}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, i) => {
          const free = FREE.has(line.reason)
          sum += line.counted
          const names = [free ? 'off' : '', i === lastIndex && line.to !== null ? 'last' : ''].filter((v) => v !== '')
          return (
            <tr class={names.length === 0 ? undefined : names.join(' ')}>
              <th scope="row">{daysOf(line, lang)}</th>
              <td>{why(line, lang, i === lastIndex)}</td>
              <td class="n">{free ? '–' : decimal(sum, lang)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** A due date that explains itself. `source`: where the limit comes from, in words. */
export const Why = (props: {
  readonly lines: readonly ExplanationLine[]
  readonly lang: Lang
  readonly open?: boolean
  readonly source?: string | undefined
  readonly provisional?: boolean
}) => (
  <details class="why" open={props.open}>
    <summary>{t(props.lang, { vi: 'Vì sao là ngày này?', en: 'Why this date?' })}</summary>
    <ExplanationList lines={props.lines} lang={props.lang} />
    {props.source !== undefined && props.source !== '' && <p class="rule">{props.source}</p>}
    {props.provisional === true && (
      <p class="rule">
        {t(props.lang, {
          vi: 'Tạm tính: lịch nghỉ của năm đó chưa được công bố, ngày này có thể thay đổi.',
          en: 'Provisional: the holidays of that year are not announced yet, so this date may move.',
        })}
      </p>
    )}
  </details>
)

/** `thứ Năm 26/11/2026, 17:30` */
export const dueInWords = (at: Instant, lang: Lang): string => {
  const day = weekday(dayNumberOf(at))
  const name = lang === 'vi' ? (WEEKDAY_NAMES[day] ?? '') : (['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][day] ?? '')
  return `${lang === 'vi' ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name} ${formatDate(dateOf(at))}, ${formatTime(at)}`
}

/** The date as the strongest thing on the card: `hôm nay 17:30`, `26/11` with the weekday beside it. */
export const BigDate = (props: { readonly at: Instant; readonly now: Instant; readonly lang: Lang }) => {
  const { at, now, lang } = props
  const days = dayNumberOf(at) - dayNumberOf(now)
  if (days === 0) return <span class="figure">{`${t(lang, { vi: 'hôm nay', en: 'today' })} ${formatTime(at)}`}</span>
  const date = formatDate(dateOf(at))
  const year = date.slice(6) === formatDate(dateOf(now)).slice(6) ? date.slice(0, 5) : date
  return (
    <span class="figure">
      {year}{' '}
      <span class="figure-side">
        {dueInWords(at, lang).split(' ').slice(0, -2).join(' ')} {formatTime(at)}
      </span>
    </span>
  )
}

/** "Vì sao là ngày này?": the lines that the deadline clock gives, as a table that adds up. */
import { type ExplanationLine, type Limit, byDay, explanationWords, limitInEnglish, limitInVietnamese } from '#modules/calendar'
import { type Instant, WEEKDAY_NAMES, dateOf, dayNumberOf, formatDate, formatTime, timeOfDay, weekday } from '#kernel/plain-date.ts'
import type { Lang } from '../http.ts'
import { t } from '../words.ts'

/** `Thứ Sáu 20/11`, `Fri 20/11` */
const shortDay = (at: Instant, lang: Lang): string => {
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

/** `3 ngày làm việc`, `4 giờ làm việc`, `trong ngày` */
export const limitInWords = (limit: Limit, lang: Lang): string => (lang === 'vi' ? limitInVietnamese(limit) : limitInEnglish(limit))

const decimal = (n: number, lang: Lang): string => {
  const rounded = String(Math.round(n * 100) / 100)
  return lang === 'vi' ? rounded.replace('.', ',') : rounded
}

const FREE: ReadonlySet<ExplanationLine['reason']> = new Set(['weekend', 'holiday', 'compensatory', 'swapped-off', 'outside-hours', 'suspended', 'discarded', 'suspension-without-effect'])

const Because = (props: { readonly line: ExplanationLine; readonly lang: Lang; readonly last: boolean }) => {
  const { line, lang, last } = props
  // The name of a suspending document is for the file, not for a stranger's screen.
  const { name, ...unnamed } = line
  const words = explanationWords(line.reason === 'suspended' || name === undefined ? unnamed : line, lang)
  const came = timeOfDay(line.from) > 0 && (line.reason === 'start-day' || line.reason === 'moved-to-opening' || line.reason === 'after-cutoff')
  const arrived = came ? `${t(lang, { vi: 'nhận', en: 'received' })} ${formatTime(line.from)}, ` : ''
  const until = last && line.to !== null ? `, ${t(lang, { vi: 'hết giờ', en: 'until' })} ${formatTime(line.to)}` : ''
  return (
    <>
      {`${arrived}${words.before}`}
      {words.name !== '' && (lang === 'vi' ? words.name : <span lang="vi">{words.name}</span>)}
      {`${words.after}${until}`}
    </>
  )
}

/** The table alone; `Why` folds it away. */
export const ExplanationList = (props: { readonly lines: readonly ExplanationLine[]; readonly lang: Lang }) => {
  const { lang } = props
  const lines = byDay(props.lines)
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
              <td>
                <Because line={line} lang={lang} last={i === lastIndex} />
              </td>
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

/** What a citizen reads of a correction: what was wrong was put right by the office, and which date holds. */
import type { Child } from 'hono/jsx'
import { type PlainDate, formatDate } from '#kernel/plain-date.ts'
import type { CorrectionTold } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import type { Lang } from '../http.ts'
import { Notice, dueInWords, shortInstant } from '../ui/index.ts'
import { t } from '../words.ts'

/** Both dates, while the new one holds; the receipt with the new one takes the place of the old. `dueAt`: what holds now: a letter or a re-opening may have moved it since. */
export const CorrectedDates = (props: { readonly corrections: readonly CorrectionTold[]; readonly dueAt: Instant | null; readonly now: Instant; readonly lang: Lang }): Child => {
  const { now, lang } = props
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const last = props.corrections.findLast((c) => c.due !== null)
  if (last?.due == null || last.due.to === null || last.due.to !== props.dueAt) return null
  return (
    <Notice tone="soon" title={word('Cơ quan đã đính chính ngày hẹn.', 'The office corrected the due date.')}>
      <p>
        {last.due.from !== null && (
          <>
            {word('Ngày hẹn cũ: ', 'Old date: ')}
            <b class="num">{dueInWords(last.due.from, lang)}</b>.{' '}
          </>
        )}
        {word('Ngày hẹn đúng: ', 'Right date: ')}
        <b class="num">{dueInWords(last.due.to, lang)}</b>.
      </p>
      <p class="soft small">
        {word(`Đính chính lúc ${shortInstant(last.at, now)}. Giấy tiếp nhận mới thay cho giấy cũ.`, `Corrected on ${shortInstant(last.at, now)}. A new receipt takes the place of the old one.`)}
      </p>
    </Notice>
  )
}

/** Whoever scans the code of an old result reads that it holds no more. */
export const ReplacedResult = (props: { readonly issuedOn: PlainDate; readonly replaces: PlainDate; readonly lang: Lang }): Child => {
  const [now, old] = [formatDate(props.issuedOn), formatDate(props.replaces)]
  return (
    <Notice tone="late" title={t(props.lang, { vi: 'Kết quả đã được thay.', en: 'The result was replaced.' })}>
      {t(props.lang, { vi: `Văn bản ngày ${now} thay cho văn bản ngày ${old}; bản cũ không còn giá trị.`, en: `The paper of ${now} takes the place of that of ${old}, which is no longer valid.` })}
    </Notice>
  )
}

type Issued = { readonly n: number; readonly number: string; readonly replaces: number | null; readonly replacedBy: number | null }

/** Each of the two says of the other. */
export const ReplacementNote = (props: { readonly result: Issued; readonly results: readonly Issued[]; readonly lang: Lang }): Child => {
  const numberOf = (n: number): string => props.results.find((r) => r.n === n)?.number ?? ''
  const { replaces, replacedBy } = props.result
  const word = (vi: string, en: string) => t(props.lang, { vi, en })
  return (
    <>
      {replacedBy !== null && <p class="small late-ink">{word(`Đã được thay bởi văn bản số ${numberOf(replacedBy)}: bản này không còn giá trị.`, `Replaced by no. ${numberOf(replacedBy)}: this one is no longer valid.`)}</p>}
      {replaces !== null && <p class="soft small">{word(`Thay cho văn bản số ${numberOf(replaces)}.`, `In place of no. ${numberOf(replaces)}.`)}</p>}
    </>
  )
}

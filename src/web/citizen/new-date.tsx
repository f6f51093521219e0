/** What a citizen reads of a promise that was not kept: the date as it was, the new one, why, and the letter. */
import type { Child } from 'hono/jsx'
import { type ApologyKind, reasonInWords } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import type { Lang } from '../http.ts'
import { Notice, dueInWords, shortInstant } from '../ui/index.ts'
import { t } from '../words.ts'

export type SentLetter = { readonly n: number; readonly kind: ApologyKind; readonly at: Instant; readonly about: Instant; readonly dueAt: Instant | null; readonly reason: string; readonly explanation: string | null }

const TITLES = {
  extension: { vi: 'Cơ quan xin lỗi và hẹn lại ngày trả kết quả.', en: 'The agency apologises and gives a new date.' },
  apology: { vi: 'Cơ quan xin lỗi vì đã trễ hẹn.', en: 'The agency apologises for being late.' },
  explanation: { vi: 'Cơ quan giải thích việc từ chối giải quyết.', en: 'The agency explains why it declined.' },
} as const

/** @param href of a letter; left out where it may not be read without signing in (decision 20) */
export const SentLetters = (props: { readonly letters: readonly SentLetter[]; readonly now: Instant; readonly lang: Lang; readonly href?: (n: number) => string }): Child => {
  const { now, lang } = props
  const word = (vi: string, en: string) => t(lang, { vi, en })
  return (
    <>
      {props.letters.map((letter) => (
        <Notice tone="soon" title={t(lang, TITLES[letter.kind])}>
          {letter.kind !== 'explanation' && (
            <p>
              {word('Ngày hẹn ban đầu: ', 'Date first promised: ')}
              <b class="num">{dueInWords(letter.about, lang)}</b>.
              {letter.dueAt !== null && (
                <>
                  {' '}
                  {word('Hẹn lại: ', 'New date: ')}
                  <b class="num">{dueInWords(letter.dueAt, lang)}</b>.
                </>
              )}
            </p>
          )}
          <p>
            {word('Lý do: ', 'Why: ')}
            {reasonInWords(letter.reason, lang)}.
          </p>
          {letter.explanation !== null && <p lang="vi">{letter.explanation}</p>}
          <p class="soft small">
            {word('Gửi lúc', 'Sent on')} {shortInstant(letter.at, now)}
            {props.href !== undefined && (
              <>
                {' · '}
                <a href={props.href(letter.n)}>{word('Thư của cơ quan (PDF)', 'The letter (PDF)')}</a>
              </>
            )}
          </p>
        </Notice>
      ))}
    </>
  )
}

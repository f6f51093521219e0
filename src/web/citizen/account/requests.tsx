/** What the place of reception asked for, or why it said no: what is asked now, first; answered requests stay to read. */
import { formatDate } from '#kernel/plain-date.ts'
import type { OwnDossier } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import type { Lang } from '../../http.ts'
import { Actions, ButtonLink, Notice, shortInstant } from '../../ui/index.ts'
import { t } from '../../words.ts'

export const Requests = ({ dossier: d, now, lang }: { readonly dossier: OwnDossier; readonly now: Instant; readonly lang: Lang }) => (
  <>
    {d.completionRequests.map((request) => (
      <section>
        <h2>{request.answeredAt === null ? t(lang, { vi: 'Cần bạn làm', en: 'Asked of you' }) : t(lang, { vi: 'Yêu cầu đã trả lời', en: 'Answered request' })}</h2>
        <p lang="vi">{request.reason}</p>
        <ul lang="vi">
          {request.items.map((item) => (
            <li>{item}</li>
          ))}
        </ul>
        <p class="soft small">
          {request.answeredAt === null
            ? request.until !== null && t(lang, { vi: `Trả lời đến hết ngày ${formatDate(request.until)}.`, en: `Answer by ${formatDate(request.until)}.` })
            : t(lang, { vi: `Bạn trả lời lúc ${shortInstant(request.answeredAt, now)}.`, en: `You answered on ${shortInstant(request.answeredAt, now)}.` })}{' '}
          <a href={`/tai-khoan/ho-so/${d.id}/phieu-bo-sung.pdf`}>{t(lang, { vi: 'Phiếu yêu cầu (PDF)', en: 'The request (PDF)' })}</a>
        </p>
        {request.answeredAt === null && (
          <Actions>
            <ButtonLink href={`/tai-khoan/ho-so/${d.id}/bo-sung`}>{t(lang, { vi: 'Trả lời', en: 'Answer' })}</ButtonLink>
          </Actions>
        )}
      </section>
    ))}
    {d.refusal !== null && (
      <Notice tone="late" title={t(lang, { vi: 'Vì sao không được tiếp nhận', en: 'Why it was not received' })}>
        <p lang="vi">{d.refusal.reason}</p>
        {d.refusal.legalBasis !== null && (
          <p class="soft small" lang="vi">
            {d.refusal.legalBasis}
          </p>
        )}
        <p>
          <a href={`/tai-khoan/ho-so/${d.id}/phieu-tu-choi.pdf`}>{t(lang, { vi: 'Phiếu từ chối (PDF)', en: 'The refusal (PDF)' })}</a>
        </p>
      </Notice>
    )}
  </>
)

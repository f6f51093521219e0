/** On top of a leader's work: requests for papers that wait for a word. */
import type { Instant } from '#kernel/plain-date.ts'
import type { WaitingProposal } from '#modules/dossier'
import { shortName } from '../short-name.ts'
import { Notice, shortInstant } from '../ui/index.ts'

/** Other units ask for the opinion of this one. */
export const WaitingQuestions = ({ count }: { readonly count: number }) =>
  count === 0 ? (
    <p class="small no-print">
      <a href="/xu-ly/lay-y-kien">Đơn vị khác hỏi ý kiến</a>
    </p>
  ) : (
    <Notice tone="soon" title={`${count} câu hỏi lấy ý kiến chờ đơn vị bạn.`}>
      <a href="/xu-ly/lay-y-kien">Xem và trả lời</a>
    </Notice>
  )

export const WaitingProposals = ({ waiting, now }: { readonly waiting: readonly WaitingProposal[]; readonly now: Instant }) => {
  if (waiting.length === 0) return null
  return (
    <Notice tone="soon" title={`${waiting.length} đề xuất bổ sung chờ duyệt.`}>
      <ul>
        {waiting.map((d) => (
          <li>
            <a class="num" href={`/xu-ly/ho-so/${d.id}`}>
              {d.code}
            </a>{' '}
            {shortName(d.procedureName)} · {d.applicantName} <span class="soft small">từ {shortInstant(d.proposedAt, now)}</span>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** What an officer's search for a procedure found; nothing before there was a search. */
import { shortName } from './short-name.ts'
import { Empty } from './ui/index.ts'

type Hit = { readonly code: string; readonly name: string; readonly field: string }

export const ProcedureHits = (props: { readonly hits: readonly Hit[] | undefined; readonly href: (code: string) => string; readonly focus?: boolean }) => {
  if (props.hits === undefined) return null
  if (props.hits.length === 0) return <Empty>Không có thủ tục nào khớp. Thử vài chữ chính trong tên, hoặc mã in trên bảng niêm yết.</Empty>
  return (
    <ul class="result-list" aria-label="Thủ tục tìm thấy">
      {props.hits.map((hit, i) => (
        <li>
          <a href={props.href(hit.code)} autofocus={props.focus === true && i === 0}>
            {shortName(hit.name)}
          </a>
          <div class="soft small">
            {hit.code} · {hit.field}
          </div>
        </li>
      ))}
    </ul>
  )
}

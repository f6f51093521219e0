/** What a row costs, each published fee with its note. */
import type { Fee } from '#modules/catalogue'
import type { Lang } from '../http.ts'
import { feeLinesOf } from '../procedure-words.ts'
import { RichText } from '../ui/rich-text.tsx'

export const FeeLines = (props: { readonly fee: Fee; readonly lang: Lang }) => (
  <>
    {feeLinesOf(props.fee, props.lang).map((line) => (
      <div>
        {line.amount}
        {line.note !== null && (
          <div class="soft small" lang="vi">
            <RichText text={line.note} />
          </div>
        )}
      </div>
    ))}
  </>
)

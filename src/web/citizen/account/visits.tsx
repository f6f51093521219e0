/** Somebody comes to look at the place: when, where, what to have ready. */
import type { OwnDossier } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import type { Lang } from '../../http.ts'
import { Notice, dueInWords } from '../../ui/index.ts'
import { t } from '../../words.ts'

/** Only what lies ahead; what is over stands in the history. */
export const Visits = (props: { readonly visits: OwnDossier['visits']; readonly now: Instant; readonly lang: Lang }) => (
  <>
    {props.visits
      .filter((visit) => visit.phase === 'planned')
      .map((visit) => (
        <Notice tone="soon" title={t(props.lang, { vi: `Hẹn kiểm tra thực địa: ${dueInWords(visit.at, 'vi')}.`, en: `An officer visits: ${dueInWords(visit.at, 'en')}.` })}>
          {t(props.lang, { vi: 'Địa điểm: ', en: 'Place: ' })}
          <span lang="vi">{visit.place}</span>.{' '}
          {visit.note !== null && (
            <>
              {t(props.lang, { vi: 'Cần chuẩn bị: ', en: 'To have ready: ' })}
              <span lang="vi">{visit.note}</span>.
            </>
          )}
        </Notice>
      ))}
  </>
)

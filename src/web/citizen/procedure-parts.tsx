/** The two tables that people come for: how long and how much by each way of filing; which papers in which case. */
import { type Component, type MethodRow, type ProcedureRevision, caseName, cutoffText } from '#modules/catalogue'
import type { Lang } from '../http.ts'
import { CHANNEL_NAMES, rowLimit } from '../procedure-words.ts'
import { RichText } from '../ui/rich-text.tsx'
import { t } from '../words.ts'
import { FeeLines } from './fee-lines.tsx'

export const Methods = (props: { readonly revision: ProcedureRevision; readonly lang: Lang }) => {
  const { revision, lang } = props
  return (
    <section>
      <h2>{t(lang, { vi: 'Bao lâu, bao nhiêu tiền', en: 'How long, how much' })}</h2>
      <div class="method-list">
        {sameRows(revision.methods, lang).map((rows) => (
          <Method rows={rows} lang={lang} />
        ))}
      </div>
    </section>
  )
}

/** Ways of filing that say the very same are shown once, with all their names; the data keeps each row. */
const sameRows = (rows: readonly MethodRow[], lang: Lang): readonly (readonly MethodRow[])[] => {
  const groups = new Map<string, MethodRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([rowLimit(row, lang), row.settled ? '' : row.limitRaw, row.appliesWhen, row.fee, row.description])
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

const Method = (props: { readonly rows: readonly MethodRow[]; readonly lang: Lang }) => {
  const { rows, lang } = props
  const row = rows[0]
  if (row === undefined) return null
  const names = [...new Set(rows.map((r) => t(lang, CHANNEL_NAMES[r.channel])))].map((name, i) => (i === 0 ? name : name.toLowerCase())).join(', ')
  return (
    <div class="method card">
      <h3>{names}</h3>
      {row.appliesWhen !== null && <p lang="vi">{row.appliesWhen}</p>}
      <dl class="kv">
        <dt>{t(lang, { vi: 'Thời hạn', en: 'Time limit' })}</dt>
        <dd>
          <b class={row.settled ? undefined : 'unknown'}>{rowLimit(row, lang)}</b>
          {!row.settled && row.limitRaw !== null && <span class="soft"> ({t(lang, { vi: 'bản công bố ghi', en: 'published as' })}: “{row.limitRaw}”)</span>}
          {row.limit !== null && (
            <a class="small" href={clockHref(row)}>
              {t(lang, { vi: 'Nộp bây giờ thì bao giờ có kết quả?', en: 'If filed now, when is it due?' })}
            </a>
          )}
        </dd>
        <dt>{t(lang, { vi: 'Phí, lệ phí', en: 'Fees' })}</dt>
        <dd>
          <FeeLines fee={row.fee} lang={lang} />
        </dd>
      </dl>
      {row.description !== null && row.description.length > 12 && (
        <details class="fold small" open={row.description.length < 240}>
          <summary>{t(lang, { vi: 'Ghi chú của cơ quan công bố', en: 'Notes by the publishing agency' })}</summary>
          <div lang="vi">
            <RichText text={row.description} />
          </div>
        </details>
      )}
      {row.decision !== null && (
        <details class="fold small">
          <summary>{t(lang, { vi: 'Vì sao xác định như vậy?', en: 'Why was it determined so?' })}</summary>
          <div lang="vi">
            <p>{row.decision.reason}</p>
            <p class="soft">{row.decision.sourceText}</p>
          </div>
        </details>
      )}
    </div>
  )
}

/** `/tinh-han` takes the limit and answers for a filing at this moment. */
const clockHref = (row: MethodRow): string => {
  const search = new URLSearchParams({ so: String(row.limit?.amount ?? ''), 'don-vi': row.limit?.unit ?? '' })
  if (row.inDayCutoff !== undefined) search.set('gio-chot', cutoffText(row.inDayCutoff))
  return `/tinh-han?${search.toString()}`
}

type Case = { readonly name: string | null; readonly components: readonly Component[] }

const isRemarkOnly = (group: string | null) => group !== null && /^(lưu ý|ghi chú|chú ý)/i.test(caseName(group))

/** What everybody needs first, then the cases in the order of publication, remarks last. The portal's own order is random (data/procedures/README.md). */
const casesOf = (components: readonly Component[]): readonly Case[] => {
  const cases = new Map<string | null, Component[]>()
  for (const c of components) cases.set(c.group, [...(cases.get(c.group) ?? []), c])
  const place = (name: string | null) => (name === null ? 0 : isRemarkOnly(name) ? 2 : 1)
  return [...cases].map(([name, list]) => ({ name, components: list })).sort((a, b) => place(a.name) - place(b.name))
}

export const Papers = (props: { readonly components: readonly Component[]; readonly lang: Lang }) => {
  const { components, lang } = props
  return (
    <section>
      <h2>{t(lang, { vi: 'Giấy tờ cần có', en: 'Papers needed' })}</h2>
      {components.length === 0 && <p class="soft">{t(lang, { vi: 'Cơ quan công bố không yêu cầu giấy tờ nào.', en: 'No papers are asked for.' })}</p>}
      {casesOf(components).map((one) => (
        <CasePapers name={one.name} components={one.components} lang={lang} />
      ))}
    </section>
  )
}

/** 0 originals and 0 copies: a heading, a note, or a paper only shown (data/procedures/README.md). */
const isNote = (c: Component) => c.originals === 0 && c.copies === 0
const FEW = 2

/** The papers first; many notes, and a "case" that is only a remark, are folded away. */
const CasePapers = (props: Case & { readonly lang: Lang }) => {
  const { name, components, lang } = props
  const title = name === null ? null : caseName(name)
  const isRemark = isRemarkOnly(name)
  const notes = components.filter(isNote)
  const folded = isRemark ? components : notes.length > FEW ? notes : []
  const shown = components.filter((c) => !folded.includes(c))
  return (
    <>
      {title !== null && shown.length > 0 && <h3 lang="vi">{title}</h3>}
      <PaperList components={[...shown.filter((c) => !isNote(c)), ...shown.filter(isNote)]} lang={lang} />
      {folded.length > 0 && (
        <details class="fold">
          <summary>{isRemark && title !== null ? <span lang="vi">{title}</span> : t(lang, { vi: `Ghi chú (${folded.length})`, en: `Notes (${folded.length})` })}</summary>
          <PaperList components={folded} lang={lang} />
        </details>
      )}
    </>
  )
}

const PaperList = (props: { readonly components: readonly Component[]; readonly lang: Lang }) =>
  props.components.length === 0 ? null : (
    <ul class="papers-list">
      {props.components.map((c) => (
        <Paper component={c} lang={props.lang} />
      ))}
    </ul>
  )

const Paper = (props: { readonly component: Component; readonly lang: Lang }) => {
  const { component: c, lang } = props
  const counts = [
    c.originals > 0 ? t(lang, { vi: `${c.originals} bản chính`, en: `${c.originals} original${c.originals > 1 ? 's' : ''}` }) : undefined,
    c.copies > 0 ? t(lang, { vi: `${c.copies} bản sao`, en: `${c.copies} cop${c.copies > 1 ? 'ies' : 'y'}` }) : undefined,
  ].filter((v) => v !== undefined)
  return (
    <li class={isNote(c) ? 'note' : undefined}>
      <div lang="vi">
        <RichText text={c.name.replace(/^[-–+*•]\s*/u, '')} />
      </div>
      {counts.length > 0 && <span class="count">{counts.join(', ')}</span>}
      {c.templates.length > 0 && (
        <p class="soft small" lang="vi">
          {t(lang, { vi: 'Mẫu', en: 'Form' })}: {c.templates.join(', ')}
        </p>
      )}
    </li>
  )
}

import { type FoundProcedures, LEVELS, type Level, APPLICANTS, type Applicant, type ProcedureSearch, type ProcedureSummary, catalogueVersion, searchProcedures } from '#modules/catalogue'
import { formatInteger } from '#kernel/money.ts'
import { tidy } from '#kernel/text.ts'
import { keepDrawn } from '../drawn.ts'
import { type Lang, type Req, type Route, type View, html } from '../http.ts'
import { APPLICANT_NAMES, LEVEL_NAMES, feeOfAll, limitOfAll } from '../procedure-words.ts'
import { Badge, Button, Empty, Form, Page, Pager, Select } from '../ui/index.ts'
import { t } from '../words.ts'
import { showProcedure } from './procedure.tsx'

const PER_PAGE = 20

type Query = { readonly q: string; readonly field: string; readonly level: Level | undefined; readonly applicant: Applicant | undefined; readonly page: number }

/** Unknown words in the address are left out: an old link still finds something. */
const readQuery = (req: Req): Query => {
  const get = (name: string) => tidy(req.c.req.query(name) ?? '').slice(0, 300)
  const page = Number.parseInt(get('trang'), 10)
  return {
    q: get('q'),
    field: get('linh-vuc'),
    level: LEVELS.find((l) => l === get('cap')),
    applicant: APPLICANTS.find((a) => a === get('doi-tuong')),
    page: page > 0 && page < 10_000 ? page : 1,
  }
}

const hrefOf = (query: Query, change: Partial<Query>): string => {
  const all = { ...query, ...change }
  const search = new URLSearchParams()
  if (all.q !== '') search.set('q', all.q)
  if (all.field !== '') search.set('linh-vuc', all.field)
  if (all.level !== undefined) search.set('cap', all.level)
  if (all.applicant !== undefined) search.set('doi-tuong', all.applicant)
  if (all.page > 1) search.set('trang', String(all.page))
  const text = search.toString()
  return text === '' ? '/thu-tuc' : `/thu-tuc?${text}`
}

const listProcedures = async (req: Req): Promise<Response> => {
  const query = readQuery(req)
  const { view } = req
  const { lang } = view
  const found = await searchProcedures(req.ctx, searchOf(query))
  const title = query.q === '' ? t(lang, { vi: 'Thủ tục hành chính', en: 'Administrative procedures' }) : t(lang, { vi: `Tìm “${query.q}”`, en: `Search “${query.q}”` })
  return html(
    req,
    <Page view={view} title={title} area="citizen" current="/thu-tuc" description="Tra cứu thủ tục hành chính: giấy tờ, thời hạn, phí, nơi nộp.">
      <h1>{t(lang, { vi: 'Bạn cần làm thủ tục gì?', en: 'What do you need to do?' })}</h1>
      <SearchForm view={view} query={query} found={found} />
      <p class="soft" role="status">
        {countText(query, found.total, lang)}
      </p>
      {found.total === 0 ? <NothingFound lang={lang} query={query} /> : <ResultList procedures={found.procedures} lang={lang} version={await catalogueVersion(req.ctx)} />}
      <Pager page={query.page} pages={Math.ceil(found.total / PER_PAGE)} href={(page) => hrefOf(query, { page })} />
    </Page>,
  )
}

const searchOf = (query: Query): ProcedureSearch => ({
  q: query.q,
  limit: PER_PAGE,
  offset: (query.page - 1) * PER_PAGE,
  ...(query.field !== '' && { fieldSlug: query.field }),
  ...(query.level !== undefined && { level: query.level }),
  ...(query.applicant !== undefined && { applicant: query.applicant }),
})

const countText = (query: Query, total: number, lang: Lang): string => {
  const n = formatInteger(total)
  if (query.q === '') return t(lang, { vi: `${n} thủ tục. Gõ không dấu cũng được.`, en: `${n} procedures. Accents may be left out.` })
  return t(lang, { vi: `${n} kết quả, gần nhất trước. Gõ không dấu cũng được.`, en: `${n} results, the closest first. Accents may be left out.` })
}

const SearchForm = (props: { readonly view: View; readonly query: Query; readonly found: FoundProcedures }) => {
  const { view, query, found } = props
  const { lang } = view
  const isFiltered = query.field !== '' || query.level !== undefined || query.applicant !== undefined
  const all = t(lang, { vi: 'Tất cả', en: 'All' })
  return (
    <Form view={view} action="/thu-tuc" method="get" role="search" class="procedure-search" label={t(lang, { vi: 'Tìm thủ tục', en: 'Search procedures' })}>
      <div class="search">
        <label class="visually-hidden" for="q">
          {t(lang, { vi: 'Tên, mã hoặc việc cần làm', en: 'Name, code or what you need' })}
        </label>
        <input class="input full" type="search" id="q" name="q" value={query.q} maxlength={300} placeholder={t(lang, { vi: 'Ví dụ: khai sinh, sổ đỏ, 1.004873', en: 'For example: khai sinh, 1.004873' })} />
        <Button>{t(lang, { vi: 'Tìm', en: 'Search' })}</Button>
      </div>
      <details class="filters" open={isFiltered}>
        <summary>{t(lang, { vi: 'Lọc theo lĩnh vực, cấp, đối tượng', en: 'Filter by field, level, applicant' })}</summary>
        <Select name="linh-vuc" label={t(lang, { vi: 'Lĩnh vực', en: 'Field' })} empty={all} value={query.field} options={found.fields.map((f) => ({ value: f.value, label: `${f.label} (${f.count})` }))} />
        <Select
          name="cap"
          label={t(lang, { vi: 'Cấp thực hiện', en: 'Level' })}
          empty={all}
          value={query.level}
          options={found.levels.map((f) => ({ value: f.value, label: `${t(lang, LEVEL_NAMES[f.value])} (${f.count})` }))}
        />
        <Select
          name="doi-tuong"
          label={t(lang, { vi: 'Đối tượng', en: 'Applicant' })}
          empty={all}
          value={query.applicant}
          options={found.applicants.map((f) => ({ value: f.value, label: `${t(lang, APPLICANT_NAMES[f.value])} (${f.count})` }))}
        />
        <Button kind="quiet">{t(lang, { vi: 'Lọc', en: 'Filter' })}</Button>
      </details>
    </Form>
  )
}

/** Each line is drawn once for each version of the catalogue. */
const drawn = keepDrawn(3_000)

/** As on the home page: name, then what one wants to know before opening it. */
const ResultList = (props: { readonly procedures: readonly ProcedureSummary[]; readonly lang: Lang; readonly version: number }) => (
  <ul class="result-list">
    {props.procedures.map((p) => {
      const key = `${props.version} ${p.revisionId} ${props.lang}`
      return drawn.get(key) ?? drawn.put(key, <ResultItem procedure={p} lang={props.lang} />)
    })}
  </ul>
)

const ResultItem = (props: { readonly procedure: ProcedureSummary; readonly lang: Lang }) => {
  const { procedure: p, lang } = props
  const facts = [p.field, p.levels.map((l) => t(lang, LEVEL_NAMES[l]).toLowerCase()).join(', '), limitOfAll(p.methods, lang), feeOfAll(p.methods, lang)]
  return (
    <li>
      <a href={`/thu-tuc/${p.code}`} lang="vi">
        {p.name}
      </a>
      <p class="soft">{facts.filter((f) => f !== undefined).join(' · ')}</p>
      {p.methods.some((m) => m.channel === 'online') && (
        <Badge tone="ok" mark={false}>
          {t(lang, { vi: 'Nộp trực tuyến được', en: 'Can be filed online' })}
        </Badge>
      )}
    </li>
  )
}

const NothingFound = (props: { readonly lang: Lang; readonly query: Query }) => (
  <Empty>
    <p>{t(props.lang, { vi: 'Không tìm thấy thủ tục nào khớp.', en: 'No procedure matches.' })}</p>
    <p>
      {t(props.lang, { vi: 'Thử ít chữ hơn, bỏ bớt điều kiện lọc, hoặc ', en: 'Try fewer words, fewer filters, or ' })}
      <a href="/thu-tuc">{t(props.lang, { vi: 'xem tất cả thủ tục', en: 'see all procedures' })}</a>.
    </p>
  </Empty>
)

export const procedureRoutes: readonly Route[] = [
  { method: 'GET', path: '/thu-tuc', access: 'public', sharedSeconds: 5, handle: listProcedures },
  { method: 'GET', path: '/thu-tuc/:ma', access: 'public', sharedSeconds: 5, handle: showProcedure },
]

/** `/quan-tri/mau-giay`: the official forms and how they are laid out; each can be looked at, changed and published as a new version. */
import { NotFound } from '#kernel/errors.ts'
import { dateOf, formatDate } from '#kernel/plain-date.ts'
import { LAYOUT_YEARS, type LayoutEntry, type LayoutHistory, type LayoutTextFault, type LayoutYear, PAPER_SLUGS, type PaperSlug, PublishLayout, getLayoutHistory, listLayouts, publishLayout, readLayoutText, renderSample } from '#modules/dossier'
import { authorise } from '#modules/access'
import { fieldErrors } from '../field-errors.ts'
import { pdfResponse } from '../file-response.ts'
import { type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { type Errors, Notice, Page, PageHead, Table } from '../ui/index.ts'
import { LayoutPage } from './paper-layout-page.tsx'
import { PAPER_NAMES, PUBLISH_WORDS, YEAR_NAMES, faultText, publishRefusal } from './paper-words.ts'

const HOME = '/quan-tri/mau-giay'

const listPage = async (req: Req): Promise<Response> => {
  const layouts = await listLayouts(req.ctx)
  return html(
    req,
    <Page view={req.view} title="Mẫu giấy" area="admin" current={HOME}>
      <PageHead title="Mẫu giấy" lead="Mười ba bố cục của bảy mẫu: sáu theo chế độ trước tháng 7/2025, bảy theo chế độ hiện hành. Giấy in lại luôn theo bố cục của ngày lập." />
      {req.c.req.query('xong') !== undefined && (
        <Notice tone="ok" role="status">
          Đã ban hành bản mới.
        </Notice>
      )}
      <Table
        caption="Các mẫu giấy"
        rows={layouts}
        rowKey={(l) => `${l.slug}-${l.layout}`}
        columns={[
          { key: 'name', head: 'Mẫu', primary: true, cell: (l) => <a href={`${HOME}/${l.slug}/${l.layout}`}>{PAPER_NAMES[l.slug]}</a> },
          { key: 'year', head: 'Dùng cho hồ sơ', cell: (l) => YEAR_NAMES[l.layout] },
          { key: 'version', head: 'Bản đang dùng', cell: (l) => versionText(l) },
          { key: 'view', head: 'Xem thử', cell: (l) => <a href={`${HOME}/${l.slug}/${l.layout}/xem-thu.pdf`} target="_blank">PDF</a> },
        ]}
      />
    </Page>,
  )
}

const versionText = (layout: LayoutEntry): string =>
  layout.version === 0 || layout.validFrom === null ? (layout.versions === 0 ? 'bản gốc' : 'bản gốc, bản mới chưa tới ngày') : `bản ${layout.version}, từ ${formatDate(layout.validFrom)}`

const asked = (req: Req): { readonly slug: PaperSlug; readonly layout: LayoutYear } => {
  const slug = req.c.req.param('ma') ?? ''
  const layout = LAYOUT_YEARS.find((year) => year === req.c.req.param('boCuc'))
  if (!Object.hasOwn(PAPER_SLUGS, slug) || layout === undefined) throw new NotFound('layout')
  return { slug: slug as PaperSlug, layout }
}

/** The version that an address names, else what is in force. */
const textOf = (history: LayoutHistory, version: string | undefined, today: string): string => {
  const named = history.versions.find((v) => String(v.version) === version)
  if (version === '0') return history.shipped
  return (named ?? history.versions.find((v) => v.validFrom <= today))?.content ?? history.shipped
}

const showLayout = async (req: Req): Promise<Response> => {
  const { slug, layout } = asked(req)
  const history = await getLayoutHistory(req.ctx, slug, layout)
  const today = dateOf(req.ctx.now)
  return html(req, <LayoutPage req={req} history={history} values={{ content: textOf(history, req.c.req.query('ban'), today), validFrom: today, note: '' }} errors={{}} faults={[]} />)
}

/** The page again with what was typed and every fault at its place. */
const again = async (req: Req, values: Readonly<Record<'content' | 'validFrom' | 'note', string>>, errors: Errors, faults: readonly LayoutTextFault[], status: 409 | 422) => {
  const { slug, layout } = asked(req)
  return html(req, <LayoutPage req={req} history={await getLayoutHistory(req.ctx, slug, layout)} values={values} errors={errors} faults={faults} />, status)
}

const typed = async (req: Req) => {
  const form = await readForm(req)
  return { form, values: { content: form.get('content'), validFrom: form.get('validFrom'), note: form.get('note') } }
}

const publish = async (req: Req): Promise<Response> => {
  const { slug, layout } = asked(req)
  const { form, values } = await typed(req)
  const submissionKey = submissionKeyOf(req, form)
  const input = PublishLayout.safeParse({ submissionKey, slug, layout, ...values })
  if (!input.success) return again(req, values, fieldErrors(input.error, PUBLISH_WORDS), [], 422)
  const published = await publishLayout(req.ctx, input.data)
  if (published.ok) return seeOther(req, `${HOME}?xong`)
  const [field, sentence] = publishRefusal(published.error)
  return again(req, values, { [field]: sentence }, published.error.code === 'layout-broken' ? published.error.faults : [], published.error.code === 'layout-broken' ? 422 : 409)
}

/** What stands in the text area, as paper; a text that is broken comes back with its faults. */
const preview = async (req: Req): Promise<Response> => {
  authorise(req.ctx, 'papers.edit')
  const { slug, layout } = asked(req)
  const { values } = await typed(req)
  const read = readLayoutText(slug, layout, values.content)
  if (!read.ok) return again(req, values, { content: `Bố cục có ${read.faults.length} chỗ sai. ${read.faults[0] === undefined ? '' : faultText(read.faults[0])}` }, read.faults, 422)
  return pdfResponse(new Uint8Array(await renderSample(slug, layout, read.layout, req.publicUrl)), `xem-thu-${slug}-${layout}.pdf`)
}

const showPreview = async (req: Req): Promise<Response> => {
  const { slug, layout } = asked(req)
  const history = await getLayoutHistory(req.ctx, slug, layout)
  const read = readLayoutText(slug, layout, textOf(history, req.c.req.query('ban'), dateOf(req.ctx.now)))
  if (!read.ok) throw new Error(`layout ${slug}-${layout} is broken`)
  return pdfResponse(new Uint8Array(await renderSample(slug, layout, read.layout, req.publicUrl)), `xem-thu-${slug}-${layout}.pdf`)
}

export const paperLayoutRoutes: readonly Route[] = [
  { method: 'GET', path: HOME, access: 'papers.edit', handle: listPage },
  { method: 'GET', path: `${HOME}/:ma/:boCuc`, access: 'papers.edit', handle: showLayout },
  { method: 'POST', path: `${HOME}/:ma/:boCuc`, access: 'papers.edit', handle: publish },
  { method: 'GET', path: `${HOME}/:ma/:boCuc/xem-thu.pdf`, access: 'papers.edit', handle: showPreview },
  { method: 'POST', path: `${HOME}/:ma/:boCuc/xem-thu`, access: 'papers.edit', handle: preview },
]

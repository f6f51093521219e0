/** `/mot-cua/tra-ket-qua`: results that wait for their owners, and the hand-over with its evidence. */
import { isUuid } from '#kernel/ids.ts'
import { formatInstant } from '#kernel/plain-date.ts'
import { type DossierView, ReturnResult, getDossierView, listReadyToReturn, returnResult, searchDossiers } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { actRefusal } from '../refusals.ts'
import { shortName } from '../short-name.ts'
import { Actions, Badge, Breadcrumb, Button, ButtonLink, DeadlineBadge, type Errors, ErrorSummary, Form, KeyValue, Notice, Page, PageHead, RadioGroup, Table, TextField } from '../ui/index.ts'
import { idParam } from './receipt-page.tsx'
import { deskColumns } from './today.tsx'
import { deskOf } from './intake-view.ts'

const showList = async (req: Req): Promise<Response> => {
  const { now } = req.ctx
  const q = (req.c.req.query('q') ?? '').trim()
  const waiting = await listReadyToReturn(req.ctx, deskOf(req.ctx))
  const found = q === '' ? undefined : new Set((await searchDossiers(req.ctx, q, 50)).map((d) => d.id))
  const rows = waiting.filter((row) => found === undefined || found.has(row.id))
  const done = /^[\w.-]{6,40}$/.exec(req.c.req.query('ma') ?? '')?.[0]
  return html(
    req,
    <Page view={req.view} title="Trả kết quả" area="desk" current="/mot-cua/tra-ket-qua">
      {done !== undefined && (
        <Notice tone="ok" role="status">
          Đã trả kết quả hồ sơ <span class="num">{done}</span>.
        </Notice>
      )}
      <PageHead title="Trả kết quả" lead={`${waiting.length} kết quả đang chờ người nhận`} />
      <Form view={req.view} method="get" action="/mot-cua/tra-ket-qua" class="search small return-search" role="search" label="Tìm kết quả">
        <input type="search" name="q" value={q} placeholder="Mã hồ sơ, tên, số định danh hoặc điện thoại" aria-label="Mã hồ sơ, tên, số định danh hoặc điện thoại" data-key="/" aria-keyshortcuts="/" autofocus={done === undefined} />
        <Button kind="quiet">Tìm</Button>
      </Form>
      <mc-rows>
        <Table
          caption="Kết quả chờ trả"
          columns={deskColumns(now, (r) => `/mot-cua/tra-ket-qua/${r.id}`)}
          rows={rows}
          rowHref={(r) => `/mot-cua/tra-ket-qua/${r.id}`}
          empty={
            found === undefined ? (
              <p>Không có kết quả nào đang chờ người nhận.</p>
            ) : (
              <p>
                Không có kết quả nào khớp đang chờ ở quầy này. <a href="/mot-cua/tra-ket-qua">Xem tất cả</a>
              </p>
            )
          }
        />
      </mc-rows>
    </Page>,
  )
}

type ReturnForm = { readonly key: string; readonly values: Readonly<Record<string, string>>; readonly errors: Errors; readonly refusal?: string }

const ReturnPage = (props: { readonly req: Req; readonly dossier: DossierView; readonly form: ReturnForm }) => {
  const { req, dossier: d, form } = props
  const { now } = req.ctx
  const result = d.results.at(-1)
  const mayReturn = d.actions.some((a) => a.action === 'return')
  const field = (name: string) => ({ name, value: form.values[name] ?? '', error: form.errors[name] })
  return (
    <Page view={req.view} title={`Trả kết quả ${d.code ?? ''}`} area="desk" current="/mot-cua/tra-ket-qua" width="narrow">
      <Breadcrumb items={[{ href: '/mot-cua/tra-ket-qua', label: 'Trả kết quả' }, { label: d.code ?? '' }]} />
      {form.refusal !== undefined && (
        <Notice tone="late" title="Chưa trả được." role="alert">
          {form.refusal}
        </Notice>
      )}
      <PageHead title={<span class="num">{d.code}</span>} lead={shortName(d.procedureName)} />
      <KeyValue
        items={[
          ['Người yêu cầu', <b>{[d.applicant.name, d.applicant.personalNumber].filter((v) => v !== null).join(', ')}</b>],
          ['Nộp thay', d.submitter === null ? undefined : `${d.submitter.name}, ${d.submitter.relation}`],
          ['Kết quả', result === undefined ? undefined : `${result.title}, số ${result.number}`],
          ['Loại', result?.kind === 'declined' ? <Badge tone="late">từ chối giải quyết</Badge> : undefined],
          ['Hẹn trả', d.dueAt === null ? undefined : <>{formatInstant(d.dueAt)} <DeadlineBadge dueAt={d.dueAt} now={now} state={d.punctuality === 'late' ? 'done-late' : 'done'} /></>],
          ['Đã trả', d.handOver === null ? undefined : `${formatInstant(d.handOver.at)} cho ${d.handOver.recipient.name}`],
        ]}
      />
      {mayReturn ? (
        <Form view={req.view} action={`/mot-cua/tra-ket-qua/${d.id}`} submissionKey={form.key} label="Người nhận">
          <ErrorSummary errors={form.errors} />
          <input type="hidden" name="version" value={String(d.version)} />
          <RadioGroup
            name="kind"
            label="Ai nhận"
            kbd="1"
            inline
            value={form.values['kind'] ?? 'self'}
            options={[
              { value: 'self', label: 'Chính người yêu cầu' },
              { value: 'authorised', label: 'Người được ủy quyền' },
            ]}
          />
          <TextField {...field('name')} label="Họ tên người nhận" value={form.values['name'] ?? d.applicant.name} kbd="2" />
          <TextField {...field('idNumber')} label="Số giấy tờ đã đối chiếu" value={form.values['idNumber'] ?? ''} inputmode="numeric" kbd="3" autofocus={Object.keys(form.errors).length === 0} hint="Ghi số trên giấy tờ vừa xem, không chép từ hồ sơ." />
          <TextField {...field('signature')} label="Bằng chứng đã nhận" value={form.values['signature'] ?? 'Đã ký vào sổ theo dõi'} hint="Ký sổ, ký phiếu, hoặc số giấy ủy quyền." />
          <Actions>
            <Button kbd="Enter">Trả kết quả</Button>
            <ButtonLink href="/mot-cua/tra-ket-qua" kind="quiet">
              Quay lại
            </ButtonLink>
          </Actions>
        </Form>
      ) : (
        d.handOver === null && <Notice>Kết quả chưa về đến quầy này nên chưa trả được. Hồ sơ đang ở: {d.held?.who.unit ?? 'bộ phận khác'}.</Notice>
      )}
    </Page>
  )
}

const showForm = async (req: Req): Promise<Response> =>
  html(req, <ReturnPage req={req} dossier={await getDossierView(req.ctx, idParam(req))} form={{ key: newId(req.ctx.now), values: {}, errors: {} }} />)

const FIELDS = ['kind', 'name', 'idNumber', 'signature'] as const
const WORDS = {
  'recipient.kind': { field: 'kind', say: 'Chọn ai nhận.' },
  'recipient.name': { field: 'name', say: 'Ghi họ tên người nhận.' },
  'recipient.idNumber': { field: 'idNumber', say: 'Ghi số giấy tờ tùy thân đã đối chiếu.' },
  'recipient.signature': { field: 'signature', say: 'Ghi bằng chứng người nhận đã ký.' },
} as const

const sendForm = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const values = Object.fromEntries(FIELDS.map((name) => [name, form.get(name)]))
  const key = isUuid(form.get('submissionKey')) ? form.get('submissionKey') : newId(req.ctx.now)
  const parsed = ReturnResult.safeParse({ submissionKey: form.get('submissionKey'), dossierId: idParam(req), version: Number(form.get('version')), recipient: values })
  const again = async (problem: Omit<ReturnForm, 'values'>, status: 409 | 422) =>
    html(req, <ReturnPage req={req} dossier={await getDossierView(req.ctx, idParam(req))} form={{ values, ...problem }} />, status)
  if (!parsed.success) return again({ key, errors: fieldErrors(parsed.error, WORDS) }, 422)
  const returned = await returnResult(req.ctx, parsed.data)
  if (!returned.ok) return again({ key: newId(req.ctx.now), errors: {}, refusal: actRefusal(returned.error) }, 409)
  const { code } = await getDossierView(req.ctx, returned.value.id)
  return seeOther(req, `/mot-cua/tra-ket-qua?ma=${encodeURIComponent(code ?? '')}`)
}

export const returnRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/tra-ket-qua', access: 'dossier.return', handle: showList },
  { method: 'GET', path: '/mot-cua/tra-ket-qua/:id', access: 'dossier.return', handle: showForm },
  { method: 'POST', path: '/mot-cua/tra-ket-qua/:id', access: 'dossier.return', handle: sendForm },
]

/** `/mot-cua/huong-dan`: forms 02 and 03 at the counter, before a dossier exists; what was typed at the intake leads here. */
import { isUuid } from '#kernel/ids.ts'
import { dateOf } from '#kernel/plain-date.ts'
import { type ProcedureRevision, findCurrentRevision, searchProcedures } from '#modules/catalogue'
import { GiveGuidance, type Guidance, getGuidance, giveGuidance, listGuidance } from '#modules/dossier'
import { competentUnit, getPerson, getUnit } from '#modules/organisation'
import type { Ctx, Instant } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Badge, ButtonLink, type Column, type Errors, KeyValue, Page, PageHead, Table, shortInstant } from '../ui/index.ts'
import { deskBadges } from './desk-badges.ts'
import { GuidanceForm, type GuidanceValues, NO_GUIDANCE, itemsOf } from './guidance-form.tsx'
import { deskOf } from './desk-of.ts'
import { idParam } from './receipt-page.tsx'

const GUIDANCE_WORDS = { completion: 'Yêu cầu bổ sung', refusal: 'Từ chối tiếp nhận' } as const

const Given = (props: { readonly given: readonly Guidance[]; readonly req: Req }) => (
  <aside>
    <h2>Đã lập hôm nay</h2>
    {props.given.length === 0 ? (
      <p class="soft small">Chưa có phiếu nào.</p>
    ) : (
      <ul class="result-list" aria-label="Phiếu đã lập hôm nay">
        {props.given.map((one) => (
          <li>
            <a href={`/mot-cua/huong-dan/da-lap/${one.id}`}>{one.person.name}</a> <Badge tone={one.kind === 'refusal' ? 'late' : 'soon'}>{GUIDANCE_WORDS[one.kind]}</Badge>
            <div class="soft small num">{shortInstant(one.at, props.req.ctx.now)}</div>
          </li>
        ))}
      </ul>
    )}
  </aside>
)

type Shown = { readonly procedure: ProcedureRevision | undefined; readonly values: GuidanceValues; readonly errors: Errors; readonly key: string }

const showForm = async (req: Req, shown: Shown, status: 200 | 422 = 200): Promise<Response> => {
  const [given, badges] = await Promise.all([listGuidance(req.ctx, deskOf(req.ctx), dateOf(req.ctx.now)), deskBadges(req.ctx)])
  return html(
    req,
    <Page view={req.view} title="Phiếu hướng dẫn" area="desk" current="/mot-cua" badges={badges}>
      <PageHead
        back={{ href: '/mot-cua', label: 'Tiếp nhận' }}
        title="Phiếu hướng dẫn"
        lead="Khi giấy tờ chưa đủ, hoặc việc không thuộc quầy này: người nộp cầm phiếu về, biết phải làm gì."
      />
      <div class="split">
        <GuidanceForm view={req.view} submissionKey={shown.key} procedure={shown.procedure} values={shown.values} errors={shown.errors} />
        <Given given={given} req={req} />
      </div>
    </Page>,
    status,
  )
}

const procedureOf = (ctx: Ctx, code: string): Promise<ProcedureRevision | undefined> => (code === '' ? Promise.resolve(undefined) : findCurrentRevision(ctx, code))

const blank = async (req: Req): Promise<Response> => {
  const code = req.c.req.query('thu-tuc') ?? ''
  return showForm(req, { procedure: await procedureOf(req.ctx, code), values: { ...NO_GUIDANCE, procedureCode: code }, errors: {}, key: newId(req.ctx.now) })
}

const typed = (form: FormFields): GuidanceValues => ({
  kind: form.get('loai') === 'refusal' ? 'refusal' : 'completion',
  procedureCode: form.get('thu-tuc'),
  personId: form.get('nguoi'),
  name: form.get('ho-ten'),
  phone: form.get('dien-thoai'),
  address: form.get('dia-chi'),
  email: form.get('email'),
  missing: form.list('thieu').map(Number),
  more: form.get('them'),
  reason: form.get('ly-do'),
  legalBasis: form.get('can-cu'),
})

/** From the intake page: who stands there, and of the papers those that were not ticked, once the officer had begun to tick. */
const fromIntake = async (req: Req, form: FormFields, procedure: ProcedureRevision | undefined): Promise<GuidanceValues> => {
  const personId = form.get('nguoi-nop')
  const person = isUuid(personId) ? await getPerson(req.ctx, personId) : undefined
  const here = procedure === undefined ? undefined : await competentUnit(req.ctx, procedure, (await getUnit(req.ctx, deskOf(req.ctx))).agencyId)
  const present = form.list('giay').map(Number)
  return {
    ...NO_GUIDANCE,
    kind: here?.offered === false ? 'refusal' : 'completion',
    procedureCode: form.get('thu-tuc'),
    personId: person?.id ?? '',
    name: person?.name ?? '',
    phone: person?.phone ?? '',
    address: person?.address ?? '',
    email: person?.email ?? '',
    missing: present.length === 0 || procedure === undefined ? [] : procedure.components.filter((c) => c.originals + c.copies > 0 && !present.includes(c.n)).map((c) => c.n),
    reason: here?.offered === false ? `Quầy này không tiếp nhận thủ tục đó: ${here.reason}.` : 'Thành phần hồ sơ chưa đầy đủ theo quy định.',
  }
}

/** Nothing is written yet. POST, because names stand in it. */
const compose = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const procedure = await procedureOf(req.ctx, form.get('thu-tuc'))
  const values = form.all.has('loai') ? typed(form) : await fromIntake(req, form, procedure)
  const errors: Errors = procedure === undefined && form.get('thu-tuc') !== '' ? { 'thu-tuc': 'Không có thủ tục mang mã này. Gõ vài chữ trong tên rồi chọn.' } : {}
  return showForm(req, { procedure, values, errors, key: newId(req.ctx.now) })
}

const WORDS = {
  kind: { field: 'loai', say: 'Chọn loại phiếu.' },
  procedureCode: { field: 'thu-tuc', say: 'Không có thủ tục mang mã này.' },
  'person.name': { field: 'ho-ten', say: 'Ghi họ tên người nộp.' },
  'person.phone': { field: 'dien-thoai', say: 'Số điện thoại quá dài.' },
  'person.address': { field: 'dia-chi', say: 'Địa chỉ quá dài.' },
  'person.email': { field: 'email', say: 'Địa chỉ thư điện tử không hợp lệ.' },
  items: { field: 'them', say: 'Đánh dấu giấy tờ còn thiếu, hoặc ghi việc cần làm: từ 1 đến 30 mục.' },
  reason: { field: 'ly-do', say: 'Ghi lý do.' },
  legalBasis: { field: 'can-cu', say: 'Căn cứ pháp lý quá dài.' },
} as const

const give = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const values = typed(form)
  const procedure = await procedureOf(req.ctx, values.procedureCode)
  const items = itemsOf(values, procedure?.components ?? [])
  // Whoever the intake page had found, unless another name was typed over theirs.
  const known = isUuid(values.personId) ? await getPerson(req.ctx, values.personId) : undefined
  const given = (name: 'phone' | 'address' | 'email') => (values[name] === '' ? {} : { [name]: values[name] })
  const parsed = GiveGuidance.safeParse({
    submissionKey: form.get('submissionKey'),
    deskId: deskOf(req.ctx),
    kind: values.kind,
    procedureCode: values.procedureCode === '' ? null : values.procedureCode,
    person: { ...(known?.name === values.name && { id: known.id }), name: values.name, ...given('phone'), ...given('address'), ...given('email') },
    items,
    reason: values.reason,
    ...(values.legalBasis === '' ? {} : { legalBasis: values.legalBasis }),
  })
  const errors: Errors = {
    ...(parsed.success ? {} : fieldErrors(parsed.error, WORDS)),
    ...(procedure === undefined && values.procedureCode !== '' ? { 'thu-tuc': WORDS.procedureCode.say } : {}),
    ...(values.kind === 'completion' && items.length === 0 ? { them: WORDS.items.say } : {}),
  }
  if (!parsed.success || Object.keys(errors).length > 0) return showForm(req, { procedure, values, errors, key: submissionKeyOf(req, form) }, 422)
  const { id } = await giveGuidance(req.ctx, parsed.data)
  return seeOther(req, `/mot-cua/huong-dan/da-lap/${id}`)
}

const showGiven = async (req: Req): Promise<Response> => {
  const [one, badges] = await Promise.all([getGuidance(req.ctx, idParam(req)), deskBadges(req.ctx)])
  const procedure = await procedureOf(req.ctx, one.procedureCode ?? '')
  return html(
    req,
    <Page view={req.view} title="Đã lập phiếu hướng dẫn" area="desk" current="/mot-cua" badges={badges}>
      <PageHead
        title={
          <>
            {one.person.name} <Badge tone={one.kind === 'refusal' ? 'late' : 'soon'}>{GUIDANCE_WORDS[one.kind]}</Badge>
          </>
        }
        lead={procedure === undefined ? undefined : shortName(procedure.name)}
        actions={
          <>
            <ButtonLink href={`/mot-cua/huong-dan/${one.id}.pdf`} kbd="i" attributes={{ target: '_blank', rel: 'noopener' }}>
              In phiếu
            </ButtonLink>
            <ButtonLink href="/mot-cua" kind="quiet" kbd="Enter">
              Tiếp nhận hồ sơ khác
            </ButtonLink>
          </>
        }
      />
      {one.items.length > 0 && (
        <>
          <h2>Cần hoàn thiện</h2>
          <ol>
            {one.items.map((item) => (
              <li>{item}</li>
            ))}
          </ol>
        </>
      )}
      <KeyValue
        items={[
          ['Lý do', one.reason],
          ['Căn cứ', one.legalBasis],
          ['Điện thoại', one.person.phone],
          ['Địa chỉ', one.person.address],
          ['Lập lúc', shortInstant(one.at, req.ctx.now)],
        ]}
      />
    </Page>,
  )
}

const guidanceColumns = (now: Instant): readonly Column<Guidance>[] => [
  { key: 'name', head: 'Người nộp', primary: true, cell: (r) => <a href={`/mot-cua/huong-dan/da-lap/${r.id}`}>{r.person.name}</a> },
  { key: 'kind', head: 'Loại phiếu', nowrap: true, cell: (r) => <Badge tone={r.kind === 'refusal' ? 'late' : 'soon'}>{GUIDANCE_WORDS[r.kind]}</Badge> },
  { key: 'reason', head: 'Lý do', cell: (r) => <span class="clamped">{r.reason}</span> },
  { key: 'at', head: 'Lúc', nowrap: true, cell: (r) => <span class="num">{shortInstant(r.at, now)}</span> },
]

const showGuidance = async (req: Req): Promise<Response> => {
  const [rows, badges] = await Promise.all([listGuidance(req.ctx, deskOf(req.ctx), dateOf(req.ctx.now)), deskBadges(req.ctx)])
  return html(
    req,
    <Page view={req.view} title="Phiếu hướng dẫn hôm nay" area="desk" current="/mot-cua/hom-nay" badges={badges}>
      <PageHead
        back={{ href: '/mot-cua/hom-nay', label: 'Hôm nay' }}
        title="Phiếu hướng dẫn hôm nay"
        lead={`${rows.length} phiếu`}
      />
      <mc-rows>
        <Table caption="Phiếu hướng dẫn hôm nay" columns={guidanceColumns(req.ctx.now)} rows={rows} rowHref={(r) => `/mot-cua/huong-dan/da-lap/${r.id}`} empty={<p>Chưa có phiếu nào.</p>} />
      </mc-rows>
    </Page>,
  )
}

/** For the combobox: choosing one writes its code. */
const suggest = async (req: Req): Promise<Response> => {
  const q = req.c.req.query('q') ?? ''
  const { procedures } = q.trim() === '' ? { procedures: [] } : await searchProcedures(req.ctx, { q, limit: 8 })
  return req.c.json(procedures.map((p) => ({ value: p.code, label: shortName(p.name), hint: `${p.code} · ${p.field}` })))
}

export const guidanceRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/huong-dan', access: 'dossier.receive', handle: blank },
  { method: 'POST', path: '/mot-cua/huong-dan', access: 'dossier.receive', handle: give },
  { method: 'POST', path: '/mot-cua/huong-dan/soan', access: 'dossier.receive', handle: compose },
  { method: 'GET', path: '/mot-cua/hom-nay/huong-dan', access: 'dossier.receive', handle: showGuidance },
  { method: 'GET', path: '/mot-cua/huong-dan/thu-tuc.json', access: 'dossier.receive', handle: suggest },
  { method: 'GET', path: '/mot-cua/huong-dan/da-lap/:id', access: 'dossier.receive', handle: showGiven },
]

/** The parts of an online submission: who, what they answered, which papers came with it, what was asked of them already. */
import { formatDate, formatInstant } from '#kernel/plain-date.ts'
import { type AnswerErrors, type Component, type FormSummary, caseName, paperName } from '#modules/catalogue'
import { type DossierView, type LikelyDuplicate, statusTitle } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { Warnings } from '../forms/index.ts'
import { PaperName } from '../paper-name.tsx'
import { Badge, KeyValue, Notice, shortInstant } from '../ui/index.ts'
import { FileView } from './file-view.tsx'
import type { Case } from './intake-view.ts'
import { DELIVERY_WORDS } from './return-form.tsx'

export const Duplicates = (props: { readonly duplicates: readonly LikelyDuplicate[]; readonly now: Instant }) =>
  props.duplicates.length === 0 ? null : (
    <Notice tone="soon" title="Có thể nộp trùng.">
      Cùng người, cùng thủ tục, còn đang giải quyết:{' '}
      {props.duplicates.map((one, i) => (
        <>
          {i > 0 && ', '}
          <a class="num" href={`/xu-ly/ho-so/${one.id}`}>
            {one.code}
          </a>{' '}
          ({statusTitle(one.status).toLowerCase()}, nộp {shortInstant(one.filedAt, props.now)})
        </>
      ))}
      .
    </Notice>
  )

export const Applicant = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  const { applicant, submitter } = d
  return (
    <section aria-labelledby="nguoi-nop">
      <h2 id="nguoi-nop">Người nộp</h2>
      <KeyValue
        items={[
          ['Người yêu cầu', <b>{[applicant.name, applicant.personalNumber].filter((v) => v !== null).join(', ')}</b>],
          ['Điện thoại', applicant.phone === null ? undefined : <a href={`tel:${applicant.phone}`}>{applicant.phone}</a>],
          ['Thư điện tử', applicant.email],
          ['Nơi cư trú', applicant.address],
          ['Người nộp thay', submitter === null ? undefined : `${submitter.name}, ${submitter.relation}`],
          ['Nộp lúc', d.submittedAt === null ? undefined : shortInstant(d.submittedAt, now)],
          ['Nhận kết quả', d.delivery === 'postal' && d.deliveryAddress !== null ? `${DELIVERY_WORDS.postal}: ${d.deliveryAddress}` : DELIVERY_WORDS[d.delivery]],
          ['Ghi chú', d.remark],
        ]}
      />
    </section>
  )
}

export const Answers = (props: { readonly summary: FormSummary; readonly warnings: AnswerErrors }) =>
  props.summary.length === 0 ? null : (
    <section aria-labelledby="to-khai">
      <h2 id="to-khai">Tờ khai</h2>
      <Warnings warnings={props.warnings} lang="vi" />
      {props.summary.map((section) => (
        <>
          <h3 class="small">{section.title}</h3>
          <KeyValue items={section.items.map(({ label, value }) => [label, value] as const)} />
        </>
      ))}
    </section>
  )

/** A paper asks for a tick: the officer has looked at it. Ticked at first where a file came with it. */
const PaperLine = (props: { readonly component: Component; readonly dossier: DossierView; readonly ticked: boolean; readonly form: string | undefined }) => {
  const { component: c, dossier: d } = props
  const files = d.attachments.filter((file) => file.component === c.n)
  const id = `giay-${c.n}`
  const wanted = [c.originals > 0 ? `${c.originals} bản chính` : '', c.copies > 0 ? `${c.copies} bản sao` : ''].filter((v) => v !== '').join(', ')
  return (
    <tr>
      <td class="select">{props.form !== undefined && <input type="checkbox" id={id} name="giay" value={String(c.n)} form={props.form} checked={props.ticked} />}</td>
      <th scope="row">
        {props.form === undefined ? <PaperName name={paperName(c.name)} /> : <PaperName name={paperName(c.name)} for={id} />}
        {wanted !== '' && <span class="soft small">{wanted}</span>}
      </th>
      <td data-label="Tệp" class="files">
        {files.map((file) => (
          <FileView dossierId={d.id} file={file} />
        ))}
        {files.length === 0 && wanted !== '' && <span class="soft small">chưa có tệp</span>}
      </td>
    </tr>
  )
}

/** `form`: the id of the form that takes the ticks; without it they are only shown. */
export const SubmittedPapers = (props: { readonly cases: readonly Case[]; readonly dossier: DossierView; readonly ticked: ReadonlySet<number> | undefined; readonly form: string | undefined }) => {
  const { dossier: d } = props
  const has = (c: Component) => d.attachments.some((file) => file.component === c.n)
  const asksNothing = (c: Component) => c.originals + c.copies === 0 && !has(c)
  const all = props.cases.flatMap((one) => one.components)
  const shown = all.every(asksNothing) ? props.cases : props.cases.map((one) => ({ ...one, components: one.components.filter((c) => !asksNothing(c)) })).filter((one) => one.components.length > 0)
  const others = d.attachments.filter((file) => file.component === null)
  return (
    <section aria-labelledby="giay-to">
      <h2 id="giay-to">Giấy tờ</h2>
      <div class="table-wrap cards">
        <table class="papers">
          <caption class="visually-hidden">Giấy tờ kèm theo: đánh dấu khi đã kiểm tra</caption>
          <thead>
            <tr>
              <th scope="col" class="select">
                <span class="visually-hidden">Đã kiểm tra</span>
              </th>
              <th scope="col">Thành phần</th>
              <th scope="col">Tệp</th>
            </tr>
          </thead>
          {shown.map((one) => (
            <tbody>
              {one.name !== null && (
                <tr class="group">
                  <th scope="rowgroup" colspan={3}>
                    {caseName(one.name)}
                  </th>
                </tr>
              )}
              {one.components.map((c) => (
                <PaperLine component={c} dossier={d} ticked={props.ticked?.has(c.n) ?? has(c)} form={props.form} />
              ))}
            </tbody>
          ))}
          {others.length > 0 && (
            <tbody>
              <tr>
                <td class="select" />
                <th scope="row">Tệp khác</th>
                <td data-label="Tệp">
                  {others.map((file) => (
                    <FileView dossierId={d.id} file={file} />
                  ))}
                </td>
              </tr>
            </tbody>
          )}
        </table>
      </div>
    </section>
  )
}

export const AskedBefore = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  if (d.completionRequests.length === 0) return null
  return (
    <section aria-labelledby="da-yeu-cau">
      <h2 id="da-yeu-cau">Đã yêu cầu hoàn thiện</h2>
      {d.completionRequests.map((request) => (
        <>
          <p class="small">
            {shortInstant(request.at, now)}
            {request.until !== null && `, hạn ${formatDate(request.until)}`} ·{' '}
            {request.answeredAt === null ? <Badge tone="paused">chưa trả lời</Badge> : <Badge tone="ok">{`đã bổ sung ${shortInstant(request.answeredAt, now)}`}</Badge>} ·{' '}
            <a href={`/mot-cua/ho-so/${d.id}/phieu-bo-sung.pdf`} target="_blank" rel="noopener">
              In phiếu
            </a>
          </p>
          <ol>
            {request.items.map((item) => (
              <li>{item}</li>
            ))}
          </ol>
          <p class="said">{request.reason}</p>
        </>
      ))}
    </section>
  )
}

export const GROUND_WORDS = {
  'not-competent': 'Không thuộc thẩm quyền giải quyết',
  'not-eligible': 'Không đủ điều kiện giải quyết',
  'incomplete-after-request': 'Không hoàn thiện sau khi đã được yêu cầu',
  duplicate: 'Nộp trùng hồ sơ đang giải quyết',
  other: 'Lý do khác',
} as const

export const Refused = (props: { readonly dossier: DossierView }) => {
  const { refusal, id } = props.dossier
  if (refusal === null) return null
  return (
    <Notice tone="late" title="Đã từ chối tiếp nhận.">
      {formatInstant(refusal.at)} · {GROUND_WORDS[refusal.ground]}. {refusal.reason}
      {refusal.legalBasis !== null && ` Căn cứ: ${refusal.legalBasis}.`}{' '}
      <a href={`/mot-cua/ho-so/${id}/phieu-tu-choi.pdf`} target="_blank" rel="noopener">
        In phiếu
      </a>
    </Notice>
  )
}

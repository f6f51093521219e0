/** The parts of a dossier's page: facts, papers, the way it goes. */
import type { Instant } from '#kernel/plain-date.ts'
import { type WorkingCalendar, workingMinutesBetween } from '#modules/calendar'
import { paperName } from '#modules/catalogue'
import type { DossierView } from '#modules/dossier'
import { type StepKey, stepLabel } from '#modules/process'
import { BigDate, ButtonLink, Card, DeadlineBadge, KeyValue, Meter, Why, formatSize, limitInWords, shortInstant } from '../ui/index.ts'
import { PaperName } from '../paper-name.tsx'
import { PaperLinks } from './paper-links.tsx'

const DELIVERY = { counter: 'Tại quầy', postal: 'Qua bưu chính', online: 'Bản điện tử' } as const
const CHANNEL = { counter: 'tại quầy', online: 'trực tuyến', postal: 'qua bưu chính' } as const

const one = (minutes: number): string => String(Math.round(minutes / 6) / 10).replace('.', ',')

export const Facts = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  const { applicant, submitter } = d
  return (
    <KeyValue
      items={[
        ['Người yêu cầu', [applicant.name, applicant.personalNumber].filter((v) => v !== null).join(', ')],
        ['Điện thoại', applicant.phone === null ? undefined : <a href={`tel:${applicant.phone}`}>{applicant.phone}</a>],
        ['Nơi cư trú', applicant.address],
        ['Người nộp thay', submitter === null ? undefined : `${submitter.name}, ${submitter.relation}`],
        ['Nộp trực tuyến', d.submittedAt === null ? undefined : shortInstant(d.submittedAt, now)],
        ['Tiếp nhận', d.receivedAt === null ? undefined : `${shortInstant(d.receivedAt, now)} ${CHANNEL[d.channel]}, ${d.deskName}`],
        ['Cơ quan giải quyết', `${d.agencyName} · ${d.divisionName}`],
        ['Nhận kết quả', d.delivery === 'postal' && d.deliveryAddress !== null ? `${DELIVERY.postal}: ${d.deliveryAddress}` : DELIVERY[d.delivery]],
        ['Ghi chú khi nộp', d.remark],
      ]}
    />
  )
}

const FileLink = (props: { readonly dossierId: string; readonly fileId: string; readonly name: string; readonly size: number }) => (
  <a href={`/mot-cua/ho-so/${props.dossierId}/tep/${props.fileId}`} target="_blank" rel="noopener">
    {props.name}
    <span class="soft small"> · {formatSize(props.size)}</span>
  </a>
)

export const Papers = (props: { readonly dossier: DossierView }) => {
  const { dossier: d } = props
  const others = d.attachments.filter((file) => file.component === null)
  return (
    <section aria-labelledby="giay-to">
      <h2 id="giay-to">Giấy tờ</h2>
      <div class="table-wrap cards">
        <table>
          <caption class="visually-hidden">Giấy tờ đã nhận</caption>
          <thead>
            <tr>
              <th scope="col">Thành phần</th>
              <th scope="col">Đã nhận</th>
              <th scope="col">Tệp</th>
            </tr>
          </thead>
          <tbody>
            {d.components.map((c) => (
              <tr>
                <th scope="row">
                  <PaperName name={paperName(c.name)} />
                </th>
                <td data-label="Đã nhận" class="nowrap">{[c.originals > 0 ? `${c.originals} bản chính` : '', c.copies > 0 ? `${c.copies} bản sao` : ''].filter((v) => v !== '').join(', ') || 'đã kiểm tra'}</td>
                <td data-label="Tệp">
                  {d.attachments
                    .filter((file) => file.component === c.n)
                    .map((file) => (
                      <div>
                        <FileLink dossierId={d.id} {...file} />
                      </div>
                    ))}
                </td>
              </tr>
            ))}
            {others.map((file) => (
              <tr>
                <th scope="row">Tệp khác</th>
                <td data-label="Đã nhận">tệp</td>
                <td data-label="Tệp">
                  <FileLink dossierId={d.id} {...file} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {d.components.length + others.length === 0 && <p class="soft">Không có giấy tờ nào được đánh dấu khi tiếp nhận.</p>}
    </section>
  )
}

/** What is proposed for signature: to look at, and to write where the rule allows it. */
export const Draft = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d, now } = props
  const draft = d.resultDraft
  const may = d.actions.some((a) => a.action === 'draft')
  if (draft === null && !may) return null
  return (
    <section aria-labelledby="du-thao">
      <h2 id="du-thao">Dự thảo kết quả</h2>
      {draft === null ? (
        <p class="soft">Chưa có dự thảo. Người ký sẽ xem bản này trước khi ký.</p>
      ) : (
        <KeyValue
          items={[
            [draft.kind === 'granted' ? 'Văn bản' : 'Từ chối giải quyết', <b>{draft.title}</b>],
            ['Số', d.numbered === null ? undefined : <span class="num">{d.numbered.number}</span>],
            ['Soạn lúc', shortInstant(draft.at, now)],
            [
              'Xem',
              draft.template !== null ? (
                <a href={`/xu-ly/ho-so/${d.id}/du-thao.pdf`} target="_blank" rel="noopener">
                  Bản in thử (PDF)
                </a>
              ) : draft.file === null ? undefined : (
                <FileLink dossierId={d.id} {...draft.file} />
              ),
            ],
          ]}
        />
      )}
      {may && (
        <p>
          <ButtonLink href={`/xu-ly/ho-so/${d.id}/du-thao`} kind="quiet" kbd="d">
            {draft === null ? 'Soạn dự thảo' : 'Sửa dự thảo'}
          </ButtonLink>
        </p>
      )}
    </section>
  )
}

const numberOf = (d: DossierView, n: number | null): string | undefined => d.results.find((r) => r.n === n)?.number

export const Results = (props: { readonly dossier: DossierView; readonly now: Instant }) => {
  const { dossier: d } = props
  const { handOver } = d
  if (d.results.length === 0) return null
  return (
    <section aria-labelledby="ket-qua">
      <h2 id="ket-qua">Kết quả</h2>
      {d.results.map((result) => (
        <KeyValue
          items={[
            [result.kind === 'granted' ? 'Văn bản' : 'Từ chối giải quyết', result.title],
            ['Số', <span class="num">{result.number}</span>],
            ['Ngày ký', result.issuedOn.split('-').toReversed().join('/')],
            ['Tệp', result.file === null ? 'Bản giấy, không có tệp' : <FileLink dossierId={d.id} {...result.file} />],
            ['Thay cho', numberOf(d, result.replaces)],
            ['Đã được thay', result.replacedBy === null ? undefined : <b class="late-ink">bởi văn bản số {numberOf(d, result.replacedBy)}: bản này không còn giá trị</b>],
          ]}
        />
      ))}
      {handOver !== null && (
        <KeyValue
          items={[
            ['Đã trả', shortInstant(handOver.at, props.now)],
            ['Người nhận', [handOver.recipient.name, handOver.recipient.idNumber === null ? null : `giấy tờ số ${handOver.recipient.idNumber}`].filter((v) => v !== null).join(', ')],
            ['Ký nhận', handOver.recipient.signature],
          ]}
        />
      )}
    </section>
  )
}

type StepLine = { readonly key: StepKey; readonly current: boolean; readonly reached: boolean; readonly who: string; readonly entered: Instant | null; readonly dueAt: Instant | null; readonly used: number; readonly planned: number | null }

const stepLines = (d: DossierView, calendar: WorkingCalendar, now: Instant): readonly StepLine[] =>
  d.steps.map((step) => {
    const turns = d.custody.filter((c) => c.step === step.key)
    const last = turns.at(-1)
    const used = turns.reduce((sum, c) => sum + Math.max(0, workingMinutesBetween(calendar, c.enteredAt, c.leftAt ?? now)), 0)
    const who = last?.who.person ?? last?.who.post ?? last?.who.unit ?? (step.unit === 'desk' ? d.deskName : step.unit === 'division' ? d.divisionName : step.unit === 'clerk' ? 'Văn thư' : 'Lãnh đạo')
    return { key: step.key, current: last !== undefined && last.leftAt === null, reached: last !== undefined, who, entered: last?.enteredAt ?? null, dueAt: last?.dueAt ?? null, used, planned: step.untimed ? null : step.minutes }
  })

export const Way = (props: { readonly dossier: DossierView; readonly calendar: WorkingCalendar; readonly now: Instant }) => {
  const { now } = props
  return (
    <section aria-labelledby="quy-trinh">
      <h2 id="quy-trinh">Quy trình</h2>
      <div class="table-wrap scroll" tabindex={0} role="region" aria-label="Bảng các bước của quy trình">
        <table>
          <caption class="visually-hidden">Các bước, ai giữ, từ lúc nào, đã dùng bao nhiêu giờ làm việc</caption>
          <thead>
            <tr>
              <th scope="col">Bước</th>
              <th scope="col">Người giữ</th>
              <th scope="col">Nhận</th>
              <th scope="col">Hạn</th>
              <th scope="col" class="n">
                Đã dùng
              </th>
            </tr>
          </thead>
          <tbody>
            {stepLines(props.dossier, props.calendar, now).map((line) => (
              <tr class={line.current ? 'selected' : line.reached ? undefined : 'soft'} aria-current={line.current ? 'step' : undefined}>
                <th scope="row">{line.current ? <b>{stepLabel(line.key)}</b> : stepLabel(line.key)}</th>
                <td>{line.who}</td>
                <td class="num nowrap">{line.entered === null ? '' : shortInstant(line.entered, now)}</td>
                <td class="num nowrap">{line.dueAt === null ? '' : line.current ? <DeadlineBadge dueAt={line.dueAt} now={now} /> : shortInstant(line.dueAt, now)}</td>
                <td class="n nowrap">{line.planned === null ? (line.reached ? 'không tính' : '') : line.reached ? `${one(line.used)} / ${one(line.planned)} giờ` : `${one(line.planned)} giờ`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <PaperLinks dossier={props.dossier} />
    </section>
  )
}

export const DueCard = (props: { readonly dossier: DossierView; readonly calendar: WorkingCalendar; readonly now: Instant }) => {
  const { dossier: d, calendar, now } = props
  const running = d.finishedAt === null
  const moved = d.dueChanges.findLast((c) => c.kind === 'correction' || (c.kind === 'reopening' && running && d.held !== null))
  const total = d.dueAt === null || d.effectiveStart === null ? 0 : workingMinutesBetween(calendar, d.effectiveStart, d.dueAt)
  const used = d.effectiveStart === null ? 0 : Math.max(0, workingMinutesBetween(calendar, d.effectiveStart, d.finishedAt ?? now))
  return (
    <Card tone={running && d.punctuality === 'late' ? 'late' : 'plain'}>
      <span class="soft small">Hẹn trả</span>
      {d.dueAt === null ? <span class="figure">tạm dừng</span> : <BigDate at={d.dueAt} now={now} lang="vi" />}
      {d.dueAt !== null && d.apologies.some((letter) => letter.dueAt !== null) && (
        <p class="soft small">
          đã hẹn lại; hẹn gốc <b class="num">{shortInstant(d.dueOriginalAt ?? d.dueAt, now)}</b>
          {d.punctualityByLaw === 'late' && d.punctuality !== 'late' && ' · theo hẹn gốc: trễ'}
        </p>
      )}
      {moved !== undefined && moved.from !== null && (
        <p class="soft small">
          {moved.kind === 'reopening' ? 'mở lại hồ sơ' : 'đã đính chính'}; trước đó hẹn <b class="num">{shortInstant(moved.from, now)}</b>
        </p>
      )}
      {running && total > 0 && (
        <>
          <Meter share={used / total} label={`Đã dùng ${one(used)} trong ${one(total)} giờ làm việc`} />
          <p class="soft small">
            đã dùng {one(used)} trong {one(total)} giờ làm việc{d.punctuality === 'late' && <b class="late-ink"> · quá hạn</b>}
          </p>
        </>
      )}
      {!running && (
        <p>
          <DeadlineBadge dueAt={d.dueAt} now={now} state={d.punctuality === 'late' ? 'done-late' : 'done'} /> <span class="soft small">xong {d.finishedAt !== null && shortInstant(d.finishedAt, now)}</span>
        </p>
      )}
      <Why lines={d.explanation} lang="vi" source={`Thời hạn ${limitInWords(d.limit, 'vi')} theo thủ tục ${d.procedureCode}.`} provisional={d.provisional} />
    </Card>
  )
}

/** One layout of an official form: its text, what it may print, its versions. */
import { formatDate, formatInstant } from '#kernel/plain-date.ts'
import { type LayoutHistory, type LayoutTextFault, PAPER_FIELDS } from '#modules/dossier'
import { newId } from '#platform/ids.ts'
import type { Req } from '../http.ts'
import { Actions, Breadcrumb, Button, DateField, type Errors, ErrorSummary, Form, KeyValue, Page, PageHead, Table, TextArea, TextField } from '../ui/index.ts'
import { PAPER_NAMES, YEAR_NAMES, faultText } from './paper-words.ts'

type Props = {
  readonly req: Req
  readonly history: LayoutHistory
  readonly values: Readonly<Record<'content' | 'validFrom' | 'note', string>>
  readonly errors: Errors
  readonly faults: readonly LayoutTextFault[]
}

const HOME = '/quan-tri/mau-giay'

export const LayoutPage = (props: Props) => {
  const { req, history, values: v, errors: e } = props
  const here = `${HOME}/${history.slug}/${history.layout}`
  return (
    <Page view={req.view} title={PAPER_NAMES[history.slug]} area="admin" current={HOME}>
      <Breadcrumb items={[{ href: HOME, label: 'Mẫu giấy' }, { label: PAPER_NAMES[history.slug] }]} />
      <PageHead title={PAPER_NAMES[history.slug]} lead={`Bố cục dùng cho hồ sơ ${YEAR_NAMES[history.layout]}.`} />
      <ErrorSummary errors={e} />
      {props.faults.length > 1 && (
        <section class="error-summary" aria-labelledby="faults">
          <h2 id="faults">Tất cả chỗ sai</h2>
          <ol>
            {props.faults.map((fault) => (
              <li>{faultText(fault)}</li>
            ))}
          </ol>
        </section>
      )}
      <Form view={req.view} action={here} submissionKey={newId(req.ctx.now)}>
        <TextArea name="content" label="Bố cục" rows={24} value={v.content} error={e['content']} hint="Văn bản JSON. {tên} in ra một giá trị, hai dấu ** ở hai đầu làm chữ đậm." />
        <div class="field-row">
          <DateField name="validFrom" label="Áp dụng từ ngày" value={v.validFrom} error={e['validFrom']} />
          <TextField name="note" label="Đã sửa gì" value={v.note} error={e['note']} maxlength={500} />
        </div>
        <Actions>
          <Button>Ban hành bản mới</Button>
          <Button kind="quiet" formaction={`${here}/xem-thu`} attributes={{ formtarget: '_blank' }}>
            Xem thử
          </Button>
        </Actions>
      </Form>
      <Names history={history} />
      <Versions history={history} here={here} />
    </Page>
  )
}

const Names = ({ history }: { readonly history: LayoutHistory }) => {
  const { fields, lists } = PAPER_FIELDS[history.slug]
  return (
    <section aria-labelledby="names">
      <h2 id="names">Giá trị dùng được trong mẫu này</h2>
      <KeyValue items={Object.entries(fields).map(([name, words]) => [`{${name}}`, words] as const)} />
      {Object.entries(lists).map(([list, columns]) => (
        <>
          <h3>Danh sách “{list}”</h3>
          <KeyValue items={Object.entries(columns).map(([name, words]) => [`{${name}}`, words] as const)} />
        </>
      ))}
    </section>
  )
}

const Versions = ({ history, here }: { readonly history: LayoutHistory; readonly here: string }) => (
  <section aria-labelledby="versions">
    <h2 id="versions">Các bản</h2>
    <Table
      caption="Các bản của bố cục"
      rows={[...history.versions, { version: 0, validFrom: null, publishedAt: null, by: '', note: 'Bản gốc, theo thông tư', content: '' }]}
      rowKey={(row) => String(row.version)}
      columns={[
        { key: 'version', head: 'Bản', primary: true, cell: (row) => <a href={`${here}?ban=${row.version}`}>{row.version === 0 ? 'Bản gốc' : `Bản ${row.version}`}</a> },
        { key: 'from', head: 'Áp dụng từ', nowrap: true, cell: (row) => (row.validFrom === null ? '' : formatDate(row.validFrom)) },
        { key: 'at', head: 'Ban hành', nowrap: true, cell: (row) => (row.publishedAt === null ? '' : formatInstant(row.publishedAt)) },
        { key: 'by', head: 'Người ban hành', cell: (row) => row.by },
        { key: 'note', head: 'Đã sửa gì', cell: (row) => row.note },
        { key: 'view', head: 'Xem thử', cell: (row) => <a href={`${here}/xem-thu.pdf?ban=${row.version}`} target="_blank">PDF</a> },
      ]}
    />
  </section>
)

/** `/quan-tri/tin-nhan/mau`: what each message says, by language and channel; looked at before it is used, and refused with the place of the fault when it is broken. */
import { formatInstant } from '#kernel/plain-date.ts'
import {
  EditMessageTemplate, LANGS, type MessageTemplate, PARTS, type TemplateFault, type TemplateLine, drawExample, editMessageTemplate, getMessageTemplate, listMessageTemplates, messageFaults, smsParts, valuesOf, withTexts,
} from '#modules/notification'
import { newId } from '#platform/ids.ts'
import { CHANNELS } from '#platform/messaging/provider.ts'
import { type FormFields, type Req, type Route, html, readForm, seeOther, submissionKeyOf } from '../http.ts'
import { Actions, Badge, Breadcrumb, Button, type Column, ErrorSummary, type Errors, Form, KeyValue, Notice, Page, PageHead, Table, TextArea, TextField } from '../ui/index.ts'
import { Drawn, MESSAGES, MessageTabs, TEMPLATES } from './message-frame.tsx'
import { CHANNEL_WORDS, LANG_WORDS, PART_WORDS, faultInWords } from './message-words.ts'

const Validity = (props: { readonly line: TemplateLine }) =>
  props.line.isOutdated ? <Badge tone="late">bản sửa không còn dùng được, đang dùng bản gốc</Badge> : props.line.changedAt === null ? <Badge tone="plain">bản gốc</Badge> : <Badge tone="ok">{`đã sửa ${formatInstant(props.line.changedAt)}`}</Badge>

const columns: readonly Column<TemplateLine>[] = [
  { key: 'name', head: 'Tin', primary: true, cell: ({ template }) => <a href={`${TEMPLATES}/${template.kind}`}>{template.name}</a> },
  { key: 'to', head: 'Gửi cho', cell: ({ template }) => (template.audience === 'citizen' ? 'người dân' : 'cán bộ') },
  { key: 'validity', head: 'Bản đang dùng', cell: (line) => <Validity line={line} /> },
  { key: 'subject', head: 'Tiêu đề', minor: true, cell: ({ template }) => template.texts.vi.subject },
]

const showList = async (req: Req): Promise<Response> => {
  const lines = await listMessageTemplates(req.ctx)
  return html(
    req,
    <Page view={req.view} title="Mẫu tin nhắn" area="admin" current={MESSAGES}>
      <PageHead title="Mẫu tin nhắn" lead="Mỗi việc một mẫu, mỗi mẫu hai thứ tiếng và ba kênh. Tin đã gửi giữ nguyên lời của lúc gửi." />
      <MessageTabs current="templates" />
      <Table caption="Mẫu tin nhắn" columns={columns} rows={lines} rowKey={({ template }) => template.kind} />
    </Page>,
  )
}

type Texts = MessageTemplate['texts']
type Shown = { readonly texts: Texts; readonly key: string; readonly errors: Errors; readonly looked: boolean; readonly stale?: boolean }

const fieldName = (lang: string, part: string) => `${lang}-${part}`
const errorsOf = (faults: readonly TemplateFault[], known: readonly string[]): Errors =>
  Object.fromEntries([...faults].reverse().map((fault) => [fieldName(fault.lang, fault.part), faultInWords(fault, known)]))

const Preview = (props: { readonly template: MessageTemplate }) => (
  <section aria-labelledby="preview">
    <h2 id="preview">Người nhận sẽ thấy</h2>
    {LANGS.map((lang) => (
      <>
        <h3>{LANG_WORDS[lang]}</h3>
        {CHANNELS.map((channel) => {
          const drawn = drawExample(props.template, lang, channel)
          return (
            <>
              <p class="soft small">
                {CHANNEL_WORDS[channel]}
                {channel === 'sms' && ` · ${drawn.text.length} ký tự, tính ${smsParts(drawn.text)} tin`}
              </p>
              <Drawn channel={channel} {...drawn} lang={lang} />
            </>
          )
        })}
      </>
    ))}
  </section>
)

const Fields = (props: { readonly lang: 'vi' | 'en'; readonly shown: Shown }) => {
  const { lang, shown } = props
  const texts = shown.texts[lang]
  return (
    <fieldset class="message-texts">
      <legend>{LANG_WORDS[lang]}</legend>
      <TextField name={fieldName(lang, 'subject')} label={PART_WORDS.subject} value={texts.subject} error={shown.errors[fieldName(lang, 'subject')]} />
      <TextArea name={fieldName(lang, 'email')} label={PART_WORDS.email} value={texts.email} rows={10} error={shown.errors[fieldName(lang, 'email')]} />
      <TextArea name={fieldName(lang, 'sms')} label={PART_WORDS.sms} value={texts.sms} rows={3} error={shown.errors[fieldName(lang, 'sms')]} hint={lang === 'vi' ? 'Viết không dấu thì một tin chứa 160 ký tự, có dấu chỉ 70; giá trị điền vào cũng tự bỏ dấu.' : undefined} />
      <TextArea name={fieldName(lang, 'app')} label={PART_WORDS.app} value={texts.app} rows={3} error={shown.errors[fieldName(lang, 'app')]} />
    </fieldset>
  )
}

const TemplatePage = (props: { readonly req: Req; readonly line: TemplateLine; readonly shown: Shown }) => {
  const { req, line, shown } = props
  const { template } = line
  const here = `${TEMPLATES}/${template.kind}`
  return (
    <Page view={req.view} title={template.name} area="admin" current={MESSAGES} width="narrow">
      <Breadcrumb items={[{ href: TEMPLATES, label: 'Mẫu tin nhắn' }, { label: template.name }]} />
      <PageHead title={template.name} lead={<Validity line={line} />} />
      {req.c.req.query('xong') !== undefined && (
        <Notice tone="ok" role="status">
          Đã dùng mẫu mới. Tin gửi từ bây giờ theo mẫu này.
        </Notice>
      )}
      {shown.stale === true && (
        <Notice tone="soon" role="alert">
          Người khác vừa sửa mẫu này. Lời bạn viết còn nguyên bên dưới; xem lại rồi lưu lần nữa nếu vẫn muốn thay.
        </Notice>
      )}
      <ErrorSummary errors={shown.errors} />
      {shown.looked && Object.keys(shown.errors).length === 0 && <Preview template={withTexts(template, shown.texts)} />}
      <details class="fold">
        <summary>Tên có thể dùng trong mẫu</summary>
        <KeyValue items={valuesOf(template).map((value) => [`{${value.name}}`, `${value.label}, ví dụ: ${value.example}`] as const)} />
        <p class="soft small">Dòng nào có tên mà tin này không có giá trị thì được bỏ.</p>
      </details>
      <Form view={req.view} action={here} submissionKey={shown.key} label="Sửa mẫu">
        <input type="hidden" name="ban" value={template.version} />
        {LANGS.map((lang) => (
          <Fields lang={lang} shown={shown} />
        ))}
        <Actions>
          <Button name="viec" value="luu">
            Dùng mẫu này
          </Button>
          <Button kind="quiet" name="viec" value="xem">
            Xem thử
          </Button>
          {(line.changedAt !== null || line.isOutdated) && (
            <Button kind="danger" name="viec" value="goc">
              Dùng lại bản gốc
            </Button>
          )}
        </Actions>
      </Form>
    </Page>
  )
}

const showOne = async (req: Req): Promise<Response> => {
  const line = await getMessageTemplate(req.ctx, req.c.req.param('loai') ?? '')
  return html(req, <TemplatePage req={req} line={line} shown={{ texts: line.template.texts, key: newId(req.ctx.now), errors: {}, looked: true }} />)
}

const textsOf = (form: FormFields): Texts => {
  const of = (lang: string) => Object.fromEntries(PARTS.map((part) => [part, form.get(fieldName(lang, part)).replaceAll('\r\n', '\n')])) as Texts['vi']
  return { vi: of('vi'), en: of('en') }
}

const save = async (req: Req): Promise<Response> => {
  const kind = req.c.req.param('loai') ?? ''
  const line = await getMessageTemplate(req.ctx, kind)
  const form = await readForm(req)
  const texts = textsOf(form)
  const key = submissionKeyOf(req, form)
  const known = valuesOf(line.template).map((value) => value.name)
  const again = (errors: Errors, status: 200 | 409 | 422, stale = false) => html(req, <TemplatePage req={req} line={line} shown={{ texts, key, errors, looked: true, stale }} />, status)
  const work = form.get('viec')
  if (work === 'xem') {
    const faults = messageFaults(withTexts(line.template, texts))
    return again(errorsOf(faults, known), faults.length === 0 ? 200 : 422)
  }
  if (work !== 'goc' && form.get('ban') !== line.template.version) return again({}, 409, true)
  const parsed = EditMessageTemplate.parse({ submissionKey: key, kind, version: work === 'goc' ? line.template.version : form.get('ban'), texts: work === 'goc' ? null : texts })
  const edited = await editMessageTemplate(req.ctx, parsed)
  return edited.ok ? seeOther(req, `${TEMPLATES}/${kind}?xong=1`) : again(errorsOf(edited.error.faults, known), 422)
}

export const messageTemplateRoutes: readonly Route[] = [
  { method: 'GET', path: TEMPLATES, access: 'messages.manage', handle: showList },
  { method: 'GET', path: `${TEMPLATES}/:loai`, access: 'messages.manage', handle: showOne },
  { method: 'POST', path: `${TEMPLATES}/:loai`, access: 'messages.manage', handle: save },
]

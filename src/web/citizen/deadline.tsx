/** `/tinh-han`: anyone computes a due date and reads why. A GET form, so that an answer has an address to send on. */
import { type Deadline, type DeadlineInput, LIMIT_UNITS, computeDeadline, getWorkingCalendar } from '#modules/calendar'
import { type Lang, type Req, type Route, html } from '../http.ts'
import { Actions, BigDate, Button, Card, DateField, type Errors, ErrorSummary, Form, Page, RadioGroup, Select, TextField, Why, dueInWords, limitInWords } from '../ui/index.ts'
import { type Words, t } from '../words.ts'
import { UNIT_WORDS, type Values, errorsOf, isAsked, questionOf, readValues } from './deadline-question.ts'

type Answer = { readonly input: DeadlineInput; readonly deadline: Deadline }

const show = async (req: Req): Promise<Response> => {
  const values = readValues(req)
  if (!isAsked(req)) return html(req, <DeadlinePage req={req} values={values} errors={{}} answer={undefined} />)
  const question = questionOf(values, req.view.lang)
  if (!question.ok) return html(req, <DeadlinePage req={req} values={values} errors={question.error} answer={undefined} />, 422)
  const computed = computeDeadline(await getWorkingCalendar(req.ctx), question.value)
  if (!computed.ok) return html(req, <DeadlinePage req={req} values={values} errors={errorsOf(computed.error, req.view.lang)} answer={undefined} />, 422)
  return html(req, <DeadlinePage req={req} values={values} errors={{}} answer={{ input: question.value, deadline: computed.value }} />)
}

type PageProps = { readonly req: Req; readonly values: Values; readonly errors: Errors; readonly answer: Answer | undefined }

const DeadlinePage = (props: PageProps) => {
  const { view } = props.req
  const word = (words: Words) => t(view.lang, words)
  return (
    <Page
      view={view}
      title={word({ vi: 'Tính ngày hẹn trả', en: 'Compute a due date' })}
      area="citizen"
      current="/tinh-han"
      description={word({ vi: 'Tính ngày hẹn trả kết quả theo ngày làm việc, ngày nghỉ lễ, ngày làm bù.', en: 'Compute when a result is due, by working days, holidays and swapped days.' })}
    >
      <h1>{word({ vi: 'Bao giờ có kết quả?', en: 'When is it due?' })}</h1>
      <ErrorSummary errors={props.errors} />
      {props.answer !== undefined && <AnswerCard answer={props.answer} req={props.req} />}
      {props.answer !== undefined && <h2>{word({ vi: 'Tính ngày khác', en: 'Compute another' })}</h2>}
      <QuestionForm {...props} />
      <p class="soft small">
        {word({
          vi: 'Kết quả để tham khảo. Ngày hẹn có giá trị là ngày ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả.',
          en: 'For information. The date that counts is the one on your receipt.',
        })}
      </p>
    </Page>
  )
}

const AnswerCard = (props: { readonly answer: Answer; readonly req: Req }) => {
  const { input, deadline } = props.answer
  const { lang } = props.req.view
  const { dueAt } = deadline
  if (dueAt === null) {
    return (
      <Card tone="gold" title={t(lang, { vi: 'Chưa có ngày hẹn', en: 'No due date yet' })}>
        <p>{t(lang, { vi: 'Đang chờ bổ sung nên thời hạn tạm dừng. Ghi thêm lúc bổ sung xong để có ngày hẹn.', en: 'The limit stands still while a supplement is awaited. Add when it was completed.' })}</p>
        <Why lines={deadline.explanation} lang={lang} open provisional={deadline.provisional} />
      </Card>
    )
  }
  return (
    <Card tone="gold">
      <span class="soft small">{t(lang, { vi: 'Hẹn trả', en: 'Due' })}</span>
      <BigDate at={dueAt} now={props.req.ctx.now} lang={lang} />
      <p class="soft small">{askedFor(input, lang)}</p>
      <Why lines={deadline.explanation} lang={lang} open provisional={deadline.provisional} />
    </Card>
  )
}

/** `nộp thứ Sáu 20/11/2026, 15:42, thời hạn 3 ngày làm việc` */
const askedFor = ({ start, limit, supplementMode, suspensions }: DeadlineInput, lang: Lang): string => {
  const filed = t(lang, { vi: `nộp ${dueInWords(start, lang)}`, en: `filed ${dueInWords(start, lang)}` })
  const asked = limit.amount === 0 ? t(lang, { vi: 'giải quyết trong ngày', en: 'decided the same day' }) : `${t(lang, { vi: 'thời hạn', en: 'limit' })} ${limitInWords(limit, lang)}`
  const restarted = supplementMode === 'restart' && (suspensions?.length ?? 0) > 0
  return `${filed}, ${asked}${restarted ? t(lang, { vi: ', tính lại từ đầu sau khi bổ sung', en: ', counted again after the supplement' }) : ''}`
}

const QuestionForm = (props: PageProps) => {
  const { req, values: v, errors: e } = props
  const word = (words: Words) => t(req.view.lang, words)
  return (
    <Form view={req.view} action="/tinh-han" method="get" label={word({ vi: 'Tính ngày hẹn trả', en: 'Compute a due date' })}>
      <div class="field-row">
        <DateField name="ngay" label={word({ vi: 'Ngày nộp đủ hồ sơ', en: 'Day of complete filing' })} value={v.ngay} error={e['ngay']} />
        <TextField name="gio" label={word({ vi: 'Giờ nộp', en: 'Time' })} value={v.gio} error={e['gio']} size="short" inputmode="numeric" placeholder="15:30" autocomplete="off" />
      </div>
      <div class="field-row">
        <TextField
          name="so"
          label={word({ vi: 'Thời hạn', en: 'Limit' })}
          value={v.so}
          error={e['so']}
          size="short"
          inputmode="decimal"
          autocomplete="off"
          hint={word({ vi: '0 ngày làm việc là trong ngày; nửa ngày ghi 0,5', en: '0 working days is the same day; half a day is 0.5' })}
        />
        <Select
          name="don-vi"
          label={word({ vi: 'Đơn vị', en: 'Unit' })}
          value={v['don-vi']}
          error={e['don-vi']}
          size="medium"
          options={LIMIT_UNITS.map((unit) => ({ value: unit, label: word(UNIT_WORDS[unit]) }))}
        />
      </div>
      <MoreFields {...props} />
      <Actions>
        <Button>{word({ vi: 'Tính ngày hẹn', en: 'Compute' })}</Button>
      </Actions>
    </Form>
  )
}

/** Rarely needed, folded away; open when something stands in it or is wrong there. */
const MoreFields = ({ req, values: v, errors: e }: PageProps) => {
  const word = (words: Words) => t(req.view.lang, words)
  const used = (['gio-chot', 'dung-ngay', 'dung-gio', 'tiep-ngay', 'tiep-gio'] as const).some((name) => v[name] !== '' || e[name] !== undefined)
  return (
    <details class="fold" open={used}>
      <summary>{word({ vi: 'Có bổ sung hồ sơ, hoặc thủ tục trong ngày', en: 'With a supplement, or a same-day procedure' })}</summary>
      <TextField
        name="gio-chot"
        label={word({ vi: 'Giờ chốt của thủ tục trong ngày', en: 'Cut-off of a same-day procedure' })}
        optional
        value={v['gio-chot']}
        error={e['gio-chot']}
        size="short"
        inputmode="numeric"
        placeholder="15:00"
        autocomplete="off"
        hint={word({ vi: 'Nhận sau giờ này thì trả vào ngày làm việc tiếp theo; chỉ dùng với 0 ngày làm việc', en: 'Received later, it is due on the next working day; only with 0 working days' })}
      />
      <div class="field-row">
        <DateField name="dung-ngay" label={word({ vi: 'Yêu cầu bổ sung: ngày', en: 'Supplement requested: day' })} optional value={v['dung-ngay']} error={e['dung-ngay']} />
        <TextField name="dung-gio" label={word({ vi: 'Giờ yêu cầu', en: 'Time of the request' })} optional value={v['dung-gio']} error={e['dung-gio']} size="short" inputmode="numeric" placeholder="10:00" autocomplete="off" />
      </div>
      <div class="field-row">
        <DateField name="tiep-ngay" label={word({ vi: 'Bổ sung xong: ngày', en: 'Supplement completed: day' })} optional value={v['tiep-ngay']} error={e['tiep-ngay']} hint={word({ vi: 'Để trống nếu chưa bổ sung', en: 'Leave empty if not yet' })} />
        <TextField name="tiep-gio" label={word({ vi: 'Giờ bổ sung xong', en: 'Time of completion' })} optional value={v['tiep-gio']} error={e['tiep-gio']} size="short" inputmode="numeric" placeholder="09:00" autocomplete="off" />
      </div>
      <RadioGroup
        name="cach-dung"
        label={word({ vi: 'Sau khi bổ sung', en: 'After the supplement' })}
        value={v['cach-dung']}
        options={[
          { value: 'suspend', label: word({ vi: 'tính tiếp phần còn lại', en: 'the rest of the limit runs on' }) },
          { value: 'restart', label: word({ vi: 'tính lại từ đầu', en: 'the whole limit begins again' }) },
        ]}
      />
    </details>
  )
}

export const deadlineRoutes: readonly Route[] = [{ method: 'GET', path: '/tinh-han', access: 'public', sharedSeconds: 5, handle: show }]

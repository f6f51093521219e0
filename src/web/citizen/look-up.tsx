/** `/tra-cuu`: where is it, until when, why. By code and secret; a stranger learns nothing, not even whether the code exists (decision 20). */
import { formatTime } from '#kernel/plain-date.ts'
import { type PublicDossier, isProcessStep, lookUpDossier, statusGroup, statusTitle, stepTitle } from '#modules/dossier'
import { stepLabel } from '#modules/process'
import type { Instant } from '#platform/ctx.ts'
import { type Lang, type Req, type Route, html, readForm } from '../http.ts'
import { shortName } from '../short-name.ts'
import { Actions, Badge, Button, ButtonLink, Card, type Errors, ErrorSummary, Form, type Moment, Notice, Page, TextField, Timeline, Why, dueInWords, limitInWords, shortInstant } from '../ui/index.ts'
import { type Words, t } from '../words.ts'
import { CorrectedDates, ReplacedResult } from './corrected.tsx'
import { HAPPENED } from './happened.ts'
import { SentLetters } from './new-date.tsx'

type Asked = { readonly code: string; readonly secret: string }

const FormPage = (props: { readonly req: Req; readonly asked: Asked; readonly errors: Errors; readonly problem?: string }) => {
  const { req, asked, errors } = props
  const { view } = req
  const word = (words: Words) => t(view.lang, words)
  return (
    <Page view={view} title={word({ vi: 'Tra cứu hồ sơ', en: 'Track an application' })} area="citizen" current="/tra-cuu">
      <h1>{word({ vi: 'Hồ sơ của bạn đến đâu rồi?', en: 'Where is your application?' })}</h1>
      <ErrorSummary errors={errors} />
      {props.problem !== undefined && (
        <Notice tone="late" role="alert">
          {props.problem}
        </Notice>
      )}
      <Form view={view} action="/tra-cuu" label={word({ vi: 'Tra cứu hồ sơ', en: 'Track an application' })}>
        <TextField
          name="ma"
          label={word({ vi: 'Mã hồ sơ', en: 'Application code' })}
          value={asked.code}
          error={errors['ma']}
          hint={word({ vi: 'In ở đầu giấy tiếp nhận, ví dụ H57.12-20261122-0000007', en: 'At the top of your receipt, for example H57.12-20261122-0000007' })}
          autocomplete="off"
          autofocus={asked.code === ''}
        />
        <TextField
          name="ma-tra-cuu"
          label={word({ vi: 'Mã tra cứu', en: 'Look-up secret' })}
          value=""
          error={errors['ma-tra-cuu']}
          hint={word({ vi: 'Bốn ký tự in trên giấy tiếp nhận, hoặc bốn số cuối điện thoại đã đăng ký', en: 'The four characters on your receipt, or the last four digits of your phone' })}
          size="short"
          maxlength={8}
          autocomplete="off"
          autofocus={asked.code !== ''}
        />
        <Actions>
          <Button>{word({ vi: 'Tra cứu', en: 'Look up' })}</Button>
        </Actions>
      </Form>
      <p class="soft small">
        {word({
          vi: 'Mất giấy tiếp nhận? Mang giấy tờ tùy thân đến nơi đã nộp, Bộ phận Một cửa tra giúp.',
          en: 'Lost the receipt? Bring your identity card to the counter where you applied.',
        })}
      </p>
    </Page>
  )
}

const momentsOf = (d: PublicDossier, now: Instant, lang: Lang): readonly Moment[] => {
  const done: Moment[] = d.timeline.map((entry) => ({
    state: 'done',
    title: (
      <>
        <b>{t(lang, HAPPENED[entry.what] ?? { vi: '', en: '' })}</b>
        {entry.what === 'forward' && entry.step !== null && `: ${stepTitle(entry.step, lang)}`}
      </>
    ),
    detail: `${shortInstant(entry.at, now)}${entry.what === 'received' ? ` · ${d.deskName}` : ''}`,
  }))
  if (d.held === null) return done
  const { step } = d.held
  const here = isProcessStep(step) ? d.steps.indexOf(step) : d.steps.length
  const current: Moment = {
    state: 'current',
    title: <b>{d.held.step === 'RETURN' ? t(lang, { vi: 'Chờ bạn đến nhận', en: 'Waiting for you to collect' }) : stepTitle(d.held.step, lang)}</b>,
    detail: `${t(lang, { vi: 'từ', en: 'since' })} ${shortInstant(d.held.since, now)} · ${[d.held.post, d.held.unit].filter((v) => v !== null && v !== '').join(', ')}`,
  }
  return [...done, current, ...d.steps.slice(here + 1).map((step): Moment => ({ state: 'next', title: stepLabel(step, lang) }))]
}

const toneOf = (d: PublicDossier) => (d.punctuality === 'late' ? 'late' : statusGroup(d.status) === 'finished' ? 'ok' : statusGroup(d.status) === 'paused' ? 'paused' : 'soon')

const Standing = (props: { readonly dossier: PublicDossier; readonly now: Instant; readonly lang: Lang }) => {
  const { dossier: d, now, lang } = props
  if (d.returnedAt !== null) return <p>{t(lang, { vi: `Đã trả kết quả lúc ${shortInstant(d.returnedAt, now)}.`, en: `Handed over on ${shortInstant(d.returnedAt, now)}.` })}</p>
  if (d.finishedAt !== null) {
    return (
      <p>
        {t(lang, { vi: 'Đã có kết quả. Mang giấy tiếp nhận và giấy tờ tùy thân đến nhận tại ', en: 'The result is ready. Bring your receipt and identity card to ' })}
        <b>{d.held?.unit ?? d.deskName}</b>.
      </p>
    )
  }
  if (d.status === 'refused') return <p>{t(lang, { vi: 'Hồ sơ không được tiếp nhận. Đăng nhập tài khoản đã nộp để xem lý do.', en: 'The application was not received. Sign in to read why.' })}</p>
  if (d.status === 'awaiting-completion') return <p>{t(lang, { vi: 'Cần bổ sung, hoàn thiện hồ sơ. Đăng nhập tài khoản đã nộp để xem phải sửa gì.', en: 'Something is missing. Sign in to see what to complete.' })}</p>
  if (d.intakeDueAt !== null && d.receivedAt === null) {
    return (
      <p>
        {t(lang, { vi: 'Chưa tiếp nhận. Bộ phận Một cửa trả lời chậm nhất ', en: 'Not received yet. The one-stop shop answers by ' })}
        <b>{dueInWords(d.intakeDueAt, lang)}</b>.
      </p>
    )
  }
  return (
    <p>
      {d.dueAt !== null && (
        <>
          {t(lang, { vi: 'Hẹn trả ', en: 'Due ' })}
          <b>{dueInWords(d.dueAt, lang)}</b>.
          <br />
        </>
      )}
      {d.held !== null && (
        <>
          {t(lang, { vi: 'Đang ở: ', en: 'Now with: ' })}
          <b>{d.held.post ?? stepTitle(d.held.step, lang)}</b>, {d.held.unit}
          {t(lang, { vi: ', từ ', en: ', since ' })}
          {shortInstant(d.held.since, now)}.
        </>
      )}
    </p>
  )
}

const Found = (props: { readonly req: Req; readonly dossier: PublicDossier }) => {
  const { req, dossier: d } = props
  const { view } = req
  const { lang } = view
  const { now } = req.ctx
  const late = d.punctuality === 'late' && d.finishedAt === null
  return (
    <Page view={view} title={`${t(lang, { vi: 'Hồ sơ', en: 'Application' })} ${d.code}`} area="citizen" current="/tra-cuu">
      <p class="soft small tight">{t(lang, { vi: 'Hồ sơ', en: 'Application' })}</p>
      <h1 class="num">{d.code}</h1>
      <p>
        <span lang="vi">{shortName(d.procedureName)}</span>
        <br />
        <span class="soft small">
          {d.applicantInitials} · {d.deskName} · {t(lang, { vi: 'nộp', en: 'filed' })} {shortInstant(d.submittedAt ?? d.receivedAt ?? now, now)}
        </span>
      </p>
      <Card tone={late ? 'late' : 'gold'}>
        <Badge tone={toneOf(d)}>{statusTitle(d.status, lang)}</Badge>
        {late && (
          <>
            {' '}
            <Badge tone="late">{t(lang, { vi: 'quá hạn', en: 'overdue' })}</Badge>
          </>
        )}
        <Standing dossier={d} now={now} lang={lang} />
        {d.receivedAt !== null && (
          <Why
            lines={d.explanation}
            lang={lang}
            open={d.finishedAt === null}
            provisional={d.provisional}
            source={t(lang, { vi: `Thời hạn ${limitInWords(d.limit, 'vi')} theo thủ tục ${d.procedureCode}, nhận lúc ${formatTime(d.receivedAt)}.`, en: `Limit: ${limitInWords(d.limit, 'en')}, procedure ${d.procedureCode}, received at ${formatTime(d.receivedAt)}.` })}
          />
        )}
      </Card>
      <CorrectedDates corrections={d.corrections} dueAt={d.dueAt} now={now} lang={lang} />
      {d.result?.replaces != null && <ReplacedResult issuedOn={d.result.issuedOn} replaces={d.result.replaces} lang={lang} />}
      <SentLetters letters={d.apologies.map((letter) => ({ ...letter, explanation: null }))} now={now} lang={lang} />
      <h2>{t(lang, { vi: 'Diễn biến', en: 'History' })}</h2>
      <Timeline label={t(lang, { vi: 'Diễn biến', en: 'History' })} moments={momentsOf(d, now, lang)} />
      <p>
        {t(lang, { vi: 'Là người nộp? ', en: 'Is it yours? ' })}
        <a href={view.signedIn === undefined ? '/dang-nhap?tiep=/tai-khoan' : '/tai-khoan'}>{t(lang, { vi: 'Vào tài khoản', en: 'Go to your account' })}</a>
        {t(lang, { vi: ' để tải giấy tờ, kết quả và trả lời yêu cầu.', en: ' to download papers and results and to answer requests.' })}
      </p>
      <Actions>
        <ButtonLink href={`/thu-tuc/${d.procedureCode}`} kind="quiet">
          {t(lang, { vi: 'Xem thủ tục', en: 'About this procedure' })}
        </ButtonLink>
        <ButtonLink href="/tra-cuu" kind="quiet">
          {t(lang, { vi: 'Tra hồ sơ khác', en: 'Another application' })}
        </ButtonLink>
      </Actions>
    </Page>
  )
}

/** The QR code of the receipt brings the code along, never the secret. */
const showForm = (req: Req): Response | Promise<Response> => html(req, <FormPage req={req} asked={{ code: (req.c.req.query('ma') ?? '').slice(0, 60), secret: '' }} errors={{}} />)

/** By POST, so that the secret stands in no address and no log. */
const answer = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const { lang } = req.view
  const asked = { code: form.get('ma').slice(0, 60), secret: form.get('ma-tra-cuu').slice(0, 20) }
  const errors: Errors = {
    ...(asked.code === '' ? { ma: t(lang, { vi: 'Nhập mã hồ sơ.', en: 'Enter the application code.' }) } : {}),
    ...(asked.secret === '' ? { 'ma-tra-cuu': t(lang, { vi: 'Nhập mã tra cứu.', en: 'Enter the look-up secret.' }) } : {}),
  }
  if (Object.keys(errors).length > 0) return html(req, <FormPage req={req} asked={asked} errors={errors} />, 422)
  const found = await lookUpDossier(req.ctx, { ...asked, address: req.address })
  if (found.ok) return html(req, <Found req={req} dossier={found.value} />)
  if (found.error.code === 'too-many-tries') {
    const at = formatTime(found.error.retryAt)
    const problem = t(lang, {
      vi: `Đã nhập sai nhiều lần. Hãy thử lại sau ${at}, hoặc đến nơi đã nộp hồ sơ để được tra giúp.`,
      en: `Too many wrong tries. Please try again after ${at}, or ask at the counter.`,
    })
    return html(req, <FormPage req={req} asked={asked} errors={{}} problem={problem} />, 429)
  }
  const problem = t(lang, {
    vi: 'Mã hồ sơ và mã tra cứu không khớp. Xem lại hai mã trên giấy tiếp nhận; chữ hoa, chữ thường như nhau.',
    en: 'Code and secret do not match. Please check both on your receipt; capitals do not matter.',
  })
  return html(req, <FormPage req={req} asked={asked} errors={{}} problem={problem} />, 404)
}

export const lookUpRoutes: readonly Route[] = [
  { method: 'GET', path: '/tra-cuu', access: 'public', handle: showForm },
  { method: 'POST', path: '/tra-cuu', access: 'public', handle: answer, perMinute: 20 },
]

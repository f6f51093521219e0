/** `/tai-khoan/ho-so/:id`: one of my dossiers, whole: where it is, until when and why, what I handed in, what I get. */
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { formatDate, formatTime } from '#kernel/plain-date.ts'
import { getForm, summaryOf } from '#modules/catalogue'
import { CollectResult, type OwnDossier, collectResult, getMyDossier, mayReadOwnDossier, openDossierFile, stepTitle } from '#modules/dossier'
import type { Instant } from '#platform/ctx.ts'
import { newId } from '#platform/ids.ts'
import { fileResponse } from '../../file-response.ts'
import { type Lang, type Req, html, readForm, seeOther } from '../../http.ts'
import { completionRefusalIn } from '../../public-refusals.ts'
import { shortName } from '../../short-name.ts'
import { Actions, Badge, Button, Card, Form, KeyValue, type Moment, Notice, Page, Timeline, Why, dueInWords, formatSize, limitInWords, shortInstant } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { shortPaper } from '../application/paper-drop.tsx'
import { CorrectedDates, ReplacementNote } from '../corrected.tsx'
import { HAPPENED } from '../happened.ts'
import { SentLetters } from '../new-date.tsx'
import { AskedOfMe, Withdraw } from './asked.tsx'
import { Requests } from './requests.tsx'
import { withdrawMine } from './supplement.tsx'
import { Visits } from './visits.tsx'
import { standingTitle, standingTone } from './words.ts'

const idOf = (req: Req, name = 'id'): Uuid => {
  const id = req.c.req.param(name) ?? ''
  if (!isUuid(id)) throw new NotFound('dossier')
  return id
}

type Props = { readonly dossier: OwnDossier; readonly now: Instant; readonly lang: Lang }

const Standing = ({ dossier: d, now, lang }: Props) => {
  const word = (vi: string, en: string) => t(lang, { vi, en })
  switch (d.status) {
    case 'submitted':
      return <p>{d.intakeDueAt === null ? word('Nơi nhận đang xem hồ sơ.', 'The desk is looking at it.') : word(`Nơi nhận trả lời chậm nhất ${dueInWords(d.intakeDueAt, 'vi')}.`, `The desk answers by ${dueInWords(d.intakeDueAt, 'en')}.`)}</p>
    case 'awaiting-completion':
      return <p>{word('Nơi nhận cần bạn bổ sung những việc dưới đây. Thời hạn giải quyết chưa bắt đầu tính.', 'The desk needs what stands below from you. The time limit has not begun.')}</p>
    case 'returned':
      return <p>{d.returnedAt !== null && word(`Đã trả kết quả lúc ${shortInstant(d.returnedAt, now)}.`, `Handed over on ${shortInstant(d.returnedAt, now)}.`)}</p>
    case 'finished':
      return (
        <p>
          {d.delivery === 'online'
            ? word('Kết quả điện tử đã có: tải về bên dưới.', 'The electronic result is ready: download it below.')
            : d.delivery === 'postal'
              ? word('Đã có kết quả, đang gửi qua bưu chính.', 'The result is ready and goes by post.')
              : word(`Đã có kết quả. Mang giấy tờ tùy thân đến nhận tại ${d.deskName}.`, `The result is ready. Bring your identity card to ${d.deskName}.`)}
        </p>
      )
    default:
      return (
        <p>
          {d.dueAt !== null && (
            <>
              {word('Hẹn trả ', 'Due ')}
              <b>{dueInWords(d.dueAt, lang)}</b>.<br />
            </>
          )}
          {d.held !== null && `${word('Đang ở: ', 'Now with: ')}${[d.held.who.post, d.held.who.unit].filter((v) => v !== null && v !== '').join(', ')}${word(', từ ', ', since ')}${shortInstant(d.held.enteredAt, now)}.`}
        </p>
      )
  }
}

const Now = (props: Props) => {
  const { dossier: d, lang } = props
  const late = d.punctuality === 'late' && d.finishedAt === null
  return (
    <Card tone={late ? 'late' : 'gold'}>
      <Badge tone={standingTone(d.status, late)}>{standingTitle(d.status, lang)}</Badge>
      {late && (
        <>
          {' '}
          <Badge tone="late">{t(lang, { vi: 'quá hạn', en: 'overdue' })}</Badge>
        </>
      )}
      <Standing {...props} />
      {d.explanation.length > 0 && d.receivedAt !== null && d.dueAt !== null && (
        <Why
          lines={d.explanation}
          lang={lang}
          provisional={d.provisional}
          source={t(lang, { vi: `Thời hạn ${limitInWords(d.limit, 'vi')} theo thủ tục ${d.procedureCode}, nhận lúc ${formatTime(d.receivedAt)}.`, en: `Limit: ${limitInWords(d.limit, 'en')}, procedure ${d.procedureCode}, received at ${formatTime(d.receivedAt)}.` })}
        />
      )}
    </Card>
  )
}

/** Taking it out is the hand-over: who, when, from which account is written down. */
const Collect = (props: { readonly req: Req; readonly dossier: OwnDossier }) => {
  const { req, dossier: d } = props
  const word = (vi: string, en: string) => t(req.view.lang, { vi, en })
  return (
    <Form view={req.view} action={`/tai-khoan/ho-so/${d.id}/nhan-ket-qua`} submissionKey={newId(req.ctx.now)} label={word('Nhận kết quả', 'Receive the result')}>
      <input type="hidden" name="version" value={String(d.version)} />
      <p class="soft small">{word('Bấm nhận để tải về. Thời điểm và tài khoản nhận được ghi lại, thay chữ ký ở quầy.', 'Press to receive and download it. When, and by which account, is written down in place of a signature at the desk.')}</p>
      <Actions>
        <Button>{word('Nhận kết quả điện tử', 'Receive the electronic result')}</Button>
      </Actions>
    </Form>
  )
}

const Results = ({ dossier: d, lang, req }: Props & { readonly req: Req }) => {
  if (d.results.length === 0) return null
  const waiting = d.actions.some((a) => a.action === 'collect')
  return (
    <section id="ket-qua">
      <h2>{t(lang, { vi: 'Kết quả', en: 'Result' })}</h2>
      <ul class="dossier-list">
        {d.results.map((result) => (
          <li>
            {result.file === null || waiting ? <b lang="vi">{result.title}</b> : <a href={`/tai-khoan/ho-so/${d.id}/ket-qua/${result.n}`}>{result.title}</a>}
            <p class="soft small">
              {[t(lang, { vi: `Số ${result.number}`, en: `No. ${result.number}` }), formatDate(result.issuedOn), result.file === null ? t(lang, { vi: 'bản giấy', en: 'on paper' }) : formatSize(result.file.size)].join(' · ')}
            </p>
            <ReplacementNote result={result} results={d.results} lang={lang} />
          </li>
        ))}
      </ul>
      {waiting && <Collect req={req} dossier={d} />}
    </section>
  )
}

const Papers = ({ dossier: d, lang }: Props) => {
  const nameOf = (component: number | null) => d.components.find((c) => c.n === component)?.name
  return (
    <section>
      <h2>{t(lang, { vi: 'Giấy tờ của tôi', en: 'My papers' })}</h2>
      {d.receivedAt !== null && (
        <p>
          <a href={`/tai-khoan/ho-so/${d.id}/giay-tiep-nhan.pdf`}>{t(lang, { vi: 'Giấy tiếp nhận và hẹn trả kết quả (PDF)', en: 'Receipt with the due date (PDF)' })}</a>
          {d.receiptEditions > 1 && <span class="soft small"> {t(lang, { vi: 'bản đính chính, thay cho bản trước', en: 'corrected, in place of the one before' })}</span>}
        </p>
      )}
      {d.attachments.length === 0 ? (
        <p class="soft">{t(lang, { vi: 'Không có tệp nào kèm theo.', en: 'No files were attached.' })}</p>
      ) : (
        <ul class="dossier-list">
          {d.attachments.map((file) => (
            <li>
              <a href={`/tai-khoan/ho-so/${d.id}/tep/${file.fileId}`} target="_blank" rel="noopener">
                {file.name}
              </a>{' '}
              <span class="soft small">{formatSize(file.size)}</span>
              {file.component !== null && (
                <p class="soft small" lang="vi">
                  {shortPaper(nameOf(file.component) ?? '')}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Answers = ({ dossier: d, lang }: Props) => {
  const form = d.form === null ? undefined : getForm(d.form.slug, d.form.version)
  if (form === undefined || d.form === null) return null
  return (
    <details class="fold">
      <summary>{t(lang, { vi: 'Tờ khai đã nộp', en: 'The form as filed' })}</summary>
      {summaryOf(form, d.form.answers, lang).map((section) => (
        <>
          <h3>{section.title}</h3>
          <KeyValue items={section.items.map(({ label, value }) => [label, value] as const)} />
        </>
      ))}
    </details>
  )
}

const momentsOf = ({ dossier: d, now, lang }: Props): readonly Moment[] => [
  ...d.timeline.map((entry): Moment => {
    const step = entry.what === 'forward' && entry.to !== null ? `: ${stepTitle(entry.to.step, lang)}` : ''
    return { state: 'done', title: <b>{`${t(lang, HAPPENED[entry.what] ?? { vi: '', en: '' })}${step}`}</b>, detail: shortInstant(entry.at, now) }
  }),
  ...(d.held === null ? [] : [{ state: 'current', title: <b>{stepTitle(d.held.step, lang)}</b>, detail: `${t(lang, { vi: 'từ', en: 'since' })} ${shortInstant(d.held.enteredAt, now)}` } as const]),
]

export const showMyDossier = (req: Req): Promise<Response> => show(req)

export const collectMyResult = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const id = idOf(req)
  const input = CollectResult.safeParse({ submissionKey: form.get('submissionKey'), dossierId: id, version: Number(form.get('version')) })
  if (!input.success) return show(req, t(req.view.lang, { vi: 'Trang đã cũ: hãy bấm nhận lại.', en: 'The page was old: please press again.' }), 422)
  const collected = await collectResult(req.ctx, input.data)
  // Collected in another tab, or handed over at the desk in between: there it is.
  if (!collected.ok && collected.error.code !== 'wrong-status') return show(req, completionRefusalIn(req.view.lang, collected.error), 409)
  return seeOther(req, `/tai-khoan/ho-so/${id}?xong=nhan-ket-qua#ket-qua`)
}

export const withdrawMyOwn = (req: Req): Promise<Response> => withdrawMine(req, (sentence) => show(req, sentence, 422))

const show = async (req: Req, problem?: string, status: 200 | 409 | 422 = 200): Promise<Response> => {
  const { lang } = req.view
  const dossier = await getMyDossier(req.ctx, idOf(req))
  const props: Props = { dossier, now: req.ctx.now, lang }
  return html(
    req,
    <Page view={req.view} title={`${t(lang, { vi: 'Hồ sơ', en: 'Application' })} ${dossier.code ?? ''}`} area="citizen" current="/tai-khoan">
      <p class="soft small tight">
        <a href="/tai-khoan">{t(lang, { vi: 'Hồ sơ của tôi', en: 'My applications' })}</a>
      </p>
      <h1 lang="vi" class="application-name">
        {shortName(dossier.procedureName)}
      </h1>
      <dl class="code-pair">
        <div>
          <dt>{t(lang, { vi: 'Mã hồ sơ', en: 'Application code' })}</dt>
          <dd class="num">
            <b>{dossier.code}</b>
          </dd>
        </div>
        <div>
          <dt>{t(lang, { vi: 'Nơi nhận', en: 'Place' })}</dt>
          <dd lang="vi">{dossier.deskName}</dd>
        </div>
      </dl>
      {req.c.req.query('xong') === 'bo-sung' && (
        <Notice tone="ok" role="status">
          {t(lang, { vi: 'Đã gửi trả lời. Nơi nhận xem lại trong 8 giờ làm việc.', en: 'Your answer was sent. The desk looks at it within 8 working hours.' })}
        </Notice>
      )}
      {req.c.req.query('xong') === 'nhan-ket-qua' && (
        <Notice tone="ok" role="status" title={t(lang, { vi: 'Bạn đã nhận kết quả', en: 'You have received the result' })}>
          {t(lang, { vi: 'Tải về bên dưới, lúc nào cũng được.', en: 'Download it below, whenever you like.' })}
        </Notice>
      )}
      {problem !== undefined && (
        <Notice tone="late" role="alert">
          {problem}
        </Notice>
      )}
      <Now {...props} />
      <CorrectedDates corrections={dossier.corrections} dueAt={dossier.dueAt} now={props.now} lang={lang} />
      <SentLetters letters={dossier.apologies} now={props.now} lang={lang} href={(n) => `/tai-khoan/ho-so/${dossier.id}/thu-xin-loi/${n}`} />
      <Visits visits={dossier.visits} now={props.now} lang={lang} />
      <AskedOfMe {...props} />
      <Requests {...props} />
      <Results {...props} req={req} />
      <Papers {...props} />
      <Answers {...props} />
      <h2>{t(lang, { vi: 'Diễn biến', en: 'History' })}</h2>
      <Timeline label={t(lang, { vi: 'Diễn biến', en: 'History' })} moments={momentsOf(props)} />
      <Withdraw dossier={dossier} view={req.view} now={props.now} />
    </Page>,
    status,
  )
}

/** One of the files handed in with it. */
export const showMyFile = async (req: Req): Promise<Response> => fileResponse(await openDossierFile(req.ctx, { owner: idOf(req), id: idOf(req, 'tep') }, mayReadOwnDossier))

/** Step 4: everything as it will be filed, and one button. */
import { isUuid } from '#kernel/ids.ts'
import { type PlainDate, dateOf } from '#kernel/plain-date.ts'
import { checkAnswers, summaryOf, warningsOf } from '#modules/catalogue'
import { type SubmitDossier, submitDossier } from '#modules/dossier'
import { type Lang, type Req, html, readForm, seeOther } from '../../http.ts'
import { rowLimit } from '../../procedure-words.ts'
import { submissionRefusalIn } from '../../public-refusals.ts'
import { Actions, Button, Form, KeyValue, Notice, formatSize } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { Warnings } from '../../forms/index.ts'
import { FeeLines } from '../fee-lines.tsx'
import { answersOf } from './form-step.tsx'
import { ApplicationPage, type StepName, stepHref } from './frame.tsx'
import { type Application, loadApplication } from './load.ts'
import { shortPaper } from './paper-drop.tsx'
import { AUTHORISATION, onBehalfInWords, readOnBehalf } from './on-behalf.tsx'
import { deliveryOf, keptFiles, ownNumber, wishOf } from './papers-step.tsx'
import { shortPlace } from './places.ts'

type Kept = Awaited<ReturnType<typeof keptFiles>>
type Facts = { readonly today: PlainDate; readonly onBehalf: ReturnType<typeof readOnBehalf>; readonly application: Application; readonly answers: Awaited<ReturnType<typeof answersOf>>; readonly kept: Kept }

const Head = (props: { readonly title: string; readonly step: StepName; readonly application: Application; readonly lang: Lang }) => (
  <div class="review-head">
    <h2>{props.title}</h2>
    <a href={stepHref(props.step, props.application.revision.code, props.application.draft.id)} aria-label={`${t(props.lang, { vi: 'Sửa', en: 'Change' })}: ${props.title}`}>
      {t(props.lang, { vi: 'Sửa', en: 'Change' })}
    </a>
  </div>
)

const Place = ({ application, lang }: { readonly application: Application; readonly lang: Lang }) => {
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const { row, place } = application
  return (
    <section class="review-section">
      <Head title={word('Nơi nộp, thời hạn, phí', 'Place, time limit, fees')} step="noi-nop" application={application} lang={lang} />
      <KeyValue
        items={[
          [word('Nơi nhận', 'Place'), <span lang="vi">{shortPlace(place.name)}</span>],
          ...(row === undefined
            ? []
            : [
                [word('Trường hợp', 'Case'), row.appliesWhen] as const,
                [word('Thời hạn', 'Time limit'), rowLimit(row, lang)] as const,
                [
                  word('Phí, lệ phí', 'Fees'),
                  <FeeLines fee={row.fee} lang={lang} />,
                ] as const,
              ]),
        ]}
      />
    </section>
  )
}

const Answers = ({ facts, lang }: { readonly facts: Facts; readonly lang: Lang }) => (
  <section class="review-section">
    <Head title={t(lang, { vi: facts.application.form.title, en: facts.application.form.titleEn })} step="to-khai" application={facts.application} lang={lang} />
    <Warnings warnings={warningsOf(facts.application.form, facts.answers, facts.today, lang)} lang={lang} />
    {summaryOf(facts.application.form, facts.answers, lang).map((section) => (
      <>
        {section.title !== '' && <h3>{section.title}</h3>}
        <KeyValue items={section.items.map((item) => [item.label, item.value] as const)} />
      </>
    ))}
  </section>
)

const Papers = ({ facts, lang }: { readonly facts: Facts; readonly lang: Lang }) => {
  const { application, kept } = facts
  const named = [...application.revision.components.map((c) => ({ n: String(c.n), name: shortPaper(c.name) })), { n: '0', name: t(lang, { vi: 'Giấy tờ khác', en: 'Other papers' }) }]
  const attached = named.filter(({ n }) => (kept.byPaper.get(n)?.length ?? 0) > 0)
  return (
    <section class="review-section">
      <Head title={t(lang, { vi: 'Giấy tờ kèm theo', en: 'Papers' })} step="giay-to" application={application} lang={lang} />
      {attached.length === 0 ? (
        <p>{t(lang, { vi: 'Không kèm giấy tờ nào. Nếu trường hợp của bạn cần giấy tờ, nơi nhận sẽ phải yêu cầu bổ sung.', en: 'No paper is attached. If your case needs some, you will be asked for them.' })}</p>
      ) : (
        <ul>
          {attached.map(({ n, name }) => (
            <li>
              <span lang="vi">{name}</span>
              <ul>
                {kept.byPaper.get(n)?.map((file) => (
                  <li>
                    <a href={`/tai-len/${file.id}/xem`} target="_blank" rel="noopener">
                      {file.name}
                    </a>{' '}
                    <span class="soft">{formatSize(file.size)}</span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Delivery = ({ application, lang }: { readonly application: Application; readonly lang: Lang }) => {
  const { draft, place } = application
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const ways = { online: word('Bản điện tử, tải về ở trang tài khoản', 'Electronically, on your account page'), counter: word(`Đến lấy tại ${shortPlace(place.name)}`, `Collected at ${shortPlace(place.name)}`), postal: word('Qua bưu chính', 'By post') }
  const way = deliveryOf(draft)
  return (
    <section class="review-section">
      <Head title={word('Nhận kết quả', 'The result')} step="giay-to" application={application} lang={lang} />
      <KeyValue items={[[word('Cách nhận', 'How'), ways[way]], [word('Địa chỉ', 'Address'), way === 'postal' ? wishOf(draft, 'dia-chi-nhan') : null], [word('Lời nhắn', 'Note'), wishOf(draft, 'loi-nhan') || null]]} />
    </section>
  )
}

/** Only where it is for somebody else. */
const OnBehalf = ({ facts, lang }: { readonly facts: Facts; readonly lang: Lang }) => {
  const said = onBehalfInWords(facts.application.draft, lang)
  if (said === undefined) return null
  const word = (vi: string, en: string) => t(lang, { vi, en })
  const files = facts.kept.byPaper.get(String(AUTHORISATION)) ?? []
  return (
    <section class="review-section">
      <Head title={word('Nộp thay', 'On behalf of')} step="giay-to" application={facts.application} lang={lang} />
      <KeyValue items={[[word('Người yêu cầu', 'Applicant'), said.who], [word('Bạn nộp với tư cách', 'You file as'), said.as], [word('Giấy kèm theo', 'Proof'), files.length === 0 ? null : files.map((file) => file.name).join(', ')]]} />
    </section>
  )
}

const ReviewPage = (props: { readonly req: Req; readonly facts: Facts; readonly problem?: string }) => {
  const { req, facts, problem } = props
  const { application, kept } = facts
  const { view } = req
  const { lang } = view
  const word = (vi: string, en: string) => t(lang, { vi, en })
  return (
    <ApplicationPage view={view} step="xem-lai" procedure={application.revision} draftId={application.draft.id}>
      {problem !== undefined && (
        <Notice tone="late" role="alert" title={word('Chưa nộp được', 'Not filed')}>
          {problem}
        </Notice>
      )}
      {application.replaced && <Notice tone="soon">{word('Thủ tục vừa được công bố lại. Hãy xem lại giấy tờ và thời hạn trước khi nộp.', 'The procedure has just been published anew. Please look at papers and limit again.')}</Notice>}
      {kept.gone > 0 && (
        <Notice tone="soon" title={word(`${kept.gone} tệp đã quá hai ngày, phải đính kèm lại`, `${kept.gone} file(s) must be attached again`)}>
          <a href={stepHref('giay-to', application.revision.code, application.draft.id)}>{word('Đính kèm lại', 'Attach them')}</a>
        </Notice>
      )}
      <p class="lead">{word('Kiểm tra lần cuối. Nộp xong, nơi nhận trả lời trong 8 giờ làm việc.', 'A last look. After filing, the desk answers within 8 working hours.')}</p>
      <Place application={application} lang={lang} />
      <Answers facts={facts} lang={lang} />
      <Papers facts={facts} lang={lang} />
      <OnBehalf facts={facts} lang={lang} />
      <Delivery application={application} lang={lang} />
      <Form view={view} action={stepHref('xem-lai', application.revision.code, application.draft.id)} submissionKey={application.draft.submissionKey} label={word('Nộp hồ sơ', 'File the application')}>
        <input type="hidden" name="mau" value={application.form.version} />
        <Actions>
          <Button wide>{word('Nộp hồ sơ', 'File the application')}</Button>
        </Actions>
      </Form>
    </ApplicationPage>
  )
}

const gather = async (req: Req): Promise<Facts> => {
  const application = await loadApplication(req)
  const kept = await keptFiles(req, application.draft.papers)
  const onBehalf = readOnBehalf(application.draft, kept.byPaper.get(String(AUTHORISATION)) ?? [], await ownNumber(req), req.view.lang)
  return { today: dateOf(req.ctx.now), application, answers: await answersOf(req, application), kept, onBehalf }
}

/** Where one has to go first, if anything before this step is open. */
const stepBefore = (req: Req, { application, answers, onBehalf }: Facts): string | undefined => {
  const { draft, revision, form, row } = application
  if (draft.submittedAs !== null) return `/nop-ho-so/xong/${draft.submittedAs}`
  if (row === undefined) return stepHref('noi-nop', revision.code, draft.id)
  if (onBehalf !== undefined && 'errors' in onBehalf) return `${stepHref('giay-to', revision.code, draft.id)}?sai=1`
  return checkAnswers(form, answers, dateOf(req.ctx.now)).ok ? undefined : `${stepHref('to-khai', revision.code, draft.id)}?sai=1`
}

export const showReview = async (req: Req): Promise<Response> => {
  const facts = await gather(req)
  const before = stepBefore(req, facts)
  return before === undefined ? html(req, <ReviewPage req={req} facts={facts} />) : seeOther(req, before)
}

/** `version`: of the form that the page showed. */
const inputOf = ({ application, answers, kept, onBehalf }: Facts, version: string): SubmitDossier => {
  const { draft, form } = application
  const idsOf = (n: string) => kept.byPaper.get(n)?.map((file) => file.id).filter(isUuid) ?? []
  const [address, remark] = [wishOf(draft, 'dia-chi-nhan'), wishOf(draft, 'loi-nhan')]
  const delivery = deliveryOf(draft)
  return {
    submissionKey: draft.submissionKey,
    procedureCode: draft.procedureCode,
    revisionId: draft.revisionId,
    methodRow: draft.methodRow,
    agencyId: draft.agencyId,
    form: { slug: form.slug, version: version === '' ? form.version : version, answers },
    components: application.revision.components.map((c) => ({ n: c.n, uploadIds: idsOf(String(c.n)) })).filter((c) => c.uploadIds.length > 0),
    otherUploadIds: idsOf('0'),
    ...(onBehalf !== undefined && 'value' in onBehalf && { onBehalf: onBehalf.value }),
    delivery,
    ...(delivery === 'postal' && address !== '' && { deliveryAddress: address }),
    ...(remark !== '' && { remark }),
    draftId: draft.id,
  }
}

/** The key is the draft's: a second press, a second tab, a lost answer all end at the same dossier. */
export const postReview = async (req: Req): Promise<Response> => {
  const page = await readForm(req)
  const facts = await gather(req)
  const before = stepBefore(req, facts)
  if (before !== undefined) return seeOther(req, before)
  if (facts.kept.gone > 0) return seeOther(req, stepHref('giay-to', facts.application.revision.code, facts.application.draft.id))
  const filed = await submitDossier(req.ctx, inputOf(facts, page.get('mau')))
  if (filed.ok) return seeOther(req, `/nop-ho-so/xong/${filed.value.id}`)
  const here = (step: StepName) => stepHref(step, facts.application.revision.code, facts.application.draft.id)
  if (filed.error.code === 'answers-wrong') return seeOther(req, `${here('to-khai')}?sai=1`)
  if (filed.error.code === 'upload-gone') return seeOther(req, here('giay-to'))
  // Looked at anew: what was published in between is what the page now shows.
  return html(req, <ReviewPage req={req} facts={await gather(req)} problem={submissionRefusalIn(req.view.lang, filed.error)} />, 409)
}

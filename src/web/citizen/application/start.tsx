/** `/nop-ho-so/:ma`: where to hand it in, and in which case. Says why something cannot be filed online, and what to do instead. */
import { NotFound } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { type MethodRow, type ProcedureRevision, findCurrentRevision } from '#modules/catalogue'
import { type Draft, getDraft, listMyDrafts, saveDraft, startDraft } from '#modules/dossier'
import { competentUnit } from '#modules/organisation'
import { type Lang, type Req, type Route, html, readForm, seeOther } from '../../http.ts'
import { feeLinesOf, rowLimit } from '../../procedure-words.ts'
import { Actions, Button, ButtonLink, ErrorSummary, type Errors, Form, KeyValue, Notice, RadioGroup, Select, shortInstant } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { bearerOf, keepBearer } from '../draft-cookie.ts'
import { FeeLines } from '../fee-lines.tsx'
import { ApplicationPage, stepHref } from './frame.tsx'
import { shortPaper } from './paper-drop.tsx'
import { type Offer, type Place, offerOf } from './places.ts'

type Shown = { readonly place: string; readonly row: string; readonly draftId: string | undefined; readonly errors: Errors; readonly problem?: string }

const rowWords = (row: MethodRow, lang: Lang): string => row.appliesWhen ?? t(lang, { vi: 'Nộp trực tuyến', en: 'Online' })

/** `3 ngày làm việc · miễn phí`: what a choice means. */
const rowHint = (row: MethodRow, lang: Lang): string => [rowLimit(row, lang), ...feeLinesOf(row.fee, lang).map((line) => line.amount)].join(' · ')

const PlaceField = (props: { readonly places: readonly Place[]; readonly lang: Lang; readonly shown: Shown }) => {
  const { places, lang, shown } = props
  const only = places.length === 1 ? places[0] : undefined
  if (only !== undefined) {
    return (
      <div class="field">
        <b>{t(lang, { vi: 'Nơi nhận hồ sơ', en: 'Place of reception' })}</b>
        <p lang="vi">{only.name}</p>
        <input type="hidden" name="noi-nop" value={only.agencyId} />
      </div>
    )
  }
  const levels = new Set(places.map((p) => p.level))
  const group = (place: Place) => (place.level === 'commune' ? t(lang, { vi: 'Phường, xã', en: 'Wards and communes' }) : t(lang, { vi: 'Thành phố', en: 'City' }))
  return (
    <Select
      name="noi-nop"
      label={t(lang, { vi: 'Nơi nhận hồ sơ', en: 'Place of reception' })}
      hint={levels.has('commune') ? t(lang, { vi: 'Phường, xã nơi bạn thường trú, hoặc nơi tiện nhận kết quả', en: 'The ward or commune where you live, or where you will collect the result' }) : undefined}
      error={shown.errors['noi-nop']}
      empty={t(lang, { vi: 'Chọn nơi nhận', en: 'Choose' })}
      value={shown.place}
      options={places.map((place) => ({ value: place.agencyId, label: place.name, ...(levels.size > 1 && { group: group(place) }) }))}
    />
  )
}

const RowField = (props: { readonly offer: Offer; readonly lang: Lang; readonly shown: Shown }) => {
  const { offer, lang, shown } = props
  const [only] = offer.openRows
  if (offer.onlineRows.length === 1 && only !== undefined) {
    return (
      <div class="field">
        <KeyValue
          items={[
            [t(lang, { vi: 'Thời hạn', en: 'Time limit' }), rowLimit(only, lang)],
            [t(lang, { vi: 'Phí, lệ phí', en: 'Fees' }), <FeeLines fee={only.fee} lang={lang} />],
          ]}
        />
        <input type="hidden" name="dong" value={String(only.n)} />
      </div>
    )
  }
  return (
    <RadioGroup
      name="dong"
      label={t(lang, { vi: 'Trường hợp của bạn', en: 'Your case' })}
      error={shown.errors['dong']}
      value={shown.row === '' ? String(only?.n ?? '') : shown.row}
      options={offer.onlineRows.map((row) => {
        const open = offer.openRows.includes(row)
        return { value: String(row.n), label: rowWords(row, lang), hint: open ? rowHint(row, lang) : whyClosed(row, lang), disabled: !open }
      })}
    />
  )
}

const whyClosed = (row: MethodRow, lang: Lang): string =>
  row.settled
    ? t(lang, { vi: 'Chưa nộp trực tuyến được: pháp luật không quy định thời hạn nên chưa hẹn ngày trả được. Hãy nộp tại quầy.', en: 'Not online yet: the law sets no time limit, so no date can be promised. Please apply at the counter.' })
    : t(lang, {
        vi: `Chưa nộp trực tuyến được: thời hạn đang chờ cơ quan công bố làm rõ${row.limitRaw === null ? '' : ` (bản công bố ghi “${row.limitRaw}”)`}. Hãy nộp tại quầy.`,
        en: 'Not online yet: the publishing agency has to make the time limit clear. Please apply at the counter.',
      })

const Closed = (props: { readonly offer: Offer; readonly code: string; readonly lang: Lang }) => {
  const { offer, lang } = props
  const [row] = offer.onlineRows
  const why =
    row === undefined
      ? t(lang, { vi: 'Thủ tục này chưa được công bố là nộp trực tuyến được.', en: 'This procedure is not published as one that can be filed online.' })
      : offer.notOffered !== undefined
        ? t(lang, { vi: `Chưa có nơi nào trong thành phố nhận thủ tục này: ${lowerFirst(offer.notOffered)}.`, en: 'No agency of the city receives this procedure at present.' })
        : whyClosed(row, lang)
  return (
    <>
      <Notice tone="soon" title={t(lang, { vi: 'Chưa nộp trực tuyến được', en: 'Not available online' })}>
        <p>{why}</p>
        <p>{t(lang, { vi: 'Bạn có thể nộp trực tiếp hoặc qua bưu chính tại Bộ phận Một cửa.', en: 'You can apply in person or by post at a one-stop desk.' })}</p>
      </Notice>
      <Actions>
        <ButtonLink href={`/thu-tuc/${props.code}`}>{t(lang, { vi: 'Xem cách nộp và giấy tờ', en: 'How to apply, and which papers' })}</ButtonLink>
      </Actions>
    </>
  )
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** What to have at hand, before anything is typed. */
const Prepare = (props: { readonly revision: ProcedureRevision; readonly lang: Lang }) => (
  <details class="fold">
    <summary>{t(props.lang, { vi: 'Chuẩn bị những gì?', en: 'What to have at hand?' })}</summary>
    <p>
      {t(props.lang, {
        vi: 'Ảnh chụp hoặc bản quét rõ nét (PDF, JPG, PNG) của những giấy tờ dưới đây mà trường hợp của bạn cần. Điền dở lúc nào cũng được lưu, mai làm tiếp.',
        en: 'Clear photographs or scans (PDF, JPG, PNG) of the papers below that your case needs. Whatever you fill in is saved, and you can go on tomorrow.',
      })}
    </p>
    <ul lang="vi">
      {props.revision.components.slice(0, 30).map((c) => (
        <li>{shortPaper(c.name)}</li>
      ))}
    </ul>
  </details>
)

const Begun = (props: { readonly drafts: readonly Draft[]; readonly req: Req }) => {
  const { lang } = props.req.view
  const [draft] = props.drafts
  if (draft === undefined) return null
  return (
    <Notice tone="ok" title={t(lang, { vi: 'Bạn đang viết dở một hồ sơ của thủ tục này', en: 'You have begun an application of this kind' })}>
      {t(lang, { vi: `Lưu lần cuối ${shortInstant(draft.savedAt, props.req.ctx.now)}. `, en: `Last saved ${shortInstant(draft.savedAt, props.req.ctx.now)}. ` })}
      <a href={stepHref('to-khai', draft.procedureCode, draft.id)}>{t(lang, { vi: 'Làm tiếp', en: 'Go on with it' })}</a>
    </Notice>
  )
}

const StartPage = async (props: { readonly req: Req; readonly revision: ProcedureRevision; readonly offer: Offer; readonly shown: Shown }) => {
  const { req, revision, offer, shown } = props
  const { view } = req
  const drafts = shown.draftId === undefined ? (await listMyDrafts(req.ctx, bearerOf(req))).filter((d) => d.procedureCode === revision.code) : []
  const open = offer.openRows.length > 0 && offer.notOffered === undefined
  return (
    <ApplicationPage view={view} step="noi-nop" procedure={revision} draftId={shown.draftId}>
      <ErrorSummary errors={shown.errors} />
      {shown.problem !== undefined && (
        <Notice tone="late" role="alert">
          {shown.problem}
        </Notice>
      )}
      {!open && <Closed offer={offer} code={revision.code} lang={view.lang} />}
      {open && <Begun drafts={drafts} req={req} />}
      {open && (
        <Form view={view} action={`/nop-ho-so/${revision.code}`} label={t(view.lang, { vi: 'Nơi nộp', en: 'Place' })}>
          {shown.draftId !== undefined && <input type="hidden" name="ban-nhap" value={shown.draftId} />}
          <PlaceField places={offer.places} lang={view.lang} shown={shown} />
          <RowField offer={offer} lang={view.lang} shown={shown} />
          <Prepare revision={revision} lang={view.lang} />
          <Actions>
            <Button>{t(view.lang, { vi: 'Tiếp tục', en: 'Continue' })}</Button>
          </Actions>
          {view.signedIn === undefined && (
            <p class="soft small">{t(view.lang, { vi: 'Chưa cần tài khoản: đến bước gửi giấy tờ mới hỏi.', en: 'No account is needed yet: you are asked when you attach papers.' })}</p>
          )}
        </Form>
      )}
    </ApplicationPage>
  )
}

const load = async (req: Req) => {
  const revision = await findCurrentRevision(req.ctx, req.c.req.param('ma') ?? '')
  if (revision === undefined) throw new NotFound('procedure')
  return { revision, offer: await offerOf(req.ctx, revision) }
}

/** The draft named in the address, if it is theirs and still open. */
const draftOf = async (req: Req, id: string): Promise<Draft | undefined> => {
  if (!isUuid(id)) return undefined
  const draft = await getDraft(req.ctx, id, bearerOf(req))
  return draft.submittedAs === null ? draft : undefined
}

const showStart = async (req: Req): Promise<Response> => {
  const { revision, offer } = await load(req)
  const draft = await draftOf(req, req.c.req.query('ban-nhap') ?? '')
  const shown: Shown = { place: draft?.agencyId ?? '', row: String(draft?.methodRow ?? ''), draftId: draft?.id, errors: {} }
  return html(req, await StartPage({ req, revision, offer, shown }))
}

const begin = async (req: Req): Promise<Response> => {
  const { revision, offer } = await load(req)
  const { lang } = req.view
  const form = await readForm(req)
  const draft = await draftOf(req, form.get('ban-nhap'))
  const shown: Shown = { place: form.get('noi-nop'), row: form.get('dong'), draftId: draft?.id, errors: {} }
  const place = offer.places.find((p) => p.agencyId === shown.place)
  const row = offer.openRows.find((r) => String(r.n) === shown.row)
  if (place === undefined || row === undefined) {
    const errors: Errors = {
      ...(place === undefined && { 'noi-nop': t(lang, { vi: 'Chọn nơi nhận hồ sơ.', en: 'Choose where to apply.' }) }),
      ...(row === undefined && { dong: t(lang, { vi: 'Chọn trường hợp của bạn.', en: 'Choose your case.' }) }),
    }
    return html(req, await StartPage({ req, revision, offer, shown: { ...shown, errors } }), 422)
  }
  const competent = await competentUnit(req.ctx, revision, place.agencyId)
  if (!competent.offered) {
    const problem = t(lang, { vi: `${place.name} chưa nhận thủ tục này: ${lowerFirst(competent.reason)}. Hãy chọn nơi khác.`, en: `${place.name} does not receive this procedure. Please choose another place.` })
    return html(req, await StartPage({ req, revision, offer, shown: { ...shown, problem } }), 409)
  }
  const chosen = { revisionId: revision.id, agencyId: place.agencyId, methodRow: row.n }
  if (draft !== undefined) {
    await saveDraft(req.ctx, { id: draft.id, place: chosen }, bearerOf(req))
    return seeOther(req, stepHref('to-khai', revision.code, draft.id))
  }
  const started = await startDraft(req.ctx, { ...chosen, procedureCode: revision.code }, req.view.signedIn === undefined ? keepBearer(req) : undefined)
  if (started.ok) return seeOther(req, stepHref('to-khai', revision.code, started.value.id))
  const problem = t(lang, { vi: `Đang có ${started.error.most} bản nháp chưa nộp. Hãy nộp hoặc xóa bớt ở trang tài khoản rồi thử lại.`, en: `You have ${started.error.most} drafts already. File or delete some of them on your account page first.` })
  return html(req, await StartPage({ req, revision, offer, shown: { ...shown, problem } }), 409)
}

export const startRoutes: readonly Route[] = [
  { method: 'GET', path: '/nop-ho-so/:ma', access: 'public', handle: showStart },
  { method: 'POST', path: '/nop-ho-so/:ma', access: 'public', handle: begin, perMinute: 30 },
]

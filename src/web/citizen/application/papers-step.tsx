/** Step 3: papers, each with its files, and how the result is to come. A file that is refused takes nothing else with it. */
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { caseName } from '#modules/catalogue'
import { listUploads } from '#modules/documents'
import { type Draft, type DraftPapers, saveDraft } from '#modules/dossier'
import { getOwnPerson } from '#modules/organisation'
import { type FormFields, type Lang, type Req, html, readForm, seeOther } from '../../http.ts'
import { storeFiles } from '../../uploads.ts'
import { ErrorSummary, type Errors, Form, type KeptFile, Notice, RadioGroup, TextArea, TextField } from '../../ui/index.ts'
import { t } from '../../words.ts'
import { bearerOf } from '../draft-cookie.ts'
import { ApplicationPage, EnterGoesOn, GoOnOrSave, stepHref } from './frame.tsx'
import { type Application, loadApplication, mutable } from './load.ts'
import { AUTHORISATION, ON_BEHALF, OnBehalfFields, readOnBehalf } from './on-behalf.tsx'
import { PaperDrop, PaperRow } from './paper-drop.tsx'
import { shortPlace } from './places.ts'

export const WISHES = ['nhan-ket-qua', 'dia-chi-nhan', 'loi-nhan', ...ON_BEHALF] as const
export const wishOf = (draft: Draft, name: (typeof WISHES)[number]): string => draft.wishes[name]?.[0] ?? ''
export const deliveryOf = (draft: Draft): 'online' | 'counter' | 'postal' => {
  const wish = wishOf(draft, 'nhan-ket-qua')
  return wish === 'counter' || wish === 'postal' ? wish : 'online'
}

/** Files of the draft that are still there; after two days an upload is gone (decision 21). */
export const keptFiles = async (req: Req, papers: DraftPapers): Promise<{ readonly byPaper: ReadonlyMap<string, readonly KeptFile[]>; readonly gone: number }> => {
  const wanted = Object.values(papers).flat()
  const found = new Map((wanted.length === 0 ? [] : await listUploads(req.ctx, wanted)).map((file) => [file.id, file]))
  const byPaper = new Map(Object.entries(papers).map(([n, ids]) => [n, ids.flatMap((id) => found.get(id) ?? [])] as const))
  return { byPaper, gone: wanted.filter((id) => !found.has(id)).length }
}

export const paperField = (n: number | string): string => `tep-${n}`
const keptField = (n: number | string): string => `da-gui-${n}`

type Shown = { readonly errors: Errors; readonly kept: ReadonlyMap<string, readonly KeptFile[]>; readonly gone: number }

/** A handful stands open; a long list is folded by case, and one box on top takes everything. */
const FEW = 4

const Papers = (props: { readonly application: Application; readonly shown: Shown; readonly lang: Lang }) => {
  const { application, shown, lang } = props
  const { components } = application.revision
  const groups = [...new Set(components.map((c) => c.group))]
  const used = (n: number) => (shown.kept.get(String(n))?.length ?? 0) > 0 || shown.errors[paperField(n)] !== undefined
  const rowOf = (c: (typeof components)[number]) => (
    <PaperRow name={paperField(c.n)} keptName={keptField(c.n)} published={c.name} open={components.length <= FEW} error={shown.errors[paperField(c.n)]} kept={shown.kept.get(String(c.n)) ?? []} lang={lang} />
  )
  const any = (
    <PaperDrop
      name={paperField(0)}
      keptName={keptField(0)}
      label={components.length <= FEW ? t(lang, { vi: 'Giấy tờ khác (không bắt buộc)', en: 'Other papers (optional)' }) : t(lang, { vi: 'Giấy tờ của bạn', en: 'Your papers' })}
      hint={components.length <= FEW ? undefined : t(lang, { vi: 'Chưa rõ giấy tờ thuộc loại nào thì cứ gửi ở đây.', en: 'Not sure of which kind a paper is? Put it here.' })}
      error={shown.errors[paperField(0)]}
      kept={shown.kept.get('0') ?? []}
      lang={lang}
    />
  )
  if (components.length <= FEW) return [...components.map(rowOf), any]
  return (
    <>
      {any}
      <h3>{t(lang, { vi: 'Hoặc gửi theo từng loại', en: 'Or by kind' })}</h3>
      {groups.map((group) => {
        const inside = components.filter((c) => c.group === group)
        if (groups.length === 1) return inside.map(rowOf)
        return (
          <details class="fold" open={inside.some((c) => used(c.n))}>
            <summary lang="vi">
              {group === null ? t(lang, { vi: 'Mọi trường hợp', en: 'Every case' }) : caseName(group)} ({inside.length})
            </summary>
            {inside.map(rowOf)}
          </details>
        )
      })}
    </>
  )
}

const Wishes = (props: { readonly draft: Draft; readonly errors: Errors; readonly lang: Lang; readonly place: string }) => {
  const { draft, errors, lang } = props
  const word = (vi: string, en: string) => t(lang, { vi, en })
  return (
    <>
      <h2>{word('Nhận kết quả', 'The result')}</h2>
      <RadioGroup
        name="nhan-ket-qua"
        label={word('Bạn muốn nhận kết quả thế nào?', 'How do you want to receive it?')}
        value={deliveryOf(draft)}
        options={[
          { value: 'online', label: word('Bản điện tử, tải về ở trang tài khoản', 'Electronically, on your account page') },
          { value: 'counter', label: word(`Đến lấy tại ${props.place}`, `Collect it at ${props.place}`) },
          { value: 'postal', label: word('Qua bưu chính', 'By post') },
        ]}
      />
      <div class="wish-postal">
        <TextField name="dia-chi-nhan" label={word('Địa chỉ nhận, nếu qua bưu chính', 'Address, if by post')} value={wishOf(draft, 'dia-chi-nhan')} error={errors['dia-chi-nhan']} maxlength={300} autocomplete="street-address" />
      </div>
      <TextArea name="loi-nhan" label={word('Lời nhắn cho nơi nhận', 'A word to the desk')} value={wishOf(draft, 'loi-nhan')} optional={true} rows={2} maxlength={1000} />
    </>
  )
}

const PapersPage = (props: { readonly req: Req; readonly application: Application; readonly shown: Shown }) => {
  const { req, application, shown } = props
  const { view } = req
  const { draft, revision, place } = application
  const word = (vi: string, en: string) => t(view.lang, { vi, en })
  const here = stepHref('giay-to', revision.code, draft.id)
  return (
    <ApplicationPage view={view} step="giay-to" procedure={revision} draftId={draft.id}>
      <ErrorSummary errors={shown.errors} />
      {application.replaced && <Notice tone="soon">{word('Thủ tục vừa được công bố lại. Giấy tờ dưới đây là danh mục mới; tệp đã gửi được giữ lại.', 'The procedure has just been published anew. Below is the new list; your files are kept.')}</Notice>}
      {shown.gone > 0 && (
        <Notice tone="soon" title={word(`${shown.gone} tệp phải đính kèm lại`, `${shown.gone} file(s) must be attached again`)}>
          {word('Tệp chưa nộp chỉ giữ được hai ngày. Những gì đã điền vẫn còn nguyên.', 'Files that are not filed are kept for two days only. Everything you typed is still here.')}
        </Notice>
      )}
      <Form view={view} action={here} multipart={true} label={word('Giấy tờ', 'Papers')} attributes={{ 'data-autosave': `/nop-ho-so/ban-nhap/${draft.id}/luu?buoc=giay-to` }}>
        <EnterGoesOn />
        <h2>{word('Giấy tờ kèm theo', 'Papers')}</h2>
        <p class="soft">
          {word('Chỉ cần những giấy tờ mà trường hợp của bạn có. Nhận PDF, JPG, PNG, DOCX, XLSX, mỗi tệp đến 50 MB; chụp bằng điện thoại cũng được.', 'Only those that your case has. PDF, JPG, PNG, DOCX, XLSX, up to 50 MB each; photographs will do.')}
        </p>
        <Papers application={application} shown={shown} lang={view.lang} />
        <OnBehalfFields draft={draft} errors={shown.errors} kept={shown.kept.get(String(AUTHORISATION)) ?? []} lang={view.lang} />
        <Wishes draft={draft} errors={shown.errors} lang={view.lang} place={shortPlace(place.name)} />
        <GoOnOrSave view={view} savedAt={draft.savedAt} />
      </Form>
    </ApplicationPage>
  )
}

export const showPapers = async (req: Req): Promise<Response> => {
  const application = await loadApplication(req)
  const { draft } = application
  if (draft.submittedAs !== null) return seeOther(req, `/nop-ho-so/xong/${draft.submittedAs}`)
  const { byPaper, gone } = await keptFiles(req, draft.papers)
  return html(req, <PapersPage req={req} application={application} shown={{ errors: await shortcomings(req, draft, byPaper), kept: byPaper, gone }} />)
}

/** Sent back from the last step (`?sai=1`), the page says again what is missing. */
const shortcomings = async (req: Req, draft: Draft, byPaper: Shown['kept']): Promise<Errors> => {
  const onBehalf = req.c.req.query('sai') === undefined ? undefined : readOnBehalf(draft, byPaper.get(String(AUTHORISATION)) ?? [], await ownNumber(req), req.view.lang)
  return onBehalf !== undefined && 'errors' in onBehalf ? onBehalf.errors : {}
}

const wishesOf = (form: FormFields): Record<string, string[]> => Object.fromEntries(WISHES.map((name) => [name, [form.get(name).slice(0, 2_000)]]))

/** What the hidden fields of the form name, by paper. */
export const keptIn = (form: FormFields, numbers: readonly number[]): Record<string, Uuid[]> =>
  Object.fromEntries(numbers.map((n) => [String(n), form.list(keptField(n)).filter(isUuid).slice(0, 20)] as const).filter(([, ids]) => ids.length > 0))

export const numbersOf = (components: readonly { readonly n: number }[]): readonly number[] => [...components.map((c) => c.n), 0]

/** By the script: no files in it, only the ids of those that were sent. */
export const autosavePapers = async (req: Req, application: Application, form: FormFields) =>
  saveDraft(req.ctx, { id: application.draft.id, papers: keptIn(form, [...numbersOf(application.revision.components), AUTHORISATION]), wishes: wishesOf(form) }, bearerOf(req))

export type StoredPapers = { readonly papers: Readonly<Record<string, readonly Uuid[]>>; readonly errors: Errors }

/** Files are stored first, paper by paper; one that is refused is said at its paper. `bo` takes one away. */
export const storePapers = async (req: Req, form: FormFields, numbers: readonly number[]): Promise<StoredPapers> => {
  const papers: Record<string, readonly Uuid[]> = {}
  const errors: Record<string, string> = {}
  const dropped = form.get('bo')
  for (const n of numbers) {
    const stored = await storeFiles(req, form, paperField(n), keptField(n))
    const ids = stored.ids.filter((id) => id !== dropped).slice(0, 20)
    if (ids.length > 0) papers[String(n)] = ids
    if (stored.problems.length > 0) errors[paperField(n)] = stored.problems.join(' ')
  }
  return { papers, errors }
}

export const ownNumber = async (req: Req): Promise<string | null> => (await getOwnPerson(req.ctx)).personalNumber

export const postPapers = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const application = await loadApplication(req)
  const { draft, revision } = application
  if (draft.submittedAs !== null) return seeOther(req, `/nop-ho-so/xong/${draft.submittedAs}`)
  const { papers, errors: refused } = await storePapers(req, form, [...numbersOf(revision.components), AUTHORISATION])
  const wishes = wishesOf(form)
  const { savedAt } = await saveDraft(req.ctx, { id: draft.id, papers: mutable(papers), wishes }, bearerOf(req))
  const staying = form.get('viec') !== 'tiep'
  const homeless = !staying && form.get('nhan-ket-qua') === 'postal' && form.get('dia-chi-nhan') === ''
  const { byPaper, gone } = await keptFiles(req, papers)
  const onBehalf = staying ? undefined : readOnBehalf({ wishes }, byPaper.get(String(AUTHORISATION)) ?? [], await ownNumber(req), req.view.lang)
  const errors: Errors = { ...refused, ...(onBehalf !== undefined && 'errors' in onBehalf && onBehalf.errors), ...(homeless && { 'dia-chi-nhan': t(req.view.lang, { vi: 'Ghi địa chỉ để bưu chính chuyển kết quả.', en: 'Give the address for the post.' }) }) }
  if (Object.keys(errors).length > 0) {
    const now: Application = { ...application, draft: { ...draft, papers, wishes, savedAt } }
    return html(req, <PapersPage req={req} application={now} shown={{ errors, kept: byPaper, gone }} />, 422)
  }
  return seeOther(req, stepHref(staying ? 'giay-to' : 'xem-lai', revision.code, draft.id))
}

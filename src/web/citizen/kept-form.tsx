/** `/dang-do/:id`: what was typed when the session had ended, for whoever typed it: to be sent now as it was, or to be copied. */
import { isUuid } from '#kernel/ids.ts'
import { type KeptForm, findKeptForm } from '#modules/access'
import { type Req, type Route, html, seeOther } from '../http.ts'
import { landingOf, safeReturnPath } from '../return-path.ts'
import { Actions, Button, ButtonLink, Form, Notice, Page, PageHead } from '../ui/index.ts'
import { t } from '../words.ts'

/** What a person reads as their own words: not ids, versions, ticks and numbers of rows. */
const wordsOf = (form: KeptForm): readonly string[] => [...new Set(form.fields.flatMap(([name, values]) => (name === 'ma' ? [] : values)).filter((value) => /\p{L}{2}/u.test(value) && !isUuid(value) && !/^[a-z][a-z0-9-]*$/.test(value)))]

const KeptFormPage = (props: { readonly req: Req; readonly form: KeptForm; readonly back: string }) => {
  const { req, form, back } = props
  const word = (vi: string, en: string) => t(req.view.lang, { vi, en })
  const words = wordsOf(form)
  return (
    <Page view={req.view} title={word('Nội dung đã gõ', 'What you typed')} area="citizen" current="/dang-nhap">
      <PageHead title={word('Nội dung đã gõ khi phiên làm việc hết', 'What you typed when your session ended')} lead={word('Chưa có gì được ghi nhận. Nội dung này được giữ một giờ, chỉ bạn xem được.', 'Nothing was recorded. This is kept for an hour, for you alone.')} />
      {words.map((said) => (
        <p class="said" lang="vi">
          {said}
        </p>
      ))}
      {words.length === 0 && <p class="soft">{word('Chỉ có lựa chọn, không có chữ.', 'Only choices, no words.')}</p>}
      {form.hadFiles ? (
        <>
          <Notice tone="soon">{word('Tệp đã chọn không giữ được. Mở lại trang, chọn lại tệp và chép lại nội dung trên.', 'The files could not be kept. Open the page again, choose them anew and copy the words above.')}</Notice>
          <Actions>
            <ButtonLink href={back}>{word('Mở lại trang', 'Open the page again')}</ButtonLink>
          </Actions>
        </>
      ) : (
        <Form view={req.view} action={form.path} label={word('Gửi lại', 'Send again')}>
          {form.fields.flatMap(([name, values]) => values.map((value) => <input type="hidden" name={name} value={value} />))}
          <Actions>
            <Button>{word('Gửi lại như đã gõ', 'Send it as typed')}</Button>
            <ButtonLink kind="quiet" href={back}>
              {word('Mở lại trang, không gửi', 'Open the page, send nothing')}
            </ButtonLink>
          </Actions>
        </Form>
      )}
    </Page>
  )
}

const show = async (req: Req): Promise<Response> => {
  const id = req.c.req.param('id') ?? ''
  const back = safeReturnPath(req.c.req.query('ve')) ?? landingOf(req.view.signedIn?.permissions ?? new Set())
  const form = isUuid(id) ? await findKeptForm(req.ctx, id) : undefined
  // Somebody else signed in, or the hour is over: the page of the form, as if nothing had been kept.
  return form === undefined ? seeOther(req, back) : html(req, <KeptFormPage req={req} form={form} back={back} />)
}

export const keptFormRoutes: readonly Route[] = [{ method: 'GET', path: '/dang-do/:id', access: 'signed-in', handle: show }]

/** `/dang-nhap/ma`: the code after the password. `/tai-khoan/hai-lop`: setting it up. Both without script. */
import { getCookie } from 'hono/cookie'
import { raw } from 'hono/html'
import QRCode from 'qrcode'
import { Forbidden } from '#kernel/errors.ts'
import { formatTime } from '#kernel/plain-date.ts'
import { type FactorRefusal, SESSION_COOKIE, actorOf, base32, beginSecondFactor, confirmSecondFactor, findSession, giveSecondFactor, otpauthUri, ownSecondFactor, permissionsOf } from '#modules/access'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { landingOf, safeReturnPath } from '../return-path.ts'
import { Actions, Button, Card, type Errors, ErrorSummary, Form, Notice, Page, TextField } from '../ui/index.ts'
import { type Words, t } from '../words.ts'
import { takeDraftsAlong } from './draft-cookie.ts'

const CODE = '/dang-nhap/ma'
const SET_UP = '/tai-khoan/hai-lop'

const problemOf = (refusal: FactorRefusal): Words => {
  switch (refusal.code) {
    case 'wrong-code':
      return { vi: 'Mã không đúng hoặc đã dùng rồi. Chờ ứng dụng hiện mã mới rồi nhập lại; đồng hồ điện thoại phải đúng giờ.', en: 'The code is wrong or was used. Wait for the next one; your phone must show the right time.' }
    case 'locked':
      return { vi: `Nhập sai nhiều lần. Hãy thử lại sau ${formatTime(refusal.until)}.`, en: `Too many wrong tries. Try again after ${formatTime(refusal.until)}.` }
    case 'not-begun':
      return { vi: 'Hãy mở lại trang này để lấy mã QR.', en: 'Open this page again to get the QR code.' }
    case 'factor-already-set':
      return { vi: 'Tài khoản đã có lớp bảo vệ thứ hai.', en: 'The account has a second factor already.' }
  }
}

const CodeField = (props: { readonly req: Req; readonly error: string | undefined; readonly hint: Words }) => (
  <TextField
    name="ma"
    label={t(props.req.view.lang, { vi: 'Mã 6 chữ số', en: 'Code of 6 digits' })}
    value=""
    error={props.error}
    hint={t(props.req.view.lang, props.hint)}
    autocomplete="one-time-code"
    inputmode="numeric"
    size="short"
    maxlength={16}
    autofocus
  />
)

const codePage = (req: Req, back: string | undefined, error?: Words, status: 200 | 422 | 429 = 200) => {
  const word = (words: Words) => t(req.view.lang, words)
  const errors: Errors = error === undefined ? {} : { ma: word(error) }
  return html(
    req,
    <Page view={req.view} title={word({ vi: 'Nhập mã', en: 'Enter the code' })} area="citizen" current="/dang-nhap">
      <h1>{word({ vi: 'Nhập mã trên điện thoại', en: 'Enter the code of your phone' })}</h1>
      <ErrorSummary errors={errors} />
      <Form view={req.view} action={CODE} label={word({ vi: 'Nhập mã', en: 'Enter the code' })}>
        {back !== undefined && <input type="hidden" name="tiep" value={back} />}
        <CodeField req={req} error={errors['ma']} hint={{ vi: 'Mở ứng dụng xác thực. Mất điện thoại: nhập một mã dự phòng.', en: 'Open your authenticator app. Phone lost: enter a backup code.' }} />
        <Actions>
          <Button wide>{word({ vi: 'Tiếp tục', en: 'Continue' })}</Button>
        </Actions>
      </Form>
      <Form view={req.view} action="/dang-xuat" class="inline" label={word({ vi: 'Thôi đăng nhập', en: 'Give up' })}>
        <Button kind="quiet">{word({ vi: 'Thôi, đăng nhập tài khoản khác', en: 'Sign in as somebody else' })}</Button>
      </Form>
    </Page>,
    status,
  )
}

const showCode = async (req: Req): Promise<Response> => {
  const session = await findSession(req.ctx, getCookie(req.c, SESSION_COOKIE) ?? '')
  const back = safeReturnPath(req.c.req.query('tiep'))
  if (session === undefined) return seeOther(req, '/dang-nhap')
  return session.awaitsCode ? codePage(req, back) : seeOther(req, back ?? landingOf(permissionsOf(actorOf(session))))
}

const giveCode = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const back = safeReturnPath(form.get('tiep'))
  const cookie = getCookie(req.c, SESSION_COOKIE) ?? ''
  const waiting = await findSession(req.ctx, cookie)
  if (waiting === undefined) return seeOther(req, '/dang-nhap')
  if (!waiting.awaitsCode) return seeOther(req, back ?? '/')
  const given = await giveSecondFactor(req.ctx, { cookie, code: form.get('ma').slice(0, 40) })
  if (!given.ok) return codePage(req, back, problemOf(given.error), given.error.code === 'locked' ? 429 : 422)
  const actor = actorOf(given.value.session)
  await takeDraftsAlong(req, { ...req.ctx, actor })
  return seeOther(req, back ?? landingOf(permissionsOf(actor)))
}

/** The secret as a picture and as text in fours, to be typed where no camera is. */
const Secret = async (props: { readonly req: Req; readonly secret: Buffer; readonly username: string }) => {
  const { view } = props.req
  const svg = await QRCode.toString(otpauthUri(props.secret, view.cityName, props.username), { type: 'svg', margin: 2 })
  return (
    <>
      <div class="qr" role="img" aria-label={t(view.lang, { vi: 'Mã QR cho ứng dụng xác thực', en: 'QR code for the authenticator app' })}>
        {raw(svg)}
      </div>
      <p class="small">
        {t(view.lang, { vi: 'Không quét được? Nhập khóa này vào ứng dụng: ', en: 'No camera? Type this key into the app: ' })}
        <code>{base32(props.secret).replace(/(.{4})(?=.)/g, '$1 ')}</code>
      </p>
    </>
  )
}

const setUpPage = async (req: Req, error?: Words, status: 200 | 422 | 429 = 200): Promise<Response> => {
  const { view } = req
  const word = (words: Words) => t(view.lang, words)
  const own = await ownSecondFactor(req.ctx)
  const begun = own.confirmed ? undefined : await beginSecondFactor(req.ctx)
  const picture = begun?.ok === true ? await Secret({ req, secret: begun.value.secret, username: begun.value.username }) : null
  const errors: Errors = error === undefined ? {} : { ma: word(error) }
  return html(
    req,
    <Page view={view} title={word({ vi: 'Bảo vệ hai lớp', en: 'Second factor' })} area="citizen" current="/tai-khoan/phien">
      <h1>{word({ vi: 'Bảo vệ hai lớp', en: 'Second factor' })}</h1>
      <ErrorSummary errors={errors} />
      {begun?.ok !== true ? (
        <Notice tone="ok">
          {word({
            vi: `Tài khoản đang được bảo vệ hai lớp. Còn ${own.backupCodes} mã dự phòng. Mất điện thoại: đề nghị người quản trị đặt lại.`,
            en: `Your account is protected by a second factor. ${own.backupCodes} backup codes are left. Phone lost: ask the administrator to reset it.`,
          })}
        </Notice>
      ) : (
        <>
          {!view.demo && view.signedIn?.isOfficer === true && (
            <Notice tone="soon">{word({ vi: 'Cán bộ phải có lớp bảo vệ thứ hai. Đặt xong mới mở được các trang khác.', en: 'Officers need a second factor. Other pages open once it is set.' })}</Notice>
          )}
          <ol>
            <li>{word({ vi: 'Cài một ứng dụng xác thực trên điện thoại (Google Authenticator, Microsoft Authenticator, …).', en: 'Install an authenticator app on your phone.' })}</li>
            <li>
              {word({ vi: 'Quét mã này bằng ứng dụng.', en: 'Scan this code with it.' })}
              {picture}
            </li>
            <li>{word({ vi: 'Nhập mã mà ứng dụng đang hiện.', en: 'Enter the code that the app shows.' })}</li>
          </ol>
          <Form view={view} action={SET_UP} label={word({ vi: 'Bật bảo vệ hai lớp', en: 'Switch it on' })}>
            <CodeField req={req} error={errors['ma']} hint={{ vi: 'Mã đổi sau mỗi 30 giây.', en: 'It changes every 30 seconds.' }} />
            <Actions>
              <Button>{word({ vi: 'Bật bảo vệ hai lớp', en: 'Switch it on' })}</Button>
            </Actions>
          </Form>
        </>
      )}
    </Page>,
    status,
  )
}

const setUp = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const session = await findSession(req.ctx, getCookie(req.c, SESSION_COOKIE) ?? '')
  if (session === undefined) throw new Forbidden('signed-in')
  const set = await confirmSecondFactor(req.ctx, { code: form.get('ma').replace(/\s/g, ''), sessionId: session.sessionId })
  if (!set.ok) return setUpPage(req, problemOf(set.error), set.error.code === 'locked' ? 429 : 422)
  const word = (words: Words) => t(req.view.lang, words)
  // Answered by the page itself: backup codes are shown once, and stand in no address.
  return html(
    req,
    <Page view={req.view} title={word({ vi: 'Mã dự phòng', en: 'Backup codes' })} area="citizen" current="/tai-khoan/phien">
      <h1>{word({ vi: 'Đã bật bảo vệ hai lớp', en: 'The second factor is on' })}</h1>
      <Card as="section" title={word({ vi: 'Mã dự phòng, chỉ hiện một lần', en: 'Backup codes, shown once' })}>
        <p>{word({ vi: 'Chép ra giấy, cất nơi an toàn. Mỗi mã dùng được một lần khi không có điện thoại.', en: 'Write them down. Each is good once, when the phone is not at hand.' })}</p>
        <ul class="backup-codes">
          {set.value.backupCodes.map((code) => (
            <li>
              <code>{code}</code>
            </li>
          ))}
        </ul>
      </Card>
      <p>
        <a href={landingOf(permissionsOf(req.ctx.actor))}>{word({ vi: 'Đã chép, tiếp tục', en: 'Written down, go on' })}</a>
      </p>
    </Page>,
  )
}

export const secondFactorRoutes: readonly Route[] = [
  { method: 'GET', path: CODE, access: 'public', handle: showCode },
  { method: 'POST', path: CODE, access: 'public', handle: giveCode, perMinute: 30 },
  { method: 'GET', path: SET_UP, access: 'signed-in', handle: (req) => setUpPage(req) },
  { method: 'POST', path: SET_UP, access: 'signed-in', handle: setUp, perMinute: 30, takesSecrets: true },
]

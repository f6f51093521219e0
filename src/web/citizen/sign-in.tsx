/** `/dang-nhap`, `/dang-xuat`: in and out. The answer never says whether it was the name or the password that was wrong. */
import { getCookie, setCookie } from 'hono/cookie'
import { dateOf, formatInstant, formatTime } from '#kernel/plain-date.ts'
import { SESSION_COOKIE, SignIn, type SignInRefusal, actorOf, permissionsOf, signIn, signOut } from '#modules/access'
import { listDemoSignIns } from '#modules/organisation'
import type { Instant } from '#platform/ctx.ts'
import { type Lang, type Req, type Route, html, readForm, readSecret, seeOther } from '../http.ts'
import { landingOf, safeReturnPath } from '../return-path.ts'
import { Actions, Button, ErrorSummary, type Errors, Form, Notice, Page, TextField } from '../ui/index.ts'
import { type Words, t } from '../words.ts'
import { takeDraftsAlong } from './draft-cookie.ts'
import { openCookie } from './session-cookie.ts'

type Shown = { readonly username: string; readonly back: string | undefined; readonly errors: Errors; readonly problem?: { readonly title: Words; readonly text: Words } }

const SignInPage = (props: { readonly req: Req; readonly shown: Shown }) => {
  const { view } = props.req
  const { username, back, errors, problem } = props.shown
  const word = (words: Words) => t(view.lang, words)
  return (
    <Page view={view} title={word({ vi: 'Đăng nhập', en: 'Sign in' })} area="citizen" current="/dang-nhap">
      <h1>{word({ vi: 'Đăng nhập', en: 'Sign in' })}</h1>
      {back !== undefined && problem === undefined && Object.keys(errors).length === 0 && (
        <p class="lead">{word({ vi: 'Trang bạn muốn mở cần biết bạn là ai.', en: 'The page you asked for needs to know who you are.' })}</p>
      )}
      <ErrorSummary errors={errors} />
      {problem !== undefined && (
        <Notice tone="late" role="alert" title={word(problem.title)}>
          {word(problem.text)}
        </Notice>
      )}
      <Form view={view} action="/dang-nhap" label={word({ vi: 'Đăng nhập', en: 'Sign in' })}>
        {back !== undefined && <input type="hidden" name="tiep" value={back} />}
        <TextField
          name="ten"
          label={word({ vi: 'Tên đăng nhập', en: 'Username' })}
          value={username}
          error={errors['ten']}
          hint={word({ vi: 'Người dân: số định danh 12 chữ số. Cán bộ: tên được cấp.', en: 'Citizens: your 12-digit number. Officers: the name you were given.' })}
          autocomplete="username"
          autofocus={username === ''}
          attributes={{ autocapitalize: 'none', spellcheck: 'false' }}
        />
        <TextField name="mat-khau" type="password" label={word({ vi: 'Mật khẩu', en: 'Password' })} error={errors['mat-khau']} autocomplete="current-password" autofocus={username !== ''} />
        <Actions>
          <Button wide>{word({ vi: 'Đăng nhập', en: 'Sign in' })}</Button>
        </Actions>
      </Form>
      <p>
        {word({ vi: 'Chưa có tài khoản? ', en: 'No account yet? ' })}
        <a href={back === undefined ? '/dang-ky' : `/dang-ky?tiep=${encodeURIComponent(back)}`}>{word({ vi: 'Lập tài khoản', en: 'Create one' })}</a>
      </p>
      <p class="soft small">
        {word({
          vi: 'Quên mật khẩu? Người dân mang căn cước đến Bộ phận Một cửa; cán bộ đề nghị người quản trị đặt lại. Tra cứu hồ sơ và tính ngày hẹn không cần đăng nhập.',
          en: 'Forgotten your password? Citizens: bring your identity card to a one-stop desk. Officers: ask your administrator. Tracking an application and computing a date need no account.',
        })}
      </p>
      {view.demo && <DemoSignIns lang={view.lang} />}
    </Page>
  )
}

/** Only on a demo, where everybody knows them (decision 22). */
const DemoSignIns = (props: { readonly lang: Lang }) => {
  const all = listDemoSignIns()
  return (
    <details class="fold">
      <summary>{t(props.lang, { vi: 'Tài khoản để xem thử', en: 'Accounts to try' })}</summary>
      <p>
        {t(props.lang, { vi: 'Mật khẩu của tất cả: ', en: 'Password of all: ' })}
        <code>{all[0]?.password}</code>
      </p>
      <dl class="kv">
        {all.map((demo) => (
          <>
            <dt>
              <code>{demo.username}</code>
            </dt>
            <dd lang="vi">{demo.where === '' ? demo.who : `${demo.who}, ${demo.where}`}</dd>
          </>
        ))}
      </dl>
    </details>
  )
}

const showSignIn = (req: Req) => {
  const back = safeReturnPath(req.c.req.query('tiep'))
  if (req.view.signedIn !== undefined) return seeOther(req, back ?? landingOf(req.view.signedIn.permissions))
  return html(req, <SignInPage req={req} shown={{ username: '', back, errors: {}, ...(req.c.req.query('het') !== undefined && { problem: req.c.req.query('het') === 'giu' ? ENDED_KEPT : ENDED }) }} />)
}

const lockedUntil = (until: Instant, now: Instant): Words => {
  const when = dateOf(until) === dateOf(now) ? formatTime(until) : formatInstant(until)
  return { vi: `Hãy thử lại sau ${when}, hoặc đề nghị người quản trị đặt lại mật khẩu.`, en: `Try again after ${when}, or ask the administrator to reset your password.` }
}

const ENDED = {
  title: { vi: 'Phiên làm việc đã hết', en: 'Your session has ended' },
  text: { vi: 'Điều vừa gửi chưa được ghi nhận. Đăng nhập để trở lại đúng trang đó; những gì đã lưu vẫn còn, những ô vừa gõ phải gõ lại.', en: 'What you have just sent was not taken. Sign in to come back to that very page; what was saved is still there, what you have just typed has to be typed again.' },
}
const ENDED_KEPT = {
  title: ENDED.title,
  text: { vi: 'Điều vừa gửi chưa được ghi nhận. Những gì đã gõ được giữ một giờ cho riêng bạn: đăng nhập để xem lại và gửi tiếp.', en: 'What you have just sent was not taken. What you typed is kept for you alone for an hour: sign in to see it again and send it on.' },
}
const LOCKED = { vi: 'Tạm khóa vì nhập sai nhiều lần', en: 'Locked after too many attempts' }
const WRONG = { vi: 'Tên đăng nhập hoặc mật khẩu không đúng', en: 'Username or password is wrong' }
const CHECK = { vi: 'Kiểm tra phím Caps Lock và bộ gõ tiếng Việt, rồi nhập lại mật khẩu.', en: 'Check Caps Lock and the Vietnamese keyboard, then type the password again.' }

const refused = (req: Req, username: string, back: string | undefined, refusal: SignInRefusal) =>
  refusal.code === 'locked'
    ? html(req, <SignInPage req={req} shown={{ username, back, errors: {}, problem: { title: LOCKED, text: lockedUntil(refusal.until, req.ctx.now) } }} />, 429)
    : html(req, <SignInPage req={req} shown={{ username, back, errors: {}, problem: { title: WRONG, text: CHECK } }} />, 422)

const doSignIn = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const back = safeReturnPath(form.get('tiep'))
  const username = form.get('ten')
  const previousCookie = getCookie(req.c, SESSION_COOKIE)
  const input = SignIn.safeParse({
    username,
    password: await readSecret(req, 'mat-khau'),
    address: req.address,
    agent: req.c.req.header('user-agent') ?? '',
    ...(previousCookie !== undefined && { previousCookie }),
  })
  if (!input.success) {
    const names: Readonly<Record<string, string>> = { username: 'ten', password: 'mat-khau' }
    const errors = Object.fromEntries(input.error.issues.map((issue) => [names[String(issue.path[0])] ?? '', issue.message]))
    return html(req, <SignInPage req={req} shown={{ username, back, errors }} />, 422)
  }
  const result = await signIn(req.ctx, input.data)
  if (!result.ok) return refused(req, username, back, result.error)
  const { session } = result.value
  const signedIn = openCookie(req, result.value)
  if (session.awaitsCode) return seeOther(req, back === undefined ? '/dang-nhap/ma' : `/dang-nhap/ma?tiep=${encodeURIComponent(back)}`)
  await takeDraftsAlong(req, signedIn)
  if (session.mustChangePassword) return seeOther(req, '/tai-khoan/phien')
  return seeOther(req, back ?? landingOf(permissionsOf(actorOf(session))))
}

/** Also the last act of signing out everywhere and of a session that was ended. */
export const forgetSession = (req: Req): void => setCookie(req.c, SESSION_COOKIE, '', { httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 0 })

const doSignOut = async (req: Req): Promise<Response> => {
  await signOut(req.ctx, getCookie(req.c, SESSION_COOKIE) ?? '')
  forgetSession(req)
  return seeOther(req, '/')
}

export const signInRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap', access: 'public', handle: showSignIn },
  { method: 'POST', path: '/dang-nhap', access: 'public', handle: doSignIn, perMinute: 60 },
  { method: 'POST', path: '/dang-xuat', access: 'public', handle: doSignOut },
]

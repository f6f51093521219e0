/** `/tai-khoan/phien`: where am I signed in, end it there; and the password. */
import { getCookie } from 'hono/cookie'
import { Forbidden } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { MIN_PASSWORD, type OwnSession, type PasswordRefusal, SESSION_COOKIE, type Session, changePassword, endSession, findSession, listOwnSessions, postInWords, signOutEverywhere } from '#modules/access'
import { type Req, type Route, html, readForm, readSecret, seeOther } from '../http.ts'
import { Actions, Badge, Button, Card, type Column, type Errors, ErrorSummary, Form, KeyValue, Notice, Page, Table, TextField, shortInstant } from '../ui/index.ts'
import { type Words, t } from '../words.ts'
import { forgetSession } from './sign-in.tsx'

const currentSession = async (req: Req): Promise<Session> => {
  const session = await findSession(req.ctx, getCookie(req.c, SESSION_COOKIE) ?? '')
  if (session === undefined) throw new Forbidden('signed-in')
  return session
}

const BROWSERS: readonly (readonly [RegExp, string])[] = [[/Edg\//, 'Edge'], [/coc_coc/i, 'Cốc Cốc'], [/Firefox\//, 'Firefox'], [/Chrom(e|ium)\//, 'Chrome'], [/Safari\//, 'Safari']]
const SYSTEMS: readonly (readonly [RegExp, string])[] = [[/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Windows/, 'Windows'], [/Mac OS/, 'macOS'], [/Linux/, 'Linux']]

/** `Firefox, Windows`: enough to recognise one's own machine. */
const deviceName = (agent: string): string =>
  [BROWSERS, SYSTEMS].map((names) => names.find(([pattern]) => pattern.test(agent))?.[1]).filter((name) => name !== undefined).join(', ')

const columns = (req: Req, current: Session): readonly Column<OwnSession>[] => {
  const { view, ctx } = req
  const word = (words: Words) => t(view.lang, words)
  return [
    {
      key: 'device',
      head: word({ vi: 'Thiết bị', en: 'Device' }),
      primary: true,
      cell: (s) => (
        <>
          {deviceName(s.agent ?? '') || word({ vi: 'Không rõ thiết bị', en: 'Unknown device' })} {s.sessionId === current.sessionId && <Badge tone="ok">{word({ vi: 'phiên này', en: 'this one' })}</Badge>}
        </>
      ),
    },
    { key: 'address', head: word({ vi: 'Địa chỉ mạng', en: 'Address' }), cell: (s) => <span class="num">{s.address}</span> },
    { key: 'since', head: word({ vi: 'Đăng nhập lúc', en: 'Signed in' }), nowrap: true, cell: (s) => <span class="num">{shortInstant(s.signedInAt, ctx.now)}</span> },
    { key: 'seen', head: word({ vi: 'Dùng gần nhất', en: 'Last used' }), nowrap: true, cell: (s) => <span class="num">{shortInstant(s.seenAt, ctx.now)}</span> },
    {
      key: 'end',
      head: word({ vi: 'Việc', en: 'Action' }),
      cell: (s) =>
        s.sessionId === current.sessionId ? null : (
          <Form view={view} action="/tai-khoan/phien/ket-thuc" class="inline-form" label={word({ vi: 'Kết thúc phiên', en: 'End session' })}>
            <input type="hidden" name="phien" value={s.sessionId} />
            <Button kind="quiet">{word({ vi: 'Kết thúc', en: 'End' })}</Button>
          </Form>
        ),
    },
  ]
}

const DONE: Readonly<Record<string, Words>> = {
  'mat-khau': { vi: 'Đã đổi mật khẩu. Các phiên ở máy khác đã kết thúc.', en: 'Password changed. Sessions on other machines have ended.' },
  'ket-thuc': { vi: 'Đã kết thúc phiên đó.', en: 'That session has ended.' },
}

const SessionsPage = async ({ req, current, errors = {} }: { readonly req: Req; readonly current: Session; readonly errors?: Errors }) => {
  const { view } = req
  const word = (words: Words) => t(view.lang, words)
  const sessions = await listOwnSessions(req.ctx)
  const done = DONE[req.c.req.query('xong') ?? '']
  return (
    <Page view={view} title={word({ vi: 'Tài khoản và phiên làm việc', en: 'Account and sessions' })} area="citizen" current="/tai-khoan/phien">
      <h1>{word({ vi: 'Tài khoản và phiên làm việc', en: 'Account and sessions' })}</h1>
      <ErrorSummary errors={errors} />
      {done !== undefined && Object.keys(errors).length === 0 && (
        <Notice tone="ok" role="status">
          {word(done)}
        </Notice>
      )}
      {current.mustChangePassword && (
        <Notice tone="soon" title={word({ vi: 'Hãy đặt mật khẩu của riêng bạn', en: 'Choose a password of your own' })}>
          {word({ vi: 'Mật khẩu hiện nay do người quản trị đặt. Đổi xong mới dùng được các trang khác.', en: 'The present one was set by an administrator. Other pages open once it is changed.' })}
        </Notice>
      )}
      <KeyValue
        items={[
          [word({ vi: 'Họ tên', en: 'Name' }), current.name],
          [word({ vi: 'Tên đăng nhập', en: 'Username' }), <code>{current.username}</code>],
          ...current.posts.map((post) => [word({ vi: 'Vị trí', en: 'Post' }), postInWords(post, true)] as const),
        ]}
      />
      {!current.mustChangePassword && (
        <>
          <h2>{word({ vi: 'Đang đăng nhập ở', en: 'Signed in at' })}</h2>
          <Table caption={word({ vi: 'Các phiên làm việc', en: 'Sessions' })} columns={columns(req, current)} rows={sessions} rowKey={(s) => s.sessionId} />
          {sessions.length > 1 && (
            <Form view={view} action="/tai-khoan/phien/ket-thuc-tat-ca" class="inline-form" label={word({ vi: 'Đăng xuất mọi nơi', en: 'Sign out everywhere' })}>
              <Actions>
                <Button kind="danger">{word({ vi: 'Đăng xuất mọi nơi, cả máy này', en: 'Sign out everywhere, here too' })}</Button>
              </Actions>
            </Form>
          )}
        </>
      )}
      {!current.mustChangePassword && (
        <p>
          <a href="/tai-khoan/tin-nhan">{word({ vi: 'Cách nhận tin nhắn', en: 'How you are told' })}</a>
        </p>
      )}
      {!current.mustChangePassword && (
        <p>
          <a href="/tai-khoan/hai-lop">{word(current.hasCode ? { vi: 'Bảo vệ hai lớp: đang bật', en: 'Second factor: on' } : { vi: 'Bật bảo vệ hai lớp', en: 'Switch on a second factor' })}</a>
        </p>
      )}
      <Card as="section" title={word({ vi: 'Đổi mật khẩu', en: 'Change password' })}>
        <Form view={view} action="/tai-khoan/mat-khau" label={word({ vi: 'Đổi mật khẩu', en: 'Change password' })}>
          <TextField name="cu" type="password" label={word({ vi: 'Mật khẩu hiện nay', en: 'Present password' })} error={errors['cu']} autocomplete="current-password" />
          <TextField
            name="moi"
            type="password"
            label={word({ vi: 'Mật khẩu mới', en: 'New password' })}
            error={errors['moi']}
            autocomplete="new-password"
            hint={word({ vi: `Ít nhất ${MIN_PASSWORD} ký tự. Một câu ngắn dễ nhớ tốt hơn ký hiệu khó gõ.`, en: `At least ${MIN_PASSWORD} characters. A short sentence beats odd symbols.` })}
          />
          <TextField name="lai" type="password" label={word({ vi: 'Nhập lại mật khẩu mới', en: 'New password again' })} error={errors['lai']} autocomplete="new-password" />
          <Button>{word({ vi: 'Đổi mật khẩu', en: 'Change password' })}</Button>
        </Form>
      </Card>
    </Page>
  )
}

/** The field that a refusal concerns, and the sentence. */
const passwordErrors = (refusal: PasswordRefusal): Readonly<Record<string, Words>> => {
  switch (refusal.code) {
    case 'wrong-password':
      return { cu: { vi: 'Mật khẩu hiện nay không đúng.', en: 'The present password is wrong.' } }
    case 'locked':
      return { cu: { vi: 'Nhập sai quá nhiều lần. Hãy thử lại sau 15 phút.', en: 'Too many wrong attempts. Try again in 15 minutes.' } }
    case 'same-password':
      return { moi: { vi: 'Mật khẩu mới trùng mật khẩu cũ. Hãy chọn mật khẩu khác.', en: 'That is the present password. Choose another.' } }
    case 'weak-password':
      return { moi: WEAK[refusal.reason] }
    case 'username-taken':
    case 'already-disabled':
    case 'already-enabled':
      return { '': { vi: 'Tài khoản vừa bị thay đổi. Hãy đăng nhập lại.', en: 'The account has just been changed. Sign in again.' } }
  }
}
const WEAK: Readonly<Record<'short' | 'long' | 'is-username' | 'monotonous', Words>> = {
  short: { vi: `Mật khẩu mới cần ít nhất ${MIN_PASSWORD} ký tự.`, en: `The new password needs at least ${MIN_PASSWORD} characters.` },
  long: { vi: 'Mật khẩu mới dài quá 128 ký tự.', en: 'The new password is longer than 128 characters.' },
  'is-username': { vi: 'Mật khẩu mới không được chứa tên đăng nhập.', en: 'The new password must not contain the username.' },
  monotonous: { vi: 'Mật khẩu mới lặp lại quá ít ký tự.', en: 'The new password repeats too few characters.' },
}

const showSessions = async (req: Req): Promise<Response> => html(req, await SessionsPage({ req, current: await currentSession(req) }))

const endOne = async (req: Req): Promise<Response> => {
  const id = (await readForm(req)).get('phien')
  if (isUuid(id)) await endSession(req.ctx, id)
  return seeOther(req, '/tai-khoan/phien?xong=ket-thuc')
}

const endAll = async (req: Req): Promise<Response> => {
  await signOutEverywhere(req.ctx)
  forgetSession(req)
  return seeOther(req, '/dang-nhap')
}

const savePassword = async (req: Req): Promise<Response> => {
  const current = await currentSession(req)
  const [old, next, again] = [await readSecret(req, 'cu'), await readSecret(req, 'moi'), await readSecret(req, 'lai')]
  const refuse = async (errors: Errors, status: 409 | 422) => html(req, await SessionsPage({ req, current, errors }), status)
  if (next !== again) return refuse({ lai: t(req.view.lang, { vi: 'Hai lần nhập không giống nhau.', en: 'The two entries differ.' }) }, 422)
  const result = await changePassword(req.ctx, { current: old, next, sessionId: current.sessionId })
  if (result.ok) return seeOther(req, '/tai-khoan/phien?xong=mat-khau')
  return refuse(Object.fromEntries(Object.entries(passwordErrors(result.error)).map(([field, words]) => [field, t(req.view.lang, words)])), 422)
}

export const sessionsRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/phien', access: 'signed-in', handle: showSessions },
  { method: 'POST', path: '/tai-khoan/phien/ket-thuc', access: 'signed-in', handle: endOne },
  { method: 'POST', path: '/tai-khoan/phien/ket-thuc-tat-ca', access: 'signed-in', handle: endAll },
  { method: 'POST', path: '/tai-khoan/mat-khau', access: 'signed-in', handle: savePassword, perMinute: 30, takesSecrets: true },
]

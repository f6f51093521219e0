/** `/dang-ky`: a citizen makes an account, and goes on where they were. */
import type { Instant } from '#platform/ctx.ts'
import { formatTime } from '#kernel/plain-date.ts'
import { MIN_PASSWORD, type WeakPassword, signIn } from '#modules/access'
import { type CitizenRefusal, RegisterCitizen, registerCitizen } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type FormFields, type Lang, type Req, type Route, html, readForm, readSecret, seeOther } from '../http.ts'
import { safeReturnPath } from '../return-path.ts'
import { Actions, Button, DateField, ErrorSummary, type Errors, Form, Notice, Page, TextField } from '../ui/index.ts'
import { type Words, t } from '../words.ts'
import { takeDraftsAlong } from './draft-cookie.ts'
import { openCookie } from './session-cookie.ts'

const TYPED = ['so', 'ten', 'ngay-sinh', 'dien-thoai', 'thu'] as const
type Shown = {
  readonly typed: Readonly<Partial<Record<(typeof TYPED)[number], string>>>
  readonly submissionKey: string
  readonly back: string | undefined
  readonly errors: Errors
  readonly problem?: { readonly title: Words; readonly text: Words }
}

const SignUpPage = (props: { readonly req: Req; readonly shown: Shown }) => {
  const { view } = props.req
  const { typed, back, errors, problem, submissionKey } = props.shown
  const word = (words: Words) => t(view.lang, words)
  const signInHref = back === undefined ? '/dang-nhap' : `/dang-nhap?tiep=${encodeURIComponent(back)}`
  return (
    <Page view={view} title={word({ vi: 'Lập tài khoản', en: 'Create an account' })} area="citizen" current="/dang-ky">
      <h1>{word({ vi: 'Lập tài khoản', en: 'Create an account' })}</h1>
      <p class="lead">
        {word({ vi: 'Để nộp hồ sơ, nhận thông báo và tải giấy tờ của mình. Đã có tài khoản thì ', en: 'To apply, be told what is asked of you, and download your papers. If you have an account, ' })}
        <a href={signInHref}>{word({ vi: 'đăng nhập', en: 'sign in' })}</a>.
      </p>
      <ErrorSummary errors={errors} />
      {problem !== undefined && (
        <Notice tone="late" role="alert" title={word(problem.title)}>
          {word(problem.text)}
        </Notice>
      )}
      <Form view={view} action="/dang-ky" submissionKey={submissionKey} label={word({ vi: 'Lập tài khoản', en: 'Create an account' })}>
        {back !== undefined && <input type="hidden" name="tiep" value={back} />}
        <TextField
          name="so"
          label={word({ vi: 'Số định danh cá nhân (số căn cước)', en: 'Personal identification number' })}
          value={typed.so}
          error={errors['so']}
          hint={word({ vi: '12 chữ số trên thẻ căn cước. Đây cũng là tên đăng nhập.', en: 'The 12 digits on your identity card. You sign in with it.' })}
          inputmode="numeric"
          autocomplete="username"
          maxlength={20}
          size="medium"
        />
        <TextField name="ten" label={word({ vi: 'Họ và tên', en: 'Full name' })} value={typed.ten} error={errors['ten']} hint={word({ vi: 'Đúng như trên căn cước, có dấu', en: 'As on your identity card, with accents' })} autocomplete="name" maxlength={100} />
        <DateField name="ngay-sinh" label={word({ vi: 'Ngày sinh', en: 'Date of birth' })} value={typed['ngay-sinh']} error={errors['ngay-sinh']} autocomplete="bday" />
        <TextField name="dien-thoai" type="tel" label={word({ vi: 'Số điện thoại', en: 'Phone' })} value={typed['dien-thoai']} error={errors['dien-thoai']} inputmode="tel" autocomplete="tel" maxlength={20} size="medium" />
        <TextField name="thu" type="email" label={word({ vi: 'Thư điện tử', en: 'E-mail' })} value={typed.thu} error={errors['thu']} optional={true} autocomplete="email" maxlength={200} />
        <TextField
          name="mat-khau"
          type="password"
          label={word({ vi: 'Mật khẩu', en: 'Password' })}
          error={errors['mat-khau']}
          hint={word({ vi: `Ít nhất ${MIN_PASSWORD} ký tự. Một câu ngắn dễ nhớ tốt hơn ký hiệu khó gõ.`, en: `At least ${MIN_PASSWORD} characters. A short sentence beats odd symbols.` })}
          autocomplete="new-password"
        />
        <TextField name="lai" type="password" label={word({ vi: 'Nhập lại mật khẩu', en: 'Password again' })} error={errors['lai']} autocomplete="new-password" />
        <Actions>
          <Button wide>{word({ vi: 'Lập tài khoản', en: 'Create the account' })}</Button>
        </Actions>
      </Form>
      <p class="soft small">
        {word({
          vi: 'Thông tin này dùng để điền sẵn tờ khai và báo cho bạn về hồ sơ; chỉ cán bộ xử lý hồ sơ của bạn mới xem được.',
          en: 'This fills in your forms and lets us reach you; only officers who handle your applications see it.',
        })}
      </p>
    </Page>
  )
}

const showSignUp = (req: Req): Response | Promise<Response> => {
  const back = safeReturnPath(req.c.req.query('tiep'))
  if (req.view.signedIn !== undefined) return seeOther(req, back ?? '/tai-khoan')
  return html(req, <SignUpPage req={req} shown={{ typed: {}, submissionKey: newId(req.ctx.now), back, errors: {} }} />)
}

const FIELDS = (lang: Lang) => ({
  personalNumber: { field: 'so', say: t(lang, { vi: 'Số định danh cá nhân phải có đúng 12 chữ số.', en: 'The identification number has exactly 12 digits.' }) },
  name: { field: 'ten', say: t(lang, { vi: 'Ghi đầy đủ họ và tên, chỉ gồm chữ cái.', en: 'Give your full name, letters only.' }) },
  birthOn: { field: 'ngay-sinh', say: t(lang, { vi: 'Chọn ngày sinh.', en: 'Choose your date of birth.' }) },
  phone: { field: 'dien-thoai', say: t(lang, { vi: 'Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0.', en: 'A phone number has 10 or 11 digits and begins with 0.' }) },
  email: { field: 'thu', say: t(lang, { vi: 'Địa chỉ thư điện tử chưa đúng dạng ten@noi.vn; không có thì để trống.', en: 'The e-mail address is not of the form name@place; leave it empty if you have none.' }) },
})

const WEAK: Readonly<Record<WeakPassword['reason'], Words>> = {
  short: { vi: `Mật khẩu cần ít nhất ${MIN_PASSWORD} ký tự.`, en: `The password needs at least ${MIN_PASSWORD} characters.` },
  long: { vi: 'Mật khẩu dài quá 128 ký tự.', en: 'The password is longer than 128 characters.' },
  'is-username': { vi: 'Mật khẩu không được chứa số định danh.', en: 'The password must not contain your number.' },
  monotonous: { vi: 'Mật khẩu lặp lại quá ít ký tự.', en: 'The password repeats too few characters.' },
}
const ON_RECORD = { vi: 'Chưa lập được tài khoản với số này', en: 'No account could be made with this number' }
const WHAT_TO_DO = {
  vi: 'Nếu số này đã có tài khoản, hãy đăng nhập. Nếu chưa, thông tin vừa khai khác với thông tin cơ quan đang giữ: xem lại họ tên, ngày sinh, điện thoại, hoặc mang căn cước đến Bộ phận Một cửa gần nhất để được sửa và lập tài khoản.',
  en: 'If the number has an account already, sign in. If not, what you gave differs from what is on record: check name, birthday and phone, or bring your identity card to the nearest one-stop desk.',
}
const LOCKED = { vi: 'Tạm dừng vì thử nhiều lần', en: 'Paused after too many attempts' }
const lockedUntil = (until: Instant): Words => ({ vi: `Hãy thử lại sau ${formatTime(until)}.`, en: `Try again after ${formatTime(until)}.` })

const refused = (req: Req, shown: Shown, refusal: CitizenRefusal) => {
  const { lang } = req.view
  switch (refusal.code) {
    case 'weak-password':
      return html(req, <SignUpPage req={req} shown={{ ...shown, errors: { 'mat-khau': t(lang, WEAK[refusal.reason]) } }} />, 422)
    case 'born-in-future':
      return html(req, <SignUpPage req={req} shown={{ ...shown, errors: { 'ngay-sinh': t(lang, { vi: 'Ngày sinh còn ở phía trước.', en: 'The date of birth lies ahead.' }) } }} />, 422)
    case 'number-on-record':
      return html(req, <SignUpPage req={req} shown={{ ...shown, problem: { title: ON_RECORD, text: WHAT_TO_DO } }} />, 409)
    case 'locked':
      return html(req, <SignUpPage req={req} shown={{ ...shown, problem: { title: LOCKED, text: lockedUntil(refusal.until) } }} />, 429)
  }
}

const readInput = (req: Req, form: FormFields, password: string) =>
  RegisterCitizen.safeParse({
    submissionKey: form.get('submissionKey'),
    personalNumber: form.get('so'),
    name: form.get('ten'),
    birthOn: form.get('ngay-sinh'),
    phone: form.get('dien-thoai'),
    email: form.get('thu'),
    password,
    address: req.address,
  })

const doSignUp = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const [password, again] = [await readSecret(req, 'mat-khau'), await readSecret(req, 'lai')]
  const back = safeReturnPath(form.get('tiep'))
  const typed = Object.fromEntries(TYPED.map((name) => [name, form.get(name).slice(0, 200)]))
  const shown: Shown = { typed, submissionKey: form.get('submissionKey'), back, errors: {} }
  const input = readInput(req, form, password)
  const differ: Errors = password === again ? {} : { lai: t(req.view.lang, { vi: 'Hai lần nhập mật khẩu không giống nhau.', en: 'The two passwords differ.' }) }
  const errors: Errors = { ...(input.success ? {} : fieldErrors(input.error, FIELDS(req.view.lang))), ...differ }
  if (!input.success || password !== again) return html(req, <SignUpPage req={req} shown={{ ...shown, errors }} />, 422)
  const registered = await registerCitizen(req.ctx, input.data)
  if (!registered.ok) return refused(req, shown, registered.error)
  const entered = await signIn(req.ctx, { username: input.data.personalNumber, password, address: req.address, agent: req.c.req.header('user-agent') ?? '' })
  if (!entered.ok) return seeOther(req, back === undefined ? '/dang-nhap' : `/dang-nhap?tiep=${encodeURIComponent(back)}`)
  const ctx = openCookie(req, entered.value)
  await takeDraftsAlong(req, ctx)
  return seeOther(req, back ?? '/tai-khoan')
}

export const signUpRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-ky', access: 'public', handle: showSignUp },
  { method: 'POST', path: '/dang-ky', access: 'public', handle: doSignUp, perMinute: 30 },
]

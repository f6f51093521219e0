/** `/quan-tri/tai-khoan`: who may sign in. A made-up password is shown once, here, and must be changed at the first sign-in. */
import { NotFound } from '#kernel/errors.ts'
import { isUuid } from '#kernel/ids.ts'
import { formatInstant } from '#kernel/plain-date.ts'
import { type Account, type AccountRefusal, CreateAccount, createAccount, disableAccount, enableAccount, getAccount, inventPassword, listAccounts, postInWords, resetPassword, resetSecondFactor } from '#modules/access'
import { findPeople } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import { fieldErrors } from '../field-errors.ts'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { Actions, Badge, Breadcrumb, Button, type Column, type Errors, ErrorSummary, Form, KeyValue, Notice, Page, PageHead, Pager, Table, TextField } from '../ui/index.ts'

const PER_PAGE = 50
const HERE = '/quan-tri/tai-khoan'

const postWords = (account: Account): string => account.posts.map((post) => postInWords(post)).join('; ') || 'Công dân'
const State = (props: { readonly account: Account }) =>
  props.account.disabledAt !== null ? <Badge tone="late">đã khóa</Badge> : props.account.mustChangePassword ? <Badge tone="soon">chờ đổi mật khẩu</Badge> : <Badge tone="ok">đang dùng</Badge>

const COLUMNS: readonly Column<Account>[] = [
  { key: 'username', head: 'Tên đăng nhập', primary: true, cell: (a) => <a href={`${HERE}/${a.userId}`}>{a.username}</a> },
  { key: 'name', head: 'Họ tên', cell: (a) => a.name },
  { key: 'posts', head: 'Vị trí', cell: postWords },
  { key: 'state', head: 'Tình trạng', cell: (a) => <State account={a} /> },
  { key: 'sessions', head: 'Phiên đang mở', numeric: true, cell: (a) => a.sessions },
]

type Typed = { readonly number: string; readonly username: string }

const ListPage = async ({ req, typed = { number: '', username: '' }, errors = {} }: { readonly req: Req; readonly typed?: Typed; readonly errors?: Errors }) => {
  const q = req.c.req.query('q') ?? ''
  const page = Math.max(1, Math.trunc(Number(req.c.req.query('trang')) || 1))
  // One more than a page, to know whether there is another.
  const found = await listAccounts(req.ctx, { q, limit: PER_PAGE + 1, offset: (page - 1) * PER_PAGE })
  return (
    <Page view={req.view} title="Tài khoản" area="admin" current={HERE}>
      <PageHead title="Tài khoản" lead="Ai đăng nhập được, giữ vị trí gì. Quyền đi theo vị trí công tác, không theo tài khoản." />
      <ErrorSummary errors={errors} />
      <Form view={req.view} method="get" action={HERE} class="search small" role="search" label="Tìm tài khoản">
        <input type="search" name="q" value={q} aria-label="Tên đăng nhập hoặc họ tên" placeholder="Tên đăng nhập hoặc họ tên" data-key="/" />
        <Button kind="quiet">Tìm</Button>
      </Form>
      <Table caption="Tài khoản" columns={COLUMNS} rows={found.slice(0, PER_PAGE)} rowHref={(a) => `${HERE}/${a.userId}`} empty={<p>Không có tài khoản nào khớp.</p>} />
      <Pager page={page} pages={found.length > PER_PAGE ? page + 1 : page} href={(n) => `${HERE}?q=${encodeURIComponent(q)}&trang=${n}`} />
      <details class="fold" open={Object.keys(errors).length > 0}>
        <summary>Mở tài khoản mới</summary>
        <Form view={req.view} action={HERE} submissionKey={newId(req.ctx.now)} label="Mở tài khoản">
          <TextField name="so" label="Số định danh của người dùng" value={typed.number} error={errors['so']} inputmode="numeric" size="medium" hint="Người đó phải có trong hệ thống: giao vị trí ở trang Tổ chức trước." />
          <TextField name="ten" label="Tên đăng nhập" value={typed.username} error={errors['ten']} size="medium" autocomplete="off" hint="Chữ không dấu, số, dấu chấm. Ví dụ motcua.thuanhoa" />
          <Button>Mở tài khoản</Button>
        </Form>
      </details>
    </Page>
  )
}

const showAccounts = async (req: Req): Promise<Response> => html(req, await ListPage({ req }))

const REFUSALS: Readonly<Record<AccountRefusal['code'], string>> = {
  'username-taken': 'Tên đăng nhập này đã có người dùng. Hãy chọn tên khác.',
  'weak-password': 'Mật khẩu chưa đủ mạnh.',
  'already-disabled': 'Tài khoản đã bị khóa từ trước.',
  'already-enabled': 'Tài khoản đang dùng được.',
}

const openAccount = async (req: Req): Promise<Response> => {
  const form = await readForm(req)
  const typed = { number: form.get('so'), username: form.get('ten') }
  const again = async (errors: Errors, status: 409 | 422) => html(req, await ListPage({ req, typed, errors }), status)
  const number = typed.number.replace(/[\s.]/g, '')
  const [person] = /^\d{12}$/.test(number) ? await findPeople(req.ctx, number, 1) : []
  if (person === undefined) return again({ so: 'Chưa có ai mang số định danh này. Hãy giao vị trí cho người đó ở trang Tổ chức trước.' }, 422)
  const password = inventPassword()
  const input = CreateAccount.safeParse({ submissionKey: form.get('submissionKey'), personId: person.id, username: typed.username, password })
  if (!input.success) return again(fieldErrors(input.error, { username: { field: 'ten' } }), 422)
  const result = await createAccount(req.ctx, input.data)
  if (!result.ok) return again({ ten: REFUSALS[result.error.code] }, 409)
  return showAccount(req, result.value.userId, { password })
}

type Told = { readonly password?: string; readonly refused?: string }

/** Answered by the page itself, not by a redirect: a password must not stand in an address. */
const showAccount = async (req: Req, userId: string, told: Told = {}): Promise<Response> => {
  if (!isUuid(userId)) throw new NotFound(`account ${userId}`)
  const account = await getAccount(req.ctx, { userId })
  const to = (what: string) => `${HERE}/${userId}/${what}`
  return html(
    req,
    <Page view={req.view} title={account.username} area="admin" current={HERE}>
      <Breadcrumb items={[{ href: HERE, label: 'Tài khoản' }, { label: account.username }]} />
      <PageHead title={account.username} above={<State account={account} />} />
      {told.password !== undefined && (
        <Notice tone="ok" role="status" title="Mật khẩu tạm, chỉ hiện một lần">
          <p>
            <code class="receipt-code">{told.password}</code>
          </p>
          <p>Trao tận tay cho {account.name ?? 'người dùng'}. Lần đăng nhập tới phải đổi mật khẩu.</p>
        </Notice>
      )}
      {told.refused !== undefined && (
        <Notice tone="late" role="alert">
          {told.refused}
        </Notice>
      )}
      <KeyValue
        items={[
          ['Họ tên', account.name],
          ['Vị trí', postWords(account)],
          ['Mở lúc', formatInstant(account.createdAt)],
          ['Khóa lúc', account.disabledAt === null ? undefined : formatInstant(account.disabledAt)],
          ['Bảo vệ hai lớp', account.hasCode ? 'đang bật' : 'chưa đặt'],
          ['Phiên đang mở', String(account.sessions)],
        ]}
      />
      <Actions>
        <Form view={req.view} action={to('dat-lai-mat-khau')} class="inline-form" label="Đặt lại mật khẩu">
          <Button kind="quiet">Đặt lại mật khẩu</Button>
        </Form>
        {account.hasCode && (
          <Form view={req.view} action={to('dat-lai-hai-lop')} class="inline-form" label="Đặt lại bảo vệ hai lớp">
            <Button kind="quiet">Đặt lại bảo vệ hai lớp</Button>
          </Form>
        )}
        <Form view={req.view} action={to(account.disabledAt === null ? 'khoa' : 'mo-khoa')} class="inline-form" label={account.disabledAt === null ? 'Khóa tài khoản' : 'Mở khóa'}>
          <Button kind={account.disabledAt === null ? 'danger' : 'primary'}>{account.disabledAt === null ? 'Khóa tài khoản' : 'Mở khóa'}</Button>
        </Form>
      </Actions>
      <p class="soft small">Đặt lại mật khẩu và khóa tài khoản đều kết thúc ngay mọi phiên đang mở.</p>
    </Page>,
    told.refused === undefined ? 200 : 409,
  )
}

const idOf = (req: Req) => {
  const id = req.c.req.param('ma') ?? ''
  if (!isUuid(id)) throw new NotFound(`account ${id}`)
  return id
}

const reset = async (req: Req): Promise<Response> => {
  const userId = idOf(req)
  const password = inventPassword()
  const result = await resetPassword(req.ctx, { userId, password })
  return showAccount(req, userId, result.ok ? { password } : { refused: REFUSALS[result.error.code] })
}

const switchTo = (change: typeof disableAccount) => async (req: Req): Promise<Response> => {
  const userId = idOf(req)
  const result = await change(req.ctx, userId)
  return result.ok ? seeOther(req, `${HERE}/${userId}`) : showAccount(req, userId, { refused: REFUSALS[result.error.code] })
}

export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: HERE, access: 'account.manage', handle: showAccounts },
  { method: 'POST', path: HERE, access: 'account.manage', handle: openAccount },
  { method: 'GET', path: `${HERE}/:ma`, access: 'account.manage', handle: (req) => showAccount(req, req.c.req.param('ma') ?? '') },
  { method: 'POST', path: `${HERE}/:ma/dat-lai-mat-khau`, access: 'account.manage', handle: reset },
  {
    method: 'POST',
    path: `${HERE}/:ma/dat-lai-hai-lop`,
    access: 'account.manage',
    handle: async (req) => {
      await resetSecondFactor(req.ctx, idOf(req))
      return seeOther(req, `${HERE}/${idOf(req)}`)
    },
  },
  { method: 'POST', path: `${HERE}/:ma/khoa`, access: 'account.manage', handle: switchTo(disableAccount) },
  { method: 'POST', path: `${HERE}/:ma/mo-khoa`, access: 'account.manage', handle: switchTo(enableAccount) },
]

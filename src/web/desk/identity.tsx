/** `/mot-cua/nguoi-nop/:id/tai-khoan`: whose online account it is. Who made it on the sign-up page shows the identity card once; then it opens counter dossiers too. */
import { NotFound } from '#kernel/errors.ts'
import { type Uuid, isUuid } from '#kernel/ids.ts'
import { confirmIdentity, findIdentity } from '#modules/access'
import { getPerson } from '#modules/organisation'
import { type Req, type Route, html, readForm, seeOther } from '../http.ts'
import { formatDate } from '#kernel/plain-date.ts'
import { Actions, Badge, Button, ButtonLink, Form, KeyValue, Notice, Page } from '../ui/index.ts'

const idOf = (req: Req): Uuid => {
  const id = req.c.req.param('id') ?? ''
  if (!isUuid(id)) throw new NotFound('person')
  return id
}
const hrefOf = (id: Uuid) => `/mot-cua/nguoi-nop/${id}/tai-khoan`

const showIdentity = async (req: Req): Promise<Response> => {
  const person = await getPerson(req.ctx, idOf(req))
  const identity = await findIdentity(req.ctx, person.id)
  return html(
    req,
    <Page view={req.view} title="Tài khoản trực tuyến" area="desk" current="/mot-cua" width="narrow">
      <h1>Tài khoản trực tuyến của {person.name}</h1>
      {req.c.req.query('xong') !== undefined && (
        <Notice tone="ok" role="status">
          Đã ghi nhận. Từ nay người này xem được cả hồ sơ nộp tại quầy trong tài khoản của mình.
        </Notice>
      )}
      <KeyValue
        items={[
          ['Số định danh', person.personalNumber],
          ['Ngày sinh', person.birthOn === null ? null : formatDate(person.birthOn)],
          ['Điện thoại', person.phone],
          ['Tài khoản', identity === undefined ? 'chưa có' : identity === 'checked' ? <Badge tone="ok">đã đối chiếu căn cước</Badge> : <Badge tone="soon">tự khai, chưa đối chiếu căn cước</Badge>],
        ]}
      />
      {identity === 'declared' && (
        <Form view={req.view} action={hrefOf(person.id)} label="Đối chiếu căn cước">
          <p>Hỏi người đứng trước quầy có đúng là đã tự lập tài khoản này không, xem căn cước, so họ tên, ngày sinh, điện thoại. Không đúng thì đừng bấm, báo người quản trị khóa tài khoản.</p>
          <Actions>
            <Button>Đã đối chiếu, đúng người</Button>
          </Actions>
        </Form>
      )}
      {identity === undefined && <p>Người này tự lập được tại trang “Lập tài khoản”, bằng đúng họ tên, ngày sinh và điện thoại trên đây.</p>}
      <Actions>
        <ButtonLink kind="quiet" href={`/mot-cua?nguoi-nop=${person.id}`}>
          Về tiếp nhận
        </ButtonLink>
      </Actions>
    </Page>,
  )
}

const confirm = async (req: Req): Promise<Response> => {
  await readForm(req)
  const id = idOf(req)
  await confirmIdentity(req.ctx, id)
  return seeOther(req, `${hrefOf(id)}?xong=1`)
}

export const identityRoutes: readonly Route[] = [
  { method: 'GET', path: '/mot-cua/nguoi-nop/:id/tai-khoan', access: 'person.register', handle: showIdentity },
  { method: 'POST', path: '/mot-cua/nguoi-nop/:id/tai-khoan', access: 'person.register', handle: confirm },
]

/** The forms under a unit: each folded away, one action each, with the day from which it holds. */
import { dateOf } from '#kernel/plain-date.ts'
import { ROLES, roleCarries } from '#modules/access'
import { type PostSeat, UNIT_KINDS, type Unit, listRemits } from '#modules/organisation'
import { newId } from '#platform/ids.ts'
import type { Req } from '../http.ts'
import { Actions, Button, Card, DateField, type Errors, Form, Notice, Select, TextField } from '../ui/index.ts'
import { KIND_NAMES, REMIT_NAMES, ROLE_NAMES } from './organisation-words.ts'

/** What was typed, by field name, when a form comes back. `viec` names the form. */
export type Typed = Readonly<Record<string, string>>
export type Contact = { readonly address: string | null; readonly phone: string | null }
type Props = { readonly req: Req; readonly unit: Unit; readonly typed: Typed; readonly errors: Errors }

const typedIn = (typed: Typed, action: string): Typed => (typed['viec'] === action ? typed : {})

/** Give the post to somebody, let somebody leave it, give it up. */
export const SeatForms = (props: Props & { readonly seat: PostSeat }) => {
  const { req, unit, seat, errors } = props
  const today = dateOf(req.ctx.now)
  const action = (what: string) => `/quan-tri/co-quan/${unit.id}/${what}`
  const typed = typedIn(props.typed, 'giao')
  return (
    <section id="doi-nguoi">
      <h2>{seat.title}</h2>
      {seat.personId === null ? (
        <Form view={req.view} action={action('giao')} submissionKey={newId(req.ctx.now)} label="Giao vị trí">
          <input type="hidden" name="vi-tri" value={seat.postId} />
          <TextField
            name="so"
            label="Số định danh của người nhận"
            value={typed['so']}
            error={errors['so']}
            inputmode="numeric"
            size="medium"
            hint="12 chữ số. Ai đã có trong hệ thống thì không cần nhập họ tên."
          />
          <TextField name="ten" label="Họ tên, nếu là người mới" value={typed['ten']} error={errors['ten']} optional />
          <DateField name="tu" label="Nhận từ ngày" value={typed['tu'] ?? today} error={errors['tu']} />
          <DateField name="den" label="Thôi giữ từ ngày" value={typed['den']} error={errors['den']} optional hint="Để trống nếu chưa định ngày." />
          <Actions>
            <Button>Giao vị trí</Button>
          </Actions>
        </Form>
      ) : (
        <Form view={req.view} action={action('thoi')} submissionKey={newId(req.ctx.now)} label="Thôi giữ vị trí">
          <input type="hidden" name="vi-tri" value={seat.postId} />
          <input type="hidden" name="nguoi" value={seat.personId} />
          <DateField name="ngay-thoi" label={`${seat.personName ?? 'Người đang giữ'} thôi giữ từ ngày`} value={typedIn(props.typed, 'thoi')['ngay-thoi'] ?? today} error={errors['ngay-thoi']} />
          <Actions>
            <Button>Ghi thôi giữ</Button>
          </Actions>
        </Form>
      )}
      {roleCarries(seat.role, 'delegation.give') && seat.role !== 'administrator' && (
        <p>
          <a href={`/xu-ly/uy-quyen?vi-tri=${seat.postId}`}>Ghi ủy quyền của vị trí này</a>
        </p>
      )}
      <details class="fold">
        <summary>Bỏ hẳn vị trí này</summary>
        <Form view={req.view} action={action('dong-vi-tri')} submissionKey={newId(req.ctx.now)} label="Bỏ vị trí">
          <input type="hidden" name="vi-tri" value={seat.postId} />
          <DateField name="ngay-dong-vi-tri" label="Bỏ từ ngày" value={today} error={errors['ngay-dong-vi-tri']} />
          <Button kind="danger">Bỏ vị trí</Button>
        </Form>
      </details>
    </section>
  )
}

const ROLE_OPTIONS = ROLES.map((role) => ({ value: role, label: ROLE_NAMES[role] }))
// The city is founded from the command line, once (docs/operations.md).
const KIND_OPTIONS = UNIT_KINDS.filter((kind) => kind !== 'city-committee').map((kind) => ({ value: kind, label: KIND_NAMES[kind] }))
/** A unit of a commune, a department, or a division of one: what stands in the tree below decides which is meant. */
const remitOptions = (unit: Unit, itself = false) => {
  const { commune, department, division } = listRemits()
  // Below a department stand divisions, below the city departments; of a unit itself it is one step up.
  const remits = unit.level === 'commune' ? commune : (unit.kind === 'department') === itself ? department : division
  return remits.map((remit) => ({ value: remit, label: REMIT_NAMES[remit] ?? remit }))
}

export const UnitForms = (props: Props & { readonly contact: Contact; readonly openWork: number }) => {
  const { req, unit, errors } = props
  const today = dateOf(req.ctx.now)
  const action = (what: string) => `/quan-tri/co-quan/${unit.id}/${what}`
  const key = () => newId(req.ctx.now)
  const isOpen = (what: string) => props.typed['viec'] === what
  const [post, sub, name, end] = ['vi-tri', 'don-vi', 'doi-ten', 'dong'].map((what) => typedIn(props.typed, what))
  return (
    <Card as="section" title="Thay đổi">
      <details class="fold" open={isOpen('vi-tri')}>
        <summary>Thêm vị trí công tác</summary>
        <Form view={req.view} action={action('vi-tri')} submissionKey={key()} label="Thêm vị trí">
          <TextField name="chuc-danh" label="Chức danh" value={post?.['chuc-danh']} error={errors['chuc-danh']} />
          <Select name="vai-tro" label="Vai trò (quyền trong hệ thống)" options={ROLE_OPTIONS} value={post?.['vai-tro']} error={errors['vai-tro']} size="medium" />
          <DateField name="vi-tri-tu" label="Từ ngày" value={post?.['vi-tri-tu'] ?? today} error={errors['vi-tri-tu']} />
          <Button>Thêm vị trí</Button>
        </Form>
      </details>
      <details class="fold" open={isOpen('don-vi')}>
        <summary>Lập đơn vị trực thuộc</summary>
        <Form view={req.view} action={action('don-vi')} submissionKey={key()} label="Lập đơn vị">
          <TextField name="ma-moi" label="Mã định danh" value={sub?.['ma-moi'] ?? `${unit.code}.`} error={errors['ma-moi']} size="medium" hint="Nối tiếp mã của đơn vị trên, ví dụ H57.12.06" />
          <TextField name="ten-don-vi" label="Tên" value={sub?.['ten-don-vi']} error={errors['ten-don-vi']} />
          <TextField name="ten-ngan-don-vi" label="Tên ngắn" value={sub?.['ten-ngan-don-vi']} error={errors['ten-ngan-don-vi']} optional />
          <Select name="loai" label="Loại" options={KIND_OPTIONS} value={sub?.['loai'] ?? 'division'} error={errors['loai']} size="medium" />
          <Select
            name="linh-vuc"
            label="Lĩnh vực phụ trách"
            options={remitOptions(unit)}
            value={sub?.['linh-vuc']}
            error={errors['linh-vuc']}
            empty="Không"
            optional
            hint="Hồ sơ của lĩnh vực này sẽ đến đơn vị."
          />
          <DateField name="don-vi-tu" label="Từ ngày" value={sub?.['don-vi-tu'] ?? today} error={errors['don-vi-tu']} />
          <Button>Lập đơn vị</Button>
        </Form>
      </details>
      <details class="fold" open={isOpen('doi-ten')}>
        <summary>Đổi tên</summary>
        <Form view={req.view} action={action('doi-ten')} submissionKey={key()} label="Đổi tên">
          <TextField name="ten-moi" label="Tên mới" value={name?.['ten-moi'] ?? unit.name} error={errors['ten-moi']} />
          <TextField name="ten-ngan-moi" label="Tên ngắn" value={name?.['ten-ngan-moi'] ?? unit.shortName} error={errors['ten-ngan-moi']} />
          <DateField name="ten-tu" label="Có hiệu lực từ ngày" value={name?.['ten-tu'] ?? today} error={errors['ten-tu']} max={today} />
          <Button>Đổi tên</Button>
        </Form>
      </details>
      <MoreForms {...props} />
      <details class="fold" open={isOpen('dong')}>
        <summary>Chấm dứt hoạt động</summary>
        {props.openWork > 0 && <OpenWork unit={unit} count={props.openWork} mayOpen={req.view.signedIn?.everywhere.has('dossier.find') === true} />}
        <Form view={req.view} action={action('dong')} submissionKey={key()} label="Chấm dứt hoạt động">
          <DateField name="ngay-dong" label="Không còn hoạt động từ ngày" value={end?.['ngay-dong']} error={errors['ngay-dong']} />
          <TextField name="ke-thua" label="Mã các đơn vị kế thừa" value={end?.['ke-thua']} error={errors['ke-thua']} optional hint="Cách nhau bằng dấu phẩy, ví dụ H57.12, H57.13" />
          <Button kind="danger">Ghi chấm dứt hoạt động</Button>
        </Form>
      </details>
    </Card>
  )
}

/** Where it is found, and what comes to it. */
const MoreForms = (props: Props & { readonly contact: Contact }) => {
  const { req, unit, errors, contact } = props
  const today = dateOf(req.ctx.now)
  const [at, charge] = ['lien-he', 'phu-trach'].map((what) => typedIn(props.typed, what))
  return (
    <>
      <details class="fold" open={props.typed['viec'] === 'lien-he'}>
        <summary>Địa chỉ, điện thoại</summary>
        <Form view={req.view} action={`/quan-tri/co-quan/${unit.id}/lien-he`} submissionKey={newId(req.ctx.now)} label="Địa chỉ, điện thoại">
          <TextField name="dia-chi" label="Địa chỉ" value={at?.['dia-chi'] ?? contact.address ?? ''} error={errors['dia-chi']} optional />
          <TextField name="dien-thoai" label="Điện thoại" value={at?.['dien-thoai'] ?? contact.phone ?? ''} error={errors['dien-thoai']} size="medium" optional />
          <DateField name="lien-he-tu" label="Từ ngày" value={at?.['lien-he-tu'] ?? today} error={errors['lien-he-tu']} max={today} hint="Giấy tờ của những ngày trước đó vẫn in địa chỉ cũ." />
          <Button>Ghi địa chỉ</Button>
        </Form>
      </details>
      <details class="fold" open={props.typed['viec'] === 'phu-trach'}>
        <summary>Đổi lĩnh vực phụ trách</summary>
        <Form view={req.view} action={`/quan-tri/co-quan/${unit.id}/phu-trach`} submissionKey={newId(req.ctx.now)} label="Đổi lĩnh vực phụ trách">
          <Select
            name="linh-vuc-moi"
            label="Lĩnh vực phụ trách"
            options={remitOptions(unit, true)}
            value={charge?.['linh-vuc-moi'] ?? unit.remit ?? ''}
            error={errors['linh-vuc-moi']}
            empty="Không"
            optional
            hint="Từ hôm nay hồ sơ mới của lĩnh vực này đến đơn vị; hồ sơ đang giải quyết ở đâu vẫn ở đó."
          />
          <Button>Đổi lĩnh vực</Button>
        </Form>
      </details>
    </>
  )
}

const OpenWork = (props: { readonly unit: Unit; readonly count: number; readonly mayOpen: boolean }) => (
  <Notice tone="soon" title={`Còn ${props.count} hồ sơ chưa xong`}>
    Chưa chấm dứt hoạt động ngay được. Giải quyết hoặc chuyển hết trước, hoặc ghi một ngày sắp tới.{' '}
    {props.mayOpen ? <a href={`/so-theo-doi?don-vi=${props.unit.id}&tinh-trang=open`}>Xem các hồ sơ đó</a> : 'Danh sách ở Sổ theo dõi của lãnh đạo đơn vị và phòng kiểm soát thủ tục hành chính.'}
  </Notice>
)

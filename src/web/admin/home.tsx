/** `/quan-tri`: the rooms of the administration, those that this person may enter. */
import { countProcedures } from '#modules/catalogue'
import { Forbidden } from '#kernel/errors.ts'
import { formatInteger } from '#kernel/money.ts'
import { type Req, type Route, html } from '../http.ts'
import { Page, PageHead } from '../ui/index.ts'
import { navOf } from '../ui/nav.ts'

const ABOUT: Readonly<Record<string, string>> = {
  '/quan-tri/thu-tuc': 'Xem danh mục, so sánh các lần công bố, xác định những chỗ còn chưa rõ.',
  '/quan-tri/lich': 'Ngày nghỉ, ngày làm bù, giờ làm việc của từng cơ quan.',
  '/quan-tri/co-quan': 'Cơ quan, đơn vị, vị trí công tác và người đang giữ; ủy quyền, vắng mặt.',
  '/quan-tri/tai-khoan': 'Tài khoản đăng nhập, khóa và mở khóa.',
  '/quan-tri/mau-giay': 'Bố cục các mẫu in theo thông tư: xem thử, sửa, ban hành bản mới.',
  '/quan-tri/nhat-ky': 'Ai đã làm gì, lúc nào; dấu niêm phong của nhật ký.',
  '/quan-tri/dong-ho': 'Cho thời gian trôi nhanh, chỉ ở bản trình diễn.',
  '/quan-tri/tin-nhan': 'Tin gửi người dân và cán bộ, mẫu tin, giờ yên tĩnh.',
  '/quan-tri/cong-viec': 'Việc chạy định kỳ, việc hỏng cần chạy lại.',
}

const showAdmin = async (req: Req): Promise<Response> => {
  const rooms = navOf(req.view, 'admin').filter((item) => item.href !== '/quan-tri')
  if (rooms.length === 0) throw new Forbidden('audit.read')
  const count = await countProcedures(req.ctx)
  return html(
    req,
    <Page view={req.view} title="Quản trị" area="admin" current="/quan-tri">
      <PageHead
        title="Quản trị"
        lead={
          count.toSettle === 0 ? (
            `${formatInteger(count.procedures)} thủ tục, không còn chỗ nào phải xác định.`
          ) : (
            <>
              {formatInteger(count.procedures)} thủ tục, <b class="soon-ink">{formatInteger(count.toSettle)} còn chỗ phải xác định</b> trước khi quầy nhận được.
            </>
          )
        }
      />
      <ul class="place-list">
        {rooms.map((room) => (
          <li class="card">
            <a href={room.href}>{room.words.vi}</a>
            <p class="soft small">{ABOUT[room.href] ?? ''}</p>
          </li>
        ))}
      </ul>
    </Page>,
  )
}

export const adminHomeRoutes: readonly Route[] = [{ method: 'GET', path: '/quan-tri', access: 'signed-in', handle: showAdmin }]

/** The menus of the five areas. An entry is shown to whoever may open it; the page itself refuses again. */
import type { Permission } from '#modules/access'
import type { View } from '../http.ts'
import type { Words } from '../words.ts'

export type Area = 'citizen' | 'desk' | 'office' | 'steering' | 'admin'
export type NavItem = { readonly href: string; readonly words: Words; readonly needs?: Permission; /** About all of a unit: a delegation for some procedures is not enough. */ readonly whole?: true }

export const AREA_NAMES: Readonly<Record<Area, Words & { readonly home: string; readonly needs?: Permission }>> = {
  citizen: { vi: 'Người dân', en: 'Citizens', home: '/' },
  desk: { vi: 'Một cửa', en: 'Front desk', home: '/mot-cua', needs: 'dossier.receive' },
  office: { vi: 'Xử lý', en: 'Case work', home: '/xu-ly', needs: 'dossier.find' },
  steering: { vi: 'Điều hành', en: 'Steering', home: '/dieu-hanh' },
  admin: { vi: 'Quản trị', en: 'Administration', home: '/quan-tri', needs: 'audit.read' },
}

const NAV: Readonly<Record<Area, readonly NavItem[]>> = {
  citizen: [
    { href: '/thu-tuc', words: { vi: 'Thủ tục', en: 'Procedures' } },
    { href: '/tra-cuu', words: { vi: 'Tra cứu hồ sơ', en: 'Track an application' } },
    { href: '/tinh-han', words: { vi: 'Tính ngày hẹn', en: 'Compute a due date' } },
  ],
  desk: [
    { href: '/mot-cua', words: { vi: 'Tiếp nhận', en: 'Intake' }, needs: 'dossier.receive' },
    { href: '/mot-cua/truc-tuyen', words: { vi: 'Hồ sơ trực tuyến', en: 'Online submissions' }, needs: 'dossier.receive' },
    { href: '/mot-cua/tra-ket-qua', words: { vi: 'Trả kết quả', en: 'Return results' }, needs: 'dossier.return' },
    { href: '/mot-cua/hom-nay', words: { vi: 'Hôm nay', en: 'Today' }, needs: 'dossier.receive' },
  ],
  office: [
    { href: '/xu-ly', words: { vi: 'Việc của tôi', en: 'My work' }, needs: 'dossier.read' },
    { href: '/xu-ly/ky-duyet', words: { vi: 'Chờ ký duyệt', en: 'To sign' }, needs: 'dossier.approve' },
    { href: '/xu-ly/sap-han', words: { vi: 'Quá hạn', en: 'Late and at risk' }, needs: 'dossier.monitor', whole: true },
    { href: '/xu-ly/don-vi', words: { vi: 'Bảng đơn vị', en: 'Unit board' }, needs: 'dossier.monitor', whole: true },
    { href: '/xu-ly/phan-viec', words: { vi: 'Phân việc', en: 'Share work' }, needs: 'dossier.assign' },
    { href: '/so-theo-doi', words: { vi: 'Sổ theo dõi', en: 'Register' }, needs: 'dossier.find', whole: true },
  ],
  steering: [],
  admin: [
    { href: '/quan-tri', words: { vi: 'Tổng quan', en: 'Overview' } },
    { href: '/quan-tri/thu-tuc', words: { vi: 'Thủ tục', en: 'Procedures' }, needs: 'catalogue.browse' },
    { href: '/quan-tri/lich', words: { vi: 'Lịch', en: 'Calendar' }, needs: 'calendar.edit' },
    { href: '/quan-tri/co-quan', words: { vi: 'Tổ chức', en: 'Organisation' }, needs: 'organisation.edit' },
    { href: '/quan-tri/tai-khoan', words: { vi: 'Tài khoản', en: 'Accounts' }, needs: 'account.manage' },
    { href: '/quan-tri/mau-giay', words: { vi: 'Mẫu giấy', en: 'Forms' }, needs: 'papers.edit' },
    { href: '/quan-tri/nhat-ky', words: { vi: 'Nhật ký', en: 'Log' }, needs: 'audit.read' },
    { href: '/quan-tri/dong-ho', words: { vi: 'Đồng hồ', en: 'Clock' }, needs: 'clock.move' },
    { href: '/quan-tri/tin-nhan', words: { vi: 'Tin nhắn', en: 'Messages' }, needs: 'messages.manage' },
    { href: '/quan-tri/cong-viec', words: { vi: 'Việc nền', en: 'Jobs' }, needs: 'jobs.manage' },
  ],
}

const may = (view: View, needs: Permission | undefined, whole = false): boolean => needs === undefined || (whole ? view.signedIn?.everywhere : view.signedIn?.permissions)?.has(needs) === true

export const navOf = (view: View, area: Area): readonly NavItem[] => NAV[area].filter((item) => may(view, item.needs, item.whole === true) && (item.needs !== 'clock.move' || view.demo))

/** Where an area begins for this person: its first entry that they may open. */
export const homeOf = (view: View, area: Area): string => {
  const { home } = AREA_NAMES[area]
  const items = navOf(view, area)
  return items.length === 0 || items.some((item) => item.href === home) ? home : items[0]!.href
}

/** The areas that this person can go to, the citizens' one always among them. Steering opens with a later delivery. */
export const areasOf = (view: View): readonly Area[] =>
  (['citizen', 'desk', 'office', 'admin'] as const).filter((area) => may(view, AREA_NAMES[area].needs))

/** `/` belongs to its own page only; other entries cover what lies below them, the longest match wins. */
export const currentItem = (items: readonly NavItem[], current: string): string | undefined =>
  items
    .map((item) => item.href)
    .filter((href) => current === href || current.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0]

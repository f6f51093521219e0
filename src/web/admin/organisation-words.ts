/** Names and refusals of the organisation's pages. */
import { formatDate, type PlainDate } from '#kernel/plain-date.ts'
import type { Role } from '#modules/access'
import type { PostRefusal, UnitKind, UnitRefusal } from '#modules/organisation'

export const KIND_NAMES: Readonly<Record<UnitKind, string>> = {
  'city-committee': 'UBND thành phố',
  'city-office': 'Văn phòng UBND thành phố',
  department: 'Sở',
  'service-centre': 'Trung tâm PVHCC thành phố',
  'commune-committee': 'UBND xã, phường',
  'commune-office': 'Văn phòng HĐND và UBND',
  division: 'Phòng',
  'commune-desk': 'Trung tâm PVHCC xã, phường',
  police: 'Công an xã, phường',
  'control-office': 'Kiểm soát thủ tục hành chính',
  'home-affairs': 'Cải cách hành chính',
}

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  'desk-officer': 'Tiếp nhận, trả kết quả',
  'case-officer': 'Thụ lý',
  'unit-leader': 'Lãnh đạo phòng',
  signer: 'Ký kết quả',
  chair: 'Chủ tịch',
  clerk: 'Văn thư',
  'desk-leader': 'Lãnh đạo Một cửa',
  'control-officer': 'Kiểm soát TTHC',
  'home-affairs': 'Nội vụ',
  administrator: 'Quản trị hệ thống',
}

/** `từ 01/07/2025`, `từ 01/07/2025, thôi từ 01/01/2027`: the second day is the first one on which it no longer holds. */
export const validityWords = (from: PlainDate, to: PlainDate | null): string => (to === null ? `từ ${formatDate(from)}` : `từ ${formatDate(from)}, thôi từ ${formatDate(to)}`)

export const organisationRefusal = (refusal: UnitRefusal | PostRefusal): string => {
  switch (refusal.code) {
    case 'unit-closed':
      return `Đơn vị đã chấm dứt hoạt động từ ${formatDate(refusal.on)}. Chọn ngày trước đó, hoặc đơn vị kế thừa.`
    case 'before-validity':
      return `Ngày phải từ ${formatDate(refusal.validFrom)} trở đi.`
    case 'not-yet-in-force':
      return `Tên mới có hiệu lực từ ${formatDate(refusal.from)}: hãy ghi vào ngày đó hoặc sau đó.`
    case 'code-taken':
      return `Mã ${refusal.unitCode} đang thuộc đơn vị khác. Hãy dùng mã khác.`
    case 'post-closed':
      return `Vị trí đã thôi từ ${formatDate(refusal.on)}.`
    case 'post-occupied':
      return 'Vị trí đang có người giữ trong thời gian đó. Hãy cho người đó thôi giữ trước.'
    case 'not-held':
      return 'Người này không giữ vị trí vào ngày đó.'
  }
}

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

/** What a unit is in charge of: by it a procedure finds who handles it (data/organisations/offering.json). */
export const REMIT_NAMES: Readonly<Record<string, string>> = {
  office: 'Văn phòng: tư pháp – hộ tịch và việc chung',
  economy: 'Kinh tế, hạ tầng, đô thị',
  'culture-society': 'Văn hóa – xã hội',
  police: 'Công an: cư trú',
  'agriculture-environment': 'Nông nghiệp và môi trường',
  construction: 'Xây dựng',
  'culture-sport': 'Văn hóa và thể thao',
  education: 'Giáo dục và đào tạo',
  'ethnic-religion': 'Dân tộc và tôn giáo',
  finance: 'Tài chính',
  health: 'Y tế',
  'home-affairs': 'Nội vụ',
  'industry-trade': 'Công Thương',
  justice: 'Tư pháp',
  'science-technology': 'Khoa học và công nghệ',
  tourism: 'Du lịch',
  agriculture: 'Nông nghiệp',
  building: 'Quản lý xây dựng',
  'business-registration': 'Đăng ký kinh doanh',
  'civil-status': 'Hành chính tư pháp',
  culture: 'Văn hóa và di sản',
  'energy-safety': 'Năng lượng và kỹ thuật an toàn',
  ethnic: 'Công tác dân tộc',
  investment: 'Quản lý đầu tư',
  'judicial-support': 'Bổ trợ tư pháp',
  labour: 'Lao động và việc làm',
  land: 'Đất đai',
  medical: 'Nghiệp vụ y',
  merit: 'Người có công',
  pharmacy: 'Nghiệp vụ dược',
  'planning-housing': 'Quy hoạch và nhà ở',
  'public-finance': 'Quản lý giá và công sản',
  religion: 'Tín ngưỡng, tôn giáo',
  schools: 'Giáo dục phổ thông và mầm non',
  science: 'Quản lý khoa học',
  'social-protection': 'Bảo trợ xã hội và trẻ em',
  sport: 'Thể dục thể thao',
  trade: 'Quản lý thương mại',
  transport: 'Giao thông',
  travel: 'Quản lý lữ hành',
  vocational: 'Giáo dục nghề nghiệp và thường xuyên',
  'water-environment': 'Môi trường và tài nguyên nước',
}

/** Kinds of which an agency has one, in charge of one thing. */
export const REMIT_OF_KIND: Partial<Readonly<Record<UnitKind, string>>> = { 'commune-office': 'office', police: 'police' }

/** `từ 01/07/2025`, `từ 01/07/2025, thôi từ 01/01/2027`: the second day is the first one on which it no longer holds. */
export const validityWords = (from: PlainDate, to: PlainDate | null): string => (to === null ? `từ ${formatDate(from)}` : `từ ${formatDate(from)}, thôi từ ${formatDate(to)}`)

export const organisationRefusal = (refusal: UnitRefusal | PostRefusal): string => {
  switch (refusal.code) {
    case 'unit-closed':
      return `Đơn vị đã chấm dứt hoạt động từ ${formatDate(refusal.on)}. Chọn ngày trước đó, hoặc đơn vị kế thừa.`
    case 'before-validity':
      return `Ngày phải từ ${formatDate(refusal.validFrom)} trở đi.`
    case 'not-yet-in-force':
      return `Có hiệu lực từ ${formatDate(refusal.from)}: hãy ghi vào ngày đó hoặc sau đó.`
    case 'code-taken':
      return `Mã ${refusal.unitCode} đang thuộc đơn vị khác. Hãy dùng mã khác.`
    case 'remit-taken':
      return `${refusal.by} đang phụ trách lĩnh vực này. Hãy đổi lĩnh vực của đơn vị đó trước.`
    case 'remit-unknown':
      return 'Hãy chọn lĩnh vực trong danh sách.'
    case 'work-open':
      return `Đơn vị còn ${refusal.count} hồ sơ chưa xong: hãy giải quyết hoặc chuyển hết trước, hoặc ghi một ngày sắp tới.`
    case 'post-closed':
      return `Vị trí đã thôi từ ${formatDate(refusal.on)}.`
    case 'post-occupied':
      return 'Vị trí đang có người giữ trong thời gian đó. Hãy cho người đó thôi giữ trước.'
    case 'not-held':
      return 'Người này không giữ vị trí vào ngày đó.'
  }
}

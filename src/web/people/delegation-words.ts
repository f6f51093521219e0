/** What may be delegated, in words, and why a delegation is refused. */
import { formatDate } from '#kernel/plain-date.ts'
import type { Permission } from '#modules/access'
import type { DelegationRefusal } from '#modules/organisation'

const POWER_WORDS: Partial<Readonly<Record<Permission, string>>> = {
  'dossier.receive': 'Tiếp nhận hồ sơ',
  'dossier.return': 'Trả kết quả',
  'dossier.read': 'Xem hồ sơ',
  'dossier.find': 'Tra sổ theo dõi, tìm hồ sơ',
  'dossier.monitor': 'Xem bảng đơn vị',
  'dossier.assign': 'Phân công thụ lý',
  'dossier.examine': 'Thụ lý hồ sơ',
  'dossier.advise': 'Trả lời lấy ý kiến',
  'dossier.review': 'Xem xét, trình ký',
  'dossier.approve': 'Ký duyệt kết quả',
  'dossier.issue': 'Cấp số, phát hành kết quả',
  'person.register': 'Ghi, sửa thông tin người nộp',
}

/** A power that nobody has named yet speaks for itself. */
export const powerWords = (power: Permission): string => POWER_WORDS[power] ?? power

export const delegationRefusal = (refusal: DelegationRefusal): string => {
  switch (refusal.code) {
    case 're-delegation':
      return 'Vị trí này bạn giữ theo ủy quyền; việc được ủy quyền không ủy quyền lại. Người giữ vị trí phải tự ủy quyền.'
    case 'power-not-carried':
      return `Vị trí này không có quyền “${powerWords(refusal.power)}” nên không ủy quyền được. Hãy bỏ việc đó.`
    case 'to-oneself':
      return 'Người được ủy quyền phải là người khác.'
    case 'delegate-without-post':
      return 'Vào ngày bắt đầu, người này không giữ vị trí nào. Chỉ ủy quyền cho người đang giữ vị trí.'
    case 'delegate-post-invalid':
      return 'Vào ngày bắt đầu, vị trí này không còn. Hãy chọn vị trí khác.'
    case 'post-not-valid':
      return refusal.validTo === null ? `Vị trí ủy quyền chỉ có từ ${formatDate(refusal.validFrom)}.` : `Vị trí ủy quyền chỉ có từ ${formatDate(refusal.validFrom)}, thôi từ ${formatDate(refusal.validTo)}.`
    case 'delegated-already':
      return `Trong thời gian đó đã có ủy quyền theo văn bản ${refusal.document}. Thu hồi văn bản đó trước, hoặc chọn thời gian khác.`
    case 'ended-already':
      return `Ủy quyền này đã hết hiệu lực từ ${formatDate(refusal.on)}.`
  }
}

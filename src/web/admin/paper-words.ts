/** Words of the pages about the layouts of official forms. */
import type { LayoutTextFault, LayoutYear, PaperSlug, PublishRefusal } from '#modules/dossier'
import { formatDate } from '#kernel/plain-date.ts'
import type { FieldWords } from '../field-errors.ts'

export const PAPER_NAMES: Readonly<Record<PaperSlug, string>> = {
  receipt: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả',
  supplement: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
  refusal: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ',
  'apology-extension': 'Văn bản xin lỗi, hẹn lại, gia hạn',
  'stop-notice': 'Thông báo dừng giải quyết hồ sơ',
  'control-slip': 'Phiếu kiểm soát quá trình giải quyết',
  register: 'Sổ theo dõi hồ sơ',
}

export const YEAR_NAMES: Readonly<Record<LayoutYear, string>> = { '2018': 'trước 01/07/2025', '2025': 'từ 01/07/2025' }

export const PUBLISH_WORDS: FieldWords = {
  content: { field: 'content', say: 'Bố cục dài quá 60.000 ký tự.' },
  validFrom: { field: 'validFrom', say: 'Chọn ngày áp dụng.' },
  note: { field: 'note', say: 'Ghi vài chữ về chỗ đã sửa (từ 5 đến 500 ký tự).' },
}

/** `Dòng 12 (blocks.3.text): …` */
export const faultText = (fault: LayoutTextFault): string => `Dòng ${fault.line}${fault.path === '' ? '' : ` (${fault.path})`}: ${fault.message}`

/** At which field, and what to say. Faults of the text stand in their own list. */
export const publishRefusal = (refusal: PublishRefusal): readonly [string, string] => {
  switch (refusal.code) {
    case 'layout-broken':
      return ['content', `Bố cục có ${refusal.faults.length} chỗ sai. ${refusal.faults[0] === undefined ? '' : faultText(refusal.faults[0])}`]
    case 'begins-in-past':
      return ['validFrom', `Ngày áp dụng phải từ hôm nay, ${formatDate(refusal.today)}, trở đi: giấy đã in giữ nguyên bố cục cũ.`]
    case 'no-such-layout':
      return ['', 'Chế độ này không có mẫu giấy đó.']
  }
}

/**
 * PURE. What each official form may print (domain.md §4.2): the names that its layout can use, in the words of the administrator who edits it.
 * A name that does not stand here is nobody's: a layout can neither print what the paper may not show nor ask for what it does not know.
 */
import type { PaperSlug } from './layout.ts'

type Names = Readonly<Record<string, string>>
export type PaperFields = { readonly fields: Names; readonly lists: Readonly<Record<string, Names>> }

/** Of every form. */
const COMMON = {
  formNote: 'Số mẫu và thông tư ban hành',
  formName: 'Tên mẫu theo chế độ hiện hành',
  formTitle: 'Tên mẫu, chữ in hoa',
  number: 'Số, ký hiệu văn bản',
  code: 'Mã hồ sơ',
  agency: 'Cơ quan chủ quản, in trên cùng bên trái',
  issuer: 'Nơi ra văn bản',
  place: 'Địa danh trước ngày tháng',
  lookUpPage: 'Địa chỉ trang tra cứu',
  replaces: 'Bản này thay cho bản nào',
  replacedBy: 'Bản này đã được thay bởi bản nào',
} as const

const DESK = { deskLine: 'Nơi tiếp nhận, địa chỉ, điện thoại' } as const

const PERSON = {
  applicant: 'Tên người yêu cầu',
  address: 'Địa chỉ',
  phone: 'Số điện thoại',
  email: 'Thư điện tử',
  procedure: 'Tên thủ tục',
  procedureCode: 'Mã thủ tục',
} as const

const LETTER = { ...COMMON, ...DESK, ...PERSON, by: 'Người lập phiếu', reason: 'Lý do' } as const

const AUTHORITY = { ...COMMON, ...PERSON, receivedAt: 'Thời điểm tiếp nhận', reason: 'Lý do', signer: 'Người ký', authority: 'Thẩm quyền ký' } as const

export const PAPER_FIELDS: Readonly<Record<PaperSlug, PaperFields>> = {
  receipt: {
    fields: {
      ...COMMON, ...DESK, ...PERSON,
      copyName: 'Liên 1 hoặc liên 2',
      submitter: 'Người nộp thay, điện thoại',
      handedInBy: 'Người ký nộp hồ sơ',
      sets: 'Số bộ hồ sơ',
      limit: 'Thời hạn theo quy định',
      receivedAt: 'Thời điểm nhận',
      dueAt: 'Thời điểm hẹn trả',
      dueReason: 'Vì sao là ngày này',
      resultDelivery: 'Nơi, cách nhận kết quả',
      fees: 'Phí, lệ phí',
      register: 'Vào sổ theo dõi',
      receivedBy: 'Người tiếp nhận',
      secret: 'Mã tra cứu, chỉ có trên liên 2',
    },
    lists: { papers: { n: 'Thứ tự', name: 'Tên giấy tờ', kind: 'Bản chính, bản sao…', quantity: 'Số lượng' } },
  },
  supplement: {
    fields: { ...LETTER, until: 'Thời hạn hoàn thiện', contact: 'Nơi liên hệ khi vướng mắc', clockEffect: 'Thời hạn giải quyết thay đổi thế nào' },
    lists: { items: { n: 'Thứ tự', text: 'Nội dung cần bổ sung' } },
  },
  refusal: { fields: { ...LETTER, ground: 'Căn cứ từ chối', legalBasis: 'Căn cứ pháp lý' }, lists: {} },
  'apology-extension': {
    fields: {
      ...AUTHORITY,
      dueAt: 'Thời điểm đã hẹn trả',
      newDueAt: 'Thời điểm hẹn trả lại',
      basis: 'Căn cứ gia hạn',
      extendedBy: 'Thời gian xin gia hạn',
      late: 'Hồ sơ đã quá hạn bao lâu',
    },
    lists: {},
  },
  'stop-notice': {
    fields: { ...AUTHORITY, stage: 'Bước đang giải quyết', legalBasis: 'Căn cứ dừng', decision: 'Quyết định dừng', finance: 'Xử lý nghĩa vụ tài chính đã nộp', papersBack: 'Trả lại giấy tờ' },
    lists: {},
  },
  'control-slip': {
    fields: {
      ...COMMON,
      applicant: 'Hồ sơ của ai',
      procedure: 'Tên thủ tục',
      procedureCode: 'Mã thủ tục',
      handledBy: 'Cơ quan, bộ phận giải quyết',
      coordinatedBy: 'Cơ quan phối hợp',
      receivedAt: 'Thời điểm nhận',
      dueAt: 'Thời điểm hẹn trả',
      extended: 'Hẹn lại: ngày cũ, ngày mới',
      finishedAt: 'Thời điểm có kết quả',
      outcome: 'Kết quả: trước, đúng, quá hạn',
      open: 'Có chữ khi hồ sơ đang được giải quyết',
    },
    lists: {
      rows: {
        n: 'Thứ tự', from: 'Người giao', to: 'Người nhận', momentLong: 'Thời điểm, viết đủ chữ', momentShort: 'Giờ và ngày', outcome: 'Trước, đúng, quá hạn', note: 'Ghi chú',
      },
    },
  },
  register: {
    fields: { ...COMMON, unit: 'Sổ của đơn vị nào', period: 'Khoảng thời gian', count: 'Số hồ sơ', empty: 'Có chữ khi không có hồ sơ nào', printedOn: 'Ngày in' },
    lists: {
      rows: {
        n: 'Thứ tự', code: 'Mã hồ sơ', procedure: 'Tên thủ tục', sets: 'Số bộ', applicant: 'Tên cá nhân, tổ chức', contact: 'Địa chỉ, số điện thoại', agency: 'Cơ quan chủ trì',
        receivedOn: 'Ngày nhận', dueOn: 'Ngày hẹn trả', returnedOn: 'Ngày trả', delivery: 'Cách nhận kết quả', recipient: 'Người ký nhận', remark: 'Ghi chú',
      },
    },
  },
}

/** Words of the catalogue's administration. */
import type { ComparedField, HistoryLine, SettleRefusal } from '#modules/catalogue'
import type { FieldWords } from '../field-errors.ts'

export const FIELD_NAMES: Readonly<Record<ComparedField, string>> = {
  name: 'Tên',
  decisionNo: 'Quyết định công bố',
  field: 'Lĩnh vực',
  levels: 'Cấp thực hiện',
  publisher: 'Cơ quan công bố',
  subjects: 'Đối tượng',
  methods: 'Cách thức thực hiện',
  components: 'Thành phần hồ sơ',
  steps: 'Trình tự thực hiện',
  results: 'Kết quả',
  conditions: 'Yêu cầu, điều kiện',
  executingAgency: 'Cơ quan thực hiện',
  competentAgency: 'Cơ quan có thẩm quyền',
  coordinatingAgency: 'Cơ quan phối hợp',
  receivingAddress: 'Địa chỉ tiếp nhận',
  legalBases: 'Căn cứ pháp lý',
  description: 'Mô tả',
  keywords: 'Từ khóa',
}

export const settleRefusal = (refusal: SettleRefusal): string => {
  switch (refusal.code) {
    case 'not-current':
      return 'Thủ tục này vừa có bản mới. Hãy mở bản đang có hiệu lực rồi quyết định lại.'
    case 'no-such-row':
      return `Thủ tục chỉ có ${refusal.rows} dòng cách thức thực hiện.`
    case 'nothing-to-settle':
      return 'Dòng này đã được công bố đầy đủ, không có gì phải quyết định.'
    case 'limit-not-countable':
      return 'Thời hạn này không tính được: ngày và tháng phải là số nguyên từ 1; giờ và ngày làm việc tính đến nửa; “trong ngày” là 0 ngày làm việc.'
    case 'cutoff-needs-in-day':
      return 'Mốc giờ chỉ dùng cho thủ tục giải quyết trong ngày (0 ngày làm việc).'
    case 'case-missing':
      return 'Cách nộp này có nhiều thời hạn: hãy ghi trường hợp mà dòng này áp dụng.'
    case 'fee-missing':
      return 'Phí, lệ phí mâu thuẫn: hãy chọn cách hiểu đúng.'
  }
}

/** Which field a refusal belongs to. */
export const REFUSED_FIELD: Readonly<Record<SettleRefusal['code'], string>> = {
  'not-current': '',
  'no-such-row': '',
  'nothing-to-settle': '',
  'limit-not-countable': 'amount',
  'cutoff-needs-in-day': 'cutoff',
  'case-missing': 'appliesWhen',
  'fee-missing': 'fee',
}

export const SETTLE_WORDS: FieldWords = {
  'limit.amount': { field: 'amount', say: 'Ghi thời hạn là một số từ 0 trở lên.' },
  'limit.unit': { field: 'unit', say: 'Chọn đơn vị của thời hạn.' },
  limit: { field: 'amount', say: 'Ghi thời hạn, hoặc chọn “không quy định thời hạn”.' },
  inDayCutoffMinutes: { field: 'cutoff', say: 'Ghi giờ dạng 15:00.' },
  appliesWhen: { field: 'appliesWhen', say: 'Trường hợp áp dụng dài quá 500 chữ.' },
  fee: { field: 'fee', say: 'Chọn cách hiểu phí, lệ phí; nếu là số tiền thì ghi số đồng.' },
  reason: { field: 'reason', say: 'Ghi lý do, ít nhất 10 chữ cái.' },
  sourceText: { field: 'sourceText', say: 'Trích câu chữ làm căn cứ.' },
}

export const HISTORY_NAMES: Readonly<Record<string, string>> = {
  'procedure.imported': 'Đưa vào danh mục',
  'procedure.revised': 'Cập nhật bản mới',
  'procedure.row-settled': 'Quyết định thời hạn, phí',
}

export const historyBy = (line: HistoryLine): string => line.by ?? 'Hệ thống'

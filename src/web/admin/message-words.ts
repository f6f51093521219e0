/** What the administration says of messages. */
import type { DeliveryState, MessageFilter, MessageSettings, MessageState, Part, TemplateFault } from '#modules/notification'

type Channel = MessageSettings['channels'][number]

export const CHANNEL_WORDS: Readonly<Record<Channel, string>> = { email: 'Thư điện tử', sms: 'SMS', app: 'Ứng dụng' }
export const PART_WORDS: Readonly<Record<Part, string>> = { subject: 'Tiêu đề thư', email: 'Nội dung thư', sms: 'SMS', app: 'Tin trên ứng dụng' }
export const LANG_WORDS = { vi: 'Tiếng Việt', en: 'Tiếng Anh' } as const

export const STATE_WORDS: Readonly<Record<MessageState, string>> = {
  waiting: 'chờ gửi',
  dispatched: 'đã chuyển đi',
  combined: 'gộp vào tin khác',
  settled: 'không cần gửi nữa',
  'no-channel': 'không có cách nào đến',
  'not-wanted': 'người nhận không muốn nhận',
  erased: 'người nhận đã xóa dữ liệu',
}
export const DELIVERY_WORDS: Readonly<Record<DeliveryState, { readonly words: string; readonly tone: 'ok' | 'plain' | 'late' }>> = {
  queued: { words: 'đang gửi', tone: 'plain' },
  sent: { words: 'đã gửi', tone: 'ok' },
  dead: { words: 'thử hết lần, không gửi được', tone: 'late' },
  refused: { words: 'bị từ chối', tone: 'late' },
}
export const FILTER_WORDS: Readonly<Record<MessageFilter, string>> = {
  waiting: 'Chờ gửi',
  failed: 'Hỏng, cần xem',
  sent: 'Đã chuyển đi',
  'no-channel': 'Không có cách nào đến',
  other: 'Không gửi',
}

/** A fixed word of the delivery record, as a sentence. */
export const reasonInWords = (reason: string): string => {
  const [kind, code] = reason.split('-', 2)
  if (kind === 'smtp') return `máy chủ thư trả lời ${code}`
  if (kind === 'http') return `cổng nhắn tin trả lời ${code}`
  return REASONS[reason] ?? reason
}
const REASONS: Readonly<Record<string, string>> = {
  unreachable: 'không kết nối được',
  'bad-address': 'địa chỉ không hợp lệ',
  'no-address': 'người nhận không còn địa chỉ này',
  'no-provider': 'chưa cài đặt kênh này',
  erased: 'người nhận đã xóa dữ liệu',
  failed: 'lỗi khi gửi',
  empty: 'tin không có nội dung',
}

export const faultInWords = (fault: TemplateFault, known: readonly string[]): string => {
  switch (fault.fault) {
    case 'empty':
      return 'Chưa có nội dung.'
    case 'too-long':
      return `Dài ${fault.length} ký tự, nhiều nhất ${fault.most}.`
    case 'not-one-line':
      return 'Tiêu đề chỉ một dòng.'
    case 'unknown-name':
      return `Dòng ${fault.line}, cột ${fault.column}: ${fault.found} không có nghĩa. Dùng được: ${known.map((name) => `{${name}}`).join(', ')}.`
    case 'not-closed':
      return `Dòng ${fault.line}, cột ${fault.column}: ${fault.found} mở ngoặc mà không đóng.`
    case 'not-opened':
      return `Dòng ${fault.line}, cột ${fault.column}: thừa dấu }.`
  }
}

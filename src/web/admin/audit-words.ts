/** What stands in an audit line besides its sentence: the facts of the event, readable, without anything personal. */
import type { Json } from '#kernel/digest.ts'
import { type Instant, formatDate, formatInstant, isPlainDate } from '#kernel/plain-date.ts'

/** Instead of a personal value, of which the log holds only a digest. */
const HIDDEN = '(dữ liệu cá nhân, không hiện)'

const LONGEST = 160

const isRecord = (value: Json): value is { readonly [key: string]: Json } => value !== null && typeof value === 'object' && !Array.isArray(value)

const readable = (key: string, value: Json): string => {
  if (typeof value === 'string') return isPlainDate(value) ? formatDate(value) : value
  if (typeof value === 'number') return key.endsWith('At') ? formatInstant(value as Instant) : String(value)
  if (typeof value === 'boolean') return value ? 'có' : 'không'
  if (value === null) return ''
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => readable('', item)).filter((text) => text !== '').join('; ')
  if (isRecord(value)) {
    if (typeof value['$private'] === 'string') return HIDDEN
    return Object.entries(value).map(([k, v]) => `${k}: ${readable(k, v)}`).join(', ')
  }
  return ''
}

/** Name and value of each fact; empty ones are left out, long ones cut. */
export const factsOf = (data: Json): readonly (readonly [string, string])[] =>
  isRecord(data)
    ? Object.entries(data)
        .map(([key, value]) => [key, readable(key, value)] as const)
        .filter(([, text]) => text !== '')
        .map(([key, text]) => [key, text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text] as const)
    : []

/** The name of a reader of the log, as the administrator knows it. */
export const READER_NAMES: Readonly<Record<string, string>> = {
  'account-erasures': 'Xóa tên đăng nhập của một tài khoản',
  audit: 'Nhật ký hoạt động',
  'catalogue-history': 'Lịch sử danh mục thủ tục',
  'live-queues': 'Cập nhật danh sách đang mở',
  'dossier-messages': 'Tin nhắn về hồ sơ',
  'dossier-erasures': 'Xóa dữ liệu cá nhân trong hồ sơ',
  'person-erasures': 'Xóa dữ liệu cá nhân của một người',
}

/** How far behind: `0`, `12`, `hơn 10.000`. */
export const countInWords = (n: number, limit: number): string => (n >= limit ? `hơn ${(limit - 1).toLocaleString('vi-VN')}` : n.toLocaleString('vi-VN'))

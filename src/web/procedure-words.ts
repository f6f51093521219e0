/** How procedures are spoken of on screens: levels, channels, limits, fees. Never a guess where the source leaves it open. */
import { limitInEnglish, limitInVietnamese } from '#modules/calendar'
import { type Applicant, type Channel, type Fee, type Level, type MethodRow, type ThingToSettle, cutoffText } from '#modules/catalogue'
import { formatVnd } from '#kernel/money.ts'
import type { Lang } from './http.ts'
import { type Words, t } from './words.ts'

export const LEVEL_NAMES: Readonly<Record<Level, Words>> = {
  commune: { vi: 'Phường, xã', en: 'Ward or commune' },
  district: { vi: 'Huyện', en: 'District' },
  province: { vi: 'Thành phố', en: 'City' },
  ministry: { vi: 'Bộ', en: 'Ministry' },
  other: { vi: 'Cơ quan khác', en: 'Other agency' },
}

export const CHANNEL_NAMES: Readonly<Record<Channel, Words>> = {
  'in-person': { vi: 'Trực tiếp', en: 'In person' },
  online: { vi: 'Trực tuyến', en: 'Online' },
  postal: { vi: 'Qua bưu chính', en: 'By post' },
  other: { vi: 'Cách khác', en: 'Other' },
}

export const APPLICANT_NAMES: Readonly<Record<Applicant, Words>> = {
  'cong-dan': { vi: 'Công dân Việt Nam', en: 'Vietnamese citizens' },
  'viet-kieu': { vi: 'Người Việt Nam định cư ở nước ngoài', en: 'Vietnamese living abroad' },
  'nguoi-nuoc-ngoai': { vi: 'Người nước ngoài', en: 'Foreigners' },
  'doanh-nghiep': { vi: 'Doanh nghiệp', en: 'Businesses' },
  'to-chuc': { vi: 'Tổ chức', en: 'Organisations' },
  'hop-tac-xa': { vi: 'Hợp tác xã', en: 'Cooperatives' },
  'can-bo': { vi: 'Cán bộ, công chức, viên chức', en: 'Public employees' },
}

/** For the administrator: what is open, and why it matters. */
export const THING_NAMES: Readonly<Record<ThingToSettle, string>> = {
  'limit-missing': 'không có thời hạn đọc được',
  'unit-missing': 'thời hạn không có đơn vị',
  'limit-zero': 'thời hạn bằng 0',
  'limit-fraction': 'thời hạn lẻ không tính được',
  'limit-varies': 'nhiều thời hạn trên một cách nộp',
  'fee-conflict': 'phí, lệ phí mâu thuẫn',
}

const UNKNOWN: Words = { vi: 'chưa xác định, đang chờ cơ quan công bố làm rõ', en: 'not determined yet, waiting for the publishing agency' }

/** `3 ngày làm việc`; `trong ngày, sau 15:00 thì ngày làm việc tiếp theo`. */
export const rowLimit = (row: MethodRow, lang: Lang): string => {
  if (!row.settled) return t(lang, UNKNOWN)
  if (row.limit === null) return t(lang, { vi: 'pháp luật không quy định thời hạn', en: 'the law sets no time limit' })
  const limit = lang === 'vi' ? limitInVietnamese(row.limit) : limitInEnglish(row.limit)
  if (row.inDayCutoff === undefined) return limit
  const cutoff = cutoffText(row.inDayCutoff)
  return t(lang, { vi: `${limit}; nhận sau ${cutoff} thì ngày làm việc tiếp theo`, en: `${limit}; if received after ${cutoff}, the next working day` })
}

/** Of a whole procedure, for a list: the limit where all settled rows agree; `3–5 …` is never made up. */
export const limitOfAll = (rows: readonly MethodRow[], lang: Lang): string | undefined => {
  const said = [...new Set(rows.filter((r) => r.settled && r.limit !== null).map((r) => (r.limit === null ? '' : lang === 'vi' ? limitInVietnamese(r.limit) : limitInEnglish(r.limit))))]
  const only = said[0]
  if (only === undefined) return rows.some((r) => !r.settled) ? t(lang, { vi: 'thời hạn chưa xác định', en: 'time limit not determined' }) : undefined
  return said.length === 1 ? only : t(lang, { vi: 'thời hạn tùy trường hợp', en: 'time limit depends on the case' })
}

const KINDS: Readonly<Record<'phi' | 'le-phi', Words>> = { phi: { vi: 'Phí', en: 'Charge' }, 'le-phi': { vi: 'Lệ phí', en: 'Levy' } }

export type FeeLine = { readonly amount: string; readonly note: string | null }

/** Each published fee with its note. `amount` says "theo ghi chú" where the note decides. */
export const feeLinesOf = (fee: Fee, lang: Lang): readonly FeeLine[] => {
  const free = t(lang, { vi: 'Miễn phí', en: 'Free of charge' })
  const asNoted = t(lang, { vi: 'Theo ghi chú', en: 'As noted' })
  if (fee.chosen?.kind === 'free') return [{ amount: free, note: null }]
  if (fee.chosen?.kind === 'amount') return [{ amount: formatVnd(fee.chosen.amountVnd), note: null }]
  if (fee.items.length === 0) return [{ amount: fee.free === true ? free : t(lang, { vi: 'Không thấy công bố', en: 'None published' }), note: null }]
  return fee.items.map((item) => {
    const kind = item.type === null ? '' : `${t(lang, KINDS[item.type])}: `
    const amount = item.amountVnd === null ? asNoted : item.amountVnd === 0 ? free : formatVnd(item.amountVnd)
    return { amount: `${kind}${kind === '' ? amount : amount.toLowerCase()}`, note: item.note }
  })
}

/** For a list: `miễn phí`, `50.000 đ`; undefined where it is not one plain answer. */
export const feeOfAll = (rows: readonly MethodRow[], lang: Lang): string | undefined => {
  if (rows.length > 0 && rows.every((r) => r.fee.free === true || r.fee.chosen?.kind === 'free')) return t(lang, { vi: 'miễn phí', en: 'free' })
  const amounts = new Set(rows.flatMap((r) => (r.fee.chosen?.kind === 'amount' ? [r.fee.chosen.amountVnd] : r.fee.items.map((i) => i.amountVnd))))
  const [only] = amounts
  return amounts.size === 1 && typeof only === 'number' && only > 0 ? formatVnd(only) : undefined
}

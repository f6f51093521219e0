/** PURE. What single answers must look like, and the sentence for one that does not. Dates are typed `24/11/2026` and kept `2026-11-24`. */
import { isPlainDate } from '#kernel/plain-date.ts'
import { findCommune } from './places.ts'
import { choicesOf, listNames } from './lists.ts'

/** A2: 2–100 letters (any script with accents), spaces and ' - . only. */
const PERSON_NAME = /^(?=.{2,100}$)\p{L}[\p{L}\p{M}]*(?:[ '’.-]+[\p{L}\p{M}]+)*\.?$/u
/** A4: ten digits of a mobile, ten or eleven of a fixed line. */
const PHONE = /^0\d{9,10}$/
const EMAIL = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>".]{2,}$/

/** `1960`, `1960-04`, `1960-04-12`: old papers do not always know the day (A1). */
const isPartialDate = (text: string): boolean =>
  /^(19|20)\d{2}$/.test(text) || /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(text) || (isPlainDate(text) && /^(19|20)/.test(text))

type Format = { readonly test: (text: string) => boolean; readonly say: (label: string) => string; readonly sayEn: (label: string) => string }

const FORMATS: Readonly<Record<string, Format>> = {
  date: { test: (v) => isPlainDate(v) && v >= '1800-01-01' && v <= '2200-12-31', say: (l) => `Ghi ${l} theo dạng ngày/tháng/năm, ví dụ 24/11/2026.`, sayEn: (l) => `Write “${l}” as day/month/year, for example 24/11/2026.` },
  'partial-date': { test: isPartialDate, say: (l) => `Ghi ${l} theo dạng ngày/tháng/năm, ví dụ 24/11/1985; không rõ ngày thì ghi tháng/năm hoặc năm.`, sayEn: (l) => `Write “${l}” as day/month/year, for example 24/11/1985; month/year or the year where the day is not known.` },
  'personal-number': { test: (v) => /^\d{12}$/.test(v), say: (l) => `Ghi lại ${l}: số này gồm 12 chữ số.`, sayEn: (l) => `Correct “${l}”: it has 12 digits.` },
  'person-name': { test: (v) => PERSON_NAME.test(v), say: (l) => `Ghi lại ${l}: chỉ gồm chữ cái và dấu cách, từ 2 đến 100 ký tự.`, sayEn: (l) => `Correct “${l}”: letters and spaces only, 2 to 100 of them.` },
  phone: { test: (v) => PHONE.test(v), say: (l) => `Ghi lại ${l}: bắt đầu bằng số 0, gồm 10 hoặc 11 chữ số.`, sayEn: (l) => `Correct “${l}”: it begins with 0 and has 10 or 11 digits.` },
  email: { test: (v) => EMAIL.test(v) && v.length <= 120, say: (l) => `Ghi lại ${l} theo dạng ten@vidu.vn.`, sayEn: (l) => `Write “${l}” as name@example.vn.` },
  'vsic-4': { test: (v) => /^\d{4}$/.test(v), say: (l) => `Ghi lại ${l}: mã ngành cấp bốn gồm 4 chữ số.`, sayEn: (l) => `Correct “${l}”: a line of business has a code of 4 digits.` },
  commune: { test: (v) => findCommune(v) !== undefined, say: (l) => `Chọn ${l} trong danh sách.`, sayEn: (l) => `Choose “${l}” from the list.` },
}

export const formats = (): Readonly<Record<string, Format>> => ({
  ...FORMATS,
  ...Object.fromEntries(listNames().map((name) => [`list-${name}`, { test: (v: string) => choicesOf(name).some((c) => c.value === v), say: (l: string) => `Chọn ${l} trong danh sách.`, sayEn: (l: string) => `Choose “${l}” from the list.` }])),
})

/** Checks of forms.md A4 and A6. Pure. What blocks is in the input schemas; what only warns is said by `personalNumberWarnings`. */
import { z } from 'zod'
import type { PlainDate } from '#kernel/plain-date.ts'
import { isPlainDate } from '#kernel/plain-date.ts'
import { tidy } from '#kernel/text.ts'
import type { Gender } from './person-state.ts'

/** A6: twelve digits block, the rest warns. */
export const PersonalNumber = z.string().transform((s) => s.replace(/[\s.]/g, '')).pipe(z.string().regex(/^\d{12}$/, 'Số định danh cá nhân phải có đúng 12 chữ số'))

/** A4: +84 becomes 0; mobile 10 digits, fixed line 10–11. */
export const Phone = z
  .string()
  .transform((s) => s.replace(/[\s.\-()]/g, '').replace(/^(?:\+84|0084)/, '0'))
  .pipe(z.string().regex(/^0\d{9,10}$/, 'Số điện thoại gồm 10 hoặc 11 chữ số, bắt đầu bằng 0'))

/** A1: letters, blanks, apostrophe, hyphen, full stop. */
export const PersonName = z
  .string()
  .transform(tidy)
  .pipe(z.string().min(2, 'Hãy nhập họ tên đầy đủ').max(100, 'Họ tên dài quá 100 ký tự').regex(/^[\p{L}\p{M} '.-]+$/u, 'Họ tên chỉ gồm chữ cái'))

/** Names of organisations have digits and signs: `Công ty TNHH 1 TV Diều & Sáo`. */
export const OrganisationName = z.string().transform(tidy).pipe(z.string().min(2, 'Hãy nhập tên tổ chức').max(250, 'Tên tổ chức dài quá 250 ký tự'))

/** Tax or enterprise code: 10 digits, 13 for a branch; 12 where the owner's number is the tax code. */
export const OrganisationNumber = z.string().transform((s) => s.replace(/[\s.-]/g, '')).pipe(z.string().regex(/^(\d{10}|\d{12,13})$/, 'Mã số thuế gồm 10, 12 hoặc 13 chữ số'))

export const Day = z.string().refine(isPlainDate, 'Ngày không hợp lệ').transform((s) => s as PlainDate)

export type PersonalNumberWarning = 'gender-differs' | 'birth-year-differs' | 'century-unknown'

/** A6: digit 4 = century and gender (0/1 = 1900s male/female, 2/3 = 2000s), digits 5–6 = year of birth. Never blocks. */
export const personalNumberWarnings = (number: string, birthOn: PlainDate | null, gender: Gender | null): readonly PersonalNumberWarning[] => {
  const mark = Number(number[3])
  const warnings: PersonalNumberWarning[] = []
  if (mark > 3) warnings.push('century-unknown')
  else {
    const year = (mark < 2 ? 1900 : 2000) + Number(number.slice(4, 6))
    if (birthOn !== null && Number(birthOn.slice(0, 4)) !== year) warnings.push('birth-year-differs')
    if (gender !== null && (mark % 2 === 0 ? 'male' : 'female') !== gender) warnings.push('gender-differs')
  }
  return warnings
}

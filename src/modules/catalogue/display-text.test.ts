import { describe, expect, it } from 'vitest'
import { caseName, displayName, slugOf, textBlocks } from './display-text.ts'

describe('names as the portal writes them', () => {
  it.each([
    ['THỦ TỤC ĐĂNG KÝ SINH HOẠT TÔN GIÁO TẬP TRUNG (CẤP XÃ)', 'Thủ tục đăng ký sinh hoạt tôn giáo tập trung (cấp xã)'],
    ['Công bố Danh mục\nthẩm quyền của Sở Nội vụ', 'Công bố Danh mục thẩm quyền của Sở Nội vụ'],
    ['bảo vệ quyền lợi người tiêu dùng', 'Bảo vệ quyền lợi người tiêu dùng'],
    ['Cấp sổ BHXH', 'Cấp sổ BHXH'],
  ])('%s → %s', (given, shown) => expect(displayName(given)).toBe(shown))

  it('a case loses its bullet and its colon', () => expect(caseName('* Giấy tờ phải nộp:')).toBe('Giấy tờ phải nộp'))
  it('addresses carry no accents', () => expect(slugOf('Thi đua – Khen thưởng')).toBe('thi-dua-khen-thuong'))
})

describe('long texts become paragraphs and bullets, nothing is lost', () => {
  it('bullets at the start of a line and after the end of a clause; a dash inside words is none', () => {
    expect(textBlocks('Công chức tư pháp - hộ tịch kiểm tra:\n- đơn; - ảnh; + ảnh màu.\nXong.')).toEqual([
      { kind: 'paragraph', text: 'Công chức tư pháp - hộ tịch kiểm tra:' },
      { kind: 'list', items: [{ text: 'đơn;', depth: 0 }, { text: 'ảnh;', depth: 0 }, { text: 'ảnh màu.', depth: 1 }] },
      { kind: 'paragraph', text: 'Xong.' },
    ])
  })
  it('a bullet without a text and empty lines are left out', () => expect(textBlocks('-\n\n \n')).toEqual([]))
})

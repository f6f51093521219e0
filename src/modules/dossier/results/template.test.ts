import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { plainDate } from '#kernel/plain-date.ts'
import { answersInWords, formOf } from '#modules/catalogue'
import { authorOf, authorityLines } from './authority.ts'
import { draftFields, missingFields } from './draft-fields.ts'
import { numberForm, numberText, sequenceIn } from './number-pattern.ts'
import { RESULT_TEMPLATES, resultTemplatesFor } from './shipped-templates.ts'
import { parseTemplate } from './template.ts'

const read = (file: string): object => JSON.parse(readFileSync(`data/results/${file}`, 'utf8')) as object
const FILES = readdirSync('data/results').filter((name) => name.endsWith('.json'))

describe('templates of result papers', () => {
  it.each(FILES)('%s is well formed, and shipped', (file) => {
    const template = parseTemplate(read(file))
    expect(file).toBe(`${template.slug}.json`)
    expect(RESULT_TEMPLATES.map((t) => [t.slug, t.version])).toContainEqual([template.slug, template.version])
  })

  it('every field of a template is printed somewhere', () => {
    for (const template of RESULT_TEMPLATES) {
      const printed = JSON.stringify([template.blocks, template.subtitle])
      expect(template.fields.map((f) => f.name).filter((name) => !printed.includes(`{${name}}`) && !printed.includes(`"field":"${name}"`)), template.slug).toEqual([])
    }
  })

  it('a placeholder that names no field, a field used twice or a number of nothing is refused when loaded', () => {
    const good = read('thong-bao.json')
    expect(() => parseTemplate({ ...good, blocks: [{ kind: 'text', text: 'Kính gửi {ai}' }] })).toThrow('no field ai')
    expect(() => parseTemplate({ ...good, blocks: [{ kind: 'text', text: 'Kính gửi {}' }] })).toThrow('no field')
    expect(() => parseTemplate({ ...good, blocks: [{ kind: 'lines', field: 'khong' }] })).toThrow('no field khong')
    expect(() => parseTemplate({ ...good, fields: [{ name: 'code', label: 'Mã', required: true }] })).toThrow('twice')
    expect(() => parseTemplate({ ...good, number: { pattern: '{n}/{what}', pad: 2 } })).toThrow('a number has no what')
    expect(() => parseTemplate({ ...good, general: false })).toThrow('general')
    expect(() => parseTemplate({ ...good, colour: 'red' })).toThrow()
  })

  it('any change gives another version', () => {
    const good = read('thong-bao.json')
    expect(parseTemplate({ ...good, title: 'THÔNG BÁO 2' }).version).not.toBe(parseTemplate(good).version)
  })

  it.each([
    ['1.004873', 'xac-nhan-tinh-trang-hon-nhan'],
    ['1.001193', 'giay-khai-sinh'],
    ['1.000894', 'giay-chung-nhan-ket-hon'],
    ['1.001612', 'giay-chung-nhan-dang-ky-ho-kinh-doanh'],
    ['1.004222', 'thong-bao-ket-qua-cu-tru'],
    ['2.000815', 'loi-chung-ban-sao'],
    ['9.000001', 'thong-bao'],
  ])('procedure %s is offered %s first, and the refusal to resolve', (code, slug) => {
    const offered = resultTemplatesFor(code)
    expect(offered[0]?.slug).toBe(slug)
    expect(offered.at(-1)).toMatchObject({ slug: 'tu-choi-giai-quyet', kind: 'declined' })
  })
})

describe('what a draft proposes', () => {
  const template = RESULT_TEMPLATES.find((t) => t.slug === 'xac-nhan-tinh-trang-hon-nhan')!
  it('the form first, then the dossier; days as in Vietnam, names in capitals', () => {
    const fields = draftFields(template, { 'applicant.name': 'Trần Văn Gió', 'form.subject.fullName': 'Đặng Dũng', 'form.subject.dateOfBirth': '1990-03-15', 'form.subject.gender': 'Nam', 'form.status.maritalStatus': 'Hiện tại chưa đăng ký kết hôn với ai', 'form.purpose.purpose': 'Để vay vốn' })
    expect(fields).toMatchObject({ requester: 'Trần Văn Gió', name: 'ĐẶNG DŨNG', born: '15/03/1990', gender: 'Nam', nationality: 'Việt Nam', status: 'Hiện tại chưa đăng ký kết hôn với ai', purpose: 'Vay vốn' })
    expect(missingFields(template, fields)).toEqual(['identity', 'residence'])
  })
})

/** Every answer that a form can give, rows as a whole. */
const pointersOf = (item: { readonly kind: string; readonly at: string; readonly items?: readonly object[] }): readonly string[] => [
  item.at,
  ...(item.kind === 'group' ? ((item.items ?? []) as readonly (typeof item)[]).flatMap(pointersOf) : []),
]

describe('what is taken from a form', () => {
  it.each(RESULT_TEMPLATES.filter((t) => !t.general && t.slug !== 'loi-chung-ban-sao').map((t) => [t.slug, t] as const))('%s asks for answers that the form of its procedure has', (_, template) => {
    const form = formOf(template.procedures[0]!, { code: template.procedures[0]!, name: '', components: [] })
    const known = new Set(form.layout.flatMap((section) => section.items).flatMap(pointersOf).map((pointer) => `form${pointer.replaceAll('/', '.')}`))
    expect(template.fields.flatMap((f) => f.from ?? []).filter((source) => source.startsWith('form.') && !known.has(source))).toEqual([])
  })

  it('answers come in words: choices by their label, a day as it is read, an address on one line, rows one a line', () => {
    const form = formOf('1.001612', { code: '1.001612', name: '', components: [] })
    const words = answersInWords(form, {
      owner: { fullName: 'Đặng Dũng', dateOfBirth: '1990-03-15', gender: '1' },
      business: { capital: 50_000_000, headOffice: { provinceCode: '46', communeCode: '', detail: '5 Nguyễn Huệ' }, industries: [{ code: '4722', name: 'Bán lẻ thực phẩm' }, { code: '5610', name: 'Nhà hàng' }] },
    })
    expect(words['/owner/gender']).toBe('Nam')
    expect(words['/owner/dateOfBirth']).toBe('15/03/1990')
    expect(words['/business/headOffice']).toMatch(/^5 Nguyễn Huệ, .*Huế$/)
    expect(words['/business/industries']).toBe('4722 | Bán lẻ thực phẩm\n5610 | Nhà hàng')
    expect(words['/business/capital']).toContain('50.000.000')
  })
})

describe('NĐ 30/2020 Art 13: under whose authority', () => {
  it.each([
    ['Phó Chủ tịch', 'Ủy ban nhân dân', ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH']],
    ['Chủ tịch', 'Ủy ban nhân dân', ['TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH']],
    ['Chủ tịch UBND phường Thuận Hóa', null, ['CHỦ TỊCH']],
    ['Phó Giám đốc Sở Y tế', null, ['KT. GIÁM ĐỐC', 'PHÓ GIÁM ĐỐC']],
    ['Quyền Chủ tịch', 'Ủy ban nhân dân', ['TM. ỦY BAN NHÂN DÂN', 'Q. CHỦ TỊCH']],
    ['Phó Trưởng phòng', null, ['KT. TRƯỞNG PHÒNG', 'PHÓ TRƯỞNG PHÒNG']],
  ])('%s of %s', (title, committee, lines) => expect(authorityLines(title, committee)).toEqual(lines))

  it('processes.md §8: by delegation TUQ. of who delegated, over the own post, for no collective', () => {
    expect(authorityLines('Chủ tịch UBND phường', 'Ủy ban nhân dân', 'Trưởng phòng')).toEqual(['TUQ. CHỦ TỊCH', 'TRƯỞNG PHÒNG'])
    expect(authorityLines('Giám đốc Sở Y tế', null, 'Chánh Văn phòng Sở')).toEqual(['TUQ. GIÁM ĐỐC', 'CHÁNH VĂN PHÒNG'])
  })

  it.each([['Ủy ban nhân dân phường Thuận Hóa', 'UBND'], ['Sở Y tế', 'SYT'], ['Sở Nông nghiệp và Môi trường', 'SNNMT']])('%s signs as %s', (name, author) => expect(authorOf(name)).toBe(author))
})

describe('processes.md §9: numbers', () => {
  const day = plainDate('2026-11-20')
  const of = (slug: string) => numberForm(RESULT_TEMPLATES.find((t) => t.slug === slug) ?? null, 'granted', 'UBND', day)
  it('below ten with a nought; a series of its own for every symbol', () => {
    expect(numberText(of('xac-nhan-tinh-trang-hon-nhan'), 7)).toBe('07/UBND-XNTTHN')
    expect(numberText(of('xac-nhan-tinh-trang-hon-nhan'), 12)).toBe('12/UBND-XNTTHN')
    expect(numberText(of('giay-khai-sinh'), 45)).toBe('45/2026')
    expect(new Set(['xac-nhan-tinh-trang-hon-nhan', 'giay-khai-sinh', 'giay-chung-nhan-ket-hon', 'quyet-dinh', 'thong-bao', 'loi-chung-ban-sao'].map((slug) => of(slug).series)).size).toBe(6)
    expect(numberText(numberForm(null, 'declined', 'SYT', day), 3)).toBe('03/TB-SYT')
  })
  it('a typed number of the series is known by its running number, another is left alone', () => {
    const form = of('xac-nhan-tinh-trang-hon-nhan')
    expect([sequenceIn(form, '007/UBND-XNTTHN'), sequenceIn(form, '12/GP-UBND'), sequenceIn(form, '12a/UBND-XNTTHN'), sequenceIn(form, '/UBND-XNTTHN')]).toEqual([7, undefined, undefined, undefined])
  })
})

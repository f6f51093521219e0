/** Every form that ships: well made, every question named, and fillable to the end. */
import { describe, expect, it } from 'vitest'
import type { Json } from '#kernel/digest.ts'
import { plainDate } from '#kernel/plain-date.ts'
import { answersFromFields, fieldsFromAnswers, prefillAnswers } from './answers.ts'
import { checkAnswers, warningsOf } from './check-answers.ts'
import { COMPUTED_BY, dateInWords } from './computed.ts'
import type { ElectronicForm } from './electronic-form.ts'
import { CHECKS } from './form-checks.ts'
import { formOf, getForm, listForms } from './get-form.ts'
import { choicesOf } from './lists.ts'
import { valueAt, withValue } from './pointers.ts'
import { answersInWords, summaryOf } from './summary.ts'
import { isField, isRows, walk } from './walk.ts'

const TODAY = plainDate('2026-11-20')
const PERSON = { name: 'Đặng Thị Dũng', birthOn: '1990-04-12', gender: 'female', personalNumber: '046190000001', phone: '0905123456', email: null, address: '12 Lê Lợi, phường Thuận Hóa' } as const

/** Something good for every question that is shown, the first of every list; rows as many as there must be. */
const filled = (form: ElectronicForm, begun: Json = prefillAnswers(form, PERSON)): Json => {
  let answers = begun
  for (let round = 0; round < 6; round += 1) {
    for (const { item, at } of walk(form, answers).filter((p) => p.shown).filter(isField)) if (valueAt(answers, at) === undefined) answers = withValue(answers, at, good(item, at))
  }
  return answersFromFields(form, new Map(Object.entries(fieldsFromAnswers(form, answers))))
}
let made = 0
const good = (item: { readonly control: string; readonly format?: string; readonly label: string; readonly options?: readonly { readonly value: string }[]; readonly list?: string; readonly say?: string }, at: string): Json => {
  made += 1
  if (item.format === 'personal-number') return `0460900${String(made).padStart(5, '0')}`
  if (item.format === 'person-name') return 'Hồ Văn Sáo'
  if (item.format === 'phone') return '0905000111'
  if (item.format === 'email') return 'sao@vidu.vn'
  if (item.format === 'vsic-4') return '5610'
  switch (item.control) {
    case 'date':
    case 'partial-date':
      return at.includes('appearance') ? '2026-12-01' : at.includes('periodTo') ? '2025-01-01' : at.includes('child') ? '2026-11-01' : '1990-01-01'
    case 'integer':
    case 'money':
      return 1
    case 'checkbox':
      return true
    case 'checkboxes':
      return [item.options?.[0]?.value ?? '']
    case 'province':
      return '46'
    case 'commune':
      return at.includes('') ? '19753' : ''
    default:
      return item.options?.[0]?.value ?? (item.list === undefined ? (item.say === undefined ? 'Nội dung' : 'Hộ kinh doanh Bún bò Mệ Kéo') : (choicesOf(item.list)[0]?.value ?? ''))
  }
}

describe.each(listForms().map((form) => [form.slug, form] as const))('%s', (_, form) => {
  it('names every question, section and choice in both languages', () => {
    const words = form.layout.flatMap((s) => [s.title, s.titleEn])
    const fields = walk(form, {}).filter(isField).map((p) => p.item)
    expect([...words, ...fields.flatMap((f) => [f.label, f.labelEn, ...(f.options ?? []).flatMap((o) => [o.label, o.labelEn])])].filter((w) => w.trim() === '')).toEqual([])
    for (const field of fields) {
      if (field.list !== undefined) expect(choicesOf(field.list).length).toBeGreaterThan(1)
      if (field.control === 'computed') expect(COMPUTED_BY).toContain(field.compute)
    }
    for (const check of form.checks) expect(CHECKS).toContain(check.check)
  })

  it('untouched, it says what is missing, at the questions that are shown', () => {
    const checked = checkAnswers(form, answersFromFields(form, new Map()), TODAY)
    if (checked.ok) throw new Error('nothing is required')
    const shown = new Set(walk(form, answersFromFields(form, new Map())).filter((p) => p.shown).map((p) => p.at))
    for (const [at, say] of Object.entries(checked.error)) {
      expect(shown.has(at), at).toBe(true)
      expect(say).toMatch(/[.”]$/)
    }
  })

  it('filled in, it is good; each required answer taken away gives its own sentence at its place', () => {
    const answers = filled(form)
    const checked = checkAnswers(form, answers, TODAY)
    expect(checked.ok ? {} : checked.error).toEqual({})
    for (const { item, at } of walk(form, answers).filter((p) => p.shown).filter(isField).filter((p) => p.item.required === true && p.item.control !== 'computed')) {
      const less = checkAnswers(form, withValue(answers, at, undefined), TODAY)
      expect(less.ok ? {} : less.error, `${at} ${item.label}`).toHaveProperty([at])
    }
  })

  it('every choice can be made and the form still filled to its end', () => {
    for (const { item, at } of walk(form, filled(form)).filter(isField)) {
      for (const option of item.options ?? []) {
        const answers = filled(form, withValue(prefillAnswers(form, PERSON), at, item.control === 'checkboxes' ? [option.value] : option.value))
        const checked = checkAnswers(form, answers, TODAY)
        expect(checked.ok ? {} : checked.error, `${at} = ${option.value}`).toEqual({})
      }
    }
  })

  it('what a page sends back is what it was given', () => {
    const answers = filled(form)
    expect(answersFromFields(form, new Map(Object.entries(fieldsFromAnswers(form, answers))))).toEqual(answers)
  })

  it('is told in words, without a code that nobody reads', () => {
    const summary = summaryOf(form, filled(form))
    expect(summary.length).toBeGreaterThan(0)
    for (const line of summary.flatMap((s) => s.items)) expect(line.value).not.toMatch(/^(VN|01|self|yes|no|\d{4}-\d{2}-\d{2}|19753|46)$/)
  })

  it('slug, version and procedures are its own', () => {
    expect(listForms().filter((f) => f.slug === form.slug)).toHaveLength(1)
    for (const code of form.procedures) expect(listForms().filter((f) => f.procedures.includes(code))).toHaveLength(1)
    expect(getForm(form.slug)?.version).toBe(form.version)
  })
})

describe('rules of the forms (docs/domain/forms.md)', () => {
  const errorsOf = (slug: string, at: string, value: Json): Record<string, string> => {
    const form = getForm(slug)!
    const checked = checkAnswers(form, withValue(filled(form), at, value), TODAY)
    return checked.ok ? {} : { ...checked.error }
  }
  it('A1: a name is letters; A6: a personal number has twelve digits, what contradicts it is a warning only', () => {
    expect(errorsOf('chung', '/requester/fullName', 'R2-D2')).toHaveProperty(['/requester/fullName'])
    expect(errorsOf('chung', '/requester/fullName', "H'Hen Niê")).toEqual({})
    expect(errorsOf('chung', '/requester/personalId', '04619000000')['/requester/personalId']).toContain('12 chữ số')
    const form = getForm('thuong-tru')!
    const contrary = withValue(filled(form), '/person/dateOfBirth', '1985-01-01')
    expect(checkAnswers(form, contrary, TODAY).ok).toBe(true)
    expect(warningsOf(form, contrary, TODAY)).toHaveProperty(['/person/personalId'])
  })
  it('dates: typed 31/12/1990 is kept 1990-12-31; 31/02 stays as typed and is told; tomorrow is not past', () => {
    const form = getForm('chung')!
    const typed = (date: string) => answersFromFields(form, new Map([['requester.dateOfBirth', [date]]]))
    expect(valueAt(typed('31/12/1990'), '/requester/dateOfBirth')).toBe('1990-12-31')
    expect(valueAt(typed('31/02/1990'), '/requester/dateOfBirth')).toBe('31/02/1990')
    expect(errorsOf('chung', '/requester/dateOfBirth', '31/02/1990')['/requester/dateOfBirth']).toContain('ngày/tháng/năm')
    expect(errorsOf('chung', '/requester/dateOfBirth', '2026-11-21')['/requester/dateOfBirth']).toContain('sau ngày hôm nay')
  })
  it('C2: the bride is 18 on the day, the groom 20; a day short is refused', () => {
    expect(errorsOf('ket-hon', '/bride/dateOfBirth', '2008-11-20')).toEqual({})
    expect(errorsOf('ket-hon', '/bride/dateOfBirth', '2008-11-21')).toHaveProperty(['/bride/dateOfBirth'])
    expect(errorsOf('ket-hon', '/groom/dateOfBirth', '2006-11-21')).toHaveProperty(['/groom/dateOfBirth'])
  })
  it('C1: the date of birth in words; the parent who files is not asked twice', () => {
    expect(dateInWords('2026-03-15')).toBe('Ngày mười lăm tháng ba năm hai nghìn không trăm hai mươi sáu')
    expect(dateInWords('2021-04-05')).toBe('Ngày mùng năm tháng tư năm hai nghìn không trăm hai mươi mốt')
    const form = getForm('khai-sinh')!
    const mine = filled(form, withValue(prefillAnswers(form, PERSON), '/requester/requesterRelation', 'mother'))
    expect(valueAt(mine, '/mother/fullName')).toBe('Đặng Thị Dũng')
    expect(walk(form, mine).filter((p) => p.at.startsWith('/mother') && p.shown)).toEqual([])
  })
  it('C1, C3: who files for themselves stands on the paper as what they are, and the rules hold for them', () => {
    const wordsOf = (slug: string, at: string, relation: string) => {
      const form = getForm(slug)!
      const filed = checkAnswers(form, filled(form, withValue(prefillAnswers(form, PERSON), at, relation)), TODAY)
      if (!filed.ok) throw new Error(JSON.stringify(filed.error))
      return { form, filed: filed.value, words: answersInWords(form, filed.value) }
    }
    const mother = wordsOf('khai-sinh', '/requester/requesterRelation', 'mother')
    expect(mother.words).toMatchObject({ '/mother/fullName': 'Đặng Thị Dũng', '/mother/dateOfBirth': '12/04/1990', '/mother/personalId': '046190000001' })
    expect(mother.words['/father/fullName']).not.toBe('Đặng Thị Dũng')
    const father = wordsOf('khai-sinh', '/requester/requesterRelation', 'father')
    expect([father.words['/father/fullName'], father.words['/mother/fullName']]).toEqual(['Đặng Thị Dũng', 'Hồ Văn Sáo'])
    const own = wordsOf('tinh-trang-hon-nhan', '/requester/relation', 'self')
    expect(own.words).toMatchObject({ '/subject/fullName': 'Đặng Thị Dũng', '/subject/personalId': '046190000001' })
    const other = wordsOf('tinh-trang-hon-nhan', '/requester/relation', 'other')
    expect(answersInWords(other.form, withValue(other.filed, '/subject/fullName', 'Hồ Văn Sáo'))['/subject/fullName']).toBe('Hồ Văn Sáo')

    const tooYoung = checkAnswers(mother.form, withValue(mother.filed, '/child/dateOfBirth', '1980-01-01'), TODAY)
    expect(tooYoung.ok ? {} : tooYoung.error).toHaveProperty(['/requester/dateOfBirth'])
  })
  it('A2: the commune lies in the province', () => {
    expect(errorsOf('thuong-tru', '/request/address/communeCode', '00004')).toHaveProperty(['/request/address/communeCode'])
  })
  it('F1: the name begins with “Hộ kinh doanh”; a family names its members', () => {
    expect(errorsOf('ho-kinh-doanh', '/business/name', 'Công ty Mệ Kéo')['/business/name']).toContain('Hộ kinh doanh')
    const form = getForm('ho-kinh-doanh')!
    const family = withValue(filled(form), '/business/founderKind', 'family')
    expect(walk(form, family).filter(isRows).filter((p) => p.shown && p.at === '/business/members')).toHaveLength(1)
  })
  it('every other procedure gets the general form, with its name and papers', () => {
    const form = formOf('1.999001', { code: '1.999001', name: 'Cấp giấy phép thả diều', components: [] } as never)
    expect([form.slug, form.about?.name]).toEqual(['chung', 'Cấp giấy phép thả diều'])
  })
})

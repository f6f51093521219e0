/** Every form that ships: well made, every question named, fillable to the end, and kept in every version that went out. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sha256Hex } from '#kernel/digest.ts'
import { PERSON, TODAY, filled } from '#test/filled-forms.ts'
import { answersFromFields, fieldsFromAnswers, prefillAnswers } from './answers.ts'
import { checkAnswers } from './check-answers.ts'
import { COMPUTED_BY } from './computed.ts'
import type { FormItem } from './electronic-form.ts'
import { CHECKS } from './form-rules.ts'
import { formats } from './formats.ts'
import { findForm, formOf, formsWithToday, getForm, listForms } from './get-form.ts'
import { choicesOf } from './lists.ts'
import { withValue } from './pointers.ts'
import { PUBLISHED_FORMS, publishedForm } from './published-forms.ts'
import { summaryOf } from './summary.ts'
import { isField, walk } from './walk.ts'

/** A choice that rules tie to another answer: chosen alone it is refused, and rightly. */
const GOES_WITH: Readonly<Record<string, readonly (readonly [string, string | number])[]>> = {
  '/child/specialCase=no-father': [['/requester/requesterRelation', 'mother']],
  '/child/specialCase=abandoned': [['/requester/requesterRelation', 'other']],
  '/child/specialCase=no-parents': [['/requester/requesterRelation', 'other']],
  '/proof/parentsMarried=no': [['/child/specialCase', 'recognition']],
  '/bride/maritalStatus=3': [['/bride/marriageOrder', 2]],
  '/bride/maritalStatus=4': [['/bride/marriageOrder', 2]],
  '/groom/maritalStatus=3': [['/groom/marriageOrder', 2]],
  '/groom/maritalStatus=4': [['/groom/marriageOrder', 2]],
}

const within = (item: FormItem): readonly FormItem[] => [item, ...(item.kind === 'field' ? [] : item.items.flatMap(within))]

describe.each(listForms().map((form) => [form.slug, form] as const))('%s', (_, form) => {
  it('names every question, section and choice in both languages', () => {
    const titled = walk(form, {}).map((p) => p.item)
    const words = [
      ...form.layout.flatMap((s) => [s.title, s.titleEn, ...(s.note === undefined ? [] : [s.noteEn ?? ''])]),
      ...titled.filter((item) => item.kind !== 'field').flatMap((item) => [item.title, item.titleEn, ...(item.hint === undefined ? [] : [item.hintEn ?? ''])]),
    ]
    const fields = walk(form, {}).filter(isField).map((p) => p.item)
    const asked = fields.flatMap((f) => [f.label, f.labelEn, f.context, f.contextEn ?? '', ...(f.hint === undefined ? [] : [f.hintEn ?? '']), ...(f.say === undefined ? [] : [f.sayEn ?? '']), ...(f.options ?? []).flatMap((o) => [o.label, o.labelEn])])
    expect([...words, ...asked, ...form.checks.flatMap((c) => [c.say, c.sayEn ?? ''])].filter((w) => w.trim() === '')).toEqual([])
    for (const field of fields) {
      if (field.list !== undefined) expect(choicesOf(field.list).length).toBeGreaterThan(1)
      if (field.control === 'computed') expect(COMPUTED_BY).toContain(field.compute)
    }
    for (const check of form.checks) expect(CHECKS).toContain(check.check)
  })

  it('every rule is about an answer that the form asks for', () => {
    const all = form.layout.flatMap((section) => section.items.flatMap(within))
    const asked = new Set(all.filter((item) => item.kind === 'field').map((item) => item.at))
    const known = new Set(['/', ...all.flatMap((item) => [item.at, item.at.replace(/\/[^/]*$/, '')])])
    for (const check of form.checks) {
      expect(asked, check.say).toContain(check.at)
      for (const other of [...(check.with === undefined ? [] : [check.with]), ...(check.among ?? [])]) expect(known, check.say).toContain(other)
    }
  })

  it('untouched, it says what is missing, at the questions that are shown, in the language of the page', () => {
    for (const lang of ['vi', 'en'] as const) {
      const checked = checkAnswers(form, answersFromFields(form, new Map(), TODAY), TODAY, lang)
      if (checked.ok) throw new Error('nothing is required')
      const shown = new Set(walk(form, answersFromFields(form, new Map(), TODAY)).filter((p) => p.shown).map((p) => p.at))
      for (const [at, say] of Object.entries(checked.error)) {
        expect(shown.has(at), at).toBe(true)
        expect(say).toMatch(/[.”]$/)
        if (lang === 'en') expect(say).not.toMatch(/ghi |chọn |đánh dấu/)
      }
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
      for (const option of item.control === 'checkbox' ? [] : (item.options ?? [])) {
        const begun = (GOES_WITH[`${at}=${option.value}`] ?? []).reduce((answers, [other, value]) => withValue(answers, other, value), prefillAnswers(form, PERSON, TODAY))
        const answers = filled(form, withValue(begun, at, item.control === 'checkboxes' ? [option.value] : option.value))
        const checked = checkAnswers(form, answers, TODAY)
        expect(checked.ok ? {} : checked.error, `${at} = ${option.value}`).toEqual({})
      }
    }
  })

  it('what a page sends back is what it was given', () => {
    const answers = filled(form)
    expect(answersFromFields(form, new Map(Object.entries(fieldsFromAnswers(form, answers))), TODAY)).toEqual(answers)
  })

  it('is told in words, without a code that nobody reads', () => {
    const summary = summaryOf(form, filled(form))
    expect(summary.length).toBeGreaterThan(0)
    for (const line of summary.flatMap((s) => s.items)) expect(line.value).not.toMatch(/^(VN|01|self|yes|no|on-time|\d{4}-\d{2}-\d{2}|19753|46)$/)
  })

  it('slug, version and procedures are its own', () => {
    expect(listForms().filter((f) => f.slug === form.slug)).toHaveLength(1)
    for (const code of form.procedures) expect(listForms().filter((f) => f.procedures.includes(code))).toHaveLength(1)
    expect(getForm(form.slug)?.version).toBe(form.version)
  })

  it('has gone out: a changed form is kept as a new version (npm run -s build && npm run -s motcua -- dev:publish-forms)', () => {
    expect(PUBLISHED_FORMS.filter((one) => one.slug === form.slug).at(-1)?.version).toBe(form.version)
  })
})

describe('versions that went out', () => {
  it.each(PUBLISHED_FORMS.map((one) => [one.slug, one.n, one] as const))('%s %i is as it was: its digest is its name', (_, __, one) => {
    expect(sha256Hex(one.content)).toBe(one.version)
  })

  it('none is missing, and the file is as the program writes it', () => {
    for (const [slug, versions] of Map.groupBy(PUBLISHED_FORMS, (one) => one.slug)) expect(versions.map((one) => one.n), slug).toEqual(versions.map((_, i) => i + 1))
    expect(readFileSync(new URL('../../../../data/forms/published.json', import.meta.url), 'utf8')).toBe(formsWithToday())
  })

  it('each can still be read and checked: its rules, formats, lists and computations are there', () => {
    for (const { version } of PUBLISHED_FORMS) {
      const form = publishedForm(version)!
      for (const check of form.checks) expect(CHECKS).toContain(check.check)
      for (const { item } of walk(form, {}).filter(isField)) {
        if (item.list !== undefined) expect(choicesOf(item.list)).not.toEqual([])
        if (item.compute !== undefined) expect(COMPUTED_BY).toContain(item.compute)
        if (item.format !== undefined) expect(Object.keys(formats())).toContain(item.format)
      }
      expect(checkAnswers(form, filled(form), TODAY).ok).toBe(true)
      expect(getForm(form.slug, version)?.version).toBe(version)
    }
  })

  it('answers of the first birth form are read with its own questions, not with today’s', () => {
    const first = PUBLISHED_FORMS.find((one) => one.slug === 'khai-sinh' && one.n === 1)!
    const answers = { child: { fullName: 'Trần Sáo', nativePlace: 'Phường Thuận Hóa, thành phố Huế' } }
    const lines = (version: string) => summaryOf(getForm('khai-sinh', version)!, answers).flatMap((s) => s.items.map((line) => line.value))
    expect(lines(first.version)).toContain('Phường Thuận Hóa, thành phố Huế')
    expect(lines(getForm('khai-sinh')!.version)).not.toContain('Phường Thuận Hóa, thành phố Huế')
    expect(findForm('0'.repeat(64))).toBeUndefined()
    expect(getForm('khai-sinh', '0'.repeat(64))?.version).toBe(getForm('khai-sinh')?.version)
  })

  it('every other procedure gets the general form, with its name and papers', () => {
    const form = formOf('1.999001', { code: '1.999001', name: 'Cấp giấy phép thả diều', components: [] } as never)
    expect([form.slug, form.about?.name]).toEqual(['chung', 'Cấp giấy phép thả diều'])
  })
})

/** PURE. Rules across fields: dates that cannot be, ages, who is whom. Each says its own sentence, which stands in the form's data. */
import type { Json } from '#kernel/digest.ts'
import { type PlainDate, isPlainDate } from '#kernel/plain-date.ts'
import { holds } from './condition.ts'
import type { FormCheck, FormContent, FormCopy, Pointer } from './electronic-form.ts'
import { findCommune } from './places.ts'
import { bind, isObject, patternOf, rowsOfPointer, valueAt } from './pointers.ts'
import { walk } from './walk.ts'

type Rule = (at: Json | undefined, other: Json | undefined, check: FormCheck, today: PlainDate) => boolean
const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
const isDate = (value: Json | undefined): value is string => typeof value === 'string' && isPlainDate(value)

/** The same day, so many years later; 29 February counts on 1 March (BLDS 2015 Art 148). */
const yearsLater = (date: string, years: number): string => {
  const later = `${Number(date.slice(0, 4)) + years}${date.slice(4)}`
  return isPlainDate(later) ? later : later.replace('-02-29', '-03-01')
}

/** True: the rule holds, or what it asks about is not there (that is another rule's business). */
const RULES: Readonly<Record<string, Rule>> = {
  'not-after-today': (at, _, __, today) => text(at).slice(0, 10) <= today || text(at) === '',
  'not-before-today': (at, _, __, today) => !isDate(at) || at >= today,
  'commune-in-province': (at, province) => {
    const commune = findCommune(text(at))
    return commune === undefined || text(province) === '' || commune.provinceCode === province
  },
  'at-least-years-old': (at, _, { years = 0 }, today) => !isDate(at) || yearsLater(at, years) <= today,
  before: (at, other) => !isDate(at) || !isDate(other) || at <= other,
  'different-people': (at, other) => text(at) === '' || at !== other,
  'personal-number': (at, person) => agrees(text(at), person),
}
export const CHECKS: readonly string[] = Object.keys(RULES)

/** A6: digit 4 tells century and gender, digits 5–6 the year of birth. */
const agrees = (number: string, person: Json | undefined): boolean => {
  if (!/^\d{12}$/.test(number) || !isObject(person)) return true
  const [born, gender] = [text(person['dateOfBirth']), text(person['gender'])]
  const sign = Number(number[3])
  const year = 1900 + Math.floor(sign / 2) * 100 + Number(number.slice(4, 6))
  return (born === '' || Number(born.slice(0, 4)) === year) && (gender === '' || (gender === '1') === (sign % 2 === 0))
}

export type Failed = { readonly at: Pointer; readonly say: string; readonly level: FormCheck['level'] }

/** This pointer, or one inside it, is among what the copy takes; `root`: the side that it stands on. */
export const isCopied = (copy: FormCopy, root: Pointer, at: Pointer): boolean => copy.keys.some((key) => at === `${root}/${key}` || at.startsWith(`${root}/${key}/`))

/** Where an answer was really given: a parent who files is asked as requester, and a rule about the parent holds for them too. */
const givenAt = (form: FormContent, answers: Json, at: Pointer): Pointer => {
  const copy = form.copies.find((one) => isCopied(one, one.to, at) && holds(one.if, answers))
  return copy === undefined ? at : `${copy.from}${at.slice(copy.to.length)}`
}

/** Of what is shown only. */
export const failedChecks = (form: FormContent, answers: Json, today: PlainDate): readonly Failed[] => {
  const shown = walk(form, answers).filter((placed) => placed.shown)
  return form.checks.flatMap((stated) => {
    const check = { ...stated, at: givenAt(form, answers, stated.at), ...(stated.with === undefined ? {} : { with: givenAt(form, answers, stated.with) }) }
    return shown
      .filter((placed) => placed.item.kind === 'field' && patternOf(placed.at) === check.at)
      .flatMap(({ at }): readonly Failed[] => {
        const rows = rowsOfPointer(at)
        if (!holds(check.if, answers, rows)) return []
        const other = check.with === undefined ? undefined : check.with === '/' ? answers : valueAt(answers, bind(check.with, rows))
        return RULES[check.check]?.(valueAt(answers, at), other, check, today) === false ? [{ at, say: check.say, level: check.level }] : []
      })
  })
}

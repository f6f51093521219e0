/** PURE. Rules across fields: which are broken, and where. What a rule asks is in `form-rules.ts`; its sentence stands in the form's data. */
import type { Json } from '#kernel/digest.ts'
import type { PlainDate } from '#kernel/plain-date.ts'
import { holds, mapPointers } from './condition.ts'
import type { FormCheck, FormContent, FormCopy, Pointer } from './electronic-form.ts'
import { RULES } from './form-rules.ts'
import { bind, isList, patternOf, rowsOfPointer, valueAt } from './pointers.ts'
import { walk } from './walk.ts'

export type Failed = { readonly at: Pointer; readonly say: string; readonly sayEn: string; readonly level: FormCheck['level'] }

/** This pointer, or one inside it, is among what the copy takes; `root`: the side that it stands on. */
export const isCopied = (copy: FormCopy, root: Pointer, at: Pointer): boolean => copy.keys.some((key) => at === `${root}/${key}` || at.startsWith(`${root}/${key}/`))

/** Where an answer was really given: a parent who files is asked as requester, and a rule about the parent holds for them too. */
const givenAt = (form: FormContent, answers: Json, at: Pointer): Pointer => {
  const copy = form.copies.find((one) => (at === one.to || isCopied(one, one.to, at)) && holds(one.if, answers))
  return copy === undefined ? at : `${copy.from}${at.slice(copy.to.length)}`
}

/** Of what is shown only. */
export const failedChecks = (form: FormContent, answers: Json, today: PlainDate): readonly Failed[] => {
  const shown = walk(form, answers).filter((placed) => placed.shown && placed.item.kind === 'field')
  return form.checks.flatMap((check) => {
    const where = givenAt(form, answers, check.at)
    const valueOf = (at: Pointer, rows: readonly number[]): Json | undefined => (at === '/' ? answers : valueAt(answers, bind(givenAt(form, answers, at), rows)))
    return shown
      .filter((placed) => patternOf(placed.at) === where)
      .flatMap(({ at }): readonly Failed[] => {
        const rows = rowsOfPointer(at)
        if (check.if !== undefined && !holds(mapPointers(check.if, (one) => givenAt(form, answers, one)), answers, rows)) return []
        const good = RULES[check.check]?.({
          value: valueAt(answers, at),
          other: check.with === undefined ? undefined : valueOf(check.with, rows),
          among: (check.among ?? []).map((one) => valueOf(one, rows)),
          rows: listAround(answers, where),
          row: rows.at(-1) ?? 0,
          key: where.slice(where.lastIndexOf('*') + 2),
          check,
          today,
        })
        return good === false ? [{ at, say: check.say, sayEn: check.sayEn ?? check.say, level: check.level }] : []
      })
  })
}

/** The rows of the list that the pattern stands in; lists do not stand in lists where a rule asks for them. */
const listAround = (answers: Json, pattern: Pointer): readonly Json[] => {
  const cut = pattern.indexOf('/*')
  const list = cut === -1 ? undefined : valueAt(answers, pattern.slice(0, cut))
  return isList(list) ? list : []
}

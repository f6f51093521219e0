/** PURE. What a draft proposes for the fields of its template: from the dossier and from what was filled in on the form. The officer changes it. */
import { type PlainDate, formatDate, isPlainDate } from '#kernel/plain-date.ts'
import type { DossierState } from '../lifecycle/state.ts'
import type { ResultField, ResultTemplate } from './template.ts'

/** By the words of `from`: `applicant.name`, `form.child.fullName`. */
export type DraftFacts = Readonly<Record<string, string | undefined>>

export const draftFields = (template: Pick<ResultTemplate, 'fields'>, facts: DraftFacts): Readonly<Record<string, string>> =>
  Object.fromEntries(template.fields.map((field) => [field.name, proposal(field, facts)]))

const proposal = (field: ResultField, facts: DraftFacts): string => {
  const found = field.from?.map((source) => facts[source]).find((value) => value !== undefined && value !== '')
  const worded = found === undefined ? (field.text ?? '') : (field.words?.[found] ?? (isPlainDate(found) ? formatDate(found) : found))
  return field.upper === true ? worded.toLocaleUpperCase('vi') : worded
}

/** Required fields that are empty: names, in order. */
export const missingFields = (template: Pick<ResultTemplate, 'fields'>, fields: Readonly<Record<string, string>>): readonly string[] =>
  template.fields.filter((field) => field.required && (fields[field.name] ?? '').trim() === '').map((field) => field.name)

/** `answers`: of the form in words, by pointer. */
type Known = { readonly procedureName: string; readonly divisionName: string; readonly today: PlainDate; readonly answers: Readonly<Record<string, string>> }

export const factsOf = (state: Pick<DossierState, 'applicant' | 'submitter' | 'components'>, known: Known): DraftFacts => ({
  'applicant.name': state.applicant.name,
  'applicant.personalNumber': state.applicant.personalNumber ?? undefined,
  'applicant.address': state.applicant.address ?? undefined,
  'applicant.phone': state.applicant.phone ?? undefined,
  'applicant.email': state.applicant.email ?? undefined,
  'applicant.wish': `Giải quyết hồ sơ “${known.procedureName}” của ${state.applicant.name}.`,
  'submitter.name': state.submitter?.name,
  'procedure.name': known.procedureName,
  'division.name': known.divisionName,
  'dossier.papers': state.components.map((component) => component.name).join('\n'),
  today: formatDate(known.today),
  ...Object.fromEntries(Object.entries(known.answers).map(([pointer, words]) => [`form${pointer.replaceAll('/', '.')}`, words])),
})

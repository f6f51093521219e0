/** The forms that ship with the program (`data/forms/`), compiled once; the general one for every other procedure. */
import birth from '../../../../data/forms/birth-registration.json' with { type: 'json' }
import household from '../../../../data/forms/household-business.json' with { type: 'json' }
import marital from '../../../../data/forms/marital-status.json' with { type: 'json' }
import marriage from '../../../../data/forms/marriage.json' with { type: 'json' }
import residence from '../../../../data/forms/permanent-residence.json' with { type: 'json' }
import sharedJson from '../../../../data/forms/shared.json' with { type: 'json' }
import { displayName, paperName } from '../display-text.ts'
import type { ProcedureRevision } from '../procedure-revision.ts'
import { compileForm } from './compile-form.ts'
import type { ElectronicForm } from './electronic-form.ts'
import { FormSource, SharedSource } from './form-source.ts'
import { GENERAL_FORM } from './general-form.ts'
import { published, publishedForm } from './published-forms.ts'

let forms: readonly ElectronicForm[] | undefined
/** @throws ZodError, Error for a form that is not well made: a test walks all */
export const listForms = (): readonly ElectronicForm[] => {
  const { subforms } = SharedSource.parse(sharedJson)
  return (forms ??= [...[birth, marriage, marital, household, residence].map((json) => FormSource.parse(json)), GENERAL_FORM].map((source) => compileForm(source, subforms)))
}

/** The procedure's own form, else the general one with the procedure's name and papers. */
export const formOf = (procedureCode: string, revision: Pick<ProcedureRevision, 'code' | 'name' | 'components'>): ElectronicForm => {
  const own = listForms().find((form) => form.procedures.includes(procedureCode))
  if (own !== undefined) return own
  const general = listForms().find((form) => form.slug === GENERAL_FORM.slug)
  if (general === undefined) throw new Error('no general form')
  return { ...general, about: { code: revision.code, name: revision.name, papers: revision.components.map((c) => displayName(paperName(c.name))) } }
}

/** By its version alone; undefined for one that never went out. */
export const findForm = (version: string): ElectronicForm | undefined => listForms().find((form) => form.version === version) ?? publishedForm(version)

/**
 * The form as it was when somebody filled it in: by its version, today's or one published before. Without a version, and for one that was never published,
 * today's. Undefined for an unknown slug.
 */
export const getForm = (slug: string, version?: string): ElectronicForm | undefined => {
  const today = listForms().find((form) => form.slug === slug)
  if (version === undefined || today?.version === version) return today
  return publishedForm(version) ?? today
}

/** `data/forms/published.json` with today's forms in it. */
export const formsWithToday = (): string => published(listForms())

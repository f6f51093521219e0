/** How a form is written in `data/forms/`. Strict: a word that nobody reads is a mistake. `docs` of every key: `data/forms/README.md`. */
import { z } from 'zod'
import { type Condition, CONTROLS, PREFILL_SOURCES } from './electronic-form.ts'

const Words = z.string().min(1)
const At = z.string().regex(/^(\/|(\.\.\/)*)[\w*]+(\/[\w*]+)*$/)
const Value = z.union([z.string(), z.int(), z.boolean()])

/** Pointers in a source are relative to the object that holds the item: `kind`, `../kind`; from the root with a slash. */
const ConditionSource: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    z.strictObject({ at: At, in: z.array(Value).min(1) }),
    z.strictObject({ at: At, given: z.boolean() }),
    z.strictObject({ all: z.array(ConditionSource).min(2) }),
    z.strictObject({ any: z.array(ConditionSource).min(2) }),
    z.strictObject({ not: ConditionSource }),
  ]),
)

const ChoiceSource = z.strictObject({ value: z.string().min(1).max(40), label: Words, labelEn: Words })

const field = {
  key: z.string().regex(/^[a-z]\w*$/i),
  label: Words,
  labelEn: Words,
  hint: Words.optional(),
  hintEn: Words.optional(),
  control: z.enum(CONTROLS),
  required: z.union([z.boolean(), ConditionSource]).optional(),
  shownIf: ConditionSource.optional(),
  options: z.array(ChoiceSource).min(1).optional(),
  list: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  min: z.int().optional(),
  max: z.int().optional(),
  maxLength: z.int().min(1).max(5000).optional(),
  default: Value.optional(),
  /** Dates: `past` = not after today, `future` = not before today. */
  when: z.enum(['past', 'future']).optional(),
  /** A box that must be ticked. */
  must: z.boolean().optional(),
  compute: z.string().optional(),
  from: z.array(At).optional(),
  say: Words.optional(),
  sayEn: Words.optional(),
  prefill: z.enum(PREFILL_SOURCES).optional(),
  /** Steers the form and says nothing of the matter: left out where answers are told. */
  silent: z.boolean().optional(),
  autocomplete: z.string().optional(),
  inputmode: z.enum(['numeric', 'tel', 'email']).optional(),
  size: z.enum(['short', 'medium', 'full']).optional(),
}
export const FieldSource = z.strictObject(field)
export type FieldSource = z.infer<typeof FieldSource>

/** Everything but the key may be changed where a shared sub-form is used. */
const Changes = z.strictObject({ ...field, key: field.key.optional() }).partial()

export type GroupSource = {
  group: string
  title: string
  titleEn: string
  hint?: string | undefined
  hintEn?: string | undefined
  shownIf?: Condition | undefined
  /** What is required inside is required only where this holds; `false`: nothing is. */
  requiredIf?: Condition | false | undefined
  as?: 'address' | 'identity-paper' | undefined
  items: ItemSource[]
}
export type RowsSource = {
  rows: string
  title: string
  titleEn: string
  rowTitle: string
  rowTitleEn: string
  hint?: string | undefined
  hintEn?: string | undefined
  shownIf?: Condition | undefined
  as?: 'periods' | undefined
  min: number
  max: number
  items: ItemSource[]
}
/** The items of a shared sub-form, here: all or only some, with changes by key. */
export type UseSource = { use: string; only?: string[] | undefined; set?: Record<string, z.infer<typeof Changes>> | undefined; shownIf?: Condition | undefined }
export type ItemSource = FieldSource | GroupSource | RowsSource | UseSource

const titled = { title: Words, titleEn: Words, hint: Words.optional(), hintEn: Words.optional(), shownIf: ConditionSource.optional() }

export const ItemSource: z.ZodType<ItemSource> = z.lazy(() =>
  z.union([
    z.strictObject({ use: z.string(), only: z.array(z.string()).min(1).optional(), set: z.record(z.string(), Changes).optional(), shownIf: ConditionSource.optional() }),
    z.strictObject({ group: z.string(), ...titled, requiredIf: z.union([ConditionSource, z.literal(false)]).optional(), as: z.enum(['address', 'identity-paper']).optional(), items: z.array(ItemSource).min(1) }),
    z.strictObject({ rows: z.string(), ...titled, rowTitle: Words, rowTitleEn: Words, as: z.literal('periods').optional(), min: z.int().min(0), max: z.int().min(1).max(50), items: z.array(ItemSource).min(1) }),
    FieldSource,
  ]),
)

const CheckSource = z.strictObject({
  check: z.string(),
  at: At,
  with: At.optional(),
  among: z.array(At).min(1).optional(),
  years: z.int().optional(),
  months: z.int().optional(),
  days: z.int().optional(),
  least: z.int().optional(),
  words: z.array(Words).min(1).optional(),
  value: z.string().optional(),
  if: ConditionSource.optional(),
  level: z.enum(['error', 'warning']).default('error'),
  say: Words,
  sayEn: Words,
})

export const FormSource = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  title: Words,
  titleEn: Words,
  number: Words.nullable(),
  legalBasis: Words.nullable(),
  procedures: z.array(z.string()),
  /** What nobody can see in the form itself: sources, and what was left out. */
  about: z.array(z.string()).optional(),
  sections: z
    .array(
      z.strictObject({
        key: z.string(),
        /** The object that holds the answers of this section; none: the root. */
        at: z.string().optional(),
        title: Words,
        titleEn: Words,
        note: Words.optional(),
        noteEn: Words.optional(),
        shownIf: ConditionSource.optional(),
        requiredIf: ConditionSource.optional(),
        items: z.array(ItemSource).min(1),
      }),
    )
    .min(1),
  checks: z.array(CheckSource).default([]),
  copies: z.array(z.strictObject({ if: ConditionSource, from: At, to: At, keys: z.array(z.string()).min(1) })).default([]),
})
export type FormSource = z.infer<typeof FormSource>

/** Sub-forms A1–A9 of the forms, and the lists of §B. */
export const SharedSource = z.strictObject({ about: z.array(z.string()), subforms: z.record(z.string(), z.array(ItemSource).min(1)) })
export type SharedSource = z.infer<typeof SharedSource>
export const ListsSource = z.strictObject({ about: z.array(z.string()), lists: z.record(z.string(), z.array(ChoiceSource).min(2)) })

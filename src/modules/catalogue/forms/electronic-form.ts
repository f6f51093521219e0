/**
 * PURE. What an electronic form is: a JSON Schema (2020-12) that says which answers are good, and a layout that says how they are asked.
 * Both come from one source (`data/forms/`), so that a question and its rule cannot part. The version is the digest of the content: a dossier keeps it.
 */
import type { Json } from '#kernel/digest.ts'

/** RFC 6901: `/mother/fullName`, `/members/0/fullName`. In layouts and conditions `*` stands for the row: `/members/*` + `/fullName`. */
export type Pointer = string

/** A vocabulary small enough for the browser (`src/client/form-conditions.ts`) and for JSON Schema's `if`. */
export type Condition =
  | { readonly at: Pointer; readonly in: readonly (string | number | boolean)[] }
  | { readonly at: Pointer; readonly given: boolean }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }

/** `residence`: of a group; `country`, `province`, `ethnicity`: lists shared by all forms, whose codes are never used twice. */
export type Choice = { readonly value: string; readonly label: string; readonly labelEn: string }

export const CONTROLS = ['text', 'textarea', 'date', 'partial-date', 'integer', 'money', 'radio', 'select', 'checkboxes', 'checkbox', 'province', 'commune', 'computed'] as const
export type Control = (typeof CONTROLS)[number]

export type FormField = {
  readonly kind: 'field'
  readonly at: Pointer
  readonly control: Control
  readonly label: string
  readonly labelEn: string
  /** Which part of the form this stands in, for messages: "Người mẹ". A `{n}` is the number of the row. */
  readonly context: string
  readonly contextEn?: string
  readonly hint?: string
  readonly hintEn?: string
  /** `true`, or only where this holds; shown fields that are neither may be left empty. */
  readonly required: boolean | Condition
  readonly shownIf?: Condition
  /** Own choices, or the name of a shared list. */
  readonly options?: readonly Choice[]
  readonly list?: string
  readonly format?: string
  /** Taken when nothing was chosen. */
  readonly default?: string | number | boolean
  readonly maxLength?: number
  /** How a computed answer is made (`computed.ts`). */
  readonly compute?: string
  readonly from?: readonly Pointer[]
  /** The sentence for a broken pattern, range or list, where the general one would not say what to do. */
  readonly say?: string
  readonly sayEn?: string
  /** Left out where answers are told. */
  readonly silent?: boolean
  readonly autocomplete?: string
  readonly inputmode?: 'numeric' | 'tel' | 'email'
  readonly size?: 'short' | 'medium' | 'full'
}

export type FormGroup = {
  readonly kind: 'group'
  readonly at: Pointer
  readonly title: string
  readonly titleEn: string
  readonly hint?: string
  readonly hintEn?: string
  readonly shownIf?: Condition
  /** Written as one line in summaries and on papers. */
  readonly as?: 'address' | 'identity-paper'
  readonly items: readonly FormItem[]
}

export type FormRows = {
  readonly kind: 'rows'
  readonly at: Pointer
  readonly title: string
  readonly titleEn: string
  readonly context: string
  readonly contextEn?: string
  /** What one row is called: "Thành viên". */
  readonly rowTitle: string
  readonly rowTitleEn: string
  readonly hint?: string
  readonly hintEn?: string
  readonly shownIf?: Condition
  /** Read as "where, from when until when". */
  readonly as?: 'periods'
  readonly min: number
  readonly max: number
  readonly items: readonly FormItem[]
}

export type FormItem = FormField | FormGroup | FormRows

export type FormSection = {
  readonly key: string
  readonly title: string
  readonly titleEn: string
  readonly note?: string
  readonly noteEn?: string
  readonly shownIf?: Condition
  readonly items: readonly FormItem[]
}

/** A rule across fields (`form-rules.ts`). `warning` is told to citizen and officer and stops nobody. */
export type FormCheck = {
  readonly check: string
  readonly at: Pointer
  readonly with?: Pointer
  readonly among?: readonly Pointer[]
  readonly years?: number
  readonly months?: number
  readonly days?: number
  readonly least?: number
  readonly words?: readonly string[]
  readonly value?: string
  readonly if?: Condition
  readonly level: 'error' | 'warning'
  readonly say: string
  /** Not there in forms that went out in Vietnamese only. */
  readonly sayEn?: string
}

/** While the condition holds, `to` says what `from` says, and is not asked. */
export type FormCopy = { readonly if: Condition; readonly from: Pointer; readonly to: Pointer; readonly keys: readonly string[] }

/** What the program knows of the person who files (`prefill.ts`). */
export const PREFILL_SOURCES = ['applicant.name', 'applicant.birthOn', 'applicant.gender', 'applicant.personalNumber', 'applicant.phone', 'applicant.email', 'applicant.address'] as const
export type PrefillSource = (typeof PREFILL_SOURCES)[number]

export type JsonSchema = { readonly [keyword: string]: Json }

/** What is published and what the version covers. */
export type FormContent = {
  readonly slug: string
  readonly title: string
  readonly titleEn: string
  /** The number that is printed on the official form ("Mẫu CT01"), null where it has none. */
  readonly number: string | null
  /** The circular or decree that the form comes from. */
  readonly legalBasis: string | null
  /** Codes of the procedures that use it; empty for the general form. */
  readonly procedures: readonly string[]
  readonly schema: JsonSchema
  readonly layout: readonly FormSection[]
  readonly prefill: Readonly<Record<Pointer, PrefillSource>>
  readonly checks: readonly FormCheck[]
  readonly copies: readonly FormCopy[]
}

export type ElectronicForm = FormContent & {
  /** SHA-256 of the canonical content, hexadecimal. */
  readonly version: string
  /** The general form names the procedure and its papers; they are shown, not asked, and stand outside the version: the dossier keeps the revision. */
  readonly about?: { readonly code: string; readonly name: string; readonly papers: readonly string[] }
}

/** One sentence, in the language that was asked for, by the pointer of the answer that it is about; in the order of the form. */
export type AnswerErrors = Readonly<Record<Pointer, string>>
